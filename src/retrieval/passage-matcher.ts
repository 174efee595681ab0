import type { QuestionTerm } from '../question/understand.js';

/** A question term with its weight in this collection (idf × weight in the question). */
export type MatchTerm = QuestionTerm;

const HAN_FIRST = 0x3400;
const HAN_LAST = 0xfaff;

/**
 * Finds a question's terms in folded sentences without analysing them again:
 * one pass over the characters, looking up pairs of Han characters and whole
 * runs of letters and digits, the same units that the analyser makes. Longer
 * words are covered by their pairs. A term also counts as found where another
 * word for the one that it is part of stands.
 */
export class PassageMatcher {
  readonly terms: readonly MatchTerm[];
  readonly #pairs = new Map<number, number[]>();
  readonly #runs = new Map<string, number[]>();
  /** Words that are neither: looked for one by one. A handful, since questions are short. */
  readonly #words = new Map<string, number[]>();
  /** 1 for characters that begin one of the pairs: spares most look-ups. */
  readonly #begins = new Uint8Array(0x10000);

  constructor(terms: readonly QuestionTerm[], weightOf: (term: QuestionTerm) => number) {
    const kept: MatchTerm[] = [];
    for (const term of terms) {
      if (isHan(term.term.charCodeAt(0)) && term.term.length !== 2) continue;
      for (const word of [term.term, ...term.alternatives]) this.#lookFor(word, kept.length);
      kept.push({ ...term, weight: weightOf(term) });
    }
    this.terms = kept;
  }

  /** Numbers (positions in `terms`) of the terms in a folded sentence, each once. */
  match(sentence: string): number[] {
    const found: number[] = [];
    const wantRuns = this.#runs.size > 0;
    let previous = 0;
    let runStart = -1;
    for (let i = 0; i <= sentence.length; i++) {
      const c = i < sentence.length ? sentence.charCodeAt(i) : 0;
      if (wantRuns) {
        if (isRunCharacter(c)) {
          if (runStart < 0) runStart = i;
        } else if (runStart >= 0) {
          note(found, this.#runs.get(sentence.slice(runStart, i)));
          runStart = -1;
        }
      }
      if (this.#begins[previous] === 1 && isHan(c)) note(found, this.#pairs.get(previous * 0x10000 + c));
      previous = c;
    }
    for (const [word, terms] of this.#words) if (sentence.includes(word)) note(found, terms);
    return found;
  }

  #lookFor(word: string, term: number): void {
    const first = word.charCodeAt(0);
    if (isHan(first) && word.length === 2) {
      push(this.#pairs, first * 0x10000 + word.charCodeAt(1), term);
      this.#begins[first] = 1;
    } else if (isRun(word)) {
      push(this.#runs, word, term);
    } else {
      push(this.#words, word, term);
    }
  }
}

function push<K>(map: Map<K, number[]>, key: K, term: number): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [term]);
  else known.push(term);
}

function note(found: number[], terms: readonly number[] | undefined): void {
  for (const term of terms ?? []) if (!found.includes(term)) found.push(term);
}

function isHan(c: number): boolean {
  return c >= HAN_FIRST && c <= HAN_LAST;
}

function isRun(word: string): boolean {
  for (let i = 0; i < word.length; i++) if (!isRunCharacter(word.charCodeAt(i))) return false;
  return true;
}

/** Lower-case letters and digits, as in the analyser: a decimal point ends the run. */
function isRunCharacter(c: number): boolean {
  return (c >= 0x30 && c <= 0x39) || (c >= 0x61 && c <= 0x7a);
}
