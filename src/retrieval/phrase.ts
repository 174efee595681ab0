/** Longer runs than this say no more. */
const LONGEST = 16;
/** Characters share the places of a table that is far larger than a question is long. */
const PLACES = 4096;

/** A folded text, made ready for finding the runs that it shares with others. */
export class Phrase {
  readonly #length: number;
  /** Where its characters stand, the last first. */
  readonly #positions = new Map<number, number[]>();
  /** 1 for characters that it may have: spares most look-ups. */
  readonly #has = new Uint8Array(PLACES);
  /** Of the run that ends at a position: how long it is, and at which step it was found. */
  readonly #runs: Uint32Array;
  readonly #steps: Uint32Array;

  constructor(text: string) {
    this.#length = text.length;
    this.#runs = new Uint32Array(text.length);
    this.#steps = new Uint32Array(text.length);
    for (let at = text.length - 1; at >= 0; at--) {
      const c = text.charCodeAt(at);
      this.#has[c % PLACES] = 1;
      const known = this.#positions.get(c);
      if (known === undefined) this.#positions.set(c, [at]);
      else known.push(at);
    }
  }

  /**
   * Length of the longest run of characters that it shares with the first
   * `length` characters of another folded text, up to LONGEST.
   */
  longestIn(text: string, length = text.length): number {
    const runs = this.#runs;
    const steps = this.#steps;
    steps.fill(0);
    const end = Math.min(length, text.length);
    let best = 0;
    for (let j = 0; j < end; j++) {
      const c = text.charCodeAt(j);
      if (this.#has[c % PLACES] !== 1) continue;
      const positions = this.#positions.get(c);
      if (positions === undefined) continue;
      // Steps count from 1. The last position first: what it continues is still that of the step before.
      for (const at of positions) {
        const run = at > 0 && j > 0 && steps[at - 1] === j ? (runs[at - 1] ?? 0) + 1 : 1;
        runs[at] = run;
        steps[at] = j + 1;
        if (run > best) best = run;
      }
    }
    return Math.min(LONGEST, best);
  }

  /** The same as a share of the run that would say most. */
  shareIn(text: string, length?: number): number {
    return this.longestIn(text, length) / Math.min(LONGEST, Math.max(1, this.#length));
  }
}
