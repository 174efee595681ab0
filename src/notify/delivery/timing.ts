/** Monotonic clock: changes of the wall clock do not affect it. */
export interface Clock {
  /** Returns milliseconds since some fixed instant. */
  now(): number;
  /** Calls `call` once after about `ms`. Returns a function that cancels the call. */
  schedule(ms: number, call: () => void): () => void;
}

export const monotonicClock: Clock = {
  now: () => performance.now(),
  schedule: (ms, call) => {
    const timer = setTimeout(call, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};

/** Resolves after `ms` of the clock, or as soon as the signal is aborted. */
export function sleep(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      cancel();
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const cancel = clock.schedule(ms, done);
    signal?.addEventListener('abort', done);
    if (signal?.aborted === true) done();
  });
}

/** Wake signal for a sleeping loop. A `wake` while nobody waits ends the next `wait` at once. */
export class WakeSignal {
  readonly #clock: Clock;
  #woken = new AbortController();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  wake(): void {
    this.#woken.abort();
  }

  /** Resolves at the next `wake`, or after `ms`. Supports one waiter at a time. */
  async wait(ms: number): Promise<void> {
    await sleep(this.#clock, ms, this.#woken.signal);
    this.#woken = new AbortController();
  }
}
