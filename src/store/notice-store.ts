import type { Fact } from '../domain/fact.js';
import type { Notice, PlainDate } from '../domain/notice.js';

/** A notice with what was extracted from it, as one unit of storage. */
export interface NoticeRecord {
  readonly notice: Notice;
  readonly facts: readonly Fact[];
}

/** A stored record. `version` starts at 1 and grows by one with each change of content. */
export interface StoredNotice extends NoticeRecord {
  /** Small integer that never changes or is reused; short enough for a button. */
  readonly key: number;
  readonly version: number;
}

export interface SaveOutcome {
  readonly new: readonly string[];
  readonly changed: readonly string[];
  /** With the content that is stored already, from which other facts were extracted this time. */
  readonly refreshed: readonly string[];
  /** How many have the content that is stored already, refreshed ones too. */
  readonly unchanged: number;
}

export interface RunRecord {
  readonly startedAt: string;
  readonly endedAt: string;
  readonly sources: readonly string[];
  readonly outcome: 'done' | 'failed';
  /** The report as JSON, for /status and for comparing runs. */
  readonly report: string;
}

/**
 * All state that outlives the process. The only module that knows SQL lives
 * behind this interface; a second database is a second implementation that
 * passes the same suite (`test/store/suite.ts`).
 */
export interface NoticeStore {
  /**
   * Inserts or updates in one transaction: either all records are stored or
   * none. A record whose `contentHash` is already stored leaves no trace but
   * its facts; one whose hash differs replaces the stored one and its version
   * grows. The order of `records` becomes the order of new keys.
   */
  save(records: readonly NoticeRecord[]): Promise<SaveOutcome>;
  /** In order of key. Ids that are not stored are left out. */
  get(ids: readonly string[]): Promise<StoredNotice[]>;
  getByKey(key: number): Promise<StoredNotice | null>;
  /** All notices in order of key, read in pages so that memory stays bounded. */
  all(): AsyncIterable<StoredNotice>;
  count(): Promise<number>;
  /** The largest key that was given; 0 while nothing is stored. */
  newestKey(): Promise<number>;
  /** The first `limit` notices with a key above `key`, in order of key. */
  after(key: number, limit: number): Promise<StoredNotice[]>;
  /**
   * Notices that state a period which starts or ends on one of the days from
   * `from` to `to`, both included, in order of key; of more than `limit` the newest.
   */
  withPeriods(from: PlainDate, to: PlainDate, limit: number): Promise<StoredNotice[]>;
  /**
   * Changes whenever a save changed something; an index built from the store
   * remembers it and is stale when it differs.
   */
  revision(): Promise<number>;
  recordRun(run: RunRecord): Promise<void>;
  lastRuns(limit: number): Promise<RunRecord[]>;
  close(): Promise<void>;
}
