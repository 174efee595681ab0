import type { Repair } from '../../domain/notice.js';

/** A change to the current text: the half-open range [start, end), in UTF-16 units, is replaced by `to`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly to: string;
  readonly rule: string;
}

/**
 * A text under repair. Keeps one list of edits over the *received* text; the edits of each pass, which refer to the
 * current text, are merged into it. Applying the list to the received text always yields the current text.
 */
export class EditBuffer {
  readonly received: string;
  #text: string;
  #edits: readonly Edit[] = [];
  readonly #isLasting: (rule: string) => boolean;

  /** `isLasting`: selects the rules whose name is kept when a later pass changes the same range. */
  constructor(received: string, isLasting: (rule: string) => boolean = () => false) {
    this.received = received;
    this.#text = received;
    this.#isLasting = isLasting;
  }

  get text(): string {
    return this.#text;
  }

  /** Applies the edits of one pass, which must be sorted and disjoint. Returns whether the text changed. */
  apply(edits: readonly Edit[]): boolean {
    if (edits.length === 0) return false;
    const before = this.#text;
    this.#edits = this.#merge(edits);
    this.#text = applyEdits(this.received, this.#edits);
    return this.#text !== before;
  }

  /** Returns the recorded repairs, in the order of the received text. */
  repairs(field: Repair['field']): Repair[] {
    return this.#edits.map(({ start, end, to, rule }) => ({
      rule,
      field,
      at: start,
      from: this.received.slice(start, end),
      to,
    }));
  }

  /** Merges newer edits into the sorted list of older ones. Edits that overlap become one edit; others are kept. */
  #merge(newer: readonly Edit[]): Edit[] {
    const merged: Edit[] = [];
    const older = this.#edits;
    let next = 0;
    // Current offset minus received offset, after the older edits consumed so far.
    let shift = 0;
    const take = (old: Edit): void => {
      shift += old.to.length - (old.end - old.start);
      next++;
    };
    for (let i = 0; i < newer.length;) {
      const first = newer[i++];
      if (first === undefined) break;
      for (let old = older[next]; old !== undefined && !touches(old, shift, first); old = older[next]) {
        if (old.start + shift + old.to.length > first.start) break;
        take(old);
        merged.push(old);
      }
      // A group of overlapping edits: its range in the current text and its start in the received text.
      let { start, end, rule } = first;
      const group = [first];
      const old = older[next];
      if (old !== undefined && touches(old, shift, first)) start = Math.min(start, old.start + shift);
      const receivedStart = start - shift;
      for (let size = 0; size < group.length;) {
        size = group.length;
        for (let old = older[next]; old !== undefined && touches(old, shift, { start, end }); old = older[next]) {
          end = Math.max(end, old.start + shift + old.to.length);
          if (this.#isLasting(old.rule)) rule = old.rule;
          take(old);
        }
        const follower = newer[i];
        const isInsertion = end - shift === receivedStart;
        if (follower !== undefined && (follower.start < end || (isInsertion && follower.end === end))) {
          end = Math.max(end, follower.end);
          group.push(follower);
          i++;
        }
      }
      const inGroup = group.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start }));
      const to = applyEdits(this.#text.slice(start, end), inGroup);
      const change = { start: receivedStart, end: end - shift, to, rule };
      if (this.received.slice(change.start, change.end) !== to) merged.push(change);
    }
    return [...merged, ...older.slice(next)];
  }
}

/** Returns whether the replacement of an older edit overlaps a range of the current text. */
function touches(old: Edit, shift: number, range: { readonly start: number; readonly end: number }): boolean {
  const from = old.start + shift;
  const to = from + old.to.length;
  if (old.to === '') return from > range.start && from < range.end;
  if (from < range.end && to > range.start) return true;
  // Two insertions at the same received offset count as overlapping: their order is undefined.
  return old.start === old.end && range.start === range.end && (range.start === from || range.start === to);
}

function applyEdits(text: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let position = 0;
  for (const { start, end, to } of edits) {
    parts.push(text.slice(position, start), to);
    position = end;
  }
  parts.push(text.slice(position));
  return parts.join('');
}

/** Applies the recorded repairs of one field to its received text. Returns the cleaned text. */
export function applyRepairs(received: string, repairs: readonly Repair[]): string {
  const edits = repairs.map(({ at, from, to, rule }) => ({ start: at, end: at + from.length, to, rule }));
  // At the same offset an insertion precedes a replacement.
  edits.sort((a, b) => a.start - b.start || a.end - b.end);
  return applyEdits(received, edits);
}
