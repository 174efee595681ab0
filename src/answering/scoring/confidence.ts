import { z } from 'zod';
import type { Ranking } from '../retrieval/retrieve.js';
import { isOfOtherPlace } from '../retrieval/constraints.js';
import { TermMatcher, type WeightedQueryTerm } from '../retrieval/term-matcher.js';
import { bigramTerms } from '../../text/tokenizer.js';
import { fold } from '../../text/fold.js';
import { matchShape, type AnswerCandidate } from '../candidates/answer-candidate.js';
import { heaviestWindow } from '../retrieval/sentence-windows.js';
import type { Query } from '../query/parse-query.js';

/** Number of adjacent sentences in the `window` feature. */
const WINDOW_SENTENCES = 3;

export const CONFIDENCE_FEATURES = [
  'bm25',
  'sentence',
  'window',
  'coverage',
  'pairs',
  'focus',
  'rarestMissing',
  'numberMissing',
  'otherPlace',
  'otherRegion',
  'title',
  'proof',
  'own',
  'nounMissing',
  'nounProof',
  'behind',
  'shaped',
  'misshaped',
  'typed',
  'fit',
  'yesNo',
  'list',
  'headNowhere',
] as const;
export type ConfidenceFeatures = Record<(typeof CONFIDENCE_FEATURES)[number], number>;

export const supportSchema = z.object({
  about: z.string(),
  threshold: z.number().min(0).max(1),
  bias: z.number(),
  weights: z.record(z.enum(CONFIDENCE_FEATURES), z.number()),
});
export type ConfidenceModel = z.infer<typeof supportSchema>;

/**
 * Computes the features of a candidate for the confidence model, all relative to the question, so that long and short
 * ones compare.
 *
 * Of its notice, over all terms: BM25, the best sentence, the share found anywhere (`pairs`), how far it ranks `behind`
 * the best (log odds, at most 3). Over the terms of the subject: the share in the title, in the title and the best few
 * sentences (`window`), in all (`coverage`), in what the title does not hold (`focus`; 1 when it holds all); the
 * heaviest missing term and the heaviest missing noun, as shares of the heaviest term. Whether it lacks a number that
 * the question names, names none of its places, or opens with others.
 *
 * Of its own lines: the share of what the title does not hold in the sentences that prove it (`proof`; `nounProof` for
 * nouns alone) and in its words (`own`); whether they have the wanted shape (1 in the words, 0.5 in the proof) or lack
 * it; whether it is a typed fact, and its fit; whether the question is a yes-no question or asks for a list. For a
 * question for a value, whether its head occurs nowhere in the notice.
 */
export function confidenceFeatures(question: Query, proposal: AnswerCandidate, ranking: Ranking): ConfidenceFeatures {
  const { ranked, finding } = proposal;
  const terms = ranking.terms.map((term) => ({ ...term, weight: term.weight * tellingShare(term) }));
  const isSubject = subjectOf(question, terms);
  const weightOf = (wanted: (term: number) => boolean): number =>
    terms.reduce((sum, { weight }, t) => (isSubject[t] === true && wanted(t) ? sum + weight : sum), 0);
  const total = weightOf(() => true);
  const share = (weight: number): number => (total === 0 ? 0 : weight / total);

  const weights = terms.map(({ weight }) => weight);
  const window = heaviestWindow(ranked.matches, weights, WINDOW_SENTENCES);
  const inTitle = new Set(ranked.titleMatches);
  const inNotice = new Set([...ranked.titleMatches, ...ranked.matches.flat()]);
  const inWindow = new Set([
    ...ranked.titleMatches,
    ...(window === null ? [] : ranked.matches.slice(window.from, window.to + 1).flat()),
  ]);
  const beyondTitle = weightOf((t) => !inTitle.has(t));
  const missing = terms.map(({ weight }, t) => (isSubject[t] === true && !inNotice.has(t) ? weight : 0));
  const heaviest = Math.max(0, ...terms.map(({ weight }, t) => (isSubject[t] === true ? weight : 0)));
  const { bm25, sentence, otherRegionHead } = ranked.features;
  const found = terms.reduce((sum, { weight }, t) => (inNotice.has(t) ? sum + weight : sum), 0);
  const totalWeight = terms.reduce((sum, { weight }) => sum + weight, 0);
  const proof =
    proposal.proofSentences === null
      ? []
      : ranked.matches.slice(proposal.proofSentences.from, proposal.proofSentences.to + 1).flat();
  const own =
    ranking.terms.length === 0 ? [] : new TermMatcher(terms, ({ weight }) => weight).match(fold(proposal.text));
  const head = terms.findIndex(({ term }) => term === question.head);
  const wantsValue = question.ask.kind !== 'passage' && question.ask.kind !== 'list';
  const shaped = matchShape(proposal);
  const fresh = (found: readonly number[]): number =>
    beyondTitle === 0 ? 1 : weightOf((t) => found.includes(t) && !inTitle.has(t)) / beyondTitle;
  const nouns = terms.map(({ term, weight }, t) =>
    isSubject[t] === true && question.nouns.has(term) && !inNotice.has(t) ? weight : 0,
  );
  const isNounBeyond = (t: number): boolean => !inTitle.has(t) && question.nouns.has(terms[t]?.term ?? '');
  const nounsBeyond = weightOf(isNounBeyond);
  return {
    title: share(weightOf((t) => inTitle.has(t))),
    proof: fresh(proof),
    own: fresh(own),
    nounProof: nounsBeyond === 0 ? fresh(proof) : weightOf((t) => isNounBeyond(t) && proof.includes(t)) / nounsBeyond,
    behind: Math.min(3, (ranking.notices[0]?.score ?? 0) - ranked.score),
    nounMissing: heaviest === 0 ? 0 : Math.max(0, ...nouns) / heaviest,
    shaped: shaped === null ? 0 : shaped.inWords ? 1 : shaped.inProof ? 0.5 : 0,
    misshaped: shaped !== null && !shaped.inProof ? 1 : 0,
    typed: finding === null ? 0 : 1,
    fit: finding === null ? 0 : Math.min(2, finding.answer.fit),
    yesNo: question.wanted?.kind === 'yes-no' ? 1 : 0,
    list: question.ask.kind === 'list' ? 1 : 0,
    headNowhere: head !== -1 && wantsValue && !inNotice.has(head) ? 1 : 0,
    bm25,
    sentence,
    window: share(weightOf((t) => inWindow.has(t))),
    coverage: share(weightOf((t) => inNotice.has(t))),
    pairs: totalWeight === 0 ? 0 : found / totalWeight,
    focus: beyondTitle === 0 ? 1 : weightOf((t) => inNotice.has(t) && !inTitle.has(t)) / beyondTitle,
    rarestMissing: heaviest === 0 ? 1 : Math.max(0, ...missing) / heaviest,
    numberMissing: terms.some(({ term }, t) => NUMBER.test(term) && !inNotice.has(t)) ? 1 : 0,
    otherPlace: isOfOtherPlace(ranked.notice, question.places) ? 1 : 0,
    otherRegion: otherRegionHead,
  };
}

/**
 * Marks the terms of the subject, without places unless nothing else is left: 云澜市明天下雨吗 is not about the notices
 * of 云澜市, and another place has features of its own.
 */
function subjectOf({ subject, places, parts }: Query, terms: readonly WeightedQueryTerm[]): boolean[] {
  const where = new Set([...places, ...parts.map(({ name, kind }) => name + kind)].flatMap(bigramTerms));
  const isSubject = terms.map(({ term }) => subject.size === 0 || subject.has(term));
  const isTopic = terms.map(({ term }, t) => isSubject[t] === true && !where.has(term));
  return isTopic.includes(true) ? isTopic : isSubject;
}

/** Share of its weight that a term keeps at specificity 0 (a word common in Chinese at large). */
const FLOOR = 0.4;

/** Factor of a term's weight: 打算 and 处理 may occur in none of a few dozen notices; their absence says little. */
function tellingShare({ specificity }: WeightedQueryTerm): number {
  return FLOOR + (1 - FLOOR) * specificity;
}

/** Numbers that name something; a single digit counts something. */
const NUMBER = /^[0-9]{2,}$/;

/** Returns the probability that a candidate with these features is right, by the calibrated logistic model. */
export function confidenceOf(values: ConfidenceFeatures, { bias, weights }: ConfidenceModel): number {
  const sum = CONFIDENCE_FEATURES.reduce((total, name) => total + weights[name] * values[name], bias);
  return 1 / (1 + Math.exp(-sum));
}
