import type { Answer } from '../domain/answer.js';
import { toAnswerLine, type AnswerLine } from '../render/answer-line.js';
import type { DialogueCase, EvalCase, GoldCase } from './cases.js';
import { findViolations, type NoticeTextReader } from '../answering/compose/invariants.js';
import type { EvalReport, EvalRow, GoldRow, JudgedRow } from './report.js';
import { findFaults, judgeAnswer, rankOf, rougeL, coversGold, type Expectation } from './scoring.js';
import { rounded, summarise } from './summary.js';

/** Chat that answers questions. */
export interface EvalChat {
  ask(question: string): Promise<Answer>;
}

/** System under evaluation. Its own `ask` answers each question without a conversation. */
export interface EvalSubject extends EvalChat {
  newConversation(): EvalChat;
  /** Returns the stored notice of an id, to check answers against; null when there is none. */
  readonly notice: NoticeTextReader;
}

export interface RunEvalOptions {
  /** Time stamp of the report; default: now. */
  readonly at?: Date;
  /** Clock in milliseconds that measures the time of answers. */
  readonly clockMs?: () => number;
}

/** Asks every case in order, one at a time, and scores the answers. Rejects only when the asker does. */
export async function runEval(
  cases: readonly EvalCase[],
  asker: EvalSubject,
  { at = new Date(), clockMs = () => performance.now() }: RunEvalOptions = {},
): Promise<EvalReport> {
  const evaluator = new Evaluator(asker, clockMs);
  const rows: EvalRow[] = [];
  const dialogues = { count: 0, right: 0 };
  for (const one of cases) {
    switch (one.form) {
      case 'question': {
        const judged = await evaluator.judged(one.id, one.q, one, asker);
        rows.push({ form: 'question', type: one.type, ...judged });
        break;
      }
      case 'gold':
        rows.push(await evaluator.gold(one));
        break;
      case 'dialogue': {
        const turns = await evaluator.dialogue(one);
        dialogues.count++;
        if (turns.every(({ verdict }) => verdict === 'right')) dialogues.right++;
        rows.push(...turns);
      }
    }
  }
  return summarise(rows, dialogues, at);
}

type Base = Omit<GoldRow, 'form' | 'rank' | 'rougeL' | 'covered'>;
type Judged = Base & Pick<JudgedRow, 'verdict' | 'refuse' | 'faults'>;
type TurnRow = Extract<EvalRow, { form: 'turn' }>;

class Evaluator {
  readonly #asker: EvalSubject;
  readonly #clockMs: () => number;

  constructor(asker: EvalSubject, clockMs: () => number) {
    this.#asker = asker;
    this.#clockMs = clockMs;
  }

  async judged(id: string, question: string, expected: Expectation, chat: EvalChat): Promise<Judged> {
    const { answer, line, base } = await this.#ask(id, question, chat);
    const verdict = judgeAnswer(expected, answer, line);
    const faults = expected.refuse || verdict !== 'said wrongly' ? [] : findFaults(expected, line);
    return {
      ...base,
      verdict,
      refuse: expected.refuse,
      faults: faults.map(({ kind, texts }) => ({ kind, texts: [...texts] })),
    };
  }

  async dialogue({ id, turns }: DialogueCase): Promise<TurnRow[]> {
    const chat = this.#asker.newConversation();
    const rows: TurnRow[] = [];
    for (const [i, turn] of turns.entries()) {
      rows.push({ form: 'turn', ...(await this.judged(`${id}#${i + 1}`, turn.q, turn, chat)) });
    }
    return rows;
  }

  async gold({ id, question, docid, answer: gold }: GoldCase): Promise<GoldRow> {
    const { line, base } = await this.#ask(id, question, this.#asker);
    return {
      form: 'gold',
      ...base,
      rank: rankOf(docid, line),
      rougeL: rounded(rougeL(gold, line.answer), 4),
      covered: coversGold(gold, line),
    };
  }

  async #ask(id: string, question: string, chat: EvalChat): Promise<{ answer: Answer; line: AnswerLine; base: Base }> {
    const start = this.#clockMs();
    const answer = await chat.ask(question);
    const line = toAnswerLine(question, answer, this.#clockMs() - start);
    const violations = await findViolations(answer, (noticeId) => this.#asker.notice(noticeId));
    const { kind, ms } = line;
    const noticeTitle = line.notice?.title ?? null;
    return { answer, line, base: { id, question, kind, answer: line.answer, noticeTitle, ms, violations } };
  }
}
