import { LRUCache } from 'lru-cache';
import sqlite3 from 'sqlite3';

type SqlRow = Readonly<Record<string, unknown>>;

/** Longer statements are one-offs (`in` lists, rows of values): caching them costs more than preparing them again. */
const CACHED_SQL_LENGTH = 2_000;
const CACHED_STATEMENTS = 64;

/** Mutual exclusion, first come, first served. */
class Mutex {
  #tail: Promise<void> = Promise.resolve();

  /** Waits for the lock. Returns the function that releases it. */
  async lock(): Promise<() => void> {
    const before = this.#tail;
    let release: () => void = () => undefined;
    this.#tail = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    return release;
  }
}

/**
 * Promise wrapper of one connection of the `sqlite3` package. The only module that imports that package, which its
 * authors call deprecated.
 *
 * A connection holds at most one transaction, so callers hold `mutex` while they run statements: otherwise two
 * transactions on one connection would mix.
 */
export class SqliteConnection {
  readonly mutex = new Mutex();
  readonly #db: sqlite3.Database;
  /** Prepared statements by SQL text. SQLite refuses to close a connection that has some. */
  readonly #statements = new LRUCache<string, sqlite3.Statement>({
    max: CACHED_STATEMENTS,
    dispose: (statement) => statement.finalize(),
  });
  #closed: Promise<void> | undefined;

  private constructor(db: sqlite3.Database) {
    this.#db = db;
  }

  /** `write` creates the file, `read` refuses changes. Statements wait `busyTimeoutMs` for another process's lock. */
  static async open(file: string, mode: 'read' | 'write', busyTimeoutMs: number): Promise<SqliteConnection> {
    const flags = mode === 'read' ? sqlite3.OPEN_READONLY : sqlite3.OPEN_READWRITE | sqlite3.OPEN_CREATE;
    const db = await new Promise<sqlite3.Database>((resolve, reject) => {
      const opened = new sqlite3.Database(file, flags | sqlite3.OPEN_FULLMUTEX, (error) => {
        if (error === null) resolve(opened);
        else reject(error);
      });
    });
    db.configure('busyTimeout', busyTimeoutMs);
    return new SqliteConnection(db);
  }

  /** Returns all rows of a statement; empty for one that returns none. */
  async all(sql: string, parameters: readonly unknown[] = []): Promise<SqlRow[]> {
    const bound = parameters.map(checkedParameter);
    const statement = await this.#cached(sql);
    return new Promise((resolve, reject) => {
      const done = (error: Error | null, rows: SqlRow[]): void => {
        if (error === null) resolve(rows);
        else reject(error);
      };
      // `all` runs the statement to its end, which releases the read lock; `get` would keep it.
      if (statement === undefined) this.#db.all<SqlRow>(sql, bound, done);
      else statement.all<SqlRow>(bound, done);
    });
  }

  /** Runs a statement that returns no rows. Returns the number of rows that it changed. */
  async run(sql: string, parameters: readonly unknown[] = []): Promise<number> {
    const bound = parameters.map(checkedParameter);
    const statement = await this.#cached(sql);
    return new Promise((resolve, reject) => {
      const done = function (this: sqlite3.RunResult, error: Error | null): void {
        if (error === null) resolve(this.changes);
        else reject(error);
      };
      if (statement === undefined) this.#db.run(sql, bound, done);
      else statement.run(bound, done);
    });
  }

  /** Sets how long later statements wait for another process's lock. */
  setBusyTimeout(busyTimeoutMs: number): void {
    this.#db.configure('busyTimeout', busyTimeoutMs);
  }

  /** Closes once `mutex` is free. A second call awaits the first. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    const release = await this.mutex.lock();
    try {
      this.#statements.clear();
      await new Promise<void>((resolve, reject) => {
        this.#db.close((error) => {
          if (error === null) resolve();
          else reject(error);
        });
      });
    } finally {
      release();
    }
  }

  async #cached(sql: string): Promise<sqlite3.Statement | undefined> {
    if (sql.length > CACHED_SQL_LENGTH || !/^(?:select|insert|update|delete)\b/.test(sql)) return undefined;
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const prepared = await new Promise<sqlite3.Statement>((resolve, reject) => {
      const statement = this.#db.prepare(sql, (error: Error | null) => {
        if (error === null) resolve(statement);
        else reject(error);
      });
    });
    this.#statements.set(sql, prepared);
    return prepared;
  }
}

/** Throws for values that sqlite3 silently binds as NULL (BigInt, undefined) or as '[object Object]' (objects). */
function checkedParameter(value: unknown): string | number | null {
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new TypeError(`cannot bind a value of type ${typeof value} to an SQL parameter`);
}
