import type { Deadline } from '../../notify/deadlines.js';
import { commandMessages as m } from '../../messages/commands.js';
import { chatTargetOf, type ChatTarget } from '../middleware/chat-target.js';
import { note, reply, replyParameters } from '../ui/reply.js';
import { toReplyMarkup } from '../transport/send-delivery.js';
import type { FeatureDependencies } from '../services.js';
import type { ReaderCommand } from './command.js';

export const digest: ReaderCommand = {
  name: 'digest',
  async run(ctx, argument, tools) {
    const place = chatTargetOf(ctx);
    if (place === null) return;
    const replyTo = ctx.message.message_id;
    const preview = await tools.services.digestPreview.compose(place, argument);
    if (preview === null) {
      await reply(ctx, note(m.notUnderstoodDay), { replyTo });
      return;
    }
    // Recorded before the send, so that a crash cannot lose a later correction.
    await recordAnnounced(place, preview.announced, tools);
    for (const { html, buttons } of preview.messages) {
      await ctx.reply(html, {
        parse_mode: 'HTML',
        link_preview_options: { is_disabled: true },
        ...replyParameters(replyTo),
        ...toReplyMarkup(buttons),
      });
    }
  },
};

async function recordAnnounced(
  place: ChatTarget,
  told: readonly Deadline[],
  { services, log }: FeatureDependencies,
): Promise<void> {
  try {
    const notices = new Map(told.map(({ stored }) => [stored.key, stored]));
    for (const stored of notices.values()) {
      const facts = told.filter((deadline) => deadline.stored.key === stored.key).map(({ fact }) => fact);
      await services.chats.recordAnnounced(place, place.type, stored, facts);
    }
  } catch (error) {
    log.warn({ err: error }, '未能记下告知过的期限');
  }
}
