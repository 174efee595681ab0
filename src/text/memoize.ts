/** Longest text, in UTF-16 units, that is cached; longer ones (bodies of notices being indexed) are read only once. */
const LONGEST = 400;

/**
 * Memoizes a function of a text, in a cache of `most` entries with least-recently-used eviction: several parts of the
 * program process the same question. Only for pure functions whose results are not mutated.
 */
export function memoizeLru<T>(read: (text: string) => T, most: number): (text: string) => T {
  /** In order of last use, the oldest first. */
  const known = new Map<string, T>();
  return (text) => {
    if (text.length > LONGEST) return read(text);
    let result = known.get(text);
    if (result === undefined) {
      result = read(text);
      const [oldest] = known.size < most ? [] : known.keys();
      if (oldest !== undefined) known.delete(oldest);
    } else {
      known.delete(text);
    }
    known.set(text, result);
    return result;
  };
}
