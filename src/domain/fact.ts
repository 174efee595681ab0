/** Half-open range of UTF-16 offsets into a notice's cleaned body. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Something typed and located in a notice. `span` covers the sentence that
 * states it, so that the sentence can be shown as evidence.
 */
export type Fact =
  | { readonly kind: 'attachment'; readonly number: number | null; readonly name: string; readonly span: Span }
  | { readonly kind: 'document-number'; readonly value: string; readonly span: Span };
