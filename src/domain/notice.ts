/** Notices as received and as cleaned. The types of this folder are used everywhere; it imports no other folder. */

/** A calendar day in Asia/Shanghai, as `YYYY-MM-DD`. */
export type PlainDate = string;

/** Source of the year of a list date. Lists print `MM-DD` only, so the year is inferred unless it is `stated`. */
export type DateOrigin = 'stated' | 'signature' | 'body' | 'neighbour' | 'clock' | 'none';

/** An attachment. `file`: a file that the page offers; `listed`: only named under 附件 in the body. */
export interface Attachment {
  readonly kind: 'file' | 'listed';
  /** Number printed before the name (附件2 → 2), or null. */
  readonly number: number | null;
  readonly name: string;
}

/** One change made to received text: `from` was replaced by `to`. */
export interface Repair {
  /** Name of the rule, as in `data/repairs.json` or the built-in layout rules. */
  readonly rule: string;
  readonly field: 'title' | 'body' | 'attachment';
  /** Offset of the change in the received text of that field, in UTF-16 units. */
  readonly at: number;
  readonly from: string;
  readonly to: string;
}

/** A notice as parsed from its source, before repair. */
export interface RawNotice {
  /** Id given by the source, or null. */
  readonly id: string | null;
  readonly title: string;
  readonly publishedOn: PlainDate | null;
  readonly dateOrigin: DateOrigin;
  readonly column: string | null;
  readonly body: string;
  readonly attachments: readonly string[];
  readonly url: string | null;
  /** File and line of the title, for messages. */
  readonly place: SourceLocation;
}

export interface SourceLocation {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}

/** One published item after repair, with the received text in `raw`. */
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
  /** SHA-256 over all content whose change a reader could notice. */
  readonly contentHash: string;
}
