import { Composer, type Context } from 'grammy';
import type { Logger } from 'pino';
import type { AskService } from '../app/ask-service.js';
import type { Conversations } from '../app/conversation.js';
import { composeMessage } from '../render/message.js';
import { questionFor } from './addressing.js';
import { candidateButtons } from './buttons.js';
import { reply } from './reply.js';

export interface QuestionDeps {
  readonly ask: AskService;
  readonly conversations: Conversations;
  readonly log: Logger;
  readonly now: () => Date;
}

/** Every text that is meant for the bot and is no command of another feature. */
export function questions({ ask, conversations, log, now }: QuestionDeps): Composer<Context> {
  const composer = new Composer<Context>();
  composer.on('message:text', async (ctx, next) => {
    const question = questionFor(ctx.message, ctx.me);
    if (question === null) {
      await next();
      return;
    }
    const startedMs = now().getTime();
    const answer = await ask.ask(question, conversations.of(conversationKey(ctx)));
    const ms = now().getTime() - startedMs;
    const message = composeMessage(answer);
    await reply(ctx, message, {
      // The button handler reads the question from the message replied to.
      replyTo: ctx.message.message_id,
      buttons: candidateButtons(answer, message, ask),
    });
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
