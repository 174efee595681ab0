import { dayNumber } from '../../../domain/dates.js';
import type { PeriodType, Span } from '../../../domain/fact.js';
import { createDateLabelFinder, type DateContext, type DatedRow } from './date-context.js';
import type { DateExpression } from './expression.js';
import { foldedAlternatives, foldPreservingOffsets, matchAt } from './grammar.js';
import type { ReferenceDate, ResolvedPeriod } from './resolve.js';
import type { PeriodRules } from './rules.js';

export interface Purpose {
  readonly type: PeriodType;
  readonly label: Span;
  /** Whether the label marks the day as the last one (报名截止时间). */
  readonly isDeadline: boolean;
}

interface DateOccurrence {
  readonly text: string;
  readonly title: string;
  readonly expression: DateExpression;
  readonly resolved: ResolvedPeriod;
  readonly context: DateContext;
  readonly reference: ReferenceDate;
  /** Table row that contains the date. */
  readonly row: DatedRow | null;
}

type PurposeClassifier = (occurrence: DateOccurrence) => Purpose;

/** Age before the notice, in days, from which a date is history and no deadline. */
const HISTORY_DAYS = 400;

/** Types that are labelled by the subject (which exam, which system); the others are labelled by the predicate. */
const SUBJECT_LABELLED_TYPES: ReadonlySet<PeriodType> = new Set([
  'opening',
  'activity',
  'exam',
  'outage',
  'effective',
  'bidding',
]);

/**
 * Returns the period type of the cue with the highest priority in a text; null when it has no cue. Of equal cues,
 * `nearest` selects the first or the last.
 */
type FindCue = (words: string, nearest: 'first' | 'last') => PeriodType | null;

interface PeriodCue {
  readonly type: PeriodType;
  readonly priority: number;
}

/** Creates the finders of strong and of weak cues. */
function createCueFinders(rules: PeriodRules): { readonly findStrong: FindCue; readonly findWeak: FindCue } {
  const misleading = new RegExp(`《[^》]{0,120}》?|${foldedAlternatives(rules.misleading)}`, 'g');
  const tails = new RegExp(foldedAlternatives(rules.nounTails), 'y');
  const finder = (kind: 'cues' | 'weak'): FindCue => {
    const cues = new Map<string, PeriodCue>();
    for (const { type, priority, [kind]: words } of rules.types) {
      for (const word of words) cues.set(word, { type, priority });
    }
    const pattern = new RegExp(foldedAlternatives([...cues.keys()]), 'g');
    return (words, nearest) => {
      let best: PeriodCue | null = null;
      // The name of a document states its subject, not the event of a day, so it is masked.
      const shown = words.replace(misleading, '　');
      for (const match of shown.matchAll(pattern)) {
        const cue = cues.get(match[0]);
        if (cue === undefined || matchAt(tails, shown, match.index + match[0].length) !== null) continue;
        const isBetter = best === null || cue.priority > best.priority;
        if (isBetter || (nearest === 'last' && cue.priority === best?.priority)) best = cue;
      }
      return best?.type ?? null;
    };
  };
  return { findStrong: finder('cues'), findWeak: finder('weak') };
}

const LONGEST_ISSUER = 60;
const BREAK = /[。;!?,:\n]/;

/** Returns whether a date is the signature date under the text. */
type SignatureTest = (expression: DateExpression, text: string) => boolean;

/**
 * Creates a test for signature dates: one full day, with nothing but the issuer before it on its line, at the end of
 * the text or before closing matter (附件, 抄送).
 */
export function createSignatureTest({ issuerEndings, signatureClosers }: PeriodRules): SignatureTest {
  const issuer = new RegExp(`(?:${foldedAlternatives(issuerEndings)})$`);
  const closer = new RegExp(`^\\s{0,20}(?:$|${foldedAlternatives(signatureClosers)})`);
  return ({ form, start, isInTitle, at }, text) => {
    if (form !== 'single' || isInTitle || start?.day == null || typeof start.year !== 'number') return false;
    if (start.time !== null) return false;
    const after = text.slice(at.end, at.end + LONGEST_ISSUER);
    const lineEnd = /^[ )]{0,3}(?:\n|$)/.exec(after);
    const atEnd = closer.test(after.replace(/^[ )]+/, ''));
    if (lineEnd === null && !atEnd && !after.startsWith(' ')) return false;
    const before = text.slice(Math.max(0, at.start - LONGEST_ISSUER), at.start);
    const line = before.slice(lastBreak(before) + 1).trim();
    const mark = before.charAt(lastBreak(before));
    if (mark === ',' || (line === '' && /:\s*$/.test(before))) return false;
    if (line === '' && lineEnd === null && !atEnd) return false;
    if (line === '') return atEnd || mark === '。' || issuer.test(before.trimEnd());
    if (!issuer.test(line) || (mark === ':' && !atEnd)) return false;
    // Where line breaks were lost, the blanks around it and the full stop before the issuer delimit its line.
    return lineEnd !== null || atEnd || (/[。\n]/.test(mark) && /\s$/.test(before));
  };
}

function lastBreak(text: string): number {
  for (let i = text.length - 1; i >= 0; i--) if (BREAK.test(text.charAt(i))) return i;
  return -1;
}

/** Creates a classifier of dates by the words around them: table row, label, clause, next clause, heading. */
export function createPurposeClassifier(rules: PeriodRules): PurposeClassifier {
  const { findStrong, findWeak } = createCueFinders(rules);
  const { findLabel, findSubject, findPredicate } = createDateLabelFinder(rules);
  const heads = new RegExp(foldedAlternatives([...rules.heads, ...rules.deadlineHeads]), 'g');
  const deadline = new RegExp(foldedAlternatives(rules.deadlineHeads));
  const citing = new RegExp(`^(?:${foldedAlternatives(rules.citing)})`);
  const citesTitle = new RegExp(`(?:${foldedAlternatives(rules.citing)})[了的]?[^,。]{0,12}《`);

  const typeOf = (words: string, nearest: 'first' | 'last'): PeriodType | null =>
    findStrong(words, nearest) ?? findWeak(words, nearest);

  const generic = new RegExp(`^(?:${foldedAlternatives(rules.genericLabels)})?$`);

  return ({ text, title, expression, resolved, context, reference, row }) => {
    const { before, after, next, heading, endsAtDate } = context;
    const words = (span: Span): string => text.slice(span.start, span.end);
    const headingWords = heading === null ? '' : words(heading);
    const around = (): PeriodType | null =>
      typeOf(headingWords, 'last') ?? typeOf(foldPreservingOffsets(title), 'last');
    if (row !== null && !expression.isInTitle) {
      const type = typeOf(row.column, 'last') ?? typeOf(words(row.label), 'last') ?? around() ?? 'other';
      return { type, label: row.label, isDeadline: deadline.test(row.column) || deadline.test(words(row.label)) };
    }
    const named = findLabel(text, before);
    if (named !== null && !expression.isInTitle) {
      // 具体时间 names no event; 项目研究期限 does, but none of the known types.
      const rest = words(named).replace(heads, '');
      const isShort = rest.length <= 2;
      const type = typeOf(words(named), 'last') ?? (isHistory(resolved, reference) || !isShort ? null : around());
      const isDeadline = deadline.test(words(named));
      return {
        type: type ?? 'other',
        label: generic.test(rest) && !isDeadline ? (heading ?? named) : named,
        isDeadline,
      };
    }
    const subject = findSubject(text, before);
    const predicate = findPredicate(text, after);
    const following = findPredicate(text, next);
    const isBracketed = text.charAt(before.end - 1) === '(' && text.charAt(after.start) === ')';
    const isBare = isEmpty(predicate) && isEmpty(subject);
    const label = (type: PeriodType): Span => {
      // 第一阶段（3月1日—31日）：宣传发动
      if (isBracketed && !isEmpty(subject)) return subject;
      if (isBare) return isEmpty(following) && heading !== null ? heading : following;
      if (isEmpty(predicate) && !isEmpty(following) && typeOf(words(subject), 'last') !== type) return following;
      if (isEmpty(predicate) || (SUBJECT_LABELLED_TYPES.has(type) && length(subject) > 1))
        return isEmpty(subject) ? predicate : subject;
      if (length(predicate) > 2 || isEmpty(subject)) return predicate;
      return subject;
    };
    const purpose = (type: PeriodType): Purpose => ({ type, label: label(type), isDeadline: false });
    if (expression.isInTitle || isBracketedBehindTitle(text, expression.at.start)) return purpose('cited');
    // 截至3月5日，已收到…: a figure as of that day; 报名截至3月5日 is a deadline.
    const isTally = /^截[至止]/.test(words(expression.at));
    const strong = isTally ? null : findStrong(words(after), 'first');
    const then = words(isEmpty(predicate) ? following : predicate);
    const isPast = isBefore(resolved, reference, 0);
    if (isPast && citesTitle.exec(words(predicate))?.index === 0) return purpose('cited');
    if (isPast && strong === null && (citing.test(words(predicate)) || citesTitle.test(then))) return purpose('cited');
    if (expression.hasStarted || isHistory(resolved, reference) || isYear(resolved)) return purpose('other');
    // 2月份的申报期限延长至2月24日: the month identifies the period and does not date it.
    if (isMonth(resolved) && (endsAtDate || text.charAt(after.start) === '的')) return purpose('other');
    // 口试：5月18日 under 考试时间.
    const isListed = isEmpty(predicate) && /: {0,2}$/.test(words(before));
    const isOpen = expression.form === 'until' || expression.form === 'from';
    const ahead = isTally || (isOpen && !isEmpty(predicate)) ? '' : words(following);
    const type =
      strong ??
      findStrong(words(subject), 'last') ??
      findStrong(words(subject) + (isTally ? '' : words(predicate)), 'last') ??
      findStrong(ahead, 'first') ??
      (isTally ? null : findWeak(words(after), 'first')) ??
      findWeak(words(subject), 'last') ??
      findWeak(ahead, 'first') ??
      (isBare || isListed ? typeOf(headingWords, 'last') : null);
    return purpose(type ?? 'other');
  };
}

/** Returns whether a date stands in brackets right behind a title: 《条例》（2019年10月22日公布）. */
function isBracketedBehindTitle(text: string, at: number): boolean {
  return /》[^,。]{0,3}\([^)]{0,20}$/.test(text.slice(Math.max(0, at - 30), at));
}

function isHistory(resolved: ResolvedPeriod, reference: ReferenceDate): boolean {
  return isBefore(resolved, reference, HISTORY_DAYS);
}

/** Returns whether only a year is stated; such a date belongs to a goal or a review, never to a deadline. */
function isYear({ start, end }: ResolvedPeriod): boolean {
  return (start ?? end)?.date.length === 4;
}

function isMonth({ start, end }: ResolvedPeriod): boolean {
  return start?.date.length === 7 && start.date === end?.date;
}

function isBefore({ start, end }: ResolvedPeriod, { day, year }: ReferenceDate, days: number): boolean {
  const date = (end ?? start)?.date;
  if (date === undefined) return false;
  if (day === null) return year !== null && Number(date.slice(0, 4)) < year - (days > 0 ? 1 : 0);
  const last = date.length === 4 ? `${date}-12-31` : date.length === 7 ? `${date}-28` : date;
  const isOpen = end === null && start !== null;
  return dayNumber(day) - dayNumber(isOpen ? date.padEnd(10, '-01') : last) >= days;
}

function isEmpty(span: Span): boolean {
  return length(span) === 0;
}

function length({ start, end }: Span): number {
  return end - start;
}
