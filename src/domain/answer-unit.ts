import type { Span } from './fact.js';

/** Types of the values that a text states, as far as its form shows them. Bit i of a mask stands for entry i. */
export const VALUE_TYPES = [
  'day',
  'span-of-time',
  'clock',
  'weekday',
  'duration',
  'money',
  'count',
  'share',
  'phone',
  'email',
  'web',
  'account',
  'address',
  'person',
  'office',
  'document-number',
  'code',
  'condition',
  'step',
  'reason',
  'ruling',
  'enumeration',
  'quoted-name',
  'end',
  'start',
  'change',
  'refusal',
  'permission',
  'material',
  'grade',
] as const;
export type ValueType = (typeof VALUE_TYPES)[number];

/** `title`: the title itself. `segment`: the sentences of one line or list item. `list`: an introduction and its items. */
export const UNIT_KINDS = ['sentence', 'segment', 'list', 'row', 'title'] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];

/** The smallest thing that can be an answer: part of a notice with what stands above it. */
export interface AnswerUnit {
  readonly kind: UnitKind;
  /** Position in the body, in UTF-16 units. Empty for the title. */
  readonly span: Span;
  /** Indexes (inclusive) of the notice's sentences that it consists of or, for a table row, lies in. */
  readonly from: number;
  readonly to: number;
  /** Folded text. */
  readonly text: string;
  /** Folded heading path, the outermost first, and for a row the names of its columns. */
  readonly context: string;
  /** For a table row, its cells with the names of their columns: 学费：100；人数：8. Null where the text shows itself. */
  readonly shown: string | null;
  /** Mask of `VALUE_TYPES`. */
  readonly values: number;
}

export function hasValue(mask: number, type: ValueType): boolean {
  return (mask & (1 << VALUE_TYPES.indexOf(type))) !== 0;
}
