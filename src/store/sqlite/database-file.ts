import { access, constants, mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Kysely, type Transaction } from 'kysely';
import { errorCode, OperatorError } from '../../domain/errors.js';
import { storeMessages as m } from '../../messages/store.js';
import { readSchemaState, migrate, type Migrations } from './migrate.js';
import { SqliteConnection } from './connection.js';
import { ConnectionDialect } from './dialect.js';
import { explainSqliteError } from './errors.js';

export interface DatabaseFileOptions {
  /** Created with its folder when missing. `-wal` and `-shm` files exist beside it while it is open. */
  readonly file: string;
  readonly migrations: Migrations;
  /** At a power cut `normal` may lose the last transactions but stays consistent; `full` loses none. */
  readonly synchronous: 'normal' | 'full';
  /** How long a write waits for another process's write; 0 does not wait. Default 10,000. */
  readonly busyTimeoutMs?: number | undefined;
}

interface OpenConnections<T> {
  readonly file: string;
  readonly writer: SqliteConnection;
  readonly writeDb: Kysely<T>;
  /** Separate connection, so that reads continue, on the old state, while a write runs. */
  readonly reader: SqliteConnection;
  readonly readDb: Kysely<T>;
}

/** An open database file in WAL mode: one writing and one reading connection, each with one transaction at a time. */
export class DatabaseFile<T> {
  readonly #parts: OpenConnections<T>;
  /** Calls made before `close`, which waits for them. */
  readonly #running = new Set<Promise<unknown>>();
  #closing: Promise<void> | undefined;

  private constructor(parts: OpenConnections<T>) {
    this.#parts = parts;
  }

  /**
   * Opens the file and migrates its tables. Throws an `OperatorError` when the file is unusable (no database, another
   * program's, of a newer version, not writable, locked, disk full); its content is then unchanged.
   */
  static async open<T>(options: DatabaseFileOptions): Promise<DatabaseFile<T>> {
    const file = resolve(options.file);
    await prepareFile(file);
    const busyTimeoutMs = options.busyTimeoutMs ?? 10_000;
    const opened: SqliteConnection[] = [];
    try {
      const writer = await SqliteConnection.open(file, 'write', busyTimeoutMs);
      opened.push(writer);
      const state = await readSchemaState(writer, file, options.migrations);
      await enableWal(writer, busyTimeoutMs);
      await writer.run(`pragma synchronous = ${options.synchronous}`);
      await writer.run('pragma foreign_keys = on');
      const writeDb = new Kysely<T>({
        dialect: new ConnectionDialect({ connection: writer, begin: 'begin immediate' }),
      });
      // Even an empty migration takes the write lock: opening must not wait for another process's save.
      if (state === 'behind') await migrate(writeDb, options.migrations);

      const reader = await SqliteConnection.open(file, 'read', busyTimeoutMs);
      opened.push(reader);
      const readDb = new Kysely<T>({ dialect: new ConnectionDialect({ connection: reader, begin: 'begin' }) });
      return new DatabaseFile({ file, writer, writeDb, reader, readDb });
    } catch (error) {
      await Promise.allSettled(opened.map((connection) => connection.close()));
      throw explainSqliteError(error, file);
    }
  }

  /** The absolute path. */
  get file(): string {
    return this.#parts.file;
  }

  /** Runs `work` in a transaction that sees one committed state; it must not write. */
  read<R>(work: (trx: Transaction<T>) => Promise<R>): Promise<R> {
    return this.#transaction(this.#parts.readDb, work);
  }

  /** Runs one reading statement. It sees one committed state by itself, without `begin` and `commit`. */
  async readOne<R>(statement: (db: Kysely<T>) => Promise<R>): Promise<R> {
    return this.#track(() => statement(this.#parts.readDb));
  }

  /** Runs `work` in a transaction: all of it is committed when the promise resolves, nothing when it rejects. */
  write<R>(work: (trx: Transaction<T>) => Promise<R>): Promise<R> {
    return this.#transaction(this.#parts.writeDb, work);
  }

  /** Closes after the calls made before. Refuses every later call. A second call awaits the first. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const { reader, writer, file } = this.#parts;
    await Promise.allSettled(this.#running);
    // The reader closes first: its snapshot would keep the write-ahead log from being emptied.
    await reader.close();
    try {
      // Makes the file alone a whole backup. A reading process may prevent it, and then does it when it closes.
      writer.setBusyTimeout(500);
      await writer.all('pragma wal_checkpoint(truncate)');
    } catch (error) {
      if (errorCode(error) !== 'SQLITE_BUSY') throw explainSqliteError(error, file);
    } finally {
      await writer.close();
    }
  }

  #transaction<R>(db: Kysely<T>, work: (trx: Transaction<T>) => Promise<R>): Promise<R> {
    return this.#track(() => db.transaction().execute(work));
  }

  async #track<R>(run: () => Promise<R>): Promise<R> {
    if (this.#closing !== undefined) throw new Error(m.closed);
    const running = run();
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

/**
 * Creates the folder of a database file when it is missing. Throws an `OperatorError` when the folder cannot be used,
 * and when it or the file is not writable: SQLite would open the file read-only and fail at the first save.
 */
export async function prepareFile(file: string): Promise<void> {
  const folder = dirname(file);
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw new OperatorError(m.folderUnusable(folder, errorCode(cause)), { cause });
  }
  for (const path of [folder, file]) {
    try {
      await access(path, constants.W_OK);
    } catch (cause) {
      if (errorCode(cause) !== 'ENOENT') throw new OperatorError(m.notWritable(file), { cause });
    }
  }
}

/** Switches to WAL. Retries: of two processes that open a new file at once, SQLite fails the second without waiting. */
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
