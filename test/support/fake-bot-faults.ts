/** Rates of the fake Bot API, and faults to order. */
import type { Matching, Rates } from './fake-bot-types.js';
import { integerOf, type ApiError, type Params } from './telegram-html.js';

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

type Effect = ApiError | 'before' | 'after';

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
