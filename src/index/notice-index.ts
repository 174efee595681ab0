/** Analysed text of one notice, as input of an index. */
export interface IndexedDocument {
  readonly id: string;
  readonly terms: readonly string[];
}

export interface SearchHit {
  readonly id: string;
  /** BM25 score; comparable within one search only. */
  readonly score: number;
}

/**
 * Retrieval over notices: takes analysed terms, returns scored hits. Another search engine is another implementation;
 * no code outside `src/index` may depend on which one is used.
 */
export interface NoticeIndex {
  readonly size: number;
  /** Returns at most `limit` hits, best first; notices that share no term are left out. */
  search(terms: readonly WeightedTerm[], limit: number): SearchHit[];
  /** Returns the score that `search` gives to one notice, whatever its rank; 0 for an unknown one. */
  scoreOf(id: string, terms: readonly WeightedTerm[]): number;
  /** Returns the BM25 inverse document frequency of a term in this collection, above 0 for every term. */
  idf(term: string): number;
  /** Returns whether any notice contains the term. */
  holds(term: string): boolean;
}

export interface WeightedTerm {
  readonly term: string;
  /** 1 for a word of the question, less for an expansion. */
  readonly weight: number;
}
