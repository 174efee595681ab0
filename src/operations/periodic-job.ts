export interface PeriodicJob {
  /** Runs the step now and then at each interval. */
  readonly start: () => void;
  /** Runs the step now instead of at the next interval; while it is running, once more afterwards. */
  readonly wake: () => void;
  /** Prevents further steps; resolves when the running one has ended. */
  readonly stop: () => Promise<void>;
}

export interface PeriodicJobOptions {
  readonly intervalMs: number;
  /** Does at most one thing. Returns true when there is more to do: it is called again at once. */
  readonly step: () => Promise<unknown>;
  /** Called when a step fails, once per cause until one succeeds; the step is retried at the next interval. */
  readonly onError: (error: unknown) => void;
}

/** Creates a periodic job whose steps never overlap. Its timer does not keep the process alive. */
export function createPeriodicJob({ intervalMs, step, onError }: PeriodicJobOptions): PeriodicJob {
  let running: Promise<void> | null = null;
  let isWanted = false;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let reportedCause: string | null = null;

  async function work(): Promise<void> {
    while (isWanted && !isStopped) {
      isWanted = false;
      try {
        if ((await step()) === true) isWanted = true;
        reportedCause = null;
      } catch (error) {
        if (String(error) !== reportedCause) onError(error);
        reportedCause = String(error);
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
      timer = setInterval(wake, intervalMs);
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
