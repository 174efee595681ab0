import type { SourceCounts, SourceEncoding, SourceFormat } from '../source/source-event.js';
import type { SaveOutcome } from '../../store/notice-store.js';

/** File that was recognised and read. */
export interface FileReport {
  readonly file: string;
  readonly format: SourceFormat;
  readonly encoding: SourceEncoding;
  readonly counts: SourceCounts;
}

export interface ProblemReport {
  readonly file: string;
  readonly line: number | null;
  readonly message: string;
}

/** Result of an index run, for the operator and for the store's run record. */
export interface IngestReport {
  readonly files: readonly FileReport[];
  readonly outcome: SaveOutcome;
  /** Over all notices read, new or not. */
  readonly repairs: {
    /** Changes by rule, most often first. */
    readonly byRule: Readonly<Record<string, number>>;
    /** Injected phrases restored, by what was put in their place. */
    readonly restored: Readonly<Record<string, number>>;
    /** Number of injected phrases that were masked, because no context decided what they replaced. */
    readonly masked: number;
  };
  /** Phrases that look injected although no rule names them; masked in `samples`. */
  readonly suspicious: readonly {
    readonly phrase: string;
    readonly count: number;
    readonly samples: readonly string[];
  }[];
  readonly problems: readonly ProblemReport[];
  /** Notices in the store after the run. */
  readonly stored: number;
}
