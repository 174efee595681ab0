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
