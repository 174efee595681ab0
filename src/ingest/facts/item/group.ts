import type { ItemFact, Span } from '../../../domain/fact.js';

/** Entry of an extracted list. */
export interface ItemEntry {
  readonly name: string;
  readonly number: number | null;
  readonly at: Span;
}

/** Extracted list with its entries in order. */
export interface ItemList {
  readonly form: ItemFact['form'];
  readonly listOf: string;
  readonly total: number | null;
  readonly entries: readonly ItemEntry[];
}

/** Returns the entry whose name is the text of a span, without blanks at its ends. */
export function createEntry(text: string, { start, end }: Span, number: number | null = null): ItemEntry {
  while (start < end && /\s/.test(text.charAt(start))) start++;
  while (end > start && /\s/.test(text.charAt(end - 1))) end--;
  return { name: text.slice(start, end), number, at: { start, end } };
}
