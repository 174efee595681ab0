/**
 * A notice and what is known of how it was received. The vocabulary of the
 * whole program; this folder imports nothing.
 */

/** A calendar day as `YYYY-MM-DD`, meant in Asia/Shanghai. */
export type PlainDate = string;

/**
 * Where the year of a list date came from. Lists print `MM-DD` only, so the
 * year is a conclusion; `stated` is the only one that is not.
 */
export type DateOrigin = 'stated' | 'signature' | 'body' | 'neighbour' | 'clock' | 'none';

/** `file`: a file the page offers. `listed`: only named under 附件 in the body. */
export interface Attachment {
  readonly kind: 'file' | 'listed';
  /** The number printed before the name (附件2 → 2), or null. */
  readonly number: number | null;
  readonly name: string;
}

/** One change made to received text. `from` is what stood there, `to` what stands there now. */
export interface Repair {
  /** Name of the rule, as in `data/repairs.json` or the built-in layout rules. */
  readonly rule: string;
  readonly field: 'title' | 'body' | 'attachment';
  /** Offset of the change in the received text of that field, in UTF-16 units. */
  readonly at: number;
  readonly from: string;
  readonly to: string;
}

/** An item as a parser found it: received text, nothing repaired. */
export interface RawNotice {
  /** The source's own id, or null when it gives none. */
  readonly id: string | null;
  readonly title: string;
  readonly publishedOn: PlainDate | null;
  readonly dateOrigin: DateOrigin;
  readonly column: string | null;
  readonly body: string;
  readonly attachments: readonly string[];
  readonly url: string | null;
  /** Where it stood, for messages: the file and the line of its title. */
  readonly place: Place;
}

export interface Place {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}

/** One published item, cleaned, with what was received beside it. */
export interface Notice {
  readonly id: string;
  readonly title: string;
  readonly publishedOn: PlainDate | null;
  readonly dateOrigin: DateOrigin;
  readonly column: string | null;
  readonly body: string;
  readonly attachments: readonly Attachment[];
  readonly url: string | null;
  readonly raw: { readonly title: string; readonly body: string; readonly attachments: readonly string[] };
  readonly repairs: readonly Repair[];
  /** SHA-256 over everything a reader could notice a change in. */
  readonly contentHash: string;
}
