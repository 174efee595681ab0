import { access, constants, mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Kysely, type Transaction } from 'kysely';
import { OperatorError } from '../domain/errors.js';
import { storeMessages as m } from '../messages/store.js';
import { errorCode } from './error-code.js';
import { inspectDatabase, migrate } from './migrations.js';
import type { NoticeRecord, NoticeStore, RunRecord, SaveOutcome, StoredNotice } from './notice-store.js';
import { lastById } from './records.js';
import { SqliteConnection } from './sqlite-connection.js';
import { ConnectionDialect } from './sqlite-dialect.js';
import { explainSqliteError } from './sqlite-errors.js';
import { loadByIds, loadByKey, loadPage } from './sqlite-load.js';
import { runRecord, runRow } from './sqlite-rows.js';
import { saveRecords } from './sqlite-save.js';
import type { Tables } from './sqlite-schema.js';

export interface SqliteStoreOptions {
  /** Created with its folder when missing. `-wal` and `-shm` files stand beside it while it is open. */
  readonly file: string;
  /** For the time at which a version was stored. Default: the clock. */
  readonly now?: () => Date;
  /** How long a write waits for another process's write. Default 10,000; 0 does not wait. */
  readonly busyTimeoutMs?: number;
}

const PAGE = 500;

/**
 * Opens the store, bringing the tables up to date. Throws an `OperatorError`
 * when the file is unusable (no database, another program's, of a newer version,
 * not writable, locked, disk full); what it holds is then unchanged.
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<NoticeStore> {
  const file = resolve(options.file);
  await createFolder(dirname(file));
  await checkWritable(file);
  const busyTimeoutMs = options.busyTimeoutMs ?? 10_000;
  const opened: SqliteConnection[] = [];
  try {
    const writer = await SqliteConnection.open(file, 'write', busyTimeoutMs);
    opened.push(writer);
    const state = await inspectDatabase(writer, file);
    await enableWal(writer, busyTimeoutMs);
    // NORMAL may lose the last saves at a power cut, never consistency; notices can be fetched again.
    await writer.run('pragma synchronous = normal');
    await writer.run('pragma foreign_keys = on');
    const writeDb = new Kysely<Tables>({
      dialect: new ConnectionDialect({ connection: writer, begin: 'begin immediate' }),
    });
    // Even an empty migration takes the write lock: opening must not wait for another process's save.
    if (state === 'behind') await migrate(writeDb);

    const reader = await SqliteConnection.open(file, 'read', busyTimeoutMs);
    opened.push(reader);
    const readDb = new Kysely<Tables>({ dialect: new ConnectionDialect({ connection: reader, begin: 'begin' }) });
    return new SqliteNoticeStore({ file, writer, writeDb, reader, readDb, now: options.now ?? (() => new Date()) });
  } catch (error) {
    await Promise.allSettled(opened.map((connection) => connection.close()));
    throw explainSqliteError(error, file);
  }
}

async function createFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw new OperatorError(m.folderUnusable(folder, errorCode(cause)), { cause });
  }
}

/** SQLite opens a file that it may not write as read-only, and would say so at the first save. */
async function checkWritable(file: string): Promise<void> {
  for (const path of [dirname(file), file]) {
    try {
      await access(path, constants.W_OK);
    } catch (cause) {
      if (errorCode(cause) !== 'ENOENT') throw new OperatorError(m.notWritable(file), { cause });
    }
  }
}

/** Two processes that open a new file at once: SQLite fails the second switch without waiting, so it is tried again. */
async function enableWal(connection: SqliteConnection, patienceMs: number): Promise<void> {
  const end = Date.now() + patienceMs;
  for (;;) {
    try {
      await connection.run('pragma journal_mode = wal');
      return;
    } catch (error) {
      if (errorCode(error) !== 'SQLITE_BUSY' || Date.now() >= end) throw error;
      await sleep(50);
    }
  }
}

interface Parts {
  readonly file: string;
  readonly now: () => Date;
  readonly writer: SqliteConnection;
  readonly writeDb: Kysely<Tables>;
  /** A connection of its own, so that reads go on, on the old state, while a save runs. */
  readonly reader: SqliteConnection;
  readonly readDb: Kysely<Tables>;
}

class SqliteNoticeStore implements NoticeStore {
  readonly #parts: Parts;
  /** What was called before `close`, which waits for it. */
  readonly #running = new Set<Promise<unknown>>();
  #closing: Promise<void> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  save(records: readonly NoticeRecord[]): Promise<SaveOutcome> {
    const distinct = lastById(records);
    const changedAt = this.#parts.now().toISOString();
    return this.#transaction('write', (trx) => saveRecords(trx, distinct, changedAt));
  }

  get(ids: readonly string[]): Promise<StoredNotice[]> {
    return this.#transaction('read', (trx) => loadByIds(trx, ids, this.#parts.file));
  }

  getByKey(key: number): Promise<StoredNotice | null> {
    return this.#transaction('read', (trx) =>
      Number.isSafeInteger(key) ? loadByKey(trx, key, this.#parts.file) : Promise.resolve(null),
    );
  }

  async *all(): AsyncGenerator<StoredNotice> {
    let after = 0;
    for (;;) {
      const page = await this.#transaction('read', (trx) => loadPage(trx, after, PAGE, this.#parts.file));
      yield* page;
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) return;
      after = last.key;
    }
  }

  count(): Promise<number> {
    return this.#transaction('read', async (trx) => {
      const row = await trx
        .selectFrom('notices')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return row.count;
    });
  }

  revision(): Promise<number> {
    return this.#transaction('read', async (trx) => {
      const row = await trx.selectFrom('meta').select('value').where('name', '=', 'revision').executeTakeFirstOrThrow();
      return row.value;
    });
  }

  recordRun(run: RunRecord): Promise<void> {
    return this.#transaction('write', async (trx) => {
      await trx.insertInto('runs').values(runRow(run)).execute();
    });
  }

  lastRuns(limit: number): Promise<RunRecord[]> {
    return this.#transaction('read', async (trx) => {
      // SQLite reads a negative limit as none.
      const rows = await trx.selectFrom('runs').selectAll().orderBy('key', 'desc').limit(Math.max(0, limit)).execute();
      return rows.map((row) => runRecord(row, this.#parts.file));
    });
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const { reader, writer } = this.#parts;
    await Promise.allSettled(this.#running);
    // The reader first: its snapshot would keep the log from being emptied.
    await reader.close();
    try {
      // So that the file alone is a whole backup. Another process that reads may prevent it: then it does it when it closes.
      writer.setBusyTimeout(500);
      await writer.all('pragma wal_checkpoint(truncate)');
    } catch (error) {
      if (errorCode(error) !== 'SQLITE_BUSY') throw explainSqliteError(error, this.#parts.file);
    } finally {
      await writer.close();
    }
  }

  async #transaction<T>(mode: 'read' | 'write', work: (trx: Transaction<Tables>) => Promise<T>): Promise<T> {
    if (this.#closing !== undefined) throw new Error(m.closed);
    const db = mode === 'read' ? this.#parts.readDb : this.#parts.writeDb;
    const running = db.transaction().execute(work);
    this.#running.add(running);
    try {
      return await running;
    } catch (error) {
      throw explainSqliteError(error, this.#parts.file);
    } finally {
      this.#running.delete(running);
    }
  }
}
