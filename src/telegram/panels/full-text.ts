import { Composer, InputFile, type Context } from 'grammy';
import type { InlineKeyboardMarkup } from 'grammy/types';
import { commandMessages as m } from '../../messages/commands.js';
import { formatDay } from '../../messages/format-day.js';
import { readerMessages as reader } from '../../messages/reader.js';
import { telegramMessages } from '../../messages/telegram.js';
import type { Message } from '../../render/message.js';
import type { StoredNotice } from '../../store/notice-store.js';
import { cutLength } from '../../text/sentences.js';
import { acknowledge, editInPlace } from '../ui/callback-response.js';
import { buildPageButtons } from '../ui/offered-notices.js';
import { encodeCallbackData, decodeCallbackData } from '../ui/callback-data.js';
import { fileNameOf } from '../ui/file-name.js';
import { truncateLabel } from '../../render/button-layout.js';
import { reply, replyParameters } from '../ui/reply.js';
import type { FeatureDependencies } from '../services.js';

/** Prefix; followed by the notice's key: sends the notice. */
const SEND = 't';
/** Prefix; followed by key and page: turns the message to that page. */
const TURN = 'tp';

/** In UTF-16 units: with the title above it, a page still fits into one message. */
const PAGE_LENGTH = 3500;
const TITLE_LENGTH = 200;
/** Longer texts are sent as a file, which reads better than so many pages. */
const MOST_PAGES = 10;

export function fullTextCallbackData(key: number): string {
  return encodeCallbackData(SEND, key);
}

export function createFullTextHandler({ services, log, now }: FeatureDependencies): Composer<Context> {
  const composer = new Composer<Context>();
  composer.on('callback_query:data', async (ctx, next) => {
    const { data, message } = ctx.callbackQuery;
    const sends = decodeCallbackData(data, SEND);
    const [key, page = 0, ...more] = sends ?? decodeCallbackData(data, TURN) ?? [];
    if (key === undefined || more.length > 0) {
      await next();
      return;
    }
    const stored = await services.ask.notice(key);
    if (stored === null) {
      await acknowledge(ctx, log, telegramMessages.noticeGone);
      return;
    }
    const acknowledged = acknowledge(ctx, log);
    try {
      const pages = splitPages(stored.notice.body);
      if (sends === null) {
        const shown = pageOf(stored, pages, page);
        await editInPlace(ctx, shown.message, shown.buttons, now());
      } else if (pages.length > MOST_PAGES) {
        await sendFile(ctx, stored, message?.message_id);
      } else {
        const shown = pageOf(stored, pages, 0);
        await reply(ctx, shown.message, {
          replyTo: message?.message_id,
          buttons: shown.buttons,
          now: now(),
        });
      }
    } finally {
      await acknowledged;
    }
  });
  return composer;
}

/** Splits a body into pages, if possible at sentence or clause ends; nothing is lost. One empty page for ''. */
export function splitPages(body: string): string[] {
  const pages: string[] = [];
  for (let start = 0; start < body.length;) {
    const length = cutLength(body.slice(start, start + PAGE_LENGTH + 1), PAGE_LENGTH);
    pages.push(body.slice(start, start + length));
    start += length;
  }
  return pages.length === 0 ? [''] : pages;
}

/** @param page 0-based; clamped to the last page, since the notice may have become shorter */
function pageOf(
  { key, notice }: StoredNotice,
  pages: readonly string[],
  page: number,
): { message: Message; buttons: InlineKeyboardMarkup | undefined } {
  const at = Math.min(page, pages.length - 1);
  const pageButtons = buildPageButtons(at, pages.length, (to) => encodeCallbackData(TURN, key, to));
  return {
    message: [
      { kind: 'source', title: truncateLabel(notice.title, TITLE_LENGTH), date: notice.publishedOn, url: notice.url },
      ...(pages.length > 1 ? [{ kind: 'note', text: m.fullTextPage(at + 1, pages.length) } as const] : []),
      { kind: 'note', text: pages[at] ?? '' },
    ],
    buttons: pageButtons.length === 0 ? undefined : { inline_keyboard: [pageButtons] },
  };
}

async function sendFile(ctx: Context, { notice }: StoredNotice, replyTo: number | undefined): Promise<void> {
  const day = notice.publishedOn === null ? reader.undated : formatDay(notice.publishedOn);
  const lines = [notice.title, day, notice.url, '', notice.body];
  const text = lines.filter((line) => line !== null).join('\n');
  await ctx.replyWithDocument(new InputFile(Buffer.from(text, 'utf8'), fileNameOf(notice.title, 'txt')), {
    caption: m.fullTextFile,
    ...replyParameters(replyTo),
  });
}
