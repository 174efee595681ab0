import { commandMessages as m } from '../../messages/commands.js';
import { requireChatAdmin } from '../middleware/require-chat-admin.js';
import { forgetButtons } from '../panels/forget.js';
import { note, reply } from '../ui/reply.js';
import type { ReaderCommand } from './command.js';

export const forgetme: ReaderCommand = {
  name: 'forgetme',
  async run(ctx, _argument, tools) {
    if ((await requireChatAdmin(ctx, tools)) === null) return;
    await reply(ctx, note(m.forget.ask), { replyTo: ctx.message.message_id, buttons: forgetButtons });
  },
};
