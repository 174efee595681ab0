import { storeMessages as m } from '../../messages/store.js';

type Work<Trx, R> = (trx: Trx) => Promise<R>;

interface Job<Trx> {
  /** Does the work; the returned function tells the caller, once it is committed. */
  readonly work: Work<Trx, () => void>;
  readonly reject: (error: unknown) => void;
}

/** What joins one commit: enough to share the wait for the disk, few enough that nobody waits long for the others. */
const MOST_JOBS = 64;

/**
 * Lets writes that are asked for while another commits share the next
 * transaction: with `synchronous = full` each commit waits for the disk, so
 * that a hundred records at once cost two waits instead of a hundred. They are
 * done in the order of asking, and each promise resolves after the commit.
 */
export class GroupCommit<Trx> {
  readonly #transaction: <R>(work: Work<Trx, R>) => Promise<R>;
  #jobs: Job<Trx>[] = [];
  #flushing: Promise<void> | undefined;
  #closed = false;

  constructor(transaction: <R>(work: Work<Trx, R>) => Promise<R>) {
    this.#transaction = transaction;
  }

  /**
   * `work` may be run a second time, after a rollback, when one that shared its
   * transaction failed; it must have no effect outside the transaction.
   */
  write<R>(work: Work<Trx, R>): Promise<R> {
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

  /** Refuses what comes after, and resolves when what was asked for before is done. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#flushing;
  }

  async #flush(): Promise<void> {
    // Callers of the same turn go together.
    await Promise.resolve();
    while (this.#jobs.length > 0) await this.#commit(this.#jobs.splice(0, MOST_JOBS));
    this.#flushing = undefined;
  }

  /** Never rejects. */
  async #commit(jobs: readonly Job<Trx>[]): Promise<void> {
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
      // One that fails must not take the others with it. When no transaction could begin, none will.
      if (progress.begun && jobs.length > 1) for (const job of jobs) await this.#commit([job]);
      else for (const job of jobs) job.reject(error);
    }
  }
}
