import { storeMessages as m } from '../../messages/store.js';

type TransactionWork<Trx, R> = (trx: Trx) => Promise<R>;

interface CommitJob<Trx> {
  /** Does the work and returns the function that resolves the caller's promise, to be called after the commit. */
  readonly work: TransactionWork<Trx, () => void>;
  readonly reject: (error: unknown) => void;
}

/** Jobs per commit: enough to share the wait for the disk, few enough that none waits long for the others. */
const MAX_JOBS_PER_COMMIT = 64;

/**
 * Groups the writes that are requested during a commit into the next transaction. With `synchronous = full` each commit
 * waits for the disk, so a hundred concurrent records cost two waits instead of a hundred. Writes run in the order of
 * the calls, and each promise resolves after the commit.
 */
export class GroupCommit<Trx> {
  readonly #transaction: <R>(work: TransactionWork<Trx, R>) => Promise<R>;
  #jobs: CommitJob<Trx>[] = [];
  #flushing: Promise<void> | undefined;
  #closed = false;

  constructor(transaction: <R>(work: TransactionWork<Trx, R>) => Promise<R>) {
    this.#transaction = transaction;
  }

  /**
   * Runs `work` in a shared transaction. It may run again, after a rollback, when another job of the transaction
   * failed; it must have no effect outside the transaction.
   */
  write<R>(work: TransactionWork<Trx, R>): Promise<R> {
    if (this.#closed) return Promise.reject(new Error(m.closed));
    return new Promise<R>((resolve, reject) => {
      this.#jobs.push({
        work: async (trx) => {
          const result = await work(trx);
          return () => {
            resolve(result);
          };
        },
        reject,
      });
      this.#flushing ??= this.#flush();
    });
  }

  /** Refuses later writes; resolves when the earlier ones are done. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#flushing;
  }

  async #flush(): Promise<void> {
    // Lets callers of the same turn join.
    await Promise.resolve();
    while (this.#jobs.length > 0) await this.#commit(this.#jobs.splice(0, MAX_JOBS_PER_COMMIT));
    this.#flushing = undefined;
  }

  /** Never rejects. */
  async #commit(jobs: readonly CommitJob<Trx>[]): Promise<void> {
    const progress = { begun: false };
    try {
      const resolvers = await this.#transaction(async (trx) => {
        progress.begun = true;
        const resolvers: (() => void)[] = [];
        for (const job of jobs) resolvers.push(await job.work(trx));
        return resolvers;
      });
      for (const resolve of resolvers) resolve();
    } catch (error) {
      // Runs each job alone, so that one failure rejects no other. When no transaction could begin, none will.
      if (progress.begun && jobs.length > 1) for (const job of jobs) await this.#commit([job]);
      else for (const job of jobs) job.reject(error);
    }
  }
}

interface PendingRow<Row, R> {
  readonly row: Row;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

/** Rows per statement: enough for a busy moment, far below SQLite's 32,766 parameters. */
const MAX_ROWS_PER_STATEMENT = 200;

/**
 * Inserts rows that wait for the same commit by one statement. A shared commit alone saves waits for the disk; separate
 * statements still cost one round trip to a worker thread each, one after another, and a busy process takes long
 * between two of them.
 */
export class BatchedInsert<Trx, Row, R> {
  readonly #write: <T>(work: TransactionWork<Trx, T>) => Promise<T>;
  readonly #insert: (trx: Trx, rows: readonly Row[]) => Promise<readonly R[]>;
  #pending: PendingRow<Row, R>[] = [];

  /** `insert` returns one result for each row, in their order; like all work of `write` it may run a second time. */
  constructor(
    write: <T>(work: TransactionWork<Trx, T>) => Promise<T>,
    insert: (trx: Trx, rows: readonly Row[]) => Promise<readonly R[]>,
  ) {
    this.#write = write;
    this.#insert = insert;
  }

  /** Inserts a row; resolves after the commit. Rows are written in the order of the calls. */
  add(row: Row): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      this.#pending.push({ row, resolve, reject });
      // Only the first row of a batch starts a flush; the others join it.
      if (this.#pending.length % MAX_ROWS_PER_STATEMENT === 1) void this.#flush();
    });
  }

  /** Never rejects. */
  async #flush(): Promise<void> {
    let taken: readonly PendingRow<Row, R>[] = [];
    try {
      const results = await this.#write((trx) => {
        // A second run inserts the same rows as the first.
        if (taken.length === 0) taken = this.#pending.splice(0, MAX_ROWS_PER_STATEMENT);
        const rows = taken.map(({ row }) => row);
        return rows.length === 0 ? Promise.resolve([]) : this.#insert(trx, rows);
      });
      for (const [i, { resolve }] of taken.entries()) resolve(results[i] as R);
    } catch (error) {
      if (taken.length === 0) taken = this.#pending.splice(0, MAX_ROWS_PER_STATEMENT);
      const [only] = taken;
      if (taken.length === 1) only?.reject(error);
      // Inserts each row alone, so that one failure rejects no other.
      else for (const pending of taken) await this.#insertAlone(pending);
    }
  }

  async #insertAlone({ row, resolve, reject }: PendingRow<Row, R>): Promise<void> {
    try {
      const [result] = await this.#write((trx) => this.#insert(trx, [row]));
      resolve(result as R);
    } catch (error) {
      reject(error);
    }
  }
}
