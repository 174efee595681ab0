import type { Span } from '../../../domain/fact.js';
import { foldedAlternatives } from './characters.js';
import type { HeadingTest } from './clause.js';
import type { PeriodRules } from './rules.js';

/** Numeric cell of a table row: 中外合作办学 14000 900. */
const ROW = /(?:^|[ |｜])[0-9][^ ]*(?:[ |｜]|$)/;
const CELLS = /[^ |｜]+/g;
const MOST_WORDS = 2;
/** 海人社职字〔2025〕12号. */
const DOCUMENT_NUMBER = /[〔〕]|[0-9] {0,2}号$/;
const NUMBERED = /^(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|[0-9]{1,2}[.、])/;

/** Creates a heading test that rejects salutations (各位同学：), table rows and document numbers. */
export function createHeadingTest({ salutations, salutationOpenings }: PeriodRules): HeadingTest {
  const addressed = new RegExp(
    `^(?:${foldedAlternatives(salutationOpenings)})|(?:${foldedAlternatives(salutations)})[^\\u4e00-\\u9fff]{0,2}$`,
  );
  return (text: string, line: Span, heading: Span): boolean => {
    const whole = text.slice(line.start, Math.min(line.end, line.start + 40));
    if (NUMBERED.test(whole)) return true;
    const words = text.slice(heading.start, heading.end);
    const isAddress = /[:,]$/.test(whole) || text.charAt(heading.end) === ':';
    if (isAddress && addressed.test(words)) return false;
    return !ROW.test(words) && !DOCUMENT_NUMBER.test(words) && (words.match(CELLS) ?? []).length <= MOST_WORDS;
  };
}
