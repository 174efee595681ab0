/** Updates that are being answered: a stop waits for them. */
export class Work {
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

  /** Resolves when nothing is left, also of what is added meanwhile. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled([...this.#running]);
  }
}
