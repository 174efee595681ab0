import type { PeriodFact, PeriodType, Span } from '../../domain/fact.js';
import type { Ask } from '../../question/ask.js';
import { askedShare, clauseAround, questionShare } from './overlap.js';
import { factsOf, literal, type FactSource, type TypedAnswer } from './typed-answer.js';

const WEIGHTS = {
  clause: 1,
  sentence: 0.4,
  before: 0.3,
  label: 0.5,
  /** The question names this type. */
  type: 0.6,
  /** The question names another type, and this one is certain. */
  otherType: -0.5,
  /** Asked for an end (or start) that this one leaves open. */
  openEdge: -0.5,
  /** The question names a day, and this one holds it, or not. */
  onDay: 0.4,
  otherDay: -0.6,
  /** Asked for a day or a deadline, and this one is no more than a month or half a year. */
  vague: -0.4,
  /** Asked for a time of day, and this one gives one, or none. */
  timed: 0.3,
  untimed: -0.4,
  /** 延期至 before it, 原定 before it. */
  amended: 0.3,
  superseded: -0.8,
  /** Nothing else tells them apart: what a notice is about comes first. */
  later: -0.01,
};

/** Types that say when the notice or a cited document was made, not when something happens. */
const BACKGROUND: ReadonlySet<PeriodType> = new Set(['signature', 'cited']);

/** The period of a notice that fits the question best; null when it states none that could. */
export function pickPeriod(source: FactSource, ask: Extract<Ask, { kind: 'period' }>): TypedAnswer | null {
  const candidates = factsOf(source, 'period').filter(({ type }) => !BACKGROUND.has(type));
  let best: TypedAnswer | null = null;
  candidates.forEach((fact, i) => {
    const fit = fitOf(source, ask, fact) + WEIGHTS.later * i;
    if (best === null || fit > best.fit) best = { answer: wordsOf(source, fact), quote: fact.span, fit, fact };
  });
  return best;
}

/**
 * What the notice says happens then. A label that stands in another clause is
 * the neighbour's where this clause has words of its own before the date
 * (查考点从3月12日起，打印准考证从…): those count then, and the type is uncertain.
 */
function happening({ stored }: FactSource, fact: PeriodFact): { label: string; clause: Span; isForeign: boolean } {
  const { body } = stored.notice;
  const clause = clauseAround(body, fact.at);
  const own = body
    .slice(clause.start, fact.at.start)
    .replace(/[^\p{L}]/gu, '')
    .replace(SAYS_ONLY_WHEN, '');
  const isForeign = own.length >= 2 && !body.slice(clause.start, clause.end).includes(fact.label);
  return { label: isForeign ? '' : fact.label, clause, isForeign };
}

/** 时间为, 定于: words before a date that name nothing that happens. */
const SAYS_ONLY_WHEN =
  /时间|日期|期限|具体|分别|定于|截止|截至|统一|一般|改为|改到|调整为|变更为|推迟至|延期至|顺延至|上午|下午|晚上|星期|[由原年月日时分点周起前为是于在自从拟将均请至到]/g;

function fitOf(source: FactSource, { types, edge, ofDay }: Extract<Ask, { kind: 'period' }>, fact: PeriodFact): number {
  const { body } = source.stored.notice;
  const { label, clause, isForeign } = happening(source, fact);
  const before = body.slice(Math.max(0, fact.span.start - 40), fact.span.start);
  const isTyped = types.length > 0 && fact.type !== 'other' && !isForeign;
  const typed = !isTyped ? 0 : types.includes(fact.type) ? WEIGHTS.type : WEIGHTS.otherType;
  const open = (edge === 'end' && fact.end === null) || (edge === 'start' && fact.start === null);
  return (
    WEIGHTS.clause * questionShare(source, `${label} ${body.slice(clause.start, clause.end)}`) +
    WEIGHTS.sentence * questionShare(source, literal(source, fact.span)) +
    WEIGHTS.before * questionShare(source, before) +
    WEIGHTS.label * askedShare(source, label) +
    typed +
    (open ? WEIGHTS.openEdge : 0) +
    (isVague(fact) ? WEIGHTS.vague : 0) +
    dayFit(source.question.days, fact) +
    (!ofDay ? 0 : hasTimeOfDay(fact) ? WEIGHTS.timed : WEIGHTS.untimed) +
    amendedFit(source, fact)
  );
}

function dayFit(days: readonly string[], { start, end }: PeriodFact): number {
  if (days.length === 0) return 0;
  const [from, to] = [start ?? end, end ?? start].map((moment) => moment?.date.slice('YYYY-'.length) ?? '');
  const holds = days.some((day) => from !== undefined && to !== undefined && from <= day && day <= to);
  return holds ? WEIGHTS.onDay : WEIGHTS.otherDay;
}

export function hasTimeOfDay({ start, end }: PeriodFact): boolean {
  return (start?.time ?? end?.time ?? null) !== null;
}

function isVague({ start, end }: PeriodFact): boolean {
  const date = end?.date ?? start?.date;
  return date !== undefined && date.length < 'YYYY-MM-DD'.length;
}

/** A notice that changes another states what held and what holds: 原定4月16日…延期至4月23日. */
function amendedFit({ stored, amendments }: FactSource, { at }: PeriodFact): number {
  const { title, body } = stored.notice;
  if (!amendments.titles.some((word) => title.includes(word))) return 0;
  const lead = body.slice(Math.max(0, at.start - LONGEST_CUE), at.start).trimEnd();
  const value = body.slice(at.start, at.end);
  if (amendments.new.some((cue) => lead.endsWith(cue) || value.startsWith(cue))) return WEIGHTS.amended;
  const clause = body.slice(clauseAround(body, at).start, at.start).trimStart();
  const isOld = amendments.old.some((cue) => lead.endsWith(cue) || (cue.length === 1 && clause.startsWith(cue)));
  return isOld || isLeftOfNew(body, at, amendments.before) ? WEIGHTS.superseded : 0;
}

/** Under 更正前 with another value right of it, under 更正后. */
function isLeftOfNew(body: string, at: Span, columns: readonly string[]): boolean {
  if (!columns.some((column) => body.slice(0, at.start).includes(column))) return false;
  const line = body.slice(at.end).split('\n', 1)[0] ?? '';
  return /^\s/.test(line) && /[0-9]/.test(line);
}

const LONGEST_CUE = 8;

/** `公示时间：2024年3月11日至15日`: the label as it stands, or put before when it stands elsewhere. */
function wordsOf(source: FactSource, fact: PeriodFact): string {
  const { body } = source.stored.notice;
  const { label, clause, isForeign } = happening(source, fact);
  if (isForeign) return body.slice(clause.start, fact.at.end).trim();
  const words = body.slice(fact.at.start, fact.at.end);
  if (label === '') return words;
  const place = body.lastIndexOf(label, fact.at.start);
  const between = place >= fact.span.start ? body.slice(place + label.length, fact.at.start) : null;
  if (between !== null && /^[\s：:为是于在自从到至将定拟，,（(]{0,4}$/.test(between))
    return body.slice(place, fact.at.end);
  return `${label}：${words}`;
}
