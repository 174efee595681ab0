import { findViolations, type NoticeTextReader, type Violation } from '../answering/compose/invariants.js';
import type { Answer } from '../domain/answer.js';
import { rounded, toAnswerLine, type AnswerLine } from '../render/answer-line.js';
import type { DialogueCase, EvalCase, GoldCase } from './cases.js';
import {
  reportHead,
  type EvalReport,
  type EvalRow,
  type GoldRow,
  type JudgedRow,
  type VerdictCounts,
} from './report.js';
import { coversGold, findFaults, judgeAnswer, rankOf, rougeL, type Expectation } from './scoring.js';

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

/** Asks every case in order, one at a time, and scores the answers. Rejects only when the subject does. */
export async function runEval(
  cases: readonly EvalCase[],
  subject: EvalSubject,
  { at = new Date(), clockMs = () => performance.now() }: RunEvalOptions = {},
): Promise<EvalReport> {
  const evaluator = new Evaluator(subject, clockMs);
  const rows: EvalRow[] = [];
  const dialogues = { count: 0, right: 0 };
  for (const one of cases) {
    switch (one.form) {
      case 'question': {
        const judged = await evaluator.judged(one.id, one.q, one, subject);
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
  readonly #subject: EvalSubject;
  readonly #clockMs: () => number;

  constructor(subject: EvalSubject, clockMs: () => number) {
    this.#subject = subject;
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
    const chat = this.#subject.newConversation();
    const rows: TurnRow[] = [];
    for (const [i, turn] of turns.entries()) {
      rows.push({ form: 'turn', ...(await this.judged(`${id}#${i + 1}`, turn.q, turn, chat)) });
    }
    return rows;
  }

  async gold({ id, question, docid, answer: gold }: GoldCase): Promise<GoldRow> {
    const { line, base } = await this.#ask(id, question, this.#subject);
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
    const violations = await findViolations(answer, (noticeId) => this.#subject.notice(noticeId));
    const { kind, ms } = line;
    const noticeTitle = line.notice?.title ?? null;
    return { answer, line, base: { id, question, kind, answer: line.answer, noticeTitle, ms, violations } };
  }
}

/** Computes the figures over all rows. The caller counts `dialogues`, as it knows which turns belong together. */
function summarise(
  rows: readonly EvalRow[],
  dialogues: { readonly count: number; readonly right: number },
  at: Date,
): EvalReport {
  const questions = rows.filter((row) => row.form === 'question');
  const gold = rows.filter((row) => row.form === 'gold');
  const types = new Map<string, JudgedRow[]>();
  for (const row of questions) {
    const rowsOfType = types.get(row.type);
    if (rowsOfType === undefined) types.set(row.type, [row]);
    else rowsOfType.push(row);
  }
  const refusals = questions.filter(({ refuse }) => refuse);
  return {
    ...reportHead,
    at: at.toISOString(),
    asked: rows.length,
    types: [...types].map(([type, rowsOfType]) => ({ type, ...countVerdicts(rowsOfType) })),
    judged: countVerdicts(questions),
    refusals: { expected: refusals.length, right: refusals.filter(({ verdict }) => verdict === 'right').length },
    dialogues:
      dialogues.count === 0 ? null : { ...dialogues, turns: countVerdicts(rows.filter((row) => row.form === 'turn')) },
    gold: gold.length === 0 ? null : goldFigures(gold),
    invariants: {
      answers: rows.filter(({ kind }) => kind === 'answer').length,
      noQuote: countViolations(rows, 'no-quote'),
      quoteNotInNotice: countViolations(rows, 'quote-not-in-notice'),
      digitLock: countViolations(rows, 'digits-not-in-notice'),
      noticeNotStored: countViolations(rows, 'notice-not-stored'),
    },
    timeMs: quantiles(rows.map(({ ms }) => ms)),
    rows: [...rows],
  };
}

function countVerdicts(rows: readonly JudgedRow[]): VerdictCounts {
  const count = (wanted: JudgedRow['verdict']): number => rows.filter(({ verdict }) => verdict === wanted).length;
  return { right: count('right'), saidWrongly: count('said wrongly'), refusedWrongly: count('refused wrongly') };
}

function countViolations(rows: readonly EvalRow[], violation: Violation): number {
  return rows.filter(({ violations }) => violations.includes(violation)).length;
}

function goldFigures(rows: readonly GoldRow[]): NonNullable<EvalReport['gold']> {
  const mean = (measure: (row: GoldRow) => number): number =>
    rounded(rows.reduce((sum, row) => sum + measure(row), 0) / rows.length, 4);
  const within = (depth: number): number => mean(({ rank }) => Number(rank !== null && rank <= depth));
  return {
    count: rows.length,
    r1: within(1),
    r3: within(3),
    r10: within(10),
    mrr: mean(({ rank }) => (rank === null ? 0 : 1 / rank)),
    rougeL: mean((row) => row.rougeL),
    covered: mean(({ covered }) => Number(covered)),
    refused: mean(({ kind }) => Number(kind === 'none')),
  };
}

/** Computes quantiles by nearest rank: the smallest value that at least that share of values does not exceed. */
function quantiles(values: readonly number[]): EvalReport['timeMs'] {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => rounded(sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0, 3);
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}
