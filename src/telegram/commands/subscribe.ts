import { commandMessages as m } from '../../messages/commands.js';
import { requireChatAdmin } from '../middleware/require-chat-admin.js';
import { sendSettingsPanel } from '../panels/settings-panel.js';
import { scheduleText } from '../panels/settings-view.js';
import { note, reply } from '../ui/reply.js';
import type { ReaderCommand } from './command.js';

export const subscribe: ReaderCommand = {
  name: 'subscribe',
  async run(ctx, argument, tools) {
    const target = await requireChatAdmin(ctx, tools);
    if (target === null) return;
    const { subscription, isNew } = await tools.services.subscriptions.subscribe(target, target.type);
    const text = isNew ? m.subscribed(scheduleText(subscription.settings)) : m.alreadySubscribed;
    const said = argument === '' ? text : `${text}\n${m.setBelow}`;
    await reply(ctx, note(said), { replyTo: ctx.message.message_id });
    await sendSettingsPanel(ctx, subscription.settings);
  },
};
