import type { Intent } from '../domain/answer.js';
import type { WeightedTerm } from '../index/notice-index.js';
import type { Analyser } from '../text/analyser.js';
import { fold } from '../text/fold.js';
import { yearsIn } from '../text/years.js';
import type { Vocabulary } from './vocabulary.js';

export interface Question {
  readonly text: string;
  readonly intent: Intent;
  /** What is searched for: the question's own terms at weight 1, expansions below. Each term once. */
  readonly terms: readonly WeightedTerm[];
  /** Years that the question names (four digits). A notice of another year does not answer it. */
  readonly years: readonly string[];
  /** Places that the question names, without 省, 市, 区, 县. */
  readonly places: readonly string[];
}

const NOT_A_WORD = /[^\p{L}\p{N}]+/gu;

/** Reads a question. Linear in its length; the caller bounds that. */
export function understand(text: string, analyser: Analyser, vocabulary: Vocabulary): Question {
  const folded = fold(text);
  return {
    text,
    intent: intentOf(folded, vocabulary),
    terms: termsOf(folded, analyser, vocabulary),
    years: yearsIn(folded),
    places: analyser.places(folded),
  };
}

function intentOf(folded: string, vocabulary: Vocabulary): Intent {
  if (isChitchat(folded, vocabulary)) return 'chitchat';
  const found = vocabulary.intents.find(({ cues }) => cues.some((cue) => folded.includes(cue)));
  return found?.intent ?? vocabulary.fallback;
}

/** Nothing but greetings: `您好，请问…` with a question behind it is a question. */
function isChitchat(folded: string, { chitchat }: Vocabulary): boolean {
  const parts = folded.split(NOT_A_WORD).filter((part) => part !== '');
  return parts.length > 0 && parts.every((part) => chitchat.has(trimParticle(part)));
}

function trimParticle(part: string): string {
  return part.length > 2 ? part.replace(/[啊呀呢吗吧哦哈]$/u, '') : part;
}

function termsOf(folded: string, analyser: Analyser, vocabulary: Vocabulary): WeightedTerm[] {
  const weights = new Map<string, number>();
  const add = (terms: readonly string[], weight: number): void => {
    for (const term of terms) weights.set(term, Math.max(weight, weights.get(term) ?? 0));
  };
  const core = analyser.terms(withoutFrames(folded, vocabulary.frames));
  add(core.length > 0 ? core : analyser.terms(folded), 1);
  for (const [from, to] of vocabulary.synonyms) {
    if (folded.includes(from) && !folded.includes(to)) add(analyser.terms(to), vocabulary.synonymWeight);
  }
  return [...weights].map(([term, weight]) => ({ term, weight }));
}

function withoutFrames(folded: string, frames: readonly string[]): string {
  return frames.reduce((rest, frame) => rest.replaceAll(frame, ' '), folded);
}
