/** Rates of the fake Bot API, and faults to order. */
import type { ChaosOptions, Matching, Rates } from './fake-bot-types.js';
import { ApiError, integerOf, type Params } from './telegram-html.js';

/** Sliding windows over what was sent. */
export class RateLog {
  readonly peak: Rates = { globalPerSecond: 0, perChatPerSecond: 0, perGroupPerMinute: 0 };
  readonly #times = new Map<string, number[]>();

  add(chatId: number, at: number): void {
    for (const { rate, times } of this.#windows(chatId, at)) {
      times.push(at);
      this.peak[rate] = Math.max(this.peak[rate], times.length);
    }
  }

  /** Whole seconds until one more message is within the limits; 0: at once. */
  wait(chatId: number, at: number, limits: Rates): number {
    const waits = this.#windows(chatId, at).map(({ rate, times, ms }) => {
      const mustLeave = times[times.length - limits[rate]];
      return mustLeave === undefined ? 0 : mustLeave + ms - at;
    });
    return Math.ceil(Math.max(...waits) / 1000);
  }

  #windows(chatId: number, at: number): { rate: keyof Rates; times: number[]; ms: number }[] {
    const window = (rate: keyof Rates, key: string, ms: number) => {
      const times = this.#times.get(key) ?? [];
      this.#times.set(key, times);
      while (times[0] !== undefined && times[0] <= at - ms) times.shift();
      return { rate, times, ms };
    };
    const second = [window('globalPerSecond', 'all', 1000), window('perChatPerSecond', `s${String(chatId)}`, 1000)];
    return chatId < 0 ? [...second, window('perGroupPerMinute', `m${String(chatId)}`, 60_000)] : second;
  }
}

export type Effect = ApiError | 'before' | 'after';

/** Faults to order, taken first in, first out by the calls they match. */
export class FaultList {
  readonly #faults = new Map<string, { effect: Effect; chatId: number | undefined; times: number }[]>();

  add(method: string, effect: Effect, { times = 1, chatId }: Matching): void {
    const key = method.toLowerCase();
    this.#faults.set(key, [...(this.#faults.get(key) ?? []), { effect, chatId, times }]);
  }

  take(method: string, params: Params): Effect | undefined {
    const faults = this.#faults.get(method.toLowerCase()) ?? [];
    const chatId = integerOf(params, 'chat_id');
    const fault = faults.find((candidate) => candidate.chatId === undefined || candidate.chatId === chatId);
    if (fault && --fault.times <= 0) faults.splice(faults.indexOf(fault), 1);
    return fault?.effect;
  }
}

/** Faults that befall sends by chance, the same ones for the same seed and order of calls. */
export class Chaos {
  readonly #options: ChaosOptions;
  #state: number;

  constructor(options: ChaosOptions) {
    this.#options = options;
    this.#state = options.seed >>> 0;
  }

  take(): Effect | undefined {
    const { flood = 0, fault = 0, drop = 0, retryAfterS = 1 } = this.#options;
    const dice = this.random();
    if (dice < flood) {
      const description = `Too Many Requests: retry after ${String(retryAfterS)}`;
      return new ApiError(429, description, { retry_after: retryAfterS });
    }
    if (dice < flood + fault) return new ApiError(502, 'Bad Gateway');
    return dice < flood + fault + drop ? 'after' : undefined;
  }

  latencyMs(): number {
    const [least, most] = this.#options.latencyMs ?? [0, 0];
    return least + this.random() * (most - least);
  }

  /** A linear congruential generator with the constants of Numerical Recipes. */
  random(): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return this.#state / 2 ** 32;
  }
}
