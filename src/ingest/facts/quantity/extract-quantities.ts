import type { QuantityFact, Span } from '../../../domain/fact.js';
import { matchBrackets } from '../../../text/bracket-pairs.js';
import { sentenceAround, type ExtractionInput } from '../extraction-input.js';
import { extractCellQuantities, createRowSubjectReader } from './table-quantities.js';
import { includeLimitWords, findCountedNoun } from './counted-noun.js';
import { parseNumeral } from '../../../text/numerals.js';
import type { QuantityRules } from './rules.js';

const DIGITS = '[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\\.[0-9]{1,6})?|[0-9]{1,12}(?:\\.[0-9]{1,6})?';
const CHINESE = '[零〇一二三四五六七八九十百千两几数]{1,9}|半';
const NUMBER = `(?:${DIGITS}|${CHINESE})`;
/** Number with an optional 余 or 多 and scale: 十余, 100多, 2.85万, 数百万. */
const SCALED = `${NUMBER}(?:余|多)?(?:[百千]?[万亿])?(?:余|多)?`;
const PART =
  /(?<![0-9A-Za-z.零一二三四五六七八九十百千万])(百分之|千分之|万分之|[二三四五六七八九十]{1,3}分之)([0-9]{1,4}(?:\.[0-9]{1,4})?|[零一二三四五六七八九十百点]{1,7})/g;
/** Text before a number that makes it an ordinal or part of a code, a slogan or a sum. */
const NO_QUANTITY_BEFORE = /(?:[第〔[［A-Za-z0-9.+＋“‘「/№#《-]|[零〇一二三四五六七八九十百千两几]|[0-9][:：])$/;
/** Text behind a unit that makes it part of a date: 3年5月, 3日9时. */
const DATE_BEHIND = /^\s?(?:[0-9]{1,2}\s?月|[0-9]{1,2}[:：时点])/;
const LONE_ONE = /^(?:一|1)$/;
const YEAR = /^(?:19|20)[0-9]{2}$/;
/** 二〇二五 is a year, 〇 a mark of a list. */
const NO_CHINESE_NUMBER = /[零〇].*[零〇一二三四五六七八九]|^[一二][零〇九]|^〇$/;
const LONGEST_BEFORE = 10;
/** Upper bound on the amounts of a notice, overall and of each form; more than any notice states. */
const MOST = 10_000;

type Amount = Pick<QuantityFact, 'value' | 'unit' | 'at'> & {
  /** End offset of its unit; `at` may extend beyond it (以上). */
  readonly unitEnd: number;
  /** Unit without a scale (万) and a rate (/人). */
  readonly base: string;
};

/**
 * Creates an extractor of quantities: a number, its unit and what it counts. Omits dates, ordinals, years, telephone
 * numbers and slogans in quotation marks. `at` includes limiting words (不少于90日, 60%以上). A bare number in a table
 * takes its unit from the column, and what it counts from row and column.
 */
export function createQuantityExtractor(rules: QuantityRules): (source: ExtractionInput) => QuantityFact[] {
  const range = `(${SCALED})(?:(?:-|—|–|~|～|至|到)(${SCALED}))?`;
  const pattern = new RegExp(`${range} ?(${rules.unit})(${rules.rate})`, 'g');
  const signed = new RegExp(
    `(?:${rules.sign}) ?(${DIGITS})([万亿]?)(${rules.rate})(?![0-9.,]|[万亿]?(?:${rules.unit}))`,
    'g',
  );
  return ({ body, sentences, tables }) => {
    const rowOf = createRowSubjectReader(body, tables);
    const amounts = [
      ...countedAmounts(body, pattern, rules),
      ...findCurrencyAmounts(body, signed, rules),
      ...findFractions(body, rules),
    ].sort((a, b) => a.at.start - b.at.start);
    const facts: QuantityFact[] = [];
    for (const { value, unit, at, unitEnd, base } of amounts.slice(0, MOST)) {
      const of = rowOf(at) ?? findCountedNoun(body, at, { unitEnd, unit: base }, facts.at(-1), rules);
      facts.push({ kind: 'quantity', value, unit, of, span: sentenceAround(sentences, at), at });
    }
    for (const cell of extractCellQuantities(body, tables, rules)) {
      facts.push({ kind: 'quantity', ...cell, span: cell.row });
    }
    return facts
      .map(({ kind, value, unit, of, span, at }) => ({ kind, value, unit, of, span, at }))
      .sort((a, b) => a.at.start - b.at.start);
  };
}

/** Returns the numbers with a unit: 85门, 2.85万元, 280元/人. */
function countedAmounts(body: string, pattern: RegExp, rules: QuantityRules): Amount[] {
  const amounts: Amount[] = [];
  const titles = titleSpans(body);
  let title = 0;
  for (const match of body.matchAll(pattern)) {
    if (amounts.length >= MOST) break;
    const [, number = '', upper, unit = '', rate = ''] = match;
    const start = match.index;
    const end = start + match[0].length;
    while ((titles[title]?.end ?? Infinity) <= start) title++;
    if ((titles[title]?.start ?? Infinity) < start) continue;
    if (upper !== undefined && YEAR.test(upper)) continue;
    if (!isQuantity(body, start, number, unit, end, rules)) continue;
    const at = includeLimitWords(body, { start, end }, rules);
    const value = upper === undefined ? valueOf(number) : null;
    amounts.push({ value, unit: unit + rate, base: unit, at, unitEnd: end });
  }
  return amounts;
}

/** Returns the amounts with a currency sign as their unit: ￥1,200. */
function findCurrencyAmounts(body: string, signed: RegExp, rules: QuantityRules): Amount[] {
  return [...body.matchAll(signed)].slice(0, MOST).map((match) => {
    const [, number = '', scale = '', rate = ''] = match;
    const end = match.index + match[0].length;
    const at = includeLimitWords(body, { start: match.index, end }, rules);
    return { value: parseNumeral(number + scale), unit: `元${rate}`, base: '元', at, unitEnd: end };
  });
}

/** Returns the fractions: 千分之五, 三分之二. */
function findFractions(body: string, rules: QuantityRules): Amount[] {
  return [...body.matchAll(PART)].slice(0, MOST).map((match) => {
    const [, unit = '', number = ''] = match;
    const at = includeLimitWords(body, { start: match.index, end: match.index + match[0].length }, rules);
    const value = /^[百千万]/.test(unit) ? parseNumeral(number) : null;
    return { value, unit, base: '%', at, unitEnd: at.end };
  });
}

/** Returns false for a match that is a date, an ordinal, a code or part of a word. */
function isQuantity(
  body: string,
  start: number,
  number: string,
  unit: string,
  end: number,
  rules: QuantityRules,
): boolean {
  const before = body.slice(Math.max(0, start - LONGEST_BEFORE), start);
  const behind = body.slice(end, end + 6);
  const isLimited = rules.limitBefore.test(before);
  const isDuration = rules.durations.has(unit);
  const isMoney = rules.money.has(unit);
  if (NO_QUANTITY_BEFORE.test(before)) return false;
  if (rules.excludedAfterUnit.get(unit)?.test(behind) === true || DATE_BEHIND.test(behind)) return false;
  if (unit === '点' && !rules.pointNoun.test(behind)) return false;
  if (behind.startsWith('制') && !/^制[定订]/.test(behind)) return false;
  if (/^[0-9]/.test(number)) {
    // A telephone number with a word behind it.
    if (/[0-9]{9}/.test(number)) return false;
    if (unit === '年' && YEAR.test(number)) return false;
    // 17日 is a day of the month unless something says that it is a length of time.
    if (unit === '日')
      return (
        !/[月年至\-—–~～]\s?$/.test(before) &&
        (isLimited || rules.limitAfter.test(behind) || /^(?:的|连续)/.test(behind)) &&
        !/^(?:前|起|以前)/.test(behind)
      );
    if (unit === '分') return !/[时点:：]\s?$/.test(before);
    if (/^[MGK]$/.test(unit)) return !/^[A-Za-z0-9]/.test(behind);
    return true;
  }
  if (NO_CHINESE_NUMBER.test(number)) return false;
  if (unit === '批') return /^[\u4e00-\u9fff“]/.test(behind) && !behind.startsWith('一批');
  // 一个, 一种 is the article rather than a number.
  if (LONE_ONE.test(number)) return isLimited || isMoney || isDuration || /[共仅只限报]$/.test(before);
  if (unit === '日') return isLimited || rules.limitAfter.test(behind);
  if (unit === '期' || unit === '季度') return false;
  if (unit === '分') return isLimited;
  if (number === '半') return (isDuration || unit === '数') && !/[上下前后大多过]$/.test(before);
  if (/^(?:分|度|M|G|K|字|科|部|点|人|大|处|头|口|道|路|首|面|本|段|对|站|节|成)$/.test(unit)) {
    if (unit === '成')
      return /[近约超逾达有]$|^$|[，。、；]$/.test(before) || rules.limitAfter.test(behind) || isLimited;
    if (unit === '大') return !number.endsWith('十') && number.length === 1 && /^[\u4e00-\u9fff]/.test(behind);
    if (unit === '点') return true;
    return isLimited || /^(?:千|百|十|[二三四五六七八九]?[十百千])/.test(number);
  }
  return !/^[千百]$/.test(number) || isLimited || unit === '名' || unit === '家' || unit === '余名';
}

/** Returns the value of a number, or null: 160余 → 160; 十几, 数百, 两三 → null. */
function valueOf(number: string): number | null {
  return parseNumeral(number.replace(/[余多]/g, ''));
}

/** Returns the spans of 《titles》, whose numbers are no quantities. */
function titleSpans(body: string): Span[] {
  const spans: Span[] = [];
  for (const [start, end] of [...matchBrackets(body)].sort(([a], [b]) => a - b)) {
    if (body.charAt(start) === '《' && start >= (spans.at(-1)?.end ?? 0)) spans.push({ start, end: end + 1 });
  }
  return spans;
}
