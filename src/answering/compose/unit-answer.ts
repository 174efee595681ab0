import type { AnswerUnit } from '../../domain/answer-unit.js';
import { hasValue } from '../../domain/answer-unit.js';
import type { Fact, Span } from '../../domain/fact.js';
import { splitClauses } from '../../text/clauses.js';
import { fold } from '../../text/fold.js';
import { valueTypesOf } from '../../ingest/units/value-types.js';
import { gain, type AlignedNotice } from '../candidates/unit-candidates.js';
import type { AlignedQuestion } from '../candidates/alignment.js';
import type { AnswerRegion } from '../scoring/unit-scorer.js';

/** Upper bounds, in UTF-16 units: on a quote that is cut to its best clauses, and on the heading quoted with it. */
const QUOTE_LENGTH = 160;
const HEADING_LENGTH = 30;
/** Worth of a value of the kind asked for, where a long sentence is cut. */
const VALUE_WORTH = 0.3;

/** What is shown of a unit. */
export interface UnitAnswer {
  readonly answer: string;
  /** Literal part of the body, or of the title. */
  readonly quote: string;
  /** The period that the unit states, for what is computed from it; null where it states none or several. */
  readonly fact: Fact | null;
}

/** Composes the answer that a region's best unit gives. A title is answered by the opening of its notice. */
export function composeUnitAnswer(question: AlignedQuestion, { best }: AnswerRegion): UnitAnswer {
  const { notice, unit } = best;
  const { title, body } = notice.stored.notice;
  const shown = unit.kind === 'title' ? openingOf(notice) : unit;
  if (shown === null) return { answer: title, quote: title, fact: null };
  const span = shown.kind === 'sentence' ? shorten(question, body, shown.span) : shown.span;
  const answer = shown.shown ?? body.slice(span.start, span.end);
  const start = shown.kind === 'sentence' && span === shown.span ? headingStart(notice, shown) : span.start;
  return { answer, quote: body.slice(start, span.end), fact: periodIn(notice, question, span) };
}

/** Returns the first unit that is no salutation or heading. */
function openingOf({ units }: AlignedNotice): AnswerUnit | null {
  return units.find(({ kind, text }) => kind === 'sentence' && text.length > 15 && !/[:：]$/.test(text)) ?? null;
}

/** Returns where the quote begins: at the heading of the segment, where the sentence follows it at once. */
function headingStart({ units }: AlignedNotice, { from, span }: AnswerUnit): number {
  const segment = units.find((one) => one.kind === 'segment' && one.from < from && from <= one.to);
  return segment !== undefined && span.start - segment.span.start <= HEADING_LENGTH ? segment.span.start : span.start;
}

/** Returns the fewest adjacent clauses of a long sentence that hold most of the question, and a value that it asks for. */
function shorten(question: AlignedQuestion, body: string, span: Span): Span {
  const text = body.slice(span.start, span.end);
  if (text.length <= QUOTE_LENGTH) return span;
  const clauses = splitClauses(text);
  let best: Span = { start: 0, end: Math.min(text.length, QUOTE_LENGTH) };
  let most = 0;
  clauses.forEach(({ start }, i) => {
    for (const { end } of clauses.slice(i)) {
      if (end - start > QUOTE_LENGTH) break;
      const words = fold(text.slice(start, end));
      const hasAsked = (valueTypesOf(words) & question.requested.values) !== 0;
      const worth = gain(question, question.align(words), question.nothing) + (hasAsked ? VALUE_WORTH : 0);
      const isShorter = worth > most - 1e-9 && end - start < best.end - best.start;
      if (worth > most + 1e-9 || (most > 0 && isShorter)) {
        most = Math.max(most, worth);
        best = { start, end };
      }
    }
  });
  return { start: span.start + best.start, end: span.start + best.end };
}

/** What a question for a time asks for. */
const TIMES = ['day', 'clock', 'end', 'start'] as const;

/** Returns the only period that the span states, if a day or time is asked for. */
function periodIn({ stored }: AlignedNotice, { requested }: AlignedQuestion, span: Span): Fact | null {
  if (!TIMES.some((type) => hasValue(requested.values, type))) return null;
  const periods = stored.facts.filter(
    (fact) => fact.kind === 'period' && fact.at.start >= span.start && fact.at.end <= span.end,
  );
  return periods.length === 1 ? (periods[0] ?? null) : null;
}

/** Least weight and exclusive upper level at which a word of the question is named as missing. */
const MISSING_WEIGHT = 0.08;
const MISSING_LEVEL = 0.3;
const MOST_MISSING = 3;

/** Returns the words of the question that a notice does not mention, in the order of the question. */
export function missingWords({ words }: AlignedQuestion, { whole }: AlignedNotice): string[] {
  return words
    .filter(
      ({ word, weight, isNoun }, i) =>
        isNoun && word.length > 1 && weight >= MISSING_WEIGHT && (whole.levels[i] ?? 0) < MISSING_LEVEL,
    )
    .map(({ word }) => word)
    .slice(0, MOST_MISSING);
}
