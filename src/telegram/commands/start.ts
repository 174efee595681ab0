import { telegramMessages as m } from '../../messages/telegram.js';
import { chatTargetOf } from '../middleware/chat-target.js';
import { reply } from '../ui/reply.js';
import type { ReaderCommand } from './command.js';

/** Greets the reader, and reactivates a chat that had blocked the bot: its kept settings apply again. */
export const start: ReaderCommand = {
  name: 'start',
  async run(ctx, _argument, { services }) {
    const target = chatTargetOf(ctx);
    if (target !== null) await services.chats.activate(target.chatId, target.type);
    await reply(ctx, [
      { kind: 'lead', text: m.start.lead },
      { kind: 'note', text: ctx.chat.type === 'private' ? m.start.body : m.start.inGroup(ctx.me.username) },
    ]);
  },
};
