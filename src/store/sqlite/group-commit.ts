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
      const tell = await this.#transaction(async (trx) => {
        progress.begun = true;
        const done: (() => void)[] = [];
        for (const job of jobs) done.push(await job.work(trx));
        return done;
      });
      for (const resolve of tell) resolve();
    } catch (error) {
      // Runs each job alone, so that one failure rejects no other. When no transaction could begin, none will.
      if (progress.begun && jobs.length > 1) for (const job of jobs) await this.#commit([job]);
      else for (const job of jobs) job.reject(error);
    }
  }
}
