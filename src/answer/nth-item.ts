import type { Answer } from '../domain/answer.js';
import type { AttachmentFact, ItemFact } from '../domain/fact.js';
import type { IndexedNotice } from '../index/indexed-notice.js';
import type { StoredNotice } from '../store/notice-store.js';
import { bareName } from './typed/attachment.js';

type Entry = ItemFact | AttachmentFact;

/**
 * The n-th entry (from 1) of the list that was told: the list of the notice
 * that shares the most entries with what was told. Null when there is no such
 * list or entry.
 */
export function nthItem(
  { notice, facts }: StoredNotice,
  indexed: IndexedNotice,
  told: string,
  n: number,
): Answer | null {
  const lists = new Map<string, Entry[]>();
  for (const fact of facts) {
    if (fact.kind !== 'item' && fact.kind !== 'attachment') continue;
    const key = fact.kind === 'item' ? `item ${fact.list}` : 'attachments';
    lists.set(key, [...(lists.get(key) ?? []), fact]);
  }
  let best: Entry[] = [];
  let bestShared = 0;
  for (const list of lists.values()) {
    const shared = list.filter(({ name }) => name !== '' && told.includes(name)).length;
    if (list.length >= 2 && shared > bestShared) {
      best = list;
      bestShared = shared;
    }
  }
  // 附件 are named in the text and by their files: one entry each.
  const unique = [...new Map(best.map((entry) => [bareName(entry.name), entry])).values()];
  const item = unique.find(({ number }) => number === n) ?? unique[n - 1];
  if (item === undefined) return null;
  return {
    kind: 'answer',
    intent: 'list',
    answer: item.name,
    quote: notice.body.slice(item.span.start, item.span.end),
    confidence: 1,
    notice: { id: indexed.id, title: indexed.title, date: indexed.date, url: indexed.url },
    candidates: [{ id: indexed.id, title: indexed.title, date: indexed.date, score: 0 }],
    computed: [],
    also: [],
  };
}
