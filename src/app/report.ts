import type { SourceCounts, SourceEncoding, SourceFormat } from '../source/source-event.js';
import type { SaveOutcome } from '../store/notice-store.js';

/** One file that was recognised and read. */
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

/** What an index run did, for the operator and for the store's record of runs. */
export interface IngestReport {
  readonly files: readonly FileReport[];
  readonly outcome: SaveOutcome;
  /** Over all notices read, new or not. */
  readonly repairs: {
    /** Changes by rule, most often first. */
    readonly byRule: Readonly<Record<string, number>>;
    /** Injected phrases restored, by what was put in their place. */
    readonly restored: Readonly<Record<string, number>>;
    /** Injected phrases that no context decided and that the mask stands for. */
    readonly masked: number;
  };
  /** Phrases that no rule names but that look injected, themselves masked in `samples`. */
  readonly suspicious: readonly {
    readonly phrase: string;
    readonly count: number;
    readonly samples: readonly string[];
  }[];
  readonly problems: readonly ProblemReport[];
  /** Notices in the store after the run. */
  readonly stored: number;
}
