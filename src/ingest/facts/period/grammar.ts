import { SMALL_NUMERAL, YEAR_NUMERAL } from '../../../text/numerals.js';
import { escapeRegExp } from '../../../text/patterns.js';
import type { RelativeOffset } from './expression.js';
import type { PeriodRules } from './rules.js';

const SAME: Readonly<Record<string, string>> = {
  '：': ':',
  '．': '.',
  '／': '/',
  '（': '(',
  '）': ')',
  '，': ',',
  '；': ';',
  '\u3000': ' ',
  '\u00a0': ' ',
  '\t': ' ',
  '｜': ' ',
  '－': '-',
  '‐': '-',
  '‑': '-',
  '−': '-',
  '–': '—',
  '―': '—',
  '─': '—',
  '～': '~',
  '〜': '~',
  '∼': '~',
  號: '号',
  時: '时',
  點: '点',
  後: '后',
  週: '周',
};
const FOLDED = /[０-９：．／（），；\u3000\u00a0\t｜－‐‑−–―─～〜∼號時點後週]/g;

/**
 * Replaces variants of digits, blanks, marks and five traditional characters by one form each. Unlike `fold` it
 * replaces one character by one, so that offsets in the result hold in the original.
 */
export function foldPreservingOffsets(text: string): string {
  return text.replace(FOLDED, (c) => SAME[c] ?? String.fromCharCode(c.charCodeAt(0) - 0xfee0));
}

/** Returns the source of a pattern that matches any of the words in folded text, longest first. */
export function foldedAlternatives(words: readonly string[]): string {
  return [...words]
    .map(foldPreservingOffsets)
    .sort((a, b) => b.length - a.length)
    .map(escapeRegExp)
    .join('|');
}

/** Returns the match of a sticky pattern at an offset; null when it does not match exactly there. */
export function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Returns the end of the match of a sticky pattern at `at`; `at` itself when it does not match. */
export function endOfMatch(pattern: RegExp, text: string, at: number): number {
  return matchAt(pattern, text, at) === null ? at : pattern.lastIndex;
}

/** Source of the pattern between the two ends of a range. */
export const RANGE_SEPARATOR = ' {0,2}(?:至|到|——?|--?|~~?) {0,2}';

/** Look-ahead that excludes 2020年前4个月, where 前 means the first months of the year and not "before". */
const FIRST_MONTHS = '(?! {0,2}前 {0,2}[0-9一二三四五六七八九十两])';

/** Patterns compiled once from `PeriodRules`, for a scanner that tests one offset at a time. */
export interface Grammar {
  readonly rules: PeriodRules;
  readonly relativeYear: RegExp;
  readonly relativeMonth: RegExp;
  /** Words that may begin a date in place of a numeral (去年, 当日). */
  readonly dateWord: RegExp;
  readonly sameDay: RegExp;
  readonly nextDay: RegExp;
  readonly officeHours: RegExp;
  readonly relatives: ReadonlyMap<string, RelativeOffset>;
  /** Patterns anchored at the end of the text before a date. */
  readonly untilBefore: RegExp;
  readonly fromBefore: RegExp;
  readonly excludedBefore: RegExp;
  readonly yearAloneBefore: RegExp;
  /** Sticky patterns, tested at an offset. */
  readonly untilAfter: RegExp;
  readonly fromAfter: RegExp;
  readonly yearAloneAfter: RegExp;
  readonly excludedAfterYear: RegExp;
  readonly excludedAfterMonth: RegExp;
  readonly excludedAfterDay: RegExp;
  readonly publicationStart: RegExp;
  readonly duration: RegExp;
  readonly toBeAnnounced: RegExp;
  /** First characters of dates and of undated periods; the scanner reads nothing at other characters. */
  readonly dateStarters: ReadonlySet<string>;
  readonly undatedStarters: ReadonlySet<string>;
}

const NUMERALS = Array.from('0123456789一二三四五六七八九十');
const TIME_STARTERS = ['凌', '清', '早', '上', '中', '午', '下', '傍', '晚', '夜'];

const firstOf = (words: readonly string[]): ReadonlySet<string> => new Set(words.map((word) => word.charAt(0)));

export function compileGrammar(rules: PeriodRules): Grammar {
  const { relativeYears, relativeMonths, until, from, spoiledAfter } = rules;
  const ahead = (words: readonly string[], unless: readonly string[] = []): RegExp =>
    new RegExp(
      `${unless.length > 0 ? `(?! {0,2}(?:${foldedAlternatives(unless)}))` : ''} {0,2}(?:${foldedAlternatives(words)})`,
      'y',
    );
  const behind = (words: readonly string[]): RegExp => new RegExp(`(?:${foldedAlternatives(words)}) {0,2}$`);
  const relativeWords = [...relativeYears, ...relativeMonths];
  const dateWords = [...relativeWords.map(({ word }) => word), ...rules.sameDay, ...rules.nextDay];
  const labels = foldedAlternatives(rules.durations);
  return {
    rules,
    relativeYear: new RegExp(foldedAlternatives(relativeYears.map(({ word }) => word)), 'y'),
    relativeMonth: new RegExp(foldedAlternatives(relativeMonths.map(({ word }) => word)), 'y'),
    dateWord: new RegExp(foldedAlternatives(dateWords), 'y'),
    sameDay: new RegExp(foldedAlternatives(rules.sameDay), 'y'),
    nextDay: new RegExp(foldedAlternatives(rules.nextDay), 'y'),
    officeHours: new RegExp(foldedAlternatives(rules.officeHours)),
    relatives: new Map(relativeWords.map(({ word, from: base, add }) => [word, { from: base, add }])),
    untilBefore: behind(until.before),
    fromBefore: behind(from.before),
    excludedBefore: behind(rules.spoiledBefore),
    yearAloneBefore: behind(rules.yearAlone.before),
    untilAfter: new RegExp(`(?: {0,2}\\))?${FIRST_MONTHS}${ahead(until.after, until.afterUnless).source}`, 'y'),
    fromAfter: ahead(from.after, from.afterUnless),
    yearAloneAfter: new RegExp(`${FIRST_MONTHS} {0,2}(?:$|\\n|${foldedAlternatives(rules.yearAlone.after)})`, 'y'),
    excludedAfterYear: ahead(spoiledAfter.year),
    excludedAfterMonth: ahead(spoiledAfter.month),
    excludedAfterDay: ahead(spoiledAfter.day),
    publicationStart: new RegExp(
      `(?:(?:自|从)?即日|(?:自|从)[^,。;:、\\n自从]{0,16}?(?:${foldedAlternatives(rules.publicationEvents)})之日)起` +
        `(?: {0,2}(${SMALL_NUMERAL}|[0-9]{3}) {0,2}(?:个(工作日|月)|(工作日|日|天|年))(?:以内|之内|内)?)?`,
      'y',
    ),
    duration: new RegExp(
      `(${labels})(?:${foldedAlternatives(rules.durationFillers)}){0,3}` +
        `((${SMALL_NUMERAL}|[0-9]{3}) {0,2}(?:个 ?(工作日|自然日|月|星期)|(工作日|日|天|年|周)))(?![0-9月至])`,
      'y',
    ),
    toBeAnnounced: new RegExp(
      `(?:${foldedAlternatives(rules.heads)})(?:为|是|:| ){0,3}((?:${foldedAlternatives(rules.unsettled)}))`,
      'y',
    ),
    dateStarters: firstOf([...NUMERALS, ...TIME_STARTERS, ...dateWords]),
    undatedStarters: firstOf(['自', '从', '即日', ...rules.durations, ...rules.heads]),
  };
}

export const HAN_YEAR = new RegExp(`(${YEAR_NUMERAL}) {0,2}年(?:的)? {0,2}`, 'y');
export const HAN_YEARS = new RegExp(`(${YEAR_NUMERAL}) {0,2}年?${RANGE_SEPARATOR}(${YEAR_NUMERAL}) {0,2}年`, 'y');
export const HAN_MONTH = new RegExp(`(${SMALL_NUMERAL}) {0,2}月份? {0,2}`, 'y');
export const HAN_MONTHS = new RegExp(
  `(${SMALL_NUMERAL})${RANGE_SEPARATOR}(${SMALL_NUMERAL}) {0,2}月份?(?! {0,2}[0-9])`,
  'y',
);
export const HAN_DAY = new RegExp(`(${SMALL_NUMERAL}) {0,2}[日号]`, 'y');
export const HAN_DAYS = new RegExp(`(${SMALL_NUMERAL})(${RANGE_SEPARATOR}|、)(${SMALL_NUMERAL}) {0,2}[日号]`, 'y');
/** Day without 日 at the first end of a range: 3月8-4月10日. */
export const HAN_BARE_DAY = new RegExp(`(${SMALL_NUMERAL})(?=${RANGE_SEPARATOR}${SMALL_NUMERAL} {0,2}月)`, 'y');
export const VAGUE_MONTH = /(?:[上中下]{1,2}旬|月?[底末初])/y;
export const VAGUE_YEAR = /年?[底末初]|第?[一二三四]季度|[上下]半年/y;
export const NUMERIC_DATE =
  /((?:19|20)[0-9]{2})(?:(-) {0,1}([0-9]{1,2})- {0,1}([0-9]{1,2})(?![0-9]|-[0-9]{1,3}(?![0-9]))|([./]) {0,1}([0-9]{1,2}) {0,1}\5 {0,1}([0-9]{1,2})(?![0-9]|[./][0-9]))/y;
export const NUMERIC_MONTH_DAY = /([0-9]{1,2})([-./])([0-9]{1,2})(?![0-9%]|\2[0-9])/y;
export const NUMERIC_DAY = /([0-9]{1,2})(?![0-9.:%]| {0,2}[\u4e00-\u9fff])/y;
