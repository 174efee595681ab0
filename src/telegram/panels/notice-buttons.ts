import { Composer, type Context } from 'grammy';
import type { Message as TelegramMessage } from 'grammy/types';
import { createTurn } from '../../answering/conversation/conversation.js';
import { readerMessages as reader } from '../../messages/reader.js';
import { telegramMessages as m } from '../../messages/telegram.js';
import { composeMessage, composeOpening } from '../../render/message.js';
import type { StoredNotice } from '../../store/notice-store.js';
import { acknowledge, editButtons, getPressedKeyboard } from '../ui/callback-response.js';
import { stripAddressing } from '../middleware/addressing.js';
import { conversationKey } from '../middleware/chat-target.js';
import { buildOpeningButtons } from './answer-buttons.js';
import { sendAnswer } from './send-answer.js';
import {
  parseNoticeKey,
  parseOfferPage,
  buildOfferRows,
  selectOfferedNotices,
  replaceOfferRows,
  type OfferedNotices,
} from '../ui/offered-notices.js';
import { reply } from '../ui/reply.js';
import type { FeatureDependencies } from '../services.js';

/** Handles notice buttons: answers the question asked before from that notice, or else sends the notice's opening. */
export function createNoticeButtonHandler(tools: FeatureDependencies): Composer<Context> {
  const { services, log } = tools;
  const composer = new Composer<Context>();
  composer.on('callback_query:data', async (ctx, next) => {
    const key = parseNoticeKey(ctx.callbackQuery.data);
    if (key === null) {
      await next();
      return;
    }
    const notice = await services.ask.notice(key);
    if (notice === null) {
      await acknowledge(ctx, log, m.noticeGone);
      return;
    }
    // Started first, to end the button's loading state; the answer does not wait for it.
    const acknowledged = acknowledge(ctx, log);
    try {
      await answerFrom(notice, ctx, tools);
    } finally {
      await acknowledged;
    }
  });
  return composer;
}

/** Handles ◀ and ▶ under an answer: replaces the rows of notices and keeps the other buttons. */
export function createNoticePageHandler({ services, log, offerPages }: FeatureDependencies): Composer<Context> {
  const composer = new Composer<Context>();
  composer.on('callback_query:data', async (ctx, next) => {
    const page = parseOfferPage(ctx.callbackQuery.data);
    if (page === null) {
      await next();
      return;
    }
    const present = getPressedKeyboard(ctx);
    const offers = present === null ? null : await offersOf(ctx);
    if (present === null || offers === null || offers.notices.length === 0) {
      await acknowledge(ctx, log, m.buttonUnknown);
      return;
    }
    const acknowledged = acknowledge(ctx, log);
    try {
      await editButtons(ctx, replaceOfferRows(present, buildOfferRows(offers, page)));
    } finally {
      await acknowledged;
    }
  });
  return composer;

  /** Returns the remembered pages, or asks the question again (after a restart). Null without a question. */
  async function offersOf(ctx: Context): Promise<OfferedNotices | null> {
    const { chatId, callbackQuery } = ctx;
    const messageId = callbackQuery?.message?.message_id;
    if (chatId === undefined || messageId === undefined) return null;
    const remembered = offerPages.get(chatId, messageId);
    if (remembered !== null) return remembered;
    const question = questionOf(ctx);
    if (question === '') return null;
    const answer = await services.ask.ask(question);
    return selectOfferedNotices(answer, composeMessage(answer), services.ask);
  }
}

/** Handles callback data that no feature knows: forged, or from a button of an older version. */
export function createUnknownButtonHandler({ log }: Pick<FeatureDependencies, 'log'>): Composer<Context> {
  const composer = new Composer<Context>();
  composer.on('callback_query', (ctx) => acknowledge(ctx, log, m.buttonUnknown));
  return composer;
}

/** Returns the message that the bot's message replied to: the question. */
function originalOf(shown: { reply_to_message?: TelegramMessage } | object | undefined): TelegramMessage | undefined {
  return shown !== undefined && 'reply_to_message' in shown ? shown.reply_to_message : undefined;
}

/** Returns the question behind a pressed button; '' when its message is gone or was a command such as /latest. */
function questionOf(ctx: Context): string {
  const original = originalOf(ctx.callbackQuery?.message);
  if (original === undefined) return '';
  const text = stripAddressing(original, ctx.me);
  return text.startsWith('/') ? '' : text;
}

async function answerFrom(notice: StoredNotice, ctx: Context, tools: FeatureDependencies): Promise<void> {
  const { services, conversations, now } = tools;
  const replyTo = originalOf(ctx.callbackQuery?.message)?.message_id;
  const question = questionOf(ctx);
  const answer = question === '' ? null : await services.ask.askNotice(question, notice.key);
  if (answer?.kind === 'answer') {
    conversations.get(conversationKey(ctx)).last = createTurn(question, answer);
    await sendAnswer(ctx, { question, answer, replyTo }, tools);
    return;
  }
  const lead = question === '' ? reader.opening : reader.notInNotice;
  const buttons = buildOpeningButtons(notice.key);
  await reply(ctx, composeOpening(notice.notice, lead), { replyTo, buttons, now: now() });
}
