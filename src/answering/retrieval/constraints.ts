import { containsText, type IndexedNotice } from '../../index/indexed-notice.js';
import { HAN } from '../../text/han.js';
import type { Query } from '../query/parse-query.js';
import type { RegionAgreement } from './regions.js';

/** Part of a candidate that the constraints read. */
interface ConstrainedCandidate {
  readonly notice: IndexedNotice;
  readonly features: RegionAgreement;
}

/** Returns whether a notice satisfies the question's constraints: year, batch, number, holiday, part, post, region. */
export function satisfiesConstraints(ranked: ConstrainedCandidate, question: Query): boolean {
  const { notice } = ranked;
  return !(
    isOfOtherYear(notice, question.years) ||
    isOfOtherAcademicYear(notice, question.folded) ||
    isOfOtherOrdinal(notice, question.ordinals) ||
    isOfOtherNumber(notice, question.folded) ||
    isOfOtherLine(notice, question.folded) ||
    isOfOtherOccasion(notice, question.occasions) ||
    isOfOtherRelativeYear(notice, question) ||
    isOfOtherPart(question, notice) ||
    lacksPost(question, notice) ||
    isOfOtherRegion(ranked)
  );
}

/** Returns whether the question and the notice both name years, but none in common. */
export function isOfOtherYear(notice: IndexedNotice, years: readonly string[]): boolean {
  return years.length > 0 && notice.years.length > 0 && !years.some((year) => notice.years.includes(year));
}

/** Returns whether the title names another holiday than the question, and the notice lacks that one. */
function isOfOtherOccasion(notice: IndexedNotice, occasions: Query['occasions']): boolean {
  const { named, all } = occasions;
  if (named.length === 0) return false;
  const isNamed = named.some((words) => words.some((word) => containsText(notice, word)));
  return !isNamed && all.some((words) => words.some((word) => notice.foldedTitle.includes(word)));
}

/** Returns whether the question says 去年 or the like, the title names a year, and the notice lacks the year meant. */
function isOfOtherRelativeYear(notice: IndexedNotice, { relativeYears, folded }: Query): boolean {
  if (!/去年|前年|上年|明年/.test(folded) || !/[0-9]{4}(?=年)/.test(notice.foldedTitle)) return false;
  return isOfOtherYear(notice, relativeYears);
}

/** Year of account or school year (2024年度, 2023-2024学年): identifies an edition, whatever dates the notice names. */
const FISCAL_OR_SCHOOL_YEAR = /(?<![0-9])([0-9]{4})(?:[-—–~至]([0-9]{4}))?(?=年度|学年)/g;

/** Returns whether the question and the title both name such years, but none in common. */
function isOfOtherAcademicYear({ foldedTitle }: IndexedNotice, folded: string): boolean {
  const [asked, inTitle] = [folded, foldedTitle].map((text) =>
    [...text.matchAll(FISCAL_OR_SCHOOL_YEAR)].map(([term]) => term),
  );
  if (asked === undefined || inTitle === undefined || asked.length === 0 || inTitle.length === 0) return false;
  return !asked.some((term) => inTitle.includes(term));
}

/** Returns whether the question names places and the notice none of them. */
export function isOfOtherPlace(notice: IndexedNotice, places: readonly string[]): boolean {
  return places.length > 0 && !places.some((place) => containsText(notice, place));
}

/** Returns whether the notice names none of the question's regions anywhere, and is about others. */
function isOfOtherRegion({ features }: Pick<ConstrainedCandidate, 'features'>): boolean {
  return features.otherRegionHead === 1 && features.regionMentioned === 0;
}

/** Returns whether the title names other parts of the kind (campus, district), and the notice lacks this one. */
function isOfOtherPart({ parts, terms }: Query, notice: IndexedNotice): boolean {
  return parts.some(({ name, kind }) => {
    // Misspelt by ear: 宁度县 for 宁渡县.
    const spellings = terms.find(({ term }) => term === name)?.synonyms ?? [];
    if (spellings.some((spelling) => containsText(notice, spelling))) return false;
    // 对栖梧 of 对栖梧区: the name may include the character before it.
    if (containsText(notice, name) || (name.length > 2 && containsText(notice, `${name.slice(1)}${kind}`)))
      return false;
    const others = new RegExp(`[${HAN}]{2}${/^[区县]$/.test(kind) ? '[区县]' : kind}`);
    return others.test(notice.foldedTitle);
  });
}

/** Returns whether the holder of a post (head of a hospital) is asked for and the notice does not name the post. */
function lacksPost({ wanted }: Query, notice: IndexedNotice): boolean {
  return wanted?.kind === 'person' && wanted.post !== null && !containsText(notice, wanted.post);
}

/** Returns whether the title names other batches or sessions of the kind asked for, and the notice lacks this one. */
function isOfOtherOrdinal(notice: IndexedNotice, ordinals: readonly string[]): boolean {
  if (ordinals.some((words) => containsText(notice, words))) return false;
  return ordinals.some((words) => {
    const kind = words.slice(-1);
    const names = new RegExp(`第(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})${kind}`);
    return names.test(notice.foldedTitle);
  });
}

const NUMBERED = new RegExp(`(?:[一二三四五六七八九十]|(?<![0-9])[0-9]{1,3})(?=([${HAN}]{2}))`, 'g');
const NUMERAL = '(?:[一二三四五六七八九十]|[0-9]{1,3})';
/** Words after a number that only counts or dates: 三天后, 3月中. */
const COUNTED = /^[年月日号点时分天周个次路栋幢]/;

/** 一 that means each: 一学期能选几门. */
const IN_EACH = /^一(?:学[期年]|户|人(?!民)|家|场|季)/;

const LINE = /(?<![0-9])([0-9]{1,3}(?:[、,，和及—~至-][0-9]{1,3}){0,20})(路|号线|号楼|栋|幢)/g;

/** Returns whether the notice names buses, metro lines or buildings of the kind asked for, but not this number. */
function isOfOtherLine({ foldedTitle, sentences }: IndexedNotice, folded: string): boolean {
  const asked = [...folded.matchAll(LINE)];
  if (asked.length === 0) return false;
  const named = [foldedTitle, ...sentences].flatMap((text) => [...text.matchAll(LINE)]);
  return asked.some(([, number = '', kind]) => {
    const ofKind = named.filter(([, , other]) => other === kind);
    return ofKind.length > 0 && !ofKind.some(([, numbers = '']) => isAmong(Number(number), numbers));
  });
}

/** Returns whether a list of numbers and ranges holds a number: 5 is among 4、5、6 and 1—8. */
function isAmong(number: number, numbers: string): boolean {
  return numbers.split(/[、,，和及]/).some((part) => {
    const [from = NaN, to = from] = part.split(/[—~至-]/).map(Number);
    return from <= number && number <= to;
  });
}

/** Returns whether the title names another of its kind (一级建造师, 第一人民医院), and the notice lacks this one. */
function isOfOtherNumber(notice: IndexedNotice, folded: string): boolean {
  return [...folded.matchAll(NUMBERED)].some(([numeral, name = '']) => {
    if (COUNTED.test(name) || IN_EACH.test(numeral + name) || containsText(notice, numeral + name)) return false;
    return new RegExp(`${NUMERAL}${name}`).test(notice.foldedTitle);
  });
}
