import type { Span } from '../domain/fact.js';
import type { Intent } from '../domain/answer.js';
import type { IndexedNotice } from '../index/indexed-notice.js';
import type { MatchTerm } from '../retrieval/passage-matcher.js';
import type { RankedNotice } from '../retrieval/retrieve.js';
import { looksLikeAnswer } from './looks-like.js';

/** Longest `answer` and longest `quote`, in UTF-16 units. A single longer sentence is cut at a comma. */
const ANSWER_LENGTH = 300;
const QUOTE_LENGTH = 400;

const WEIGHTS = {
  /** A term that the title has tells which notice, hardly which line. */
  titleTerm: 0.1,
  /** Terms of the sentence before: a heading or an introduction. */
  before: 0.3,
  /**
   * For looking like an answer, as a share of the whole question's weight, so that
   * it decides where the question names little but the title.
   */
  shape: 0.3,
};

/** Where the proof stands in the body. `answer` lies within `quote`. */
export interface Evidence {
  readonly answer: Span;
  readonly quote: Span;
  /** Position of the best sentence. */
  readonly sentence: number;
}

/** The passage of a notice that fits a question best; null when no sentence holds any of its terms. */
export function pickEvidence(ranked: RankedNotice, terms: readonly MatchTerm[], intent: Intent): Evidence | null {
  const sentence = bestSentence(ranked, terms, intent);
  if (sentence === null) return null;
  const { spans, sentences } = ranked.notice;
  const answerEnd = completeAnswer(spans, sentences, sentence, intent);
  return {
    sentence,
    answer: spanOf(spans, sentence, answerEnd),
    quote: spanOf(spans, ...growQuote(spans, sentence, answerEnd)),
  };
}

/** How a notice begins, behind a title that its body repeats. Null for an empty body. */
export function openingOf(notice: IndexedNotice): Evidence | null {
  const { sentences, spans } = notice;
  if (spans.length === 0) return null;
  const first = spans.length > 1 && sentences[0] === notice.foldedTitle ? 1 : 0;
  return {
    sentence: first,
    answer: spanOf(spans, first, first),
    quote: spanOf(spans, ...growQuote(spans, first, first)),
  };
}

function bestSentence(ranked: RankedNotice, terms: readonly MatchTerm[], intent: Intent): number | null {
  const inTitle = new Set(ranked.titleMatches);
  const own = ranked.matches.map((matches) =>
    matches.reduce((sum, t) => sum + (terms[t]?.weight ?? 0) * (inTitle.has(t) ? WEIGHTS.titleTerm : 1), 0),
  );
  if (!own.some((weight) => weight > 0)) return null;
  const shape = WEIGHTS.shape * terms.reduce((sum, { weight }) => sum + weight, 0);
  let best: number | null = null;
  let bestScore = 0;
  own.forEach((weight, i) => {
    const sentence = ranked.notice.sentences[i] ?? '';
    if (SIGNATURE_DATE.test(sentence)) return;
    const score = weight + WEIGHTS.before * (own[i - 1] ?? 0) + shape * looksLikeAnswer(intent, sentence);
    if (score > bestScore) {
      best = i;
      bestScore = score;
    }
  });
  return best;
}

/** A date that stands alone says when the notice was signed, nothing else. */
const SIGNATURE_DATE = /^[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日$/;

const HEADING_LENGTH = 25;
const INTRODUCES = /[：:]$|如下[。：:]?$|以下.{0,12}[。：:]$/;
const POINT =
  /^(?:[一二三四五六七八九十]{1,3}[、是]|[（(][一二三四五六七八九十0-9]{1,3}[)）]|[0-9]{1,2}[.．、)）]|第[一二三四五六七八九十]{1,3}[,，、])/;

/** Last sentence of the answer: an introduction takes what it introduces, a list its points, within the length allowed. */
function completeAnswer(spans: readonly Span[], sentences: readonly string[], from: number, intent: Intent): number {
  let end = from;
  const wantsPoints = intent === 'list' || intent === 'howto';
  while (end + 1 < spans.length && spanOf(spans, from, end + 1).end - (spans[from]?.start ?? 0) <= ANSWER_LENGTH) {
    const here = sentences[end] ?? '';
    const next = sentences[end + 1] ?? '';
    const goesOn =
      INTRODUCES.test(here) || isHeading(here) || (wantsPoints && POINT.test(next) && (end > from || POINT.test(here)));
    if (!goesOn) break;
    end++;
  }
  return end;
}

/** `1.落实税收优惠政策。`: a numbered point too short to say more than its subject. */
function isHeading(sentence: string): boolean {
  return sentence.length < HEADING_LENGTH && POINT.test(sentence);
}

/** The answer's sentences with as many that follow as fit, then as many before. */
function growQuote(spans: readonly Span[], first: number, last: number): [number, number] {
  let from = first;
  let to = last;
  const fits = (a: number, b: number): boolean => (spans[b]?.end ?? 0) - (spans[a]?.start ?? 0) <= QUOTE_LENGTH;
  const most = last + 2;
  while (to + 1 < spans.length && to < most && fits(from, to + 1)) to++;
  if (to === last && from > 0 && fits(from - 1, to)) from--;
  return [from, to];
}

function spanOf(spans: readonly Span[], from: number, to: number): Span {
  return { start: spans[from]?.start ?? 0, end: spans[to]?.end ?? 0 };
}
