import MiniSearch, { type AsPlainObject, type Options } from 'minisearch';
import type { IndexedDocument } from './notice-index.js';

/** The only field, which holds title and body: measured better than two fields, whatever the boosts. */
const FIELD = 'terms';
/** Joins the terms given to MiniSearch; no term contains it. */
const SEPARATOR = '\u0001';

const OPTIONS: Options<MiniDocument> = {
  fields: [FIELD],
  idField: 'id',
  tokenize: (text) => (text === '' ? [] : text.split(SEPARATOR)),
  processTerm: (term) => term,
  // MiniSearch's `replace` during a vacuum rejects unhandled and leaves the vacuum stuck (7.2.0), so `vacuum` is called
  // explicitly, when nothing writes.
  autoVacuum: false,
};

interface MiniDocument {
  readonly id: string;
  readonly terms: string;
}

/** Serialised form that MiniSearch documents (`toJSON`), version 2. */
export type SerialisedPostings = AsPlainObject;

/** Inverted index in MiniSearch: adds, discards and serialises documents. `PostingsView` searches it. */
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

  /** Removes the postings of discarded documents, which slow down every search until then. */
  async vacuum(): Promise<void> {
    if (this.#mini.dirtCount > 0) await this.#mini.vacuum();
  }

  serialise(): SerialisedPostings {
    return this.#mini.toJSON();
  }
}
