import { commandMessages as m } from '../../messages/commands.js';
import { requireChatAdmin } from '../middleware/require-chat-admin.js';
import { note, reply } from '../ui/reply.js';
import type { ReaderCommand } from './command.js';

export const unsubscribe: ReaderCommand = {
  name: 'unsubscribe',
  async run(ctx, _argument, tools) {
    const target = await requireChatAdmin(ctx, tools);
    if (target === null) return;
    const had = await tools.services.subscriptions.unsubscribe(target);
    await reply(ctx, note(had ? m.unsubscribed : m.notSubscribed), { replyTo: ctx.message.message_id });
  },
};
