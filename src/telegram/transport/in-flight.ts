import { setTimeout as sleep } from 'node:timers/promises';

/** Tracks tasks in flight, so that a stop can wait for them. */
export class InFlight {
  readonly #running = new Set<Promise<unknown>>();

  get size(): number {
    return this.#running.size;
  }

  track<T>(task: Promise<T>): Promise<T> {
    this.#running.add(task);
    const forget = (): void => {
      this.#running.delete(task);
    };
    task.then(forget, forget);
    return task;
  }

  /** Resolves when no task is left, including tasks added meanwhile. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled([...this.#running]);
  }
}

/** Returns whether the task ended within `ms`; a rejection counts as ended. */
export async function finishesWithin(ms: number, task: Promise<unknown>): Promise<boolean> {
  const ended = new AbortController();
  const late = sleep(ms, false, { signal: ended.signal });
  try {
    return await Promise.race([Promise.allSettled([task]).then(() => true), late]);
  } finally {
    ended.abort();
  }
}
