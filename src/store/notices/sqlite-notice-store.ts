import type { PlainDate } from '../../domain/notice.js';
import type { NoticeRecord, NoticeStore, RunRecord, SaveOutcome, StoredNotice } from '../notice-store.js';
import { deduplicateById } from '../records.js';
import { DatabaseFile } from '../sqlite/database-file.js';
import { loadByIds, loadByKey, loadPage, loadWithPeriods } from './load-notices.js';
import { noticeMigrations } from './migrations.js';
import { runRecord, runRow, type NoticeTables } from './rows.js';
import { saveRecords } from './save-notices.js';

export interface SqliteStoreOptions {
  /** Created with its folder when missing. `-wal` and `-shm` files exist beside it while it is open. */
  readonly file: string;
  /** Clock for the time at which a version is stored. Default: the system clock. */
  readonly now?: () => Date;
  /** How long a write waits for another process's write. Default 10,000; 0 does not wait. */
  readonly busyTimeoutMs?: number;
}

const PAGE = 500;

/**
 * Opens the notice store on a SQLite file and migrates its tables. Throws an `OperatorError` when the file is unusable
 * (see `DatabaseFile.open`).
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<NoticeStore> {
  const db = await DatabaseFile.open<NoticeTables>({
    file: options.file,
    migrations: noticeMigrations,
    // Notices can be fetched again.
    synchronous: 'normal',
    busyTimeoutMs: options.busyTimeoutMs,
  });
  return new SqliteNoticeStore(db, options.now ?? (() => new Date()));
}

class SqliteNoticeStore implements NoticeStore {
  readonly #db: DatabaseFile<NoticeTables>;
  readonly #now: () => Date;

  constructor(db: DatabaseFile<NoticeTables>, now: () => Date) {
    this.#db = db;
    this.#now = now;
  }

  save(records: readonly NoticeRecord[]): Promise<SaveOutcome> {
    const distinct = deduplicateById(records);
    const changedAt = this.#now().toISOString();
    return this.#db.write((trx) => saveRecords(trx, distinct, changedAt));
  }

  get(ids: readonly string[]): Promise<StoredNotice[]> {
    return this.#db.read((trx) => loadByIds(trx, ids, this.#db.file));
  }

  getByKey(key: number): Promise<StoredNotice | null> {
    return this.#db.read((trx) =>
      Number.isSafeInteger(key) ? loadByKey(trx, key, this.#db.file) : Promise.resolve(null),
    );
  }

  async *all(): AsyncGenerator<StoredNotice> {
    let after = 0;
    for (;;) {
      const page = await this.#db.read((trx) => loadPage(trx, after, PAGE, this.#db.file));
      yield* page;
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) return;
      after = last.key;
    }
  }

  count(): Promise<number> {
    return this.#db.read(async (trx) => {
      const row = await trx
        .selectFrom('notices')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return row.count;
    });
  }

  newestKey(): Promise<number> {
    return this.#db.read(async (trx) => {
      const row = await trx
        .selectFrom('notices')
        .select((eb) => eb.fn.max<number | null>('key').as('key'))
        .executeTakeFirstOrThrow();
      return row.key ?? 0;
    });
  }

  after(key: number, limit: number): Promise<StoredNotice[]> {
    return this.#db.read((trx) => loadPage(trx, key, Math.max(0, limit), this.#db.file));
  }

  withPeriods(from: PlainDate, to: PlainDate, limit: number): Promise<StoredNotice[]> {
    return this.#db.read((trx) => loadWithPeriods(trx, { from, to }, Math.max(0, limit), this.#db.file));
  }

  revision(): Promise<number> {
    return this.#db.readOne(async (db) => {
      const row = await db.selectFrom('meta').select('value').where('name', '=', 'revision').executeTakeFirstOrThrow();
      return row.value;
    });
  }

  recordRun(run: RunRecord): Promise<void> {
    return this.#db.write(async (trx) => {
      await trx.insertInto('runs').values(runRow(run)).execute();
    });
  }

  lastRuns(limit: number): Promise<RunRecord[]> {
    return this.#db.read(async (trx) => {
      // SQLite treats a negative limit as no limit.
      const rows = await trx.selectFrom('runs').selectAll().orderBy('key', 'desc').limit(Math.max(0, limit)).execute();
      return rows.map((row) => runRecord(row, this.#db.file));
    });
  }

  close(): Promise<void> {
    return this.#db.close();
  }
}
