import { Composer, type Context } from 'grammy';
import type { Message as TelegramMessage } from 'grammy/types';
import type { Logger } from 'pino';
import type { AskService } from '../app/ask-service.js';
import { turnOf, type Conversations } from '../app/conversation.js';
import { readerMessages as reader } from '../messages/reader.js';
import { telegramMessages as m } from '../messages/telegram.js';
import { composeMessage, composeOpening, type Message } from '../render/message.js';
import type { StoredNotice } from '../store/notice-store.js';
import { questionText } from './addressing.js';
import { candidateButtons, noticeKeyIn } from './buttons.js';
import { conversationKey } from './question.js';
import { reply, type ReplyOptions } from './reply.js';

interface CandidateDeps {
  readonly ask: AskService;
  readonly conversations: Conversations;
  readonly log: Logger;
}

/** A pressed button of a notice: what that notice says to the question asked before. */
export function candidateButtonPresses({ ask, conversations, log }: CandidateDeps): Composer<Context> {
  const composer = new Composer<Context>();
  composer.on('callback_query:data', async (ctx, next) => {
    const key = noticeKeyIn(ctx.callbackQuery.data);
    if (key === null) {
      await next();
      return;
    }
    const notice = await ask.notice(key);
    if (notice === null) {
      await acknowledge(ctx, log, m.noticeGone);
      return;
    }
    // Begun first so that the button stops spinning; the answer does not wait for it.
    const acknowledged = acknowledge(ctx, log);
    try {
      const { message, ...options } = await answerFrom(notice, originalOf(ctx.callbackQuery.message), ctx, {
        ask,
        conversations,
      });
      await reply(ctx, message, options);
    } finally {
      await acknowledged;
    }
  });
  return composer;
}

/** For data that no feature knows: forged, or from a button of an older version. */
export function unknownButtonPresses({ log }: { log: Logger }): Composer<Context> {
  const composer = new Composer<Context>();
  composer.on('callback_query', (ctx) => acknowledge(ctx, log, m.buttonUnknown));
  return composer;
}

/** Telegram refuses this for a press of some time ago (after a restart, say); the answer still goes out. */
async function acknowledge(ctx: Context, log: Logger, text?: string): Promise<void> {
  try {
    await ctx.answerCallbackQuery(text === undefined ? {} : { text });
  } catch (error) {
    log.info({ err: error }, '按钮的点击未能确认');
  }
}

/** The question is the message that the bot's message replied to. */
function originalOf(shown: { reply_to_message?: TelegramMessage } | object | undefined): TelegramMessage | undefined {
  return shown !== undefined && 'reply_to_message' in shown ? shown.reply_to_message : undefined;
}

async function answerFrom(
  notice: StoredNotice,
  original: TelegramMessage | undefined,
  ctx: Context,
  { ask, conversations }: Omit<CandidateDeps, 'log'>,
): Promise<{ message: Message } & ReplyOptions> {
  const replyTo = original?.message_id;
  const question = original === undefined ? '' : questionText(original, ctx.me);
  if (question === '') return { message: composeOpening(notice.notice, reader.opening), replyTo };
  const answer = await ask.askWithin(question, notice.key);
  if (answer?.kind === 'answer') conversations.of(conversationKey(ctx)).last = turnOf(question, answer);
  if (answer?.kind !== 'answer') return { message: composeOpening(notice.notice, reader.notInNotice), replyTo };
  const message = composeMessage(answer);
  return { message, replyTo, buttons: candidateButtons(answer, message, ask) };
}
