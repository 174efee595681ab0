import type { StoredNotice } from '../store/notice-store.js';
import type { Analyser } from '../text/analyser.js';
import { indexedText, toIndexedNotice, type IndexedNotice } from './indexed-notice.js';
import { assembleIndex, type LoadedIndex } from './loaded-index.js';
import { MiniSearchStore } from './minisearch-store.js';
import { PostingsView } from './postings-view.js';

/** Builder of an index: takes notices one by one, then returns the immutable index that answers are read from. */
export class IndexBuilder {
  readonly postings: MiniSearchStore;
  readonly notices: Map<string, IndexedNotice>;
  readonly #analyser: Pick<Analyser, 'terms'>;

  constructor(
    analyser: Pick<Analyser, 'terms'>,
    postings = new MiniSearchStore(),
    notices: Iterable<IndexedNotice> = [],
  ) {
    this.#analyser = analyser;
    this.postings = postings;
    this.notices = new Map([...notices].map((notice) => [notice.id, notice]));
  }

  put(stored: StoredNotice): void {
    const { id } = stored.notice;
    this.postings.put({ id, terms: this.#analyser.terms(indexedText(stored)) });
    this.notices.set(id, toIndexedNotice(stored));
  }

  async finish(storeRevision: number): Promise<LoadedIndex> {
    await this.postings.vacuum();
    return assembleIndex(new PostingsView(this.postings.serialise()), this.notices.values(), storeRevision);
  }
}
