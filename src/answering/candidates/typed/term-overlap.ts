import type { Span } from '../../../domain/fact.js';
import { bigramTerms } from '../../../text/tokenizer.js';
import { fold } from '../../../text/fold.js';
import type { SearchedNotice } from './typed-answer.js';

/** Returns the share of the subject's weight that a text holds. Terms of the title count by the factor `titleShare`. */
export function questionShare(source: SearchedNotice, text: string, titleShare = 0.1): number {
  if (source.totalWeight === 0) return 0;
  const { titleMatches } = source.ranked;
  let weight = 0;
  for (const t of source.matcher.match(fold(text.replace(ADDRESS, ' ')))) {
    if (!source.subject.has(t)) continue;
    const own = source.matcher.terms[t]?.weight ?? 0;
    weight += titleMatches.includes(t) ? own * titleShare : own;
  }
  return weight / source.totalWeight;
}

/** Web addresses, whose letters match terms by chance. */
const ADDRESS = /https?:[!-~]+/g;

/** Returns the share of the subject outside the title that a text holds; 1 where the title holds all of it. */
export function freshShare({ matcher, subject, ranked }: SearchedNotice, text: string): number {
  let [whole, found] = [0, 0];
  const inText = new Set(matcher.match(fold(text)));
  for (const t of subject) {
    if (ranked.titleMatches.includes(t)) continue;
    const weight = matcher.terms[t]?.weight ?? 0;
    whole += weight;
    if (inText.has(t)) found += weight;
  }
  return whole === 0 ? 1 : found / whole;
}

/** Returns the share of a text's own pairs that occur in the question: how much of a label was asked for. */
export function askedShare(source: SearchedNotice, text: string): number {
  const all = bigramTerms(fold(text));
  const pairs = all.filter((term) => term.length > 1);
  // The 户 of 户、房一致 is a piece of a name; a name of one character is all there is.
  const terms = pairs.length > 0 ? pairs : all;
  if (terms.length === 0) return 0;
  return terms.filter((term) => source.asking.includes(term)).length / terms.length;
}

/** Words that ask for one of several (哪一期, 哪几个) name none of them. */
const ASKS_WHICH = /哪[一几两]?[个些位种类家所条项门场层期批届次轮组天年月号]/g;

/** Removes the words that ask which. */
export function withoutWhich(folded: string): string {
  return folded.replace(ASKS_WHICH, ' ');
}

/** Score per character of a shared run beyond its first two, and per single shared character. */
const CHARACTERS = { run: 0.1, alone: 0.02 };
const LONGEST_RUN = 6;

/**
 * Scores (about 0 … 0.5) how literally a text repeats the question, in what the title does not have: 会展路 is nearer
 * to 会展路几点封 than 会展中心 is, and 以西 to 西边 than 以东.
 */
export function literalFit(source: SearchedNotice, text: string): number {
  const title = fold(source.stored.notice.title);
  const [asking, words] = [source.asking, fold(text)].map((one) => one.replace(LACKS, '无')) as [string, string];
  let longest = 0;
  for (let start = 0; start < asking.length; start++) {
    for (let end = start + longest + 1; end <= Math.min(asking.length, start + LONGEST_RUN); end++) {
      const run = asking.slice(start, end);
      if (!words.includes(run) || !HAN_RUN.test(run)) break;
      if (!title.includes(run)) longest = Math.max(longest, run.length);
    }
  }
  const alone = [...new Set(asking)].filter((c) => HAN_RUN.test(c) && !title.includes(c) && words.includes(c)).length;
  return CHARACTERS.run * Math.max(0, longest - 2) + CHARACTERS.alone * Math.min(alone, LONGEST_RUN);
}

/** Spellings of 无: 没房 is 无房. */
const LACKS = /没有?|未/g;
const HAN_RUN = /^[\p{Script=Han}0-9]+$/u;

/**
 * Returns whether the question names the head of a line: 【夜2路】, 北馆, 第二批：. Generic heads (时间：) do not
 * count.
 */
export function isNamed({ folded }: SearchedNotice['question'], head: string): boolean {
  const name = fold(head)
    .replace(/^[\s(（]*(?:[0-9]{1,2}[.、)）]|[一二三四五六七八九十甲乙丙丁]{1,3}[、)）])/, '')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(GENERIC_HEAD, '');
  if (name.length < 2) return false;
  const at = folded.indexOf(name);
  return at !== -1 && !(/^[0-9]/.test(name) && /[0-9]/.test(folded.charAt(at - 1)));
}

const GENERIC_HEAD = /^(?:具体)?(?:时间|日期|地点|电话|联系方式|联系电话|咨询电话|对象|内容|要求|安排|费用|地址)$/;

const CLAUSE_ENDS = '，,；;。！？\n';

/** Returns the clause around a span of a text: between commas and ends of sentences. */
export function clauseAround(text: string, { start, end }: Span): Span {
  let from = start;
  let to = end;
  while (from > 0 && !endsClause(text, from - 1)) from--;
  while (to < text.length && !endsClause(text, to)) to++;
  return { start: from, end: to };
}

/** The comma of 1,860,000 ends no clause. */
function endsClause(text: string, i: number): boolean {
  const c = text.charAt(i);
  return (
    CLAUSE_ENDS.includes(c) && !(c === ',' && /[0-9]/.test(text.charAt(i - 1)) && /[0-9]/.test(text.charAt(i + 1)))
  );
}
