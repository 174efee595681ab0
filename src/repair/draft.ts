import type { Repair } from '../domain/notice.js';

/** A change to the present text: the half-open range [start, end) becomes `to`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly to: string;
  readonly rule: string;
}

/**
 * A text under repair. It keeps one list of edits over the *received* text,
 * into which each pass's edits over the present text are merged, so that the
 * record applied to the received text always gives the present one.
 */
export class Draft {
  readonly received: string;
  #text: string;
  #edits: readonly Edit[] = [];
  readonly #isLasting: (rule: string) => boolean;

  /** `isLasting`: rules whose name stays when a later pass changes the same place. */
  constructor(received: string, isLasting: (rule: string) => boolean = () => false) {
    this.received = received;
    this.#text = received;
    this.#isLasting = isLasting;
  }

  get text(): string {
    return this.#text;
  }

  /** Applies a pass's edits, sorted and disjoint. Returns whether the text changed. */
  apply(edits: readonly Edit[]): boolean {
    if (edits.length === 0) return false;
    const before = this.#text;
    this.#edits = this.#merge(edits);
    this.#text = applyEdits(this.received, this.#edits);
    return this.#text !== before;
  }

  /** The record, in the order of the received text. */
  repairs(field: Repair['field']): Repair[] {
    return this.#edits.map(({ start, end, to, rule }) => ({
      rule,
      field,
      at: start,
      from: this.received.slice(start, end),
      to,
    }));
  }

  /**
   * Two sorted lists become one. Newer and older edits that touch one another
   * become one edit; all others stay as they are.
   */
  #merge(newer: readonly Edit[]): Edit[] {
    const merged: Edit[] = [];
    const older = this.#edits;
    let next = 0;
    // Present offset minus received offset, behind the older edits taken so far.
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
      // A group: its range in the present text, its beginning in the received one.
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

/** Whether an older edit's present text cannot be told apart from a range of the present text. */
function touches(old: Edit, shift: number, range: { readonly start: number; readonly end: number }): boolean {
  const from = old.start + shift;
  const to = from + old.to.length;
  if (old.to === '') return from > range.start && from < range.end;
  if (from < range.end && to > range.start) return true;
  // Two insertions at one received place have no order of their own.
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

/** Applies one field's recorded repairs to its received text: the result is the cleaned text. */
export function applyRepairs(received: string, repairs: readonly Repair[]): string {
  const edits = repairs.map(({ at, from, to, rule }) => ({ start: at, end: at + from.length, to, rule }));
  // At one place an insertion comes before the change of what stands there.
  edits.sort((a, b) => a.start - b.start || a.end - b.end);
  return applyEdits(received, edits);
}
