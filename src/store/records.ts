import { createHash } from 'node:crypto';
import type { Fact } from '../domain/fact.js';
import type { NoticeRecord } from './notice-store.js';

/** One record an id: the last wins, at the place of the first. */
export function lastById(records: readonly NoticeRecord[]): NoticeRecord[] {
  return [...new Map(records.map((record) => [record.notice.id, record])).values()];
}

/** Equal when the serialised facts are equal. The order of properties counts: a reordering costs one needless refresh. */
export function factsHash(facts: readonly Fact[]): string {
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
}

/** `items` in runs of at most `size`. */
export function* chunks<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

/** `items` by what `keyOf` says of each, each list in the order of `items`. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
