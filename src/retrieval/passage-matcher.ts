import type { WeightedTerm } from '../index/notice-index.js';

/** A question term with its weight in this collection (idf × weight in the question). */
export interface MatchTerm {
  readonly term: string;
  readonly weight: number;
}

const HAN_FIRST = 0x3400;
const HAN_LAST = 0xfaff;

/**
 * Finds a question's terms in folded sentences without analysing them again:
 * one pass over the characters, looking up pairs of Han characters and whole
 * runs of letters and digits, the same units that the analyser makes. Longer
 * words are covered by their pairs.
 */
export class PassageMatcher {
  readonly terms: readonly MatchTerm[];
  readonly #pairs = new Map<number, number>();
  readonly #runs = new Map<string, number>();
  /** 1 for characters that begin one of the pairs: spares most look-ups. */
  readonly #begins = new Uint8Array(0x10000);

  constructor(terms: readonly WeightedTerm[], idf: (term: string) => number) {
    const kept: MatchTerm[] = [];
    for (const { term, weight } of terms) {
      const first = term.charCodeAt(0);
      const han = isHan(first);
      if (han && term.length !== 2) continue;
      if (han) {
        this.#pairs.set(first * 0x10000 + term.charCodeAt(1), kept.length);
        this.#begins[first] = 1;
      } else {
        this.#runs.set(term, kept.length);
      }
      kept.push({ term, weight: weight * idf(term) });
    }
    this.terms = kept;
  }

  /** Numbers (positions in `terms`) of the terms in a folded sentence, each once, in order of appearance. */
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
    return found;
  }
}

function note(found: number[], term: number | undefined): void {
  if (term !== undefined && !found.includes(term)) found.push(term);
}

function isHan(c: number): boolean {
  return c >= HAN_FIRST && c <= HAN_LAST;
}

/** Lower-case letters and digits, as in the analyser: a decimal point ends the run. */
function isRunCharacter(c: number): boolean {
  return (c >= 0x30 && c <= 0x39) || (c >= 0x61 && c <= 0x7a);
}
