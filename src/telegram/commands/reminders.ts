import { commandMessages as m } from '../../messages/commands.js';
import { buildReminderList } from '../panels/reminder-list.js';
import { chatTargetOf } from '../middleware/chat-target.js';
import { note, reply } from '../ui/reply.js';
import type { ReaderCommand } from './command.js';

export const reminders: ReaderCommand = {
  name: 'reminders',
  async run(ctx, _argument, { services, now }) {
    const target = chatTargetOf(ctx);
    if (target === null) return;
    const list = buildReminderList(await services.reminders.list(target), now());
    const { message, buttons } = list ?? { message: note(m.reminder.none), buttons: undefined };
    await reply(ctx, message, { replyTo: ctx.message.message_id, buttons });
  },
};
