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

/** Resolves after `ms`, or as soon as the signal is aborted. */
export function sleep(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      callOff();
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const callOff = clock.schedule(ms, done);
    signal?.addEventListener('abort', done);
    if (signal?.aborted === true) done();
  });
}
