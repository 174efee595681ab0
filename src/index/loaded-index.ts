import type { IndexedNotice } from './indexed-notice.js';
import type { NoticeIndex } from './notice-index.js';

/** All data that answering reads, as one immutable unit that is replaced as a whole. */
export interface LoadedIndex {
  readonly index: NoticeIndex;
  readonly notices: ReadonlyMap<string, IndexedNotice>;
  /** Persons named by any contact, for recognising them in questions. */
  readonly people: ReadonlySet<string>;
  /** `NoticeStore.revision()` at the time of building. */
  readonly storeRevision: number;
}

export function assembleIndex(
  index: NoticeIndex,
  notices: Iterable<IndexedNotice>,
  storeRevision: number,
): LoadedIndex {
  const byId = new Map<string, IndexedNotice>();
  const people = new Set<string>();
  for (const notice of notices) {
    byId.set(notice.id, notice);
    for (const person of notice.people) people.add(person);
  }
  return { index, notices: byId, people, storeRevision };
}
