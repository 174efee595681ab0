/** Time that only goes forward, whatever is done to the wall clock. */
export interface Clock {
  /** Milliseconds since some fixed instant. */
  now(): number;
  /** Calls once, about `ms` later; returns what calls it off. */
  after(ms: number, call: () => void): () => void;
}

export const monotonicClock: Clock = {
  now: () => performance.now(),
  after: (ms, call) => {
    const timer = setTimeout(call, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};

/** Resolves after `ms`, or at once when the signal is given. */
export function pause(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      callOff();
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const callOff = clock.after(ms, done);
    signal?.addEventListener('abort', done);
    if (signal?.aborted === true) done();
  });
}
