import type { Clock } from './clock.js';

/** Wake signal for a sleeping loop. A `ring` while nobody waits ends the next `wait` at once. */
export class Bell {
  readonly #clock: Clock;
  #rung = false;
  #waiter: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  ring(): void {
    this.#rung = true;
    this.#waiter?.();
  }

  /** Resolves at the next `ring`, or after `ms`. Supports one waiter at a time. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        callOff();
        this.#waiter = undefined;
        this.#rung = false;
        resolve();
      };
      const callOff = this.#clock.after(ms, done);
      this.#waiter = done;
      if (this.#rung) done();
    });
  }
}
