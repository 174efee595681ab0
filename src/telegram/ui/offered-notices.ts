import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';
import { LRUCache } from 'lru-cache';
import type { AskService } from '../../answering/ask-service.js';
import type { Answer, NoticeCandidate } from '../../domain/answer.js';
import { commandMessages as m } from '../../messages/commands.js';
import { CHOICES_SHOWN, type Message } from '../../render/message.js';
import { NUMBER_BUTTONS_PER_ROW, splitIntoRows, truncateLabel } from '../../render/button-layout.js';
import { encodeCallbackData, decodeCallbackData } from './callback-data.js';

const NOTICE = 'n';
const PAGE = 'c';
/** Notices a page: few, because they are secondary to the answer. */
const PAGE_SIZE = CHOICES_SHOWN;

export function noticeCallbackData(key: number): string {
  return encodeCallbackData(NOTICE, key);
}

/** Returns the notice's key in the callback data of a notice button, or null for any other data. */
export function parseNoticeKey(data: string): number | null {
  const [key, ...more] = decodeCallbackData(data, NOTICE) ?? [];
  return key === undefined || more.length > 0 ? null : key;
}

/** Notice offered as a button. */
export interface OfferedNotice {
  readonly key: number;
  readonly label: string;
  /** True when the label is only the notice's number in the list of the message text. */
  readonly isNumbered: boolean;
}

/** Notices offered as buttons under a message, split into pages. */
export interface OfferedNotices {
  readonly notices: readonly OfferedNotice[];
  readonly pageSize: number;
}

/**
 * Returns the notices to offer: under an answer all candidates but the one shown, by title; under any other message
 * those that it lists, by list number, and after a refusal also the candidates that the list has no room for.
 * Notices that are no longer stored are left out.
 */
export function selectOfferedNotices(answer: Answer, message: Message, ask: Pick<AskService, 'keyOf'>): OfferedNotices {
  const listed = message.find((block) => block.kind === 'choices');
  if (answer.kind === 'answer') {
    const others = answer.candidates.filter(({ id }) => id !== answer.notice.id);
    return { notices: offered(others, ({ title }) => truncateLabel(title), ask), pageSize: PAGE_SIZE };
  }
  if (listed === undefined) return { notices: [], pageSize: PAGE_SIZE };
  const numbers = numberListedNotices(listed.items, ask);
  // A request to choose offers only the listed notices; after a refusal any other candidate may be the one meant.
  if (answer.kind === 'choices') return numbers;
  const from = listed.items.length;
  const more = offered(
    answer.candidates.slice(from),
    ({ title }, i) => `${from + i + 1}. ${truncateLabel(title)}`,
    ask,
  );
  return { notices: [...numbers.notices, ...more], pageSize: PAGE_SIZE };
}

/** Returns the notices of a list in the text, all on one page, each labelled with its number in the list. */
export function numberListedNotices(items: readonly Listed[], ask: Pick<AskService, 'keyOf'>): OfferedNotices {
  const all = offered(items, (_, i) => `${i + 1}`, ask).map((one) => ({ ...one, isNumbered: true }));
  return { notices: all, pageSize: items.length };
}

type Listed = Pick<NoticeCandidate, 'id' | 'title'>;

function offered(
  items: readonly Listed[],
  label: (item: Listed, i: number) => string,
  ask: Pick<AskService, 'keyOf'>,
): OfferedNotice[] {
  return items.flatMap((item, i) => {
    const key = ask.keyOf(item.id);
    return key === null ? [] : [{ key, label: label(item, i), isNumbered: false }];
  });
}

/** Builds the rows of a page (0-based, clamped): numbers side by side, titles one a row, then the page buttons. */
export function buildOfferRows({ notices: all, pageSize }: OfferedNotices, page: number): InlineKeyboardButton[][] {
  const pages = Math.max(1, Math.ceil(all.length / Math.max(1, pageSize)));
  const at = Math.min(page, pages - 1);
  const shown = all.slice(at * pageSize, (at + 1) * pageSize);
  const button = ({ key, label }: OfferedNotice): InlineKeyboardButton => ({
    text: label,
    callback_data: noticeCallbackData(key),
  });
  const numbers = shown.filter(({ isNumbered }) => isNumbered);
  const titles = shown.filter(({ isNumbered }) => !isNumbered);
  const pageButtons = buildPageButtons(at, pages, (to) => encodeCallbackData(PAGE, to));
  return [
    ...splitIntoRows(numbers.map(button), NUMBER_BUTTONS_PER_ROW),
    ...titles.map((one) => [button(one)]),
    ...(pageButtons.length === 0 ? [] : [pageButtons]),
  ];
}

/** Builds the buttons to the previous and the next page (0-based); empty when there is one page. */
export function buildPageButtons(
  page: number,
  pages: number,
  dataFor: (page: number) => string,
): InlineKeyboardButton[] {
  const pageButtons: InlineKeyboardButton[] = [];
  if (page > 0) pageButtons.push({ text: m.buttons.previous(page, pages), callback_data: dataFor(page - 1) });
  if (page < pages - 1) pageButtons.push({ text: m.buttons.next(page + 2, pages), callback_data: dataFor(page + 1) });
  return pageButtons;
}

/** Returns the page (0-based) that a page button turns to, or null for any other data. */
export function parseOfferPage(data: string): number | null {
  const [page, ...more] = decodeCallbackData(data, PAGE) ?? [];
  return page === undefined || more.length > 0 ? null : page;
}

/** Returns the keyboard with its rows of notices replaced; without such rows, the replacement goes last. */
export function replaceOfferRows(
  { inline_keyboard: rows }: InlineKeyboardMarkup,
  replacement: readonly InlineKeyboardButton[][],
): InlineKeyboardMarkup {
  const isOffer = (row: readonly InlineKeyboardButton[]): boolean =>
    row.every(
      (button) =>
        'callback_data' in button &&
        (parseNoticeKey(button.callback_data) !== null || parseOfferPage(button.callback_data) !== null),
    );
  const first = rows.findIndex(isOffer);
  const rest = rows.filter((row) => !isOffer(row));
  const place = first < 0 ? rest.length : first;
  return { inline_keyboard: [...rest.slice(0, place), ...replacement, ...rest.slice(place)] };
}

/** Upper bound on remembered messages; for older ones the question is asked again. */
const MESSAGES_REMEMBERED = 5000;

/** Remembers the notices offered under each message, with all pages. */
export class OfferPageCache {
  readonly #offers = new LRUCache<string, OfferedNotices>({ max: MESSAGES_REMEMBERED });

  remember(chatId: number, messageId: number, offers: OfferedNotices): void {
    // A single page has no page buttons.
    if (offers.notices.length > offers.pageSize) this.#offers.set(`${chatId}:${messageId}`, offers);
  }

  get(chatId: number, messageId: number): OfferedNotices | null {
    // Turning a page does not keep a message longer: the oldest is dropped first.
    return this.#offers.peek(`${chatId}:${messageId}`) ?? null;
  }
}
