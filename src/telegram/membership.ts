import { Composer, type Context } from 'grammy';
import { typeOf } from './place.js';
import type { Tools } from './services.js';

/**
 * The bot is let in, blocked or removed, or its group becomes a supergroup. An
 * update that cannot be written down is only logged: sending finds it out too.
 */
export function membership({ services: { readers }, log }: Pick<Tools, 'services' | 'log'>): Composer<Context> {
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
      // Nobody asks in a channel, and what goes to all chats is not for it.
      if (ctx.chat.type === 'channel') return;
      const { status } = ctx.myChatMember.new_chat_member;
      if (status === 'kicked' || status === 'left') await readers.left(ctx.chat.id, status);
      else await readers.welcome(ctx.chat.id, typeOf(ctx.chat));
    }),
  );
  // Telegram writes it into the old group with the new id, and into the new one with the old id.
  composer.on('message:migrate_to_chat_id', (ctx) =>
    attempt(ctx, () => readers.moved(ctx.chat.id, ctx.message.migrate_to_chat_id)),
  );
  composer.on('message:migrate_from_chat_id', (ctx) =>
    attempt(ctx, () => readers.moved(ctx.message.migrate_from_chat_id, ctx.chat.id)),
  );
  return composer;
}
