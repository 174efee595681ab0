/** Members common to the native AbortSignal and grammY's own. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** Resolves after `ms`, or as soon as the signal is aborted; the caller checks the signal. */
export function pause(ms: number, signal?: AbortSignalLike): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) {
      resolve();
      return;
    }
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done);
  });
}

/** Returns whether `work` ended within `ms`; a rejection counts as ended. */
export async function finishesWithin(ms: number, work: Promise<unknown>): Promise<boolean> {
  const gaveUp = new AbortController();
  const finished = work.then(
    () => true,
    () => true,
  );
  const late = pause(ms, gaveUp.signal).then(() => false);
  const outcome = await Promise.race([finished, late]);
  gaveUp.abort();
  return outcome;
}
