import type { Clock } from './clock.js';

/** What a loop sleeps beside. A ring that nobody waited for ends the next wait at once. */
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

  /** Resolves when rung, or after `ms`. One waits at a time. */
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
