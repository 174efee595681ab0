import { commandMessages as m } from '../../messages/commands.js';
import { requireChatAdmin } from '../owner.js';
import { sendSettingsPanel } from '../panels/settings.js';
import { note, reply } from '../reply.js';
import type { ReaderCommand } from './command.js';

export const settings: ReaderCommand = {
  name: 'settings',
  async run(ctx, _argument, tools) {
    const place = await requireChatAdmin(ctx, tools);
    if (place === null) return;
    const subscription = await tools.services.subscriptions.get(place);
    if (subscription === null) await reply(ctx, note(m.notSubscribed), { replyTo: ctx.message.message_id });
    else await sendSettingsPanel(ctx, subscription.settings);
  },
};
