/** Longer texts (the bodies of notices, when they are indexed) are read once anyway. */
const LONGEST = 400;

/**
 * The same function, which gives what it gave before for the texts that it was
 * asked for last: several parts of the program read the same question. Only for
 * functions that depend on nothing but the text, and whose results nobody changes.
 */
export function rememberLast<T>(read: (text: string) => T, most: number): (text: string) => T {
  /** In order of last use. */
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
