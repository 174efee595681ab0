/** Telegram's limit for the data of a button, in bytes of UTF-8. */
export const MAX_CALLBACK_DATA_BYTES = 64;

/** Matches a canonical integer of up to 15 digits: enough for every id and count, and exact as a number. */
const NUMBER = /^(?:0|[1-9][0-9]{0,14})$/;

/** Joins a prefix and numbers to callback data: `encodeCallbackData('r', 12, 1)` → `r:12:1`. */
export function encodeCallbackData(prefix: string, ...numbers: readonly number[]): string {
  return [prefix, ...numbers].join(':');
}

/**
 * Returns the numbers after a prefix, accepting only the form that `encodeCallbackData` writes; null for any other data.
 * Forged data can therefore at most contain unknown numbers.
 */
export function decodeCallbackData(data: string, prefix: string): number[] | null {
  if (data.length > MAX_CALLBACK_DATA_BYTES) return null;
  const [head, ...rest] = data.split(':');
  if (head !== prefix || !rest.every((part) => NUMBER.test(part))) return null;
  return rest.map(Number);
}
