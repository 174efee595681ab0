import MiniSearch, { type AsPlainObject, type Options } from 'minisearch';
import type { IndexedDocument } from './notice-index.js';

/** One field holds title and body: measured better than two, whatever the boosts. */
const FIELD = 'terms';
/** Terms reach MiniSearch joined by a character that no term holds. */
const SEPARATOR = '\u0001';

const OPTIONS: Options<MiniDocument> = {
  fields: [FIELD],
  idField: 'id',
  tokenize: (text) => (text === '' ? [] : text.split(SEPARATOR)),
  processTerm: (term) => term,
  // Its `replace` during a vacuum rejects unhandled and leaves the vacuum stuck
  // (7.2.0), so vacuuming is ours, when nothing writes.
  autoVacuum: false,
};

interface MiniDocument {
  readonly id: string;
  readonly terms: string;
}

/** The serialised form that MiniSearch documents (`toJSON`), version 2. */
export type SerialisedPostings = AsPlainObject;

/** The inverted index as a store: what is added, discarded and serialised. Searching is the scoring view's. */
export class MiniSearchStore {
  readonly #mini: MiniSearch<MiniDocument>;

  constructor(serialised?: SerialisedPostings) {
    this.#mini = serialised === undefined ? new MiniSearch(OPTIONS) : MiniSearch.loadJS(serialised, OPTIONS);
  }

  /** Adds a document, replacing the one of the same id. */
  put({ id, terms }: IndexedDocument): void {
    if (this.#mini.has(id)) this.#mini.discard(id);
    this.#mini.add({ id, terms: terms.join(SEPARATOR) });
  }

  remove(id: string): void {
    if (this.#mini.has(id)) this.#mini.discard(id);
  }

  /** Drops what discarded documents left behind; until then every search pays for it. */
  async vacuum(): Promise<void> {
    if (this.#mini.dirtCount > 0) await this.#mini.vacuum();
  }

  serialise(): SerialisedPostings {
    return this.#mini.toJSON();
  }
}
