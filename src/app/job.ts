export interface Job {
  /** Does it once, and then again and again. */
  readonly start: () => void;
  /** Soon, instead of at the next turn; while it is at work, once more afterwards. */
  readonly wake: () => void;
  /** No further step begins; resolves when the one under way is over. */
  readonly stop: () => Promise<void>;
}

export interface JobOptions {
  readonly everyMs: number;
  /** Does at most one thing. `true`: there is more to do, come straight back. */
  readonly step: () => Promise<unknown>;
  /** Told of a step that failed, of one cause once until a step succeeds; it is tried again at the next turn. */
  readonly onError: (error: unknown) => void;
}

/** Something done now and at intervals, never twice at once. The timer keeps no process alive. */
export function job({ everyMs, step, onError }: JobOptions): Job {
  let running: Promise<void> | null = null;
  let isWanted = false;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let toldCause: string | null = null;

  async function work(): Promise<void> {
    while (isWanted && !isStopped) {
      isWanted = false;
      try {
        if ((await step()) === true) isWanted = true;
        toldCause = null;
      } catch (error) {
        if (String(error) !== toldCause) onError(error);
        toldCause = String(error);
      }
    }
    running = null;
  }
  const wake = (): void => {
    isWanted = true;
    if (!isStopped) running ??= work();
  };
  return {
    start() {
      wake();
      timer = setInterval(wake, everyMs);
      timer.unref();
    },
    wake,
    async stop() {
      isStopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
