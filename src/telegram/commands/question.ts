import { Composer, type Context } from 'grammy';
import { composePin } from '../../operations/pins.js';
import { extractQuestion } from '../middleware/addressing.js';
import { conversationKey } from '../middleware/chat-target.js';
import { sendAnswer } from '../panels/send-answer.js';
import { telegramMessages as m } from '../../messages/telegram.js';
import { note, reply } from '../ui/reply.js';
import type { FeatureDependencies } from '../services.js';

/** Matches a bare number (`2`, `２。`): it refers to an entry of a list, not to anything in a notice. */
const A_NUMBER = /^[0-9０-９]{1,2}[.．、。]?$/;

/** Answers every text that is addressed to the bot and is not a command of another feature. */
export function createQuestionHandler(tools: FeatureDependencies): Composer<Context> {
  const { services, conversations, metrics, log, now } = tools;
  const composer = new Composer<Context>();
  composer.on('message:text', async (ctx, next) => {
    const question = extractQuestion(ctx.message, ctx.me);
    if (question === null) {
      await next();
      return;
    }
    const replyTo = ctx.message.message_id;
    if (A_NUMBER.test(question)) {
      await reply(ctx, note(m.pressNumber), { replyTo });
      return;
    }
    const startedMs = now().getTime();
    const pin = services.pins.pinFor(question);
    const answer = pin === null ? await services.ask.ask(question, conversations.get(conversationKey(ctx))) : null;
    const ms = now().getTime() - startedMs;
    const kind = answer?.kind ?? 'pinned';
    metrics.answered(kind, ms / 1000);
    if (pin !== null) await reply(ctx, composePin(pin), { replyTo });
    else if (answer !== null) await sendAnswer(ctx, { question, answer, replyTo }, tools);
    // Without the question: the log holds nothing that readers write.
    const about = { update: ctx.update.update_id, chat: ctx.chat.type, kind, intent: answer?.intent, ms };
    log.info(about, '已回答一个问题');
  });
  return composer;
}
