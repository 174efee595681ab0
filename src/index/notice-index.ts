/** Analysed text of one notice, as an index takes it. */
export interface IndexedDocument {
  readonly id: string;
  readonly terms: readonly string[];
}

export interface Hit {
  readonly id: string;
  /** BM25; comparable within one search only. */
  readonly score: number;
}

/**
 * Retrieval over notices: analysed terms in, scored candidates out. Another
 * engine is another implementation; nothing outside `src/index` may know which
 * one is used.
 */
export interface NoticeIndex {
  readonly size: number;
  /** Best first, at most `limit`; notices that share no term are left out. */
  search(terms: readonly WeightedTerm[], limit: number): Hit[];
  /** The score that a search gives to one notice, however deep it stands; 0 for an unknown one. */
  scoreOf(id: string, terms: readonly WeightedTerm[]): number;
  /** How informative a term is in this collection: its BM25 idf, above 0 for every term. */
  idf(term: string): number;
  /** Whether any notice has the term. */
  holds(term: string): boolean;
}

export interface WeightedTerm {
  readonly term: string;
  /** 1 for a word of the question, less for an expansion. */
  readonly weight: number;
}
