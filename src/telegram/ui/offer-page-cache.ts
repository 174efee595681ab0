import type { OfferedNotices } from './offered-notices.js';

/** Upper bound on remembered messages; for older ones the question is asked again. */
const MOST_SHOWN = 5000;

/** Remembers the notices offered under each message, with all pages. */
export class OfferPageCache {
  readonly #shown = new Map<string, OfferedNotices>();

  remember(chatId: number, messageId: number, offers: OfferedNotices): void {
    // A single page has no page buttons.
    if (offers.notices.length <= offers.pageSize) return;
    this.#shown.set(`${chatId}:${messageId}`, offers);
    const [oldest] = this.#shown.keys();
    if (this.#shown.size > MOST_SHOWN && oldest !== undefined) this.#shown.delete(oldest);
  }

  get(chatId: number, messageId: number): OfferedNotices | null {
    return this.#shown.get(`${chatId}:${messageId}`) ?? null;
  }
}
