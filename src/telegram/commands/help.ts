import { commandTexts } from '../../messages/commands.js';
import { telegramMessages as m } from '../../messages/telegram.js';
import { reply } from '../ui/reply.js';
import type { MenuTexts } from '../services.js';
import type { ReaderCommand } from './command.js';

export const help: ReaderCommand = {
  name: 'help',
  async run(ctx, _argument, { adminCommandsOf }) {
    // Admin commands work only in private chats.
    const ofAdmins = linesOf(ctx.chat.type === 'private' ? adminCommandsOf(ctx.from.id) : {});
    await reply(ctx, [
      { kind: 'lead', text: m.help.lead },
      { kind: 'note', text: m.help.body(ctx.me.username, linesOf(commandTexts)) },
      ...(ofAdmins.length === 0 ? [] : [{ kind: 'note', text: m.help.admins(ofAdmins) } as const]),
    ]);
  },
};

function linesOf(texts: MenuTexts): string[] {
  return Object.entries(texts).map(([name, { about }]) => `/${name} ${about}`);
}
