import type { SerialisedPostings } from './minisearch-store.js';
import type { SearchHit, NoticeIndex, WeightedTerm } from './notice-index.js';

/**
 * BM25 parameters as in Robertson & Zaragoza, 'The Probabilistic Relevance Framework' (2009), without the lower bound
 * on term frequency that MiniSearch adds: on 661 real questions that bound lowers recall. Document length is what
 * MiniSearch stores: the number of distinct terms.
 */
const K1 = 1.2;
const B = 0.75;

/**
 * Share of documents above which a term is skipped, in collections of `COMMON_APPLIES_FROM` documents or more: it
 * discriminates nothing and costs the most to score. Skipping above one half changed no rank that we saw; above a fifth
 * it cost a tenth of the recall.
 */
const COMMON_SHARE = 0.5;
const COMMON_APPLIES_FROM = 200;

/**
 * Inverted index as flat typed arrays: for each term a range of document numbers and term weights. Built once from the
 * store's serialised form and immutable; queries scan it without allocating an object per document.
 */
export class PostingsView implements NoticeIndex {
  readonly size: number;
  readonly #termNumbers = new Map<string, number>();
  /** Postings of term t: from offsets[t] up to, not including, offsets[t + 1]. */
  readonly #offsets: Uint32Array;
  readonly #documents: Uint32Array;
  /** Saturated BM25 term weight of each posting, without the idf. */
  readonly #impacts: Float32Array;
  readonly #ids: readonly string[];

  constructor(serialised: SerialisedPostings) {
    const { ids, numberOf, lengths } = readDocuments(serialised);
    const live = livePostings(serialised, numberOf);
    this.size = ids.length;
    this.#ids = ids;
    this.#offsets = new Uint32Array(live.length + 1);
    let total = 0;
    live.forEach(([term, postings], t) => {
      this.#termNumbers.set(term, t);
      total += postings.length;
      this.#offsets[t + 1] = total;
    });
    this.#documents = new Uint32Array(total);
    this.#impacts = new Float32Array(total);
    const averageLength = Math.max(1, lengths.reduce((sum, n) => sum + n, 0) / Math.max(1, ids.length));
    let at = 0;
    for (const [, postings] of live) {
      for (const [document, frequency] of postings) {
        const norm = K1 * (1 - B + (B * (lengths[document] ?? 0)) / averageLength);
        this.#documents[at] = document;
        this.#impacts[at] = (frequency * (K1 + 1)) / (frequency + norm);
        at++;
      }
    }
  }

  search(terms: readonly WeightedTerm[], limit: number): SearchHit[] {
    const scores = this.#scores(terms);
    return selectTop(scores, limit).map((n) => ({ id: this.#ids[n] ?? '', score: scores[n] ?? 0 }));
  }

  scoreOf(id: string, terms: readonly WeightedTerm[]): number {
    return this.#scores(terms)[this.#ids.indexOf(id)] ?? 0;
  }

  /** Returns the score of every document, indexed by its number. */
  #scores(terms: readonly WeightedTerm[]): Float32Array {
    const scores = new Float32Array(this.size);
    for (const { term, weight } of terms) {
      const t = this.#termNumbers.get(term);
      if (t === undefined) continue;
      const from = this.#offsets[t] ?? 0;
      const to = this.#offsets[t + 1] ?? 0;
      if (this.size >= COMMON_APPLIES_FROM && to - from > this.size * COMMON_SHARE) continue;
      const factor = weight * this.#idfOf(to - from);
      for (let i = from; i < to; i++) {
        const document = this.#documents[i] ?? 0;
        scores[document] = (scores[document] ?? 0) + factor * (this.#impacts[i] ?? 0);
      }
    }
    return scores;
  }

  holds(term: string): boolean {
    return this.#termNumbers.has(term);
  }

  idf(term: string): number {
    const t = this.#termNumbers.get(term);
    return this.#idfOf(t === undefined ? 0 : (this.#offsets[t + 1] ?? 0) - (this.#offsets[t] ?? 0));
  }

  #idfOf(holding: number): number {
    return Math.log(1 + (this.size - holding + 0.5) / (holding + 0.5));
  }
}

function readDocuments(serialised: SerialisedPostings): {
  ids: string[];
  numberOf: Map<string, number>;
  lengths: number[];
} {
  const ids: string[] = [];
  const lengths: number[] = [];
  const numberOf = new Map<string, number>();
  for (const [shortId, id] of Object.entries(serialised.documentIds)) {
    numberOf.set(shortId, ids.length);
    ids.push(String(id));
    lengths.push(serialised.fieldLength[shortId]?.[0] ?? 0);
  }
  return { ids, numberOf, lengths };
}

/** Returns the postings without the entries of discarded documents, which stay until a vacuum. */
function livePostings(
  serialised: SerialisedPostings,
  numberOf: ReadonlyMap<string, number>,
): [string, [number, number][]][] {
  const live: [string, [number, number][]][] = [];
  for (const [term, fields] of serialised.index) {
    const postings: [number, number][] = [];
    for (const [shortId, frequency] of Object.entries(fields['0'] ?? {})) {
      const document = numberOf.get(shortId);
      if (document !== undefined) postings.push([document, frequency]);
    }
    if (postings.length > 0) live.push([term, postings]);
  }
  return live;
}

/** Returns the numbers of the `limit` largest positive scores, best first; equal scores keep the document order. */
function selectTop(scores: Float32Array, limit: number): number[] {
  const top: number[] = [];
  const last = (): number => scores[top[top.length - 1] ?? 0] ?? 0;
  for (let n = 0; n < scores.length; n++) {
    const score = scores[n] ?? 0;
    if (score <= 0 || (top.length >= limit && score <= last())) continue;
    let at = top.length;
    while (at > 0 && (scores[top[at - 1] ?? 0] ?? 0) < score) at--;
    top.splice(at, 0, n);
    if (top.length > limit) top.pop();
  }
  return top;
}
