import { Composer, type Context } from 'grammy';
import { questionFor } from './addressing.js';
import { sendAnswer } from './answering.js';
import type { Tools } from './services.js';

/** Every text that is meant for the bot and is no command of another feature. */
export function questions(tools: Tools): Composer<Context> {
  const { services, conversations, log, now } = tools;
  const composer = new Composer<Context>();
  composer.on('message:text', async (ctx, next) => {
    const question = questionFor(ctx.message, ctx.me);
    if (question === null) {
      await next();
      return;
    }
    const startedMs = now().getTime();
    const answer = await services.ask.ask(question, conversations.of(conversationKey(ctx)));
    const ms = now().getTime() - startedMs;
    await sendAnswer(ctx, { question, answer, replyTo: ctx.message.message_id }, tools);
    // Without the question: what readers write is not for the log.
    log.info(
      { update: ctx.update.update_id, chat: ctx.chat.type, kind: answer.kind, intent: answer.intent, ms },
      '已回答一个问题',
    );
  });
  return composer;
}

/** One conversation for each person in each chat and topic: in a group nobody goes on from another's question. */
export function conversationKey(ctx: Context): string {
  return [ctx.chatId, ctx.msg?.message_thread_id, ctx.from?.id].map((id) => id ?? '').join(':');
}
