import type { PeriodFact, PeriodType, Span } from '../../../domain/fact.js';
import type { RequestedFact } from '../../query/requested-fact.js';
import { clockTimesIn } from './clock.js';
import { fold } from '../../../text/fold.js';
import { askedShare, clauseAround, freshShare, isNamed, literalFit, questionShare } from './term-overlap.js';
import { readValueContexts, type ValueContext } from './value-context.js';
import { factsOf, isWhollyInTitle, literal, type SearchedNotice, type TypedAnswer } from './typed-answer.js';

const WEIGHTS = {
  /** The clauses that speak of this period and no other. */
  part: 1,
  sentence: 0.4,
  /** What heads its line or stands above it. */
  head: 0.3,
  /** The question names its row or item: 北馆, 第二批. */
  named: 0.5,
  label: 0.5,
  /** The question names this type. */
  type: 0.6,
  /** The question names another type, and this one is certain. */
  otherType: -0.5,
  /** Asked for an end (or start) that this one leaves open. */
  openEdge: -0.5,
  /** It says the very word for the edge that is asked for: 恢复, 截止. */
  said: 0.5,
  /** Asked from when, and this one says just that: 3月12日起. */
  from: 0.3,
  /** The question names a day, and this one is it, holds it, or does not. */
  thatDay: 0.5,
  onDay: 0.3,
  otherDay: -0.6,
  /** Asked for a day or a deadline, and this one is no more than a month or half a year. */
  vague: -0.4,
  /** Or no more than a year. */
  year: -0.4,
  /** Asked for a time of day, and this one gives one, or none. */
  timed: 0.3,
  untimed: -0.4,
  /** 延期至 before it, 原定 before it. */
  amended: 0.3,
  superseded: -0.8,
  /** Per position in the notice, to break ties: its main period comes first. */
  later: -0.01,
};

/** Least share of the subject outside the title that the words around a time of day must hold. */
const LEAST_FRESH = 0.5;

/** Types that say when the notice or a cited document was made, not when something happens. */
const BACKGROUND: ReadonlySet<PeriodType> = new Set(['signature', 'cited']);

/** Returns the period of a notice that fits the question best. Null when it states none. */
export function pickPeriod(
  source: SearchedNotice,
  ask: Extract<RequestedFact, { kind: 'period' }>,
): TypedAnswer | null {
  const candidates = factsOf(source, 'period').filter((fact) => !BACKGROUND.has(fact.type) && !isOfBirth(source, fact));
  const settings = readValueContexts(
    source.stored.notice.body,
    candidates.map(({ at }) => at),
  );
  const scored = candidates.flatMap((fact, i) => {
    const setting = settings[i];
    return setting === undefined ? [] : [{ fact, fit: fitOf(source, ask, fact, setting) + WEIGHTS.later * i }];
  });
  const top = scored.reduce<(typeof scored)[number] | null>(
    (best, one) => (best === null || one.fit > best.fit ? one : best),
    null,
  );
  const clock = ask.ofDay ? pickClock(source) : null;
  if (top === null || (clock !== null && clock.fit > top.fit)) return clock;
  return { answer: wordsOf(source, top.fact), quote: top.fact.span, fit: top.fit, fact: top.fact };
}

/** Returns whether the period limits dates of birth (2018年9月1日至2019年8月31日出生): who may come, not when. */
function isOfBirth({ stored, question }: SearchedNotice, { at }: PeriodFact): boolean {
  return (
    /^[（(含）)期间以前后]{0,5}出生/.test(stored.notice.body.slice(at.end, at.end + 10)) &&
    !question.folded.includes('生')
  );
}

/** Returns the hours in a row or clause that gives no day (7:20—10:00 环湖路). Null when none fits. */
function pickClock(source: SearchedNotice): TypedAnswer | null {
  const { body } = source.stored.notice;
  const dated = factsOf(source, 'period').map(({ at }) => at);
  const times = clockTimesIn(body).filter(({ start, end }) => !dated.some((at) => at.start < end && start < at.end));
  let best: TypedAnswer | null = null;
  const settings = readValueContexts(body, times);
  const isMeant = ({ head }: ValueContext): boolean => isNamed(source.question, literal(source, head));
  const rows = settings.filter((setting) => isRowName(literal(source, setting.head)) && isMeant(setting));
  for (const setting of rows.length > 0 ? rows : settings) {
    const { part, head, heading } = setting;
    const own = ownWords(source, setting);
    if (freshShare(source, own) < LEAST_FRESH || questionShare(source, own, 0) === 0) continue;
    const fit =
      WEIGHTS.part * questionShare(source, own) +
      literalFit(source, own) +
      WEIGHTS.head * questionShare(source, `${literal(source, head)} ${literal(source, heading)}`) +
      (isMeant(setting) ? WEIGHTS.named : 0) +
      WEIGHTS.timed;
    if (best === null || fit > best.fit) {
      const whole = wholeClauses(body, part);
      best = { answer: literal(source, whole).trim(), quote: whole, fit, fact: null };
    }
  }
  return best;
}

/**
 * Returns the label of a period. A label in another clause is the neighbour's where this clause has words of its own
 * before the date (查考点从3月12日起，打印准考证从…): those count then (`isForeign`), and the type is uncertain.
 */
function happening({ stored }: SearchedNotice, fact: PeriodFact): { label: string; clause: Span; isForeign: boolean } {
  const { body } = stored.notice;
  const clause = clauseAround(body, fact.at);
  const own = body
    .slice(clause.start, fact.at.start)
    .replace(/[^\p{L}]/gu, '')
    .replace(SAYS_ONLY_WHEN, '');
  const isForeign = own.length >= 2 && !body.slice(clause.start, clause.end).includes(fact.label);
  return { label: isForeign ? '' : fact.label, clause, isForeign };
}

/** Words before a date that name no event: 时间为, 定于. */
const SAYS_ONLY_WHEN =
  /时间|日期|期限|具体|分别|定于|截止|截至|统一|一般|改为|改到|调整为|变更为|推迟至|延期至|顺延至|上午|下午|晚上|星期|[由原年月日时分点周起前为是于在自从拟将均请至到]/g;

function fitOf(
  source: SearchedNotice,
  ask: Extract<RequestedFact, { kind: 'period' }>,
  fact: PeriodFact,
  setting: ValueContext,
): number {
  const { edge, ofDay } = ask;
  const { label } = happening(source, fact);
  const heads = [literal(source, setting.head), literal(source, setting.heading)];
  const part = `${label} ${ownWords(source, setting)}`;
  const rowName = isRowName(heads[0] ?? '') ? (heads[0] ?? '') : '';
  const saysEdge = source.question.factKindWords.some(
    (word) => EDGE.test(word) && literal(source, setting.part).includes(word),
  );
  const open =
    (edge === 'end' && (fact.end === null || (ofDay && isOneMoment(fact)))) ||
    (edge === 'start' && fact.start === null);
  return (
    WEIGHTS.part * questionShare(source, part) +
    literalFit(source, part) +
    WEIGHTS.sentence * questionShare(source, `${rowName} ${literal(source, fact.span)}`) +
    WEIGHTS.head * questionShare(source, heads.join(' ')) +
    WEIGHTS.label * askedShare(source, label.replace(SAYS_WHEN_AT_END, '') || label) +
    (isNamed(source.question, heads[0] ?? '') ? WEIGHTS.named : 0) +
    typeFit(source, ask, fact, heads) +
    (saysEdge ? WEIGHTS.said : open ? WEIGHTS.openEdge : 0) +
    (edge === 'start' && fact.end === null ? WEIGHTS.from : 0) +
    (isVague(source, fact) ? WEIGHTS.vague : 0) +
    (isYear(fact) ? WEIGHTS.year : 0) +
    dayFit(source.question.days, fact) +
    (!ofDay ? 0 : hasTimeOfDay(fact) ? WEIGHTS.timed : WEIGHTS.untimed) +
    amendedFit(source, fact)
  );
}

/** Endings of a label that name no event: 认证时间 counts as 认证. */
const SAYS_WHEN_AT_END = /(?:起止|具体|截止)?(?:时间|日期|期限|时段)$/;

/** Returns the words of a period's part, with the name of its row where it has one. */
function ownWords(source: SearchedNotice, { part, head }: ValueContext): string {
  const name = literal(source, head);
  return isRowName(name) ? `${name} ${literal(source, part)}` : literal(source, part);
}

const isRowName = (head: string): boolean => head !== '' && !/[：:？?]$/.test(head);

/** Extends a part to the end of its clause, which may give other hours too (末班车由20:30延至21:30). */
function wholeClauses(body: string, part: Span): Span {
  const { end } = clauseAround(body, { start: part.end, end: part.end });
  return end - part.start <= LONGEST_CLOCK ? { start: part.start, end } : part;
}

const LONGEST_CLOCK = 80;

/**
 * Scores whether the period is of a type that the question names, by its own words (网上报名及缴费 is both) or, where
 * those name none, by its headings.
 */
function typeFit(
  source: SearchedNotice,
  { types, cues }: Extract<RequestedFact, { kind: 'period' }>,
  fact: PeriodFact,
  heads: readonly string[],
): number {
  const { label, isForeign } = happening(source, fact);
  const told = cues.filter((cue) => cue.length > 1);
  const isTelling = isWhollyInTitle(source) || told.length === 0 || told.some((cue) => !isOfTitle(source, cue));
  const isInLabel = told.some(
    (cue) => label.includes(cue) && !NO_EVENT.test(label.slice(label.indexOf(cue) + cue.length)),
  );
  if (types.length === 0 || !isTelling) return 0;
  if (isForeign || fact.type === 'other')
    return isInLabel || told.some((cue) => heads.some((head) => headsDates(head, cue))) ? WEIGHTS.type : 0;
  return types.includes(fact.type) || isInLabel ? WEIGHTS.type : WEIGHTS.otherType;
}

/**
 * Returns whether a cue occurs only within the notice's name: 高职分类考试 then says which notice is meant, not that
 * the day of an exam is asked for.
 */
function isOfTitle({ question, stored }: SearchedNotice, cue: string): boolean {
  const title = fold(stored.notice.title);
  for (let at = question.folded.indexOf(cue); at !== -1; at = question.folded.indexOf(cue, at + 1)) {
    if (at < 2 || !title.includes(question.folded.slice(at - 2, at + cue.length))) return false;
  }
  return true;
}

/** 报名网站, 报名人数: a thing rather than what happens. */
const NO_EVENT = /^(?:网站|系统|平台|网址|表|费|人员|人数|资格|条件|材料|信息|对象|点)/;

/**
 * Returns whether a heading announces dates: 什么时候登记？, 分区停气：, 报名流程; not 登记对象, 哪些孩子可以登记？.
 */
function headsDates(head: string, cue: string): boolean {
  const after = head.lastIndexOf(cue) + cue.length;
  return head.includes(cue) && !ASKS_ELSE.test(head) && ENDS_HEAD.test(head.slice(after));
}

const ASKS_ELSE = /[哪谁怎如啥]|什么(?!时)/;
const ENDS_HEAD =
  /^(?:工作|具体)?(?:时间|日期|期限|安排|阶段|流程|步骤|程序)?(?:安排|地点|及地点|和地点)?[：:？?】\s]*$/;

function dayFit(days: readonly string[], { start, end }: PeriodFact): number {
  if (days.length === 0) return 0;
  const [from, to] = [start ?? end, end ?? start].map((moment) => moment?.date.slice('YYYY-'.length) ?? '');
  const holds = days.some((day) => from !== undefined && to !== undefined && from <= day && day <= to);
  if (holds && from === to) return WEIGHTS.thatDay;
  return holds ? WEIGHTS.onDay : WEIGHTS.otherDay;
}

export function hasTimeOfDay({ start, end }: PeriodFact): boolean {
  return (start?.time ?? end?.time ?? null) !== null;
}

/** Returns whether a period gives no day; 9月底 counts as one. */
function isVague(source: SearchedNotice, { start, end, at }: PeriodFact): boolean {
  const date = end?.date ?? start?.date;
  return date !== undefined && date.length < 'YYYY-MM-DD'.length && !/[底末初]$/.test(literal(source, at));
}

const EDGE = /^(?:恢复|截止|截至|结束|到期|开始|起始|开通|启动)$/;

/** Returns whether a period has one moment and so no end: 7:30鸣枪 for 几点到几点. */
function isOneMoment({ start, end }: PeriodFact): boolean {
  return start !== null && start.date === end?.date && start.time === end.time;
}

function isYear({ start, end }: PeriodFact): boolean {
  return (end ?? start)?.date.length === 'YYYY'.length;
}

/** Scores a period of an amending notice as new or superseded: 原定4月16日…延期至4月23日. */
function amendedFit({ stored, question, amendments }: SearchedNotice, { at }: PeriodFact): number {
  const { title, body } = stored.notice;
  if (!amendments.titles.some((word) => title.includes(word))) return 0;
  const lead = body.slice(Math.max(0, at.start - LONGEST_CUE), at.start).trimEnd();
  const value = body.slice(at.start, at.end);
  if (amendments.new.some((cue) => lead.endsWith(cue) || value.startsWith(cue))) return WEIGHTS.amended;
  const clause = body.slice(clauseAround(body, at).start, at.start).trimStart();
  if (ASKS_CHANGED.test(question.folded) && NEW.test(clause.replace(POINT, ''))) return WEIGHTS.amended;
  const isOld = amendments.old.some((cue) => lead.endsWith(cue) || (cue.length === 1 && clause.startsWith(cue)));
  return isOld || isLeftOfNew(body, at, amendments.before) ? WEIGHTS.superseded : 0;
}

const ASKS_CHANGED = /改[到在成为至期]|推迟|延[期后至到]|顺延|调整|变更|提前|新/;
const NEW = /^新的?|^现(?=定|改|调整)/;
/** List marker: 一、新的举办时间：. */
const POINT = /^[(（]?[0-9一二三四五六七八九十]{1,3}[)）.、．]\s*/;

/** Returns whether a value stands under 更正前, with another right of it or on the next line under 更正后. */
function isLeftOfNew(body: string, at: Span, columns: readonly string[]): boolean {
  if (!columns.some((column) => body.slice(0, at.start).includes(column))) return false;
  const [line = '', next = ''] = body.slice(at.end).split('\n', 2);
  if (line.trim() !== '') return /^\s/.test(line) && /[0-9]/.test(line);
  const isAlone = body.slice(body.lastIndexOf('\n', at.start) + 1, at.start).trim() === '';
  return isAlone && /^\s*[0-9]/.test(next) && !/^\s*[0-9]{1,2}\s*$/.test(next);
}

const LONGEST_CUE = 8;

/** Renders a period: `公示时间：2024年3月11日至15日`. A label that stands elsewhere is put in front. */
function wordsOf(source: SearchedNotice, fact: PeriodFact): string {
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
