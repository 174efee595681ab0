import { commandMessages as m } from '../../messages/commands.js';
import { requireChatAdmin } from '../middleware/require-chat-admin.js';
import { sendSettingsPanel } from '../panels/settings-panel.js';
import { note, reply } from '../ui/reply.js';
import type { ReaderCommand } from './command.js';

export const settings: ReaderCommand = {
  name: 'settings',
  async run(ctx, _argument, tools) {
    const target = await requireChatAdmin(ctx, tools);
    if (target === null) return;
    const subscription = await tools.services.subscriptions.get(target);
    if (subscription === null) await reply(ctx, note(m.notSubscribed), { replyTo: ctx.message.message_id });
    else await sendSettingsPanel(ctx, subscription.settings);
  },
};
