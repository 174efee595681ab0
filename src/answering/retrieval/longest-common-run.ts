/** Upper bound, in UTF-16 units, on the length of a run that counts. */
const LONGEST = 16;
/** Size of the hash table of characters: far larger than a question is long. */
const PLACES = 4096;

/** Folded text, prepared for finding the longest run of characters that it shares with other texts. */
export class LongestCommonRun {
  readonly #length: number;
  /** Positions of each character, the last first. */
  readonly #positions = new Map<number, number[]>();
  /** Per hash of a character, 1 if the text may hold it: spares most look-ups. */
  readonly #has = new Uint8Array(PLACES);
  /** Per position, the length of the run that ends there, and the step at which it was found. */
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
   * Returns the length of the longest run shared with the first `length` characters of another folded text, up to
   * `LONGEST`.
   */
  lengthIn(text: string, length = text.length): number {
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
      // Steps count from 1. The last position first: `runs[at - 1]` is then still that of the previous step.
      for (const at of positions) {
        const run = at > 0 && j > 0 && steps[at - 1] === j ? (runs[at - 1] ?? 0) + 1 : 1;
        runs[at] = run;
        steps[at] = j + 1;
        if (run > best) best = run;
      }
    }
    return Math.min(LONGEST, best);
  }

  /** Returns that length as a share of the longest possible run. */
  shareIn(text: string, length?: number): number {
    return this.lengthIn(text, length) / Math.min(LONGEST, Math.max(1, this.#length));
  }
}
