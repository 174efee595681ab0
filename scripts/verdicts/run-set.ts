import { z } from 'zod';
import { Conversation } from '../../src/answering/conversation/conversation.js';
import type { Answer } from '../../src/domain/answer.js';
import { readCases } from '../../src/eval/cases.js';
import { toSingleLine } from '../../src/eval/single-line.js';
import type { EvalRow } from '../../src/eval/report.js';
import { runEval, type EvalSubject } from '../../src/eval/run.js';
import { loadCollection, type Program } from '../collections.js';
import { readLines, type QuestionSet } from '../question-sets.js';
import { ANSWER_LENGTH, FOREIGN_ANSWER_LENGTH, type VerdictRow } from './ledger.js';

export interface SetRun {
  readonly rows: readonly VerdictRow[];
  /** `id: violation` for each answer that breaks an invariant; empty in a sound program. */
  readonly violations: readonly string[];
}

/** Asks every question and dialogue of a set, in order, of its notices, indexed in memory. */
export async function runSet(set: QuestionSet, program: Program): Promise<SetRun> {
  const clock = { now: set.at };
  const { ask, store } = await loadCollection(set.notices, program, () => clock.now);
  const nowOf = clocksOf(set.questions);
  const { cases, problems } = await readCases(
    set.dialogues === null ? [set.questions] : [set.questions, set.dialogues],
  );
  const [problem] = problems;
  if (problem !== undefined) throw new Error(`${problem.file}:${problem.line ?? ''} ${problem.message}`);
  const answers: Answer[] = [];
  const noted = async (asking: Promise<Answer>): Promise<Answer> => {
    const answer = await asking;
    answers.push(answer);
    return answer;
  };
  const asker: EvalSubject = {
    ask: (question) => noted(ask.ask(question)),
    newConversation: () => {
      const conversation = new Conversation();
      return { ask: (question) => noted(ask.ask(question, conversation)) };
    },
    notice: async (id) => (await store.get([id]))[0]?.notice ?? null,
  };
  const rows: EvalRow[] = [];
  for (const one of cases) {
    clock.now = nowOf.get(one.id) ?? set.at;
    rows.push(...(await runEval([one], asker)).rows);
  }
  const length = set.isOwn ? ANSWER_LENGTH : FOREIGN_ANSWER_LENGTH;
  return {
    rows: rows.map((row, i) => verdictRow(row, answers[i], length)),
    violations: rows.flatMap(({ id, violations }) => violations.map((violation) => `${id}: ${violation}`)),
  };
}

/** The questions of a file that are asked at a moment of their own. */
function clocksOf(file: string): ReadonlyMap<string, Date> {
  const clocked = z.object({ id: z.string(), now: z.iso.datetime({ offset: true }).optional() });
  return new Map(
    readLines(file, clocked).flatMap(({ id, now }) => (now === undefined ? [] : [[id, new Date(now)] as const])),
  );
}

function verdictRow(row: EvalRow, answer: Answer | undefined, length: number): VerdictRow {
  const noticeId = answer?.kind === 'answer' ? answer.notice.id : null;
  const verdict =
    row.form === 'gold' ? `${row.covered ? 'right' : 'wrong'}@${row.rank ?? '-'}` : verdictOf(row.verdict);
  const kind = answer?.kind === 'answer' && !answer.sure ? 'unsure' : row.kind;
  return { id: row.id, kind, verdict, noticeId, answer: toSingleLine(row.answer, length) };
}

const verdictOf = (verdict: string): string => (verdict === 'right' ? 'right' : 'wrong');
