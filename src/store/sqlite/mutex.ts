/** Mutual exclusion, first come, first served. */
export class Mutex {
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
