import { mentions, type IndexedNotice } from '../index/indexed-notice.js';
import type { Question } from '../question/understand.js';
import type { RegionAgreement } from './region-agreement.js';

/** A candidate, as far as this needs to know it. */
interface Ranked {
  readonly notice: IndexedNotice;
  readonly features: RegionAgreement;
}

/** Whether a notice can be the one that a question means: it is of no other year, batch, number, part or region, and names the post or prize whose holder is asked for. */
export function isMeant(ranked: Ranked, question: Question): boolean {
  const { notice } = ranked;
  return !(
    isOfOtherYear(notice, question.years) ||
    isOfOtherTerm(notice, question.folded) ||
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

/** The question names years, and the notice names some too, but none of these. */
export function isOfOtherYear(notice: IndexedNotice, years: readonly string[]): boolean {
  return years.length > 0 && notice.years.length > 0 && !years.some((year) => notice.years.includes(year));
}

/** The question names a holiday, and the notice others in its title, but nowhere this one. */
function isOfOtherOccasion(notice: IndexedNotice, occasions: Question['occasions']): boolean {
  const { named, all } = occasions;
  if (named.length === 0) return false;
  const isNamed = named.some((words) => words.some((word) => mentions(notice, word)));
  return !isNamed && all.some((words) => words.some((word) => notice.foldedTitle.includes(word)));
}

/** 去年, of a notice whose title names another year and which nowhere speaks of that one. */
function isOfOtherRelativeYear(notice: IndexedNotice, { relativeYears, folded }: Question): boolean {
  if (!/去年|前年|上年|明年/.test(folded) || !/[0-9]{4}(?=年)/.test(notice.foldedTitle)) return false;
  return isOfOtherYear(notice, relativeYears);
}

/** 2024年度, 2023-2024学年: a year that tells one edition from another, whatever dates the notice names besides. */
const TERM = /(?<![0-9])([0-9]{4})(?:[-—–~至]([0-9]{4}))?(?=年度|学年)/g;

/** The question names a year of account or of school, and the title another. */
function isOfOtherTerm({ foldedTitle }: IndexedNotice, folded: string): boolean {
  const [asked, told] = [folded, foldedTitle].map((text) => [...text.matchAll(TERM)].map(([term]) => term));
  if (asked === undefined || told === undefined || asked.length === 0 || told.length === 0) return false;
  return !asked.some((term) => told.includes(term));
}

/** The question names years, the title others, and these sentences none of the question's: 2024级 stands elsewhere. */
export function speaksOfOtherYear(
  { foldedTitle, sentences }: IndexedNotice,
  proof: { readonly from: number; readonly to: number } | null,
  years: readonly string[],
): boolean {
  if (years.length === 0 || !/[0-9]{4}(?=年)/.test(foldedTitle)) return false;
  const said = [foldedTitle, ...(proof === null ? [] : sentences.slice(proof.from, proof.to + 1))];
  return !years.some((year) => said.some((text) => text.includes(year)));
}

/** The question names places, and the notice names none of them. */
export function isOfOtherPlace(notice: IndexedNotice, places: readonly string[]): boolean {
  return places.length > 0 && !places.some((place) => mentions(notice, place));
}

/** The question names regions; the notice names none of them anywhere, and is about others. */
function isOfOtherRegion({ features }: Pick<Ranked, 'features'>): boolean {
  return features.otherRegionHead === 1 && features.regionMentioned === 0;
}

/** The question names a part (a campus, a district), and the notice's title names others of that kind, but it nowhere names this. */
function isOfOtherPart({ parts, terms }: Question, notice: IndexedNotice): boolean {
  return parts.some(({ name, kind }) => {
    // Misspelt by ear: 宁度县 for 宁渡县.
    const spellings = terms.find(({ term }) => term === name)?.alternatives ?? [];
    if (spellings.some((spelling) => mentions(notice, spelling))) return false;
    // 对栖梧 of 对栖梧区: a word before the name may have stuck to it.
    if (mentions(notice, name) || (name.length > 2 && mentions(notice, `${name.slice(1)}${kind}`))) return false;
    const others = new RegExp(`[\\u3400-\\u9fff]{2}${/^[区县]$/.test(kind) ? '[区县]' : kind}`);
    return others.test(notice.foldedTitle);
  });
}

/** Who the head of a hospital is, no notice says that names no head. */
function lacksPost({ wanted }: Question, notice: IndexedNotice): boolean {
  return wanted?.kind === 'person' && wanted.post !== null && !mentions(notice, wanted.post);
}

/** The question names third batches or second sessions, and the notice names that kind, but none of these. */
function isOfOtherOrdinal(notice: IndexedNotice, ordinals: readonly string[]): boolean {
  if (ordinals.some((words) => mentions(notice, words))) return false;
  return ordinals.some((words) => {
    const kind = words.slice(-1);
    const names = new RegExp(`第(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})${kind}`);
    return names.test(notice.foldedTitle);
  });
}

const NUMBERED = /(?:[一二三四五六七八九十]|(?<![0-9])[0-9]{1,3})(?=([\u3400-\u9fff]{2}))/g;
const NUMERAL = '(?:[一二三四五六七八九十]|[0-9]{1,3})';
/** What is only counted or dated: 三天后, 3月中. */
const COUNTED = /^[年月日号点时分天周个次路栋幢]/;

/** 一学期能选几门. */
const IN_EACH = /^一(?:学[期年]|户|人(?!民)|家|场|季)/;

const LINE = /(?<![0-9])([0-9]{1,3}(?:[、,，和及—~至-][0-9]{1,3}){0,20})(路|号线|号楼|栋|幢)/g;

/** The question names a bus, a metro line or a building by its number, and the notice others of the kind, but not this one. */
function isOfOtherLine({ foldedTitle, sentences }: IndexedNotice, folded: string): boolean {
  const asked = [...folded.matchAll(LINE)];
  if (asked.length === 0) return false;
  const named = [foldedTitle, ...sentences].flatMap((text) => [...text.matchAll(LINE)]);
  return asked.some(([, number = '', kind]) => {
    const ofKind = named.filter(([, , other]) => other === kind);
    return ofKind.length > 0 && !ofKind.some(([, numbers = '']) => isAmong(Number(number), numbers));
  });
}

/** 5 is among 4、5、6 and 1—8. */
function isAmong(number: number, numbers: string): boolean {
  return numbers.split(/[、,，和及]/).some((part) => {
    const [from = NaN, to = from] = part.split(/[—~至-]/).map(Number);
    return from <= number && number <= to;
  });
}

/** The question names something with a number in its name (一级建造师, 第一人民医院), and the title another of its kind. */
function isOfOtherNumber(notice: IndexedNotice, folded: string): boolean {
  return [...folded.matchAll(NUMBERED)].some(([numeral, name = '']) => {
    if (COUNTED.test(name) || IN_EACH.test(numeral + name) || mentions(notice, numeral + name)) return false;
    return new RegExp(`${NUMERAL}${name}`).test(notice.foldedTitle);
  });
}
