import { commandMessages as m } from '../../messages/commands.js';
import { note, reply } from '../ui/reply.js';
import type { ReaderCommand } from './command.js';

export const privacy: ReaderCommand = {
  name: 'privacy',
  async run(ctx, _argument, { retention }) {
    await reply(ctx, note(m.privacy(retention)), { replyTo: ctx.message.message_id });
  },
};
