/** Two things that a question asks the same about: 起拍价和保证金分别是多少. */
export interface JoinedQuestion {
  /** Ends with the first thing. */
  readonly before: string;
  /** Begins with the second. */
  readonly after: string;
}

const JOINED = /([\p{Script=Han}\p{N}]{2,})(?:以及|和|与|及|跟|、)([\p{Script=Han}\p{N}]{2,})/u;
/** Least length, in characters, of the shared piece of a name. */
const LEAST = 2;

/** Splits a folded question at its conjunction. Null when it has none. */
export function splitJoinedQuestion(folded: string): JoinedQuestion | null {
  const [, before, after] = JOINED.exec(folded) ?? [];
  return before === undefined || after === undefined ? null : { before, after };
}

/** Returns the length of the longest ending (or beginning) of a name that a text holds; 0 when below `LEAST`. */
export function nameLength(name: string, edge: 'end' | 'start', text: string): number {
  for (let length = name.length; length >= LEAST; length--) {
    if (text.includes(edge === 'end' ? name.slice(-length) : name.slice(0, length))) return length;
  }
  return 0;
}
