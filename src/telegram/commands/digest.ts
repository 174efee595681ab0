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
    const target = chatTargetOf(ctx);
    if (target === null) return;
    const replyTo = ctx.message.message_id;
    const preview = await tools.services.digestPreview.compose(target, argument);
    if (preview === null) {
      await reply(ctx, note(m.notUnderstoodDay), { replyTo });
      return;
    }
    // Recorded before the send, so that a crash cannot lose a later correction.
    await recordAnnounced(target, preview.announced, tools);
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
  target: ChatTarget,
  announced: readonly Deadline[],
  { services, log }: FeatureDependencies,
): Promise<void> {
  try {
    const notices = new Map(announced.map(({ stored }) => [stored.key, stored]));
    for (const stored of notices.values()) {
      const facts = announced.filter((deadline) => deadline.stored.key === stored.key).map(({ fact }) => fact);
      await services.chats.recordAnnounced(target, target.type, stored, facts);
    }
  } catch (error) {
    log.warn({ err: error }, '未能记下告知过的期限');
  }
}
