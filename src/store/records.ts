import { createHash } from 'node:crypto';
import type { Fact } from '../domain/fact.js';
import type { NoticeRecord } from './notice-store.js';

/** Removes duplicate ids: the last record of an id wins, at the place of the first. */
export function deduplicateById(records: readonly NoticeRecord[]): NoticeRecord[] {
  return [...new Map(records.map((record) => [record.notice.id, record])).values()];
}

/** Returns the SHA-256 of the facts as JSON. The order of properties counts: reordering costs a needless refresh. */
export function factsHash(facts: readonly Fact[]): string {
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
}

/** Splits `items` into slices of at most `size`. */
export function* chunks<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

/** Groups `items` by the key that `keyOf` returns; each group keeps the order of `items`. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
