import type { z } from 'zod';
import { OperatorError } from '../../domain/errors.js';
import { storeMessages as m } from '../../messages/store.js';

/** So that a row which is met every minute is not reported every minute; far more than can be mended by hand. */
const MOST_REMEMBERED = 1_000;

/** Rows that this program cannot read: left as they are, passed over, and reported once each. */
export class BadRows {
  readonly #file: string;
  readonly #report: (error: OperatorError) => void;
  readonly #reported = new Set<string>();

  constructor(file: string, report: (error: OperatorError) => void) {
    this.#file = file;
    this.#report = report;
  }

  /** What `read` returns, or null when it throws. `place` names the table and the row. */
  try<T>(place: string, read: () => T): T | null {
    try {
      return read();
    } catch (cause) {
      if (this.#reported.has(place)) return null;
      if (this.#reported.size >= MOST_REMEMBERED) this.#reported.clear();
      this.#reported.add(place);
      this.#report(new OperatorError(m.badRow(this.#file, place), { cause }));
      return null;
    }
  }
}

/** Throws when `text` is no JSON or not what `schema` says. */
export function parseJson<T>(text: string, schema: z.ZodType<T>): T {
  return schema.parse(JSON.parse(text));
}

/**
 * Up to `limit` rows that can be read. A query that is asked again for as many
 * more as were bad: else a page of bad rows would hide all behind it.
 */
export async function readable<R, T>(
  limit: number,
  query: (limit: number) => Promise<readonly R[]>,
  read: (row: R) => T | null,
): Promise<T[]> {
  for (let size = limit; ;) {
    const rows = await query(size);
    const good: T[] = [];
    for (const row of rows) {
      const value = read(row);
      if (value !== null) good.push(value);
    }
    if (good.length >= limit || rows.length < size) return good.slice(0, limit);
    size += limit - good.length;
  }
}
