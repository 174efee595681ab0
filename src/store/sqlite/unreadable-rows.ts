import type { z } from 'zod';
import { OperatorError } from '../../domain/errors.js';
import { storeMessages as m } from '../../messages/store.js';

/** Bound on remembered places, so that a row read every minute is reported once; more than can be repaired by hand. */
const MAX_REPORTED_ROWS = 1_000;

/** Handler of rows that this version cannot read: they are skipped, left unchanged and reported once each. */
export class UnreadableRows {
  readonly #file: string;
  readonly #report: (error: OperatorError) => void;
  readonly #reported = new Set<string>();

  constructor(file: string, report: (error: OperatorError) => void) {
    this.#file = file;
    this.#report = report;
  }

  /** Returns the result of `read`, or null when it throws. `place` names the table and the row. */
  decodeOrSkip<T>(place: string, read: () => T): T | null {
    try {
      return read();
    } catch (cause) {
      if (this.#reported.has(place)) return null;
      if (this.#reported.size >= MAX_REPORTED_ROWS) this.#reported.clear();
      this.#reported.add(place);
      this.#report(new OperatorError(m.unreadableRow(this.#file, place), { cause }));
      return null;
    }
  }
}

/** Parses `text`. Throws when it is no JSON or does not match `schema`. */
export function parseJson<T>(text: string, schema: z.ZodType<T>): T {
  return schema.parse(JSON.parse(text));
}

/**
 * Returns up to `limit` readable rows. Repeats `query` with a limit raised by the number of missing rows: otherwise a
 * page of unreadable rows would hide all rows behind it.
 */
export async function selectReadable<R, T>(
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
