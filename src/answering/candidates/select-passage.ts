import type { Intent } from '../../domain/answer.js';
import type { Span } from '../../domain/fact.js';
import type { IndexedNotice } from '../../index/indexed-notice.js';
import type { WeightedQueryTerm } from '../retrieval/term-matcher.js';
import type { RankedNotice } from '../retrieval/retrieve.js';
import { scoreSurface } from './surface-patterns.js';
import { PassageFeatureExtractor, type PassageFeatures, type PassageQuestion } from './passage-features.js';
import { passageScore, type PassageModel } from './passage-model.js';
import { PassageGenerator, type Passage } from './passages.js';
import type { AnswerShape } from './answer-shape.js';

/** Longest `quote`, in UTF-16 units. */
const QUOTE_LENGTH = 400;
/** Upper bound on the best sentences in which, or in whose successors, passages may begin. */
const SENTENCES = 6;

const WEIGHTS = {
  /** Factor for terms of the title: they identify the notice, hardly the line. */
  titleTerm: 0.1,
  /** Factor for the terms of the sentence before: a heading or an introduction. */
  before: 0.3,
  /**
   * Factor for looking like an answer, relative to the weight of all terms that the notice holds: decides where the
   * question matches little but the title.
   */
  shape: 0.3,
};

/** Offsets of the selected passage in the body. `answer` lies within `quote`. */
export interface SelectedPassage {
  readonly answer: Span;
  readonly quote: Span;
  /** Index of the answer's first sentence. */
  readonly sentence: number;
}

/** A passage with its features; the fitting script reads it too. */
export interface PassageCandidate {
  readonly passage: Passage;
  readonly features: PassageFeatures;
}

interface ScoredPassage {
  readonly passage: Passage;
  readonly score: number;
}

/** Selects the passage with the highest score. Null when no sentence holds a question term or the telling shape. */
export function selectPassage(
  ranked: RankedNotice,
  terms: readonly WeightedQueryTerm[],
  question: PassageQuestion,
  wanted: AnswerShape | null,
  model: PassageModel,
): SelectedPassage | null {
  let best: Passage | null = null;
  let bestScore = -Infinity;
  const scored: ScoredPassage[] = [];
  for (const { passage, features } of generatePassages(ranked, terms, question, wanted)) {
    scored.push({ passage, score: passageScore(features, model) });
  }
  for (const { passage, score } of plausible(scored, terms, question, wanted)) {
    if (score > bestScore) {
      best = passage;
      bestScore = score;
    }
  }
  const [first, last] = [best?.clauses[0], best?.clauses[best.clauses.length - 1]];
  if (best === null || first === undefined || last === undefined) return null;
  return {
    sentence: first.sentence,
    answer: best.span,
    quote: quoteAround(ranked.notice.spans, best.span, first.sentence, last.sentence),
  };
}

/**
 * Filters passages by rules that override the model, each applied only while something is left. Drops a passage that
 * lacks a code or number of the question (A档) where another has it; that lacks the wanted shape; that holds no number
 * where one is asked for; or that neither holds nor follows a term of the subject outside the title.
 */
function plausible(
  scored: readonly ScoredPassage[],
  terms: readonly WeightedQueryTerm[],
  { intent, subject }: PassageQuestion,
  wanted: AnswerShape | null,
): readonly ScoredPassage[] {
  const freshIn = ({ clauses: units }: Passage): number[] => units.flatMap(({ termsBeyondTitle: fresh }) => fresh);
  const codes = [...terms.keys()].filter(
    (t) => CODE.test(terms[t]?.term ?? '') && scored.some(({ passage }) => freshIn(passage).includes(t)),
  );
  const isTelling = (t: number): boolean => subject.has(terms[t]?.term ?? '');
  const rules: ((passage: Passage) => boolean)[] = [
    (passage) => codes.every((t) => freshIn(passage).includes(t)),
    ({ clauses: units }) => wanted?.isPreferred !== true || units.some(({ text }) => wanted.matches(text)),
    ({ clauses: units }) =>
      intent !== 'number' ||
      units.some(
        ({ surfaceScore: shape, termsBeyondTitle: fresh }) => shape >= (fresh.some(isTelling) ? NUMBERED : COUNTED),
      ),
    ({ clauses: units, before }) =>
      [...before.slice(-LEAD), ...units].some(({ termsBeyondTitle: fresh }) => fresh.some(isTelling)),
  ];
  return rules.reduce<readonly ScoredPassage[]>((left, rule) => {
    const kept = left.filter(({ passage }) => rule(passage));
    return kept.length > 0 ? kept : left;
  }, scored);
}

/** Score (`looks-like.ts`) of a number with its unit; 一个窗口 scores less. */
const COUNTED = 0.7;
/** Score of a bare number: 绩点3.0. */
const NUMBERED = 0.2;
/** Number of clauses before a passage that count as its lead. */
const LEAD = 2;
const CODE = /^[a-z0-9]+$/;

/** Yields the candidate passages: those that begin in one of the best sentences or in the one after it. */
export function* generatePassages(
  ranked: RankedNotice,
  terms: readonly WeightedQueryTerm[],
  question: PassageQuestion,
  shape: AnswerShape | null,
): Generator<PassageCandidate> {
  const { intent } = question;
  const { sentences } = ranked.notice;
  // Where only the title holds the thing whose price is asked (多少钱), any line with an amount may answer.
  const mayAnswer = shape?.isPreferred === true && sentences.some((sentence) => shape.matches(sentence));
  if (!mayAnswer && !ranked.matches.some((matches) => matches.length > 0)) return;
  const scores = sentenceScores(ranked, terms, intent);
  const best = [...scores.keys()].filter((i) => (scores[i] ?? 0) > 0);
  best.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  const highest = scores[best[0] ?? 0] ?? 0;
  const starts = new Set(best.slice(0, SENTENCES).flatMap((i) => [i, i + 1]));
  const reader = new PassageGenerator(ranked, terms, intent);
  const scales = new PassageFeatureExtractor(ranked, terms, question, shape);
  for (const sentence of starts) {
    if (SIGNATURE_DATE.test(ranked.notice.sentences[sentence] ?? '')) continue;
    const share = Math.max(scores[sentence] ?? 0, 0.5 * (scores[sentence - 1] ?? 0)) / highest;
    const standing = { share, isBest: sentence === best[0] };
    for (const passage of reader.passagesFrom(sentence)) {
      yield { passage, features: scales.featuresOf(passage, standing) };
    }
  }
}

/** A line that addresses the readers and states nothing: 各学院：, 尊敬的患者朋友：. */
export const SALUTATION =
  /^.{0,12}(?:们好|朋友|各位.{0,8}|各.{1,8}|同学|同志|家长|业主|居民|用户)们?[：:！!，,]?$|^(?:各|尊敬的|致)[^。；0-9]{1,80}[：:]$/u;

/** Returns the first sentence after a repeated title and the salutations. Null for an empty body. */
export function openingOf(notice: IndexedNotice): SelectedPassage | null {
  const { sentences, spans } = notice;
  let first = spans.length > 1 && sentences[0] === notice.foldedTitle ? 1 : 0;
  while (first + 1 < spans.length && SALUTATION.test(sentences[first] ?? '')) first++;
  const answer = spans[first];
  return answer === undefined ? null : { sentence: first, answer, quote: quoteAround(spans, answer, first, first) };
}

function sentenceScores(ranked: RankedNotice, terms: readonly WeightedQueryTerm[], intent: Intent): number[] {
  const inTitle = new Set(ranked.titleMatches);
  const own = ranked.matches.map((matches) =>
    matches.reduce((sum, t) => sum + (terms[t]?.weight ?? 0) * (inTitle.has(t) ? WEIGHTS.titleTerm : 1), 0),
  );
  const found = new Set([...ranked.titleMatches, ...ranked.matches.flat()]);
  const shape = WEIGHTS.shape * terms.reduce((sum, { weight }, t) => (found.has(t) ? sum + weight : sum), 0);
  return own.map((weight, i) => {
    const sentence = ranked.notice.sentences[i] ?? '';
    if (SIGNATURE_DATE.test(sentence)) return 0;
    return weight + WEIGHTS.before * (own[i - 1] ?? 0) + shape * scoreSurface(intent, sentence);
  });
}

/** A sentence that is only a date: when the notice was signed. */
const SIGNATURE_DATE = /^[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日$/;

/** Extends the answer's sentences to at most `QUOTE_LENGTH`: by those that follow, then by those before. */
function quoteAround(spans: readonly Span[], answer: Span, first: number, last: number): Span {
  let [from, to] = [first, last];
  const fits = (a: number, b: number): boolean => (spans[b]?.end ?? 0) - (spans[a]?.start ?? 0) <= QUOTE_LENGTH;
  if (!fits(from, to)) return { start: answer.start, end: Math.max(answer.end, spans[first]?.end ?? 0) };
  while (to + 1 < spans.length && fits(from, to + 1)) to++;
  while (from > 0 && fits(from - 1, to)) from--;
  return { start: spans[from]?.start ?? 0, end: spans[to]?.end ?? 0 };
}
