/** The scores that `../shared/eval/README.md` defines. */
import type { Answer } from '../src/domain/answer.js';
import type { AnswerLine } from '../src/render/json.js';
import type { ExportQuestion } from './dev-sets.js';

/** Beta of ROUGE-L's F measure: recall counts a little more. */
const BETA_SQUARED = 1.2 * 1.2;
const SHOWN_LENGTH = 400;

export const bare = (text: string): string => text.normalize('NFKC').replace(/\s/g, '');

/** Length of the longest common subsequence, in UTF-16 units. */
export function commonLength(a: string, b: string): number {
  let previous = new Uint32Array(b.length + 1);
  let row = new Uint32Array(b.length + 1);
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      row[j] = a[i - 1] === b[j - 1] ? (previous[j - 1] ?? 0) + 1 : Math.max(previous[j] ?? 0, row[j - 1] ?? 0);
    }
    [previous, row] = [row, previous];
  }
  return previous[b.length] ?? 0;
}

export function rougeL(gold: string, answer: string): number {
  const common = commonLength(bare(gold), bare(answer));
  if (common === 0) return 0;
  const recall = common / bare(gold).length;
  const precision = common / bare(answer).length;
  return ((1 + BETA_SQUARED) * recall * precision) / (recall + BETA_SQUARED * precision);
}

/** Whether what is shown first holds at least four fifths of the gold text. */
export function coversGold(gold: string, { answer, quote }: Pick<AnswerLine, 'answer' | 'quote'>): boolean {
  const shown = bare(`${answer}\n${quote}`.slice(0, SHOWN_LENGTH));
  return commonLength(bare(gold), shown) / bare(gold).length >= 0.8;
}

export type Verdict = 'right' | 'said wrongly' | 'refused wrongly';

export function judge(question: ExportQuestion, answer: Answer, line: AnswerLine): Verdict {
  const refused = answer.kind === 'none';
  if (question.refuse) return refused ? 'right' : 'said wrongly';
  if (refused) return 'refused wrongly';
  const shown = bare(line.text);
  const has = (expected: string): boolean => shown.includes(bare(expected));
  const { all, any, none } = question.expect;
  const source = bare(question.source ?? '');
  const titles = [line.notice?.title ?? '', ...line.candidates.slice(0, 3).map(({ title }) => title)];
  const right =
    all.every(has) &&
    any.every((alternatives) => alternatives.some(has)) &&
    !none.some(has) &&
    titles.some((title) => bare(title).includes(source));
  return right ? 'right' : 'said wrongly';
}
