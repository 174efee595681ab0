interface Waiting<Row, R> {
  readonly row: Row;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

/** Rows a statement: enough for a busy moment, far below SQLite's 32,766 parameters. */
const MOST_ROWS = 200;

/**
 * Lets rows that wait for the same commit be written by one statement. A shared
 * commit alone saves waits for the disk; each statement of its own is another
 * way to a thread and back, one after another, and a busy process takes long
 * between two of them.
 */
export class SharedInsert<Trx, Row, R> {
  readonly #write: <T>(work: (trx: Trx) => Promise<T>) => Promise<T>;
  readonly #insert: (trx: Trx, rows: readonly Row[]) => Promise<readonly R[]>;
  #waiting: Waiting<Row, R>[] = [];

  /** `insert` gives one result for each row, in their order; like all work of `write` it may be run a second time. */
  constructor(
    write: <T>(work: (trx: Trx) => Promise<T>) => Promise<T>,
    insert: (trx: Trx, rows: readonly Row[]) => Promise<readonly R[]>,
  ) {
    this.#write = write;
    this.#insert = insert;
  }

  /** Resolves after the commit. Rows are written in the order in which they are added. */
  add(row: Row): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      this.#waiting.push({ row, resolve, reject });
      // Those before it have not begun: it goes with them.
      if (this.#waiting.length % MOST_ROWS === 1) void this.#flush();
    });
  }

  /** Never rejects. */
  async #flush(): Promise<void> {
    let taken: readonly Waiting<Row, R>[] = [];
    try {
      const results = await this.#write((trx) => {
        // At the second time the same as at the first.
        if (taken.length === 0) taken = this.#waiting.splice(0, MOST_ROWS);
        const rows = taken.map(({ row }) => row);
        return rows.length === 0 ? Promise.resolve([]) : this.#insert(trx, rows);
      });
      for (const [i, { resolve }] of taken.entries()) resolve(results[i] as R);
    } catch (error) {
      if (taken.length === 0) taken = this.#waiting.splice(0, MOST_ROWS);
      const [only] = taken;
      if (taken.length === 1) only?.reject(error);
      // One that fails must not take the others with it.
      else for (const waiting of taken) await this.#alone(waiting);
    }
  }

  async #alone({ row, resolve, reject }: Waiting<Row, R>): Promise<void> {
    try {
      const [result] = await this.#write((trx) => this.#insert(trx, [row]));
      resolve(result as R);
    } catch (error) {
      reject(error);
    }
  }
}
