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
  readonly #write: <T>(work: (trx: Trx) => Promise<T>) => Promise<T>;
  readonly #insert: (trx: Trx, rows: readonly Row[]) => Promise<readonly R[]>;
  #waiting: PendingRow<Row, R>[] = [];

  /** `insert` returns one result for each row, in their order; like all work of `write` it may run a second time. */
  constructor(
    write: <T>(work: (trx: Trx) => Promise<T>) => Promise<T>,
    insert: (trx: Trx, rows: readonly Row[]) => Promise<readonly R[]>,
  ) {
    this.#write = write;
    this.#insert = insert;
  }

  /** Inserts a row; resolves after the commit. Rows are written in the order of the calls. */
  add(row: Row): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      this.#waiting.push({ row, resolve, reject });
      // Only the first row of a batch starts a flush; the others join it.
      if (this.#waiting.length % MAX_ROWS_PER_STATEMENT === 1) void this.#flush();
    });
  }

  /** Never rejects. */
  async #flush(): Promise<void> {
    let taken: readonly PendingRow<Row, R>[] = [];
    try {
      const results = await this.#write((trx) => {
        // A second run inserts the same rows as the first.
        if (taken.length === 0) taken = this.#waiting.splice(0, MAX_ROWS_PER_STATEMENT);
        const rows = taken.map(({ row }) => row);
        return rows.length === 0 ? Promise.resolve([]) : this.#insert(trx, rows);
      });
      for (const [i, { resolve }] of taken.entries()) resolve(results[i] as R);
    } catch (error) {
      if (taken.length === 0) taken = this.#waiting.splice(0, MAX_ROWS_PER_STATEMENT);
      const [only] = taken;
      if (taken.length === 1) only?.reject(error);
      // Inserts each row alone, so that one failure rejects no other.
      else for (const waiting of taken) await this.#alone(waiting);
    }
  }

  async #alone({ row, resolve, reject }: PendingRow<Row, R>): Promise<void> {
    try {
      const [result] = await this.#write((trx) => this.#insert(trx, [row]));
      resolve(result as R);
    } catch (error) {
      reject(error);
    }
  }
}
