import type { Fact } from '../domain/fact.js';
import type { Notice, PlainDate } from '../domain/notice.js';

/** A notice and the facts extracted from it, as one unit of storage. */
export interface NoticeRecord {
  readonly notice: Notice;
  readonly facts: readonly Fact[];
}

/** A stored record. `version` starts at 1 and grows by one with each change of content. */
export interface StoredNotice extends NoticeRecord {
  /** Small integer that never changes and is never reused; short enough for the callback data of a button. */
  readonly key: number;
  readonly version: number;
}

export interface SaveOutcome {
  readonly new: readonly string[];
  readonly changed: readonly string[];
  /** Ids whose content is stored already, but whose extracted facts differ from the stored ones. */
  readonly refreshed: readonly string[];
  /** Number of records whose content is stored already, the refreshed ones included. */
  readonly unchanged: number;
}

export interface RunRecord {
  readonly startedAt: string;
  readonly endedAt: string;
  readonly sources: readonly string[];
  readonly outcome: 'done' | 'failed';
  /** Report as JSON, for /status and for comparing runs. */
  readonly report: string;
}

/**
 * Storage of notices and of the runs that fetched them. SQL stays behind this interface; a second database is a second
 * implementation that passes the same suite (`test/store/suite.ts`).
 */
export interface NoticeStore {
  /**
   * Inserts or updates in one transaction: all records are stored, or none. Of a record whose `contentHash` is already
   * stored for its id, only changed facts are written; one whose hash differs replaces the stored record, and its
   * version grows. New keys follow the order of `records`.
   */
  save(records: readonly NoticeRecord[]): Promise<SaveOutcome>;
  /** Returns notices in order of key. Ids that are not stored are left out. */
  get(ids: readonly string[]): Promise<StoredNotice[]>;
  getByKey(key: number): Promise<StoredNotice | null>;
  /** Yields all notices in order of key, read in pages so that memory stays bounded. */
  all(): AsyncIterable<StoredNotice>;
  count(): Promise<number>;
  /** Returns the largest key in use; 0 while nothing is stored. */
  newestKey(): Promise<number>;
  /** Returns the first `limit` notices with a key above `key`, in order of key. */
  after(key: number, limit: number): Promise<StoredNotice[]>;
  /**
   * Returns notices that state a period which starts or ends on a day from `from` to `to`, both included, in order of
   * key; when there are more than `limit`, the newest.
   */
  withPeriods(from: PlainDate, to: PlainDate, limit: number): Promise<StoredNotice[]>;
  /**
   * Returns a number that changes with every save that changed something. An index stores the revision that it was
   * built from and is stale when the two differ.
   */
  revision(): Promise<number>;
  recordRun(run: RunRecord): Promise<void>;
  lastRuns(limit: number): Promise<RunRecord[]>;
  close(): Promise<void>;
}
