import type { Offers } from './buttons.js';

/** Upper bound on remembered messages; for older ones the question is asked again. */
const MOST_SHOWN = 5000;

/** Remembers the notices offered under each message, with all pages. */
export class ShownOffers {
  readonly #shown = new Map<string, Offers>();

  remember(chatId: number, messageId: number, offers: Offers): void {
    // A single page has no page buttons.
    if (offers.all.length <= offers.pageSize) return;
    this.#shown.set(`${chatId}:${messageId}`, offers);
    const [oldest] = this.#shown.keys();
    if (this.#shown.size > MOST_SHOWN && oldest !== undefined) this.#shown.delete(oldest);
  }

  of(chatId: number, messageId: number): Offers | null {
    return this.#shown.get(`${chatId}:${messageId}`) ?? null;
  }
}
