import type { NoticeIndex } from '../../index/notice-index.js';
import type { Analyser } from '../../text/analyser.js';
import { bigramTerms } from '../../text/tokenizer.js';
import { MultiWordMatcher } from '../../text/word-list.js';
import type { AnswerTypes, RequestedAnswer } from '../query/answer-types.js';
import type { Contrasts, NamedContrast } from '../query/contrasts.js';
import type { Lexicon, Relation } from '../query/lexicon.js';
import type { Query } from '../query/parse-query.js';

/** How well a word of the question is met by its own letters (1), or by a word that may stand for it. */
const LEVELS: Readonly<Record<Relation | 'synonym' | 'pieces', number>> = {
  same: 0.85,
  synonym: 0.75,
  kind: 0.5,
  part: 0.4,
  pieces: 0.6,
};
/** Factor for a related word of only a part of the question's word. */
const PARTLY = 0.7;
/** Share of its weight that a word keeps at specificity 0 (a word common in Chinese at large). */
const FLOOR = 0.3;
/** Weight, relative to a rare word, of a single character: it also stands within other words. */
const SINGLE = 0.4;
/** Upper bound on content words; a question is at most a few hundred characters long. */
const MOST_WORDS = 24;

/** Knowledge by which a question is aligned with texts. */
export interface Knowledge {
  readonly lexicon: Lexicon;
  readonly contrasts: Contrasts;
  readonly answerTypes: AnswerTypes;
}

/** A word of the question that an answer should be about. */
export interface WeightedWord {
  readonly word: string;
  /** Sum over the words of a question: 1. */
  readonly weight: number;
  readonly isNoun: boolean;
}

/** What a text holds of a question. */
export interface Alignment {
  /** Per content word, 0 … 1. */
  readonly levels: Float32Array;
  /** Mask over the contrasts: named members, and others, that the text holds. */
  readonly named: number;
  readonly others: number;
  /** Mask over the numbers and codes of the question. */
  readonly numbers: number;
  /** Number of words that ask for the kind of fact (电话, 时间), at most 31, as a mask. */
  readonly cues: number;
}

type Meaning =
  | { readonly kind: 'word'; readonly at: number; readonly level: number }
  | { readonly kind: 'piece'; readonly at: number }
  | { readonly kind: 'named' | 'others' | 'numbers' | 'cues'; readonly bit: number };

/** A question prepared for comparison with many texts. */
export class AlignedQuestion {
  readonly words: readonly WeightedWord[];
  readonly contrasts: readonly NamedContrast[];
  readonly numbers: readonly string[];
  readonly requested: RequestedAnswer;
  readonly #matcher: MultiWordMatcher;
  /** What the matcher looks for. */
  readonly #texts: readonly string[];
  readonly #meanings: readonly (readonly Meaning[])[];
  /** Per content word, its number of character pairs; 0 for words that are not looked for by pieces. */
  readonly #pieces: readonly number[];
  readonly #known = new Map<string, Alignment>();
  readonly nothing: Alignment;

  constructor(question: Query, knowledge: Knowledge, analyser: Analyser, index: NoticeIndex) {
    const { folded } = question;
    this.requested = knowledge.answerTypes.of(folded);
    const words = analyser
      .contentWords(question.content, (pair) => index.holds(pair))
      .filter(({ word }) => word.length > 1 || !this.requested.cues.some((cue) => cue.includes(word)))
      .slice(0, MOST_WORDS);
    const entries = knowledge.lexicon.in(`${folded} ${question.content}`);
    // The longest entry is meant: 电动自行车, not 自行车.
    const meant = entries.filter(
      ({ word }) => !entries.some((other) => other.word !== word && other.word.includes(word)),
    );
    for (const { word } of meant) {
      const isCovered = words.some((one) => word.includes(one.word) || one.word.includes(word));
      if (!isCovered && !this.requested.cues.some((cue) => cue.includes(word)))
        words.push({ word, specificity: 0.6, isNoun: false });
    }
    const rarest = index.idf('\u0000');
    const raw = words.map(({ word, specificity }) => {
      const pairs = bigramTerms(word);
      const idf = word.length === 1 ? rarest * SINGLE : Math.max(0, ...pairs.map((pair) => index.idf(pair)));
      return (idf / rarest) * (FLOOR + (1 - FLOOR) * specificity);
    });
    const total = raw.reduce((sum, weight) => sum + weight, 0);
    this.words = words.map(({ word, isNoun }, i) => ({
      word,
      isNoun,
      weight: total === 0 ? 0 : (raw[i] ?? 0) / total,
    }));
    this.contrasts = knowledge.contrasts.in(folded).slice(0, 31);
    this.numbers = [...new Set(folded.match(/[a-z]{0,4}-?[0-9]{1,12}[a-z]{0,2}/g) ?? [])].slice(0, 31);

    const meanings = new Map<string, Meaning[]>();
    const look = (text: string, meaning: Meaning): void => {
      const known = meanings.get(text);
      if (known === undefined) meanings.set(text, [meaning]);
      else known.push(meaning);
    };
    words.forEach(({ word }, at) => {
      look(word, { kind: 'word', at, level: 1 });
      if (word.length > 2)
        for (const pair of bigramTerms(word)) if (pair.length === 2) look(pair, { kind: 'piece', at });
      for (const entry of meant) {
        const factor = entry.word.includes(word) ? 1 : word.includes(entry.word) ? PARTLY : 0;
        if (factor === 0) continue;
        for (const one of entry.related) look(one.word, { kind: 'word', at, level: LEVELS[one.relation] * factor });
      }
      // A name typed by ear (耿浩伟 for 耿昊伟), in the spelling of the notices.
      for (const person of question.people) {
        const shared = Array.from(person).filter((c) => word.includes(c)).length;
        if (shared >= 2) look(person, { kind: 'word', at, level: LEVELS.same });
      }
      for (const { word: own, synonyms } of question.wordSynonyms) {
        if (!own.includes(word) && !word.includes(own)) continue;
        for (const synonym of synonyms) look(synonym, { kind: 'word', at, level: LEVELS.synonym });
      }
    });
    this.contrasts.forEach(({ named, others }, bit) => {
      for (const word of named) look(word, { kind: 'named', bit });
      for (const word of others) look(word, { kind: 'others', bit });
    });
    this.numbers.forEach((number, bit) => {
      look(number, { kind: 'numbers', bit });
    });
    this.requested.cues.slice(0, 31).forEach((cue, bit) => {
      look(cue, { kind: 'cues', bit });
    });
    this.#texts = [...meanings.keys()];
    this.#matcher = new MultiWordMatcher(this.#texts);
    this.#meanings = [...meanings.values()];
    this.#pieces = words.map(({ word }) =>
      word.length > 2 ? bigramTerms(word).filter((p) => p.length === 2).length : 0,
    );
    this.nothing = { levels: new Float32Array(words.length), named: 0, others: 0, numbers: 0, cues: 0 };
  }

  /** Returns what a folded text holds of the question. Linear in the text; remembered for texts met again. */
  align(text: string): Alignment {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const levels = new Float32Array(this.words.length);
    const pieces = new Uint8Array(this.words.length);
    const masks = { named: 0, others: 0, numbers: 0, cues: 0 };
    for (const n of this.#matcher.find(text)) {
      const found = this.#texts[n] ?? '';
      if (RUN.test(found) && !standsAlone(found, text)) continue;
      for (const meaning of this.#meanings[n] ?? []) {
        if (meaning.kind === 'word') levels[meaning.at] = Math.max(levels[meaning.at] ?? 0, meaning.level);
        else if (meaning.kind === 'piece') pieces[meaning.at] = (pieces[meaning.at] ?? 0) + 1;
        else masks[meaning.kind] |= 1 << meaning.bit;
      }
    }
    this.#pieces.forEach((all, at) => {
      const share = all === 0 ? 0 : (pieces[at] ?? 0) / all;
      if (share >= 0.5) levels[at] = Math.max(levels[at] ?? 0, LEVELS.pieces * share);
    });
    const alignment = { levels, ...masks };
    this.#known.set(text, alignment);
    return alignment;
  }

  /** Returns what several texts hold together. */
  join(alignments: readonly Alignment[]): Alignment {
    if (alignments.length === 1) return alignments[0] ?? this.nothing;
    const levels = new Float32Array(this.words.length);
    let [named, others, numbers, cues] = [0, 0, 0, 0];
    for (const one of alignments) {
      for (let i = 0; i < levels.length; i++) levels[i] = Math.max(levels[i] ?? 0, one.levels[i] ?? 0);
      named |= one.named;
      others |= one.others;
      numbers |= one.numbers;
      cues |= one.cues;
    }
    return { levels, named, others, numbers, cues };
  }
}

/** Run of letters and digits: a number or a code. */
const RUN = /^[a-z0-9-]+$/;

/** Returns whether a run stands in a text without letters or digits of its own kind beside it: 5路 is not in 15路. */
function standsAlone(run: string, text: string): boolean {
  const beside = /^[0-9]/.test(run) ? /[0-9]/ : /[a-z0-9]/;
  const behind = /[0-9]$/.test(run) ? /[0-9]/ : /[a-z0-9]/;
  for (let at = text.indexOf(run); at !== -1; at = text.indexOf(run, at + 1)) {
    if (!beside.test(text.charAt(at - 1)) && !behind.test(text.charAt(at + run.length))) return true;
  }
  return false;
}
