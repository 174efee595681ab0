/** Two things of which the same is asked: 起拍价和保证金分别是多少. */
export interface JoinedAsk {
  /** Ends with the first thing. */
  readonly before: string;
  /** Begins with the second. */
  readonly after: string;
}

const JOINED = /([\p{Script=Han}\p{N}]{2,})(?:以及|和|与|及|跟|、)([\p{Script=Han}\p{N}]{2,})/u;
/** A name shares at least so many characters with the words that tell of it. */
const LEAST = 2;

/** The two things that a folded question joins; null when it joins none. */
export function joinedAsk(folded: string): JoinedAsk | null {
  const [, before, after] = JOINED.exec(folded) ?? [];
  return before === undefined || after === undefined ? null : { before, after };
}

/** The longest piece with which a name ends, or begins, that a text holds; 0 when it is too short to be a name. */
export function nameLength(name: string, edge: 'end' | 'start', text: string): number {
  for (let length = name.length; length >= LEAST; length--) {
    if (text.includes(edge === 'end' ? name.slice(-length) : name.slice(0, length))) return length;
  }
  return 0;
}
