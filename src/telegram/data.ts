/** Telegram's limit for the data of a button, in bytes of UTF-8. */
export const DATA_LIMIT = 64;

/** No id or count of ours has more digits, and what has no more is exact as a number. */
const NUMBER = /^(?:0|[1-9][0-9]{0,14})$/;

/** `dataOf('r', 12, 1)` is `r:12:1`. */
export function dataOf(prefix: string, ...numbers: readonly number[]): string {
  return [prefix, ...numbers].join(':');
}

/**
 * The numbers behind a prefix, exactly as `dataOf` writes them; null for any
 * other data. What anyone forges is at most numbers that are not ours.
 */
export function numbersIn(data: string, prefix: string): number[] | null {
  if (data.length > DATA_LIMIT) return null;
  const [head, ...rest] = data.split(':');
  if (head !== prefix || !rest.every((part) => NUMBER.test(part))) return null;
  return rest.map(Number);
}
