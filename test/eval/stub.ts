/** A small cast: two notices, and an asker that answers from a table. */
import type { Answer, NoticeCandidate, FoundAnswer, NoticeRef } from '../../src/domain/answer.js';
import { parseCase, type EvalCase } from '../../src/eval/cases.js';
import type { NoticeText } from '../../src/answering/compose/invariants.js';
import type { EvalSubject } from '../../src/eval/run.js';

export const POOL = {
  title: '市体育馆泳池换水公告',
  body: '泳池5月8日至5月10日换水，期间不开放。咨询电话：0571-00010002。',
};
export const READ = { title: '社区读书会报名通知', body: '读书会5月20日报名截止，报名请到社区服务中心二楼。' };

const STORED: ReadonlyMap<string, NoticeText> = new Map([
  ['pool', POOL],
  ['read', READ],
]);

export const ref = (id: string): NoticeRef => ({ id, title: STORED.get(id)?.title ?? id, date: null, url: null });
export const candidate = (id: string): NoticeCandidate => ({ id, title: ref(id).title, date: null, score: 1 });

const base = { intent: 'fact', confidence: 0.9 } as const;

export function found(answer: string, more: Partial<FoundAnswer> = {}): FoundAnswer {
  return {
    ...base,
    kind: 'answer',
    sure: true,
    missing: [],
    answer,
    quote: POOL.body,
    notice: ref('pool'),
    computed: [],
    also: [],
    candidates: [candidate('pool'), candidate('read')],
    ...more,
  };
}

export const refused: Answer = { ...base, kind: 'none', reason: 'unsupported', candidates: [candidate('pool')] };
export const choices: Answer = {
  ...base,
  kind: 'choices',
  tiedCount: 2,
  candidates: [candidate('read'), candidate('pool')],
};

/** Answers from a table, and refuses what is not in it; a conversation answers its turns in order. */
export function stubAsker(
  answers: Readonly<Record<string, Answer>>,
): EvalSubject & { readonly conversations: string[][] } {
  const conversations: string[][] = [];
  const answerTo = (question: string): Promise<Answer> => Promise.resolve(answers[question] ?? refused);
  return {
    conversations,
    ask: answerTo,
    newConversation: () => {
      const asked: string[] = [];
      conversations.push(asked);
      return {
        ask: (question) => {
          asked.push(question);
          return answerTo(question);
        },
      };
    },
    notice: (id) => Promise.resolve(STORED.get(id) ?? null),
  };
}

export function caseOf(fields: object): EvalCase {
  const parsed = parseCase(JSON.stringify(fields));
  if (typeof parsed === 'string') throw new Error(parsed);
  return parsed;
}
