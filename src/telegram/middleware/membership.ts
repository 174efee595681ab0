import { Composer, type Context } from 'grammy';
import { chatTypeOf } from './chat-target.js';
import type { FeatureDependencies } from '../services.js';

/**
 * Records that the bot was added, blocked or removed, or that its group became a supergroup. A change that cannot be
 * stored is only logged, because a failing send detects it as well.
 */
export function createMembershipHandler({
  services: { chats },
  log,
}: Pick<FeatureDependencies, 'services' | 'log'>): Composer<Context> {
  const composer = new Composer<Context>();
  const attempt = async (ctx: Context, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      log.error({ update: ctx.update.update_id, err: error }, '聊天状态的变化未能记下');
    }
  };
  composer.on('my_chat_member', (ctx) =>
    attempt(ctx, async () => {
      // Channels ask no questions and receive no broadcasts.
      if (ctx.chat.type === 'channel') return;
      const { status } = ctx.myChatMember.new_chat_member;
      if (status === 'kicked' || status === 'left') await chats.deactivate(ctx.chat.id, status);
      else await chats.activate(ctx.chat.id, chatTypeOf(ctx.chat));
    }),
  );
  // Telegram sends a service message to the old group with the new id, and to the new one with the old id.
  composer.on('message:migrate_to_chat_id', (ctx) =>
    attempt(ctx, () => chats.migrate(ctx.chat.id, ctx.message.migrate_to_chat_id)),
  );
  composer.on('message:migrate_from_chat_id', (ctx) =>
    attempt(ctx, () => chats.migrate(ctx.message.migrate_from_chat_id, ctx.chat.id)),
  );
  return composer;
}
