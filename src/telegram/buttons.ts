import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';
import type { AskService } from '../app/ask-service.js';
import type { Answer } from '../domain/answer.js';
import { commandMessages as m } from '../messages/commands.js';
import { labelOf } from '../render/label.js';
import { CHOICES_SHOWN, type Message } from '../render/message.js';
import { dataOf, numbersIn } from './data.js';

const NOTICE = 'n';
const PAGE = 'c';
/** Under an answer the other notices stand back; where one is asked to choose, they are what matters. */
const PAGE_SIZES = { answer: CHOICES_SHOWN, none: CHOICES_SHOWN, choices: 5 } as const;

export function noticeData(key: number): string {
  return dataOf(NOTICE, key);
}

/** The key of the notice a button stands for, or null for data that no button of ours has. */
export function noticeKeyIn(data: string): number | null {
  const [key, ...more] = numbersIn(data, NOTICE) ?? [];
  return key === undefined || more.length > 0 ? null : key;
}

/** A button's notice. */
export interface Offered {
  readonly key: number;
  readonly label: string;
}

/** The notices that stand as buttons under a message, in pages. */
export interface Offers {
  readonly all: readonly Offered[];
  readonly pageSize: number;
}

/**
 * The notices to offer under an answer, without the one shown; under any other
 * message those it lists, with their numbers there. What is no longer stored is
 * left out.
 */
export function offersUnder(answer: Answer, message: Message, ask: Pick<AskService, 'keyOf'>): Offers {
  const listed = message.find((block) => block.kind === 'choices');
  const items =
    answer.kind === 'answer'
      ? answer.candidates
          .filter((candidate) => candidate.id !== answer.notice.id)
          .map(({ id, title }) => ({ id, label: labelOf(title) }))
      : listed === undefined
        ? []
        : candidatesOf(answer).map(({ id, title }, i) => ({ id, label: `${i + 1}. ${labelOf(title)}` }));
  return offersOf(items, PAGE_SIZES[answer.kind], ask);
}

function offersOf(
  items: readonly { readonly id: string; readonly label: string }[],
  pageSize: number,
  ask: Pick<AskService, 'keyOf'>,
): Offers {
  const all = items.flatMap(({ id, label }) => {
    const key = ask.keyOf(id);
    return key === null ? [] : [{ key, label }];
  });
  return { all, pageSize };
}

/** The notices of a list, in its order and with its numbers. */
export function offersOfList(
  items: readonly { readonly id: string; readonly title: string }[],
  ask: Pick<AskService, 'keyOf'>,
): Offers {
  return offersOf(
    items.map(({ id, title }, i) => ({ id, label: `${i + 1}. ${labelOf(title)}` })),
    PAGE_SIZES.choices,
    ask,
  );
}

/** Only those that fit equally are asked about; after a refusal the list goes on behind those in the text. */
function candidatesOf(answer: Exclude<Answer, { kind: 'answer' }>): Answer['candidates'] {
  return answer.kind === 'choices' && answer.equals > 0 ? answer.candidates.slice(0, answer.equals) : answer.candidates;
}

/** One row a notice of that page (0-based, brought within bounds), and the way to the others. */
export function offerRows({ all, pageSize }: Offers, page: number): InlineKeyboardButton[][] {
  const pages = Math.max(1, Math.ceil(all.length / pageSize));
  const at = Math.min(page, pages - 1);
  const rows: InlineKeyboardButton[][] = all
    .slice(at * pageSize, (at + 1) * pageSize)
    .map(({ key, label }) => [{ text: label, callback_data: noticeData(key) }]);
  const turns = turnButtons(at, pages, (to) => dataOf(PAGE, to));
  return turns.length === 0 ? rows : [...rows, turns];
}

/** ◀ and ▶ with the page that each leads to; none where there is one page. */
export function turnButtons(page: number, pages: number, dataFor: (page: number) => string): InlineKeyboardButton[] {
  const turns: InlineKeyboardButton[] = [];
  if (page > 0)
    turns.push({ text: `${m.buttons.previous} ${m.buttons.page(page, pages)}`, callback_data: dataFor(page - 1) });
  if (page < pages - 1) {
    turns.push({ text: `${m.buttons.page(page + 2, pages)} ${m.buttons.next}`, callback_data: dataFor(page + 1) });
  }
  return turns;
}

/** The page that a button turns to, or null for other data. */
export function offerPageIn(data: string): number | null {
  const [page, ...more] = numbersIn(data, PAGE) ?? [];
  return page === undefined || more.length > 0 ? null : page;
}

/** The same buttons with other rows of notices in the place of those there are. */
export function withOfferRows(
  { inline_keyboard: rows }: InlineKeyboardMarkup,
  replacement: readonly InlineKeyboardButton[][],
): InlineKeyboardMarkup {
  const isOffer = (row: readonly InlineKeyboardButton[]): boolean =>
    row.every(
      (button) =>
        'callback_data' in button &&
        (noticeKeyIn(button.callback_data) !== null || offerPageIn(button.callback_data) !== null),
    );
  const first = rows.findIndex(isOffer);
  const rest = rows.filter((row) => !isOffer(row));
  const place = first < 0 ? rest.length : first;
  return { inline_keyboard: [...rest.slice(0, place), ...replacement, ...rest.slice(place)] };
}
