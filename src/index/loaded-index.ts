import type { IndexedNotice } from './indexed-notice.js';
import type { NoticeIndex } from './notice-index.js';

/** Everything that answering reads, as one immutable unit that is swapped whole. */
export interface LoadedIndex {
  readonly index: NoticeIndex;
  readonly notices: ReadonlyMap<string, IndexedNotice>;
  /** `NoticeStore.revision()` at the time of building. */
  readonly storeRevision: number;
}
