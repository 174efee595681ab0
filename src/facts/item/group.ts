import type { ItemFact, Span } from '../../domain/fact.js';

/** One entry of a list that was found. */
export interface ItemEntry {
  readonly name: string;
  readonly number: number | null;
  readonly at: Span;
}

/** A list that was found: its entries in order. */
export interface ItemGroup {
  readonly form: ItemFact['form'];
  readonly listOf: string;
  readonly total: number | null;
  readonly entries: readonly ItemEntry[];
}

/** The entry whose name is the text at `span`; blanks at its edges are no part of it. */
export function entryAt(text: string, { start, end }: Span, number: number | null = null): ItemEntry {
  while (start < end && /\s/.test(text.charAt(start))) start++;
  while (end > start && /\s/.test(text.charAt(end - 1))) end--;
  return { name: text.slice(start, end), number, at: { start, end } };
}
