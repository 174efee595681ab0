import { Composer, type Context } from 'grammy';
import type { Logger } from 'pino';
import type { AskService } from '../app/ask-service.js';
import { composeMessage } from '../render/message.js';
import { questionFor } from './addressing.js';
import { candidateButtons } from './buttons.js';
import { reply } from './reply.js';

export interface QuestionDeps {
  readonly ask: AskService;
  readonly log: Logger;
  readonly now: () => Date;
}

/** Every text that is meant for the bot and is no command of another feature. */
export function questions({ ask, log, now }: QuestionDeps): Composer<Context> {
  const composer = new Composer<Context>();
  composer.on('message:text', async (ctx, next) => {
    const question = questionFor(ctx.message, ctx.me);
    if (question === null) {
      await next();
      return;
    }
    const startedMs = now().getTime();
    const answer = await ask.ask(question);
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
