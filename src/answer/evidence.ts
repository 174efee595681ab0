import type { Intent } from '../domain/answer.js';
import type { Span } from '../domain/fact.js';
import type { IndexedNotice } from '../index/indexed-notice.js';
import type { MatchTerm } from '../retrieval/passage-matcher.js';
import type { RankedNotice } from '../retrieval/retrieve.js';
import { looksLikeAnswer } from './looks-like.js';
import { PassageScales, type PassageFeatures, type PassageQuestion } from './passage-features.js';
import { passageScore, shippedPassageModel, type PassageModel } from './passage-model.js';
import { PassageReader, type Passage } from './passages.js';
import type { Shape } from './shapes.js';

/** Longest `quote`, in UTF-16 units. */
const QUOTE_LENGTH = 400;
/** Sentences in and right behind which answers are looked for. */
const SENTENCES = 6;

const WEIGHTS = {
  /** A term that the title has tells which notice, hardly which line. */
  titleTerm: 0.1,
  /** Terms of the sentence before: a heading or an introduction. */
  before: 0.3,
  /**
   * For looking like an answer, as a share of the weight that the notice holds, so
   * that it decides where the question names little but the title.
   */
  shape: 0.3,
};

/** Where the proof stands in the body. `answer` lies within `quote`. */
export interface Evidence {
  readonly answer: Span;
  readonly quote: Span;
  /** Position of the answer's first sentence. */
  readonly sentence: number;
}

/** A passage with what speaks for it, as the fitting script reads it too. */
export interface WeighedPassage {
  readonly passage: Passage;
  readonly features: PassageFeatures;
}

interface ScoredPassage {
  readonly passage: Passage;
  readonly score: number;
}

/** The passage of a notice that fits a question best; null when no sentence holds any of its terms. */
export function pickEvidence(
  ranked: RankedNotice,
  terms: readonly MatchTerm[],
  question: PassageQuestion,
  wanted: Shape | null = null,
  model: PassageModel = shippedPassageModel(),
): Evidence | null {
  let best: Passage | null = null;
  let bestScore = -Infinity;
  const scored: ScoredPassage[] = [];
  for (const { passage, features } of weighPassages(ranked, terms, question, wanted)) {
    scored.push({ passage, score: passageScore(features, model) });
  }
  for (const { passage, score } of plausible(scored, terms, question, wanted)) {
    if (score > bestScore) {
      best = passage;
      bestScore = score;
    }
  }
  const [first, last] = [best?.units[0], best?.units[best.units.length - 1]];
  if (best === null || first === undefined || last === undefined) return null;
  return {
    sentence: first.sentence,
    answer: best.span,
    quote: quoteAround(ranked.notice.spans, best.span, first.sentence, last.sentence),
  };
}

/**
 * Leaves out what the weights would sometimes prefer and a reader never: a
 * passage that lacks a code or number of the question (A档) where another has
 * it, that holds no number, or nothing of the wanted shape, where that was asked
 * for, or that neither holds nor follows anything of the subject that the title
 * does not say. Each rule holds only while something is left.
 */
function plausible(
  scored: readonly ScoredPassage[],
  terms: readonly MatchTerm[],
  { intent, subject }: PassageQuestion,
  wanted: Shape | null,
): readonly ScoredPassage[] {
  const freshIn = ({ units }: Passage): number[] => units.flatMap(({ fresh }) => fresh);
  const codes = [...terms.keys()].filter(
    (t) => CODE.test(terms[t]?.term ?? '') && scored.some(({ passage }) => freshIn(passage).includes(t)),
  );
  const isTelling = (t: number): boolean => subject.has(terms[t]?.term ?? '');
  const rules: ((passage: Passage) => boolean)[] = [
    (passage) => codes.every((t) => freshIn(passage).includes(t)),
    ({ units }) => wanted?.isTelling !== true || units.some(({ text }) => wanted.holds(text)),
    ({ units }) =>
      intent !== 'number' || units.some(({ shape, fresh }) => shape >= (fresh.some(isTelling) ? NUMBERED : COUNTED)),
    ({ units, before }) => [...before.slice(-LEAD), ...units].some(({ fresh }) => fresh.some(isTelling)),
  ];
  return rules.reduce<readonly ScoredPassage[]>((left, rule) => {
    const kept = left.filter(({ passage }) => rule(passage));
    return kept.length > 0 ? kept : left;
  }, scored);
}

/** Shape of a number with its unit; 一个窗口 has less. */
const COUNTED = 0.7;
/** Of a bare number: 绩点3.0. */
const NUMBERED = 0.2;
/** Clauses before a passage that lead to it. */
const LEAD = 2;
const CODE = /^[a-z0-9]+$/;

/** The passages that may answer: those that begin in one of the best sentences or in the one behind it. */
export function* weighPassages(
  ranked: RankedNotice,
  terms: readonly MatchTerm[],
  question: PassageQuestion,
  shape: Shape | null,
): Generator<WeighedPassage> {
  const { intent } = question;
  const { sentences } = ranked.notice;
  // Asked 多少钱 of what only the title names, a line with an amount may answer.
  const mayAnswer = shape?.isTelling === true && sentences.some((sentence) => shape.holds(sentence));
  if (!mayAnswer && !ranked.matches.some((matches) => matches.length > 0)) return;
  const scores = sentenceScores(ranked, terms, intent);
  const best = [...scores.keys()].filter((i) => (scores[i] ?? 0) > 0);
  best.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  const highest = scores[best[0] ?? 0] ?? 0;
  const starts = new Set(best.slice(0, SENTENCES).flatMap((i) => [i, i + 1]));
  const reader = new PassageReader(ranked, terms, intent);
  const scales = new PassageScales(ranked, terms, question, shape);
  for (const sentence of starts) {
    if (SIGNATURE_DATE.test(ranked.notice.sentences[sentence] ?? '')) continue;
    const share = Math.max(scores[sentence] ?? 0, 0.5 * (scores[sentence - 1] ?? 0)) / highest;
    const standing = { share, isBest: sentence === best[0] };
    for (const passage of reader.passagesFrom(sentence)) {
      yield { passage, features: scales.featuresOf(passage, standing) };
    }
  }
}

/** 各学院：, 尊敬的患者朋友：: whom a notice speaks to, and nothing of what it says. */
export const SALUTATION =
  /^.{0,12}(?:们好|朋友|各位.{0,8}|各.{1,8}|同学|同志|家长|业主|居民|用户)们?[：:！!，,]?$|^(?:各|尊敬的|致)[^。；0-9]{1,80}[：:]$/u;

/** How a notice begins, behind a title that its body repeats and whom it speaks to. Null for an empty body. */
export function openingOf(notice: IndexedNotice): Evidence | null {
  const { sentences, spans } = notice;
  let first = spans.length > 1 && sentences[0] === notice.foldedTitle ? 1 : 0;
  while (first + 1 < spans.length && SALUTATION.test(sentences[first] ?? '')) first++;
  const answer = spans[first];
  return answer === undefined ? null : { sentence: first, answer, quote: quoteAround(spans, answer, first, first) };
}

function sentenceScores(ranked: RankedNotice, terms: readonly MatchTerm[], intent: Intent): number[] {
  const inTitle = new Set(ranked.titleMatches);
  const own = ranked.matches.map((matches) =>
    matches.reduce((sum, t) => sum + (terms[t]?.weight ?? 0) * (inTitle.has(t) ? WEIGHTS.titleTerm : 1), 0),
  );
  const found = new Set([...ranked.titleMatches, ...ranked.matches.flat()]);
  const shape = WEIGHTS.shape * terms.reduce((sum, { weight }, t) => (found.has(t) ? sum + weight : sum), 0);
  return own.map((weight, i) => {
    const sentence = ranked.notice.sentences[i] ?? '';
    if (SIGNATURE_DATE.test(sentence)) return 0;
    return weight + WEIGHTS.before * (own[i - 1] ?? 0) + shape * looksLikeAnswer(intent, sentence);
  });
}

/** A date that stands alone says when the notice was signed, nothing else. */
const SIGNATURE_DATE = /^[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日$/;

/** The answer's sentences with as many that follow as fit, then as many before. */
function quoteAround(spans: readonly Span[], answer: Span, first: number, last: number): Span {
  let [from, to] = [first, last];
  const fits = (a: number, b: number): boolean => (spans[b]?.end ?? 0) - (spans[a]?.start ?? 0) <= QUOTE_LENGTH;
  if (!fits(from, to)) return { start: answer.start, end: Math.max(answer.end, spans[first]?.end ?? 0) };
  while (to + 1 < spans.length && fits(from, to + 1)) to++;
  while (from > 0 && fits(from - 1, to)) from--;
  return { start: spans[from]?.start ?? 0, end: spans[to]?.end ?? 0 };
}
