import { addDays, dayNumber } from '../../../domain/dates.js';
import type { PeriodFact, Span } from '../../../domain/fact.js';
import type { PlainDate } from '../../../domain/notice.js';
import { hasHolidayData, isWorkday } from '../../../text/chinese-calendar.js';
import type { Table } from '../table/find-tables.js';
import { createPurposeClassifier, createSignatureTest, type Purpose } from './classify.js';
import { createHeadingTest, createRowFinder, findDateContexts, type DateContext } from './date-context.js';
import type { DateExpression } from './expression.js';
import { compileGrammar, foldedAlternatives, foldPreservingOffsets } from './grammar.js';
import { createReferenceDate, resolvePeriods, type ReferenceDate, type ResolvedPeriod } from './resolve.js';
import type { PeriodRules } from './rules.js';
import { scanPeriods } from './scan.js';

export interface PeriodSource {
  readonly title: string;
  readonly body: string;
  readonly publishedOn: PlainDate | null;
  /** Year to assume where publication day, title and body state none. */
  readonly yearHint?: number | null;
  /** The sentences of the body, in order. */
  readonly sentences: readonly Span[];
  /** Tables of the body; the row of a date names its purpose. */
  readonly tables?: readonly Table[];
}

type PeriodExtractor = (notice: PeriodSource) => PeriodFact[];

/** Returns the number of working days, both ends included; null where it is not known. */
type WorkingDayCounter = (from: PlainDate, to: PlainDate) => number | null;

/**
 * Creates an extractor of the dates and periods of a notice, in text order, each with its purpose: scan → resolve →
 * context → classify. Omits dates whose year cannot be resolved. Counts no working days without `workingDaysIn`. Linear in the length of the body.
 */
export function createPeriodExtractor(
  rules: PeriodRules,
  workingDaysIn: WorkingDayCounter = () => null,
): PeriodExtractor {
  const grammar = compileGrammar(rules);
  const isSignature = createSignatureTest(rules);
  const classify = createPurposeClassifier(rules);
  const isDue = new RegExp(`(?:${foldedAlternatives(rules.due)})[为是: 于至在]{0,3}[0-9一二三四五六七八九十]{0,3}$`);
  const isHeading = createHeadingTest(rules);
  const isChange = new RegExp(`^[, ]?(?:现|统一|相应)?(?:${foldedAlternatives(rules.changes)}) ?$`);

  return ({ title, body, publishedOn, yearHint, sentences, tables = [] }) => {
    const text = foldPreservingOffsets(body);
    const found = scanPeriods(text, grammar);
    const signatures = new Set(found.filter((expression) => isSignature(expression, text)));
    const signed = resolvePeriods([...signatures].slice(-1), text, createReferenceDate('', null, null, null))[0]?.start
      ?.date;
    const reference = createReferenceDate(
      title,
      publishedOn ?? signed ?? null,
      mostFrequentYear(text),
      yearHint ?? null,
    );
    const resolved = resolvePeriods(found, text, reference, isDue);
    const contexts = findDateContexts(text, sentences, found, isHeading);
    const rowOf = createRowFinder(body, tables);
    const facts: PeriodFact[] = [];
    let previous: PeriodFact | undefined;
    let purposeBefore: Purpose | null = null;
    let endBefore = 0;
    found.forEach((expression, i) => {
      const [dates, context] = [resolved[i], contexts[i]];
      if (dates == null || context === undefined) return;
      const row = rowOf(expression.at);
      let purpose: Purpose = signatures.has(expression)
        ? { type: 'signature', label: { start: expression.at.start, end: expression.at.start }, isDeadline: false }
        : classify({ text, title, expression, resolved: dates, context, reference, row });
      // A date that replaces the previous one (改为) has its purpose.
      if (
        purposeBefore !== null &&
        isChange.test(text.slice(endBefore, Math.min(expression.at.start, endBefore + 12)))
      ) {
        purpose = { ...purpose, type: purposeBefore.type, label: purposeBefore.label };
      }
      purposeBefore = purpose;
      endBefore = expression.at.end;
      if (purpose.type === 'other' && previous !== undefined && sharesPurpose(previous, dates, expression, context)) {
        purpose = { ...purpose, type: previous.type };
      }
      const span = row === null ? context.sentence : around(context.sentence, row.span);
      previous = factOf(body, expression, dates, purpose, span, workingDaysIn);
      facts.push(previous);
    });
    return facts;
  };
}

/** Returns whether a date has the purpose of the previous one: 语文9:00-11:00，数学14:00-16:00, and rows of a table. */
function sharesPurpose(
  previous: PeriodFact,
  dates: ResolvedPeriod,
  { start }: DateExpression,
  { sentence }: DateContext,
): boolean {
  if (start?.isSameDay === true) return true;
  const isRow = ({ start: from, end: to }: ResolvedPeriod): boolean => from?.time != null && to?.time != null;
  return previous.span.start === sentence.start && isRow(previous) && isRow(dates);
}

function around(a: Span, b: Span): Span {
  return { start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}

function factOf(
  body: string,
  { at, form, workingDays }: DateExpression,
  { start, end, yearInferred }: ResolvedPeriod,
  { type, label, isDeadline }: Purpose,
  span: Span,
  workingDaysIn: WorkingDayCounter,
): PeriodFact {
  const isFull = start?.date.length === 10 && end?.date.length === 10;
  return {
    kind: 'period',
    type,
    label: body.slice(label.start, label.end),
    start: form === 'single' && isDeadline ? null : start,
    end,
    yearInferred,
    workingDays:
      workingDays === null
        ? null
        : { stated: workingDays, actual: isFull ? workingDaysIn(start.date, end.date) : null },
    span: { start: Math.min(span.start, at.start), end: Math.max(span.end, at.end) },
    at,
  };
}

/** Returns the most frequent year of the body, which mostly is the notice's own; null when it states none. */
function mostFrequentYear(text: string): ReferenceDate['year'] {
  const counts = new Map<number, number>();
  for (const [year] of text.matchAll(/(?<![0-9])(?:19|20)[0-9]{2}(?= {0,2}年)/g)) {
    counts.set(Number(year), (counts.get(Number(year)) ?? 0) + 1);
  }
  let best: ReferenceDate['year'] = null;
  for (const [year, count] of counts) if (best === null || count > (counts.get(best) ?? 0)) best = year;
  return best;
}

/** Upper bound, in calendar days, on a period whose working days are counted; a longer one is taken for an error. */
const MOST_DAYS = 400;

/**
 * Counts the working days of mainland China, by its public holidays and shifted weekends. Null for years without data:
 * a count of plain weekdays would contradict correct notices.
 */
export function countWorkingDays(from: PlainDate, to: PlainDate): number | null {
  if (![from, to].every(hasHolidayData)) return null;
  const days = dayNumber(to) - dayNumber(from) + 1;
  if (!(days >= 1 && days <= MOST_DAYS)) return null;
  return Array.from({ length: days }, (_, i) => addDays(from, i)).filter(isWorkday).length;
}
