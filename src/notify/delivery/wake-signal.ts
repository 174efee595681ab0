import type { Clock } from './clock.js';

/** Wake signal for a sleeping loop. A `wake` while nobody waits ends the next `wait` at once. */
export class WakeSignal {
  readonly #clock: Clock;
  #rung = false;
  #waiter: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  wake(): void {
    this.#rung = true;
    this.#waiter?.();
  }

  /** Resolves at the next `wake`, or after `ms`. Supports one waiter at a time. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        callOff();
        this.#waiter = undefined;
        this.#rung = false;
        resolve();
      };
      const callOff = this.#clock.schedule(ms, done);
      this.#waiter = done;
      if (this.#rung) done();
    });
  }
}
