import { commandTexts } from '../../messages/commands.js';
import { telegramMessages as m } from '../../messages/telegram.js';
import { reply } from '../reply.js';
import type { ReaderCommand } from './command.js';

export const help: ReaderCommand = {
  name: 'help',
  async run(ctx) {
    const commands = Object.entries(commandTexts).map(([name, { about }]) => `/${name} ${about}`);
    await reply(ctx, [
      { kind: 'lead', text: m.help.lead },
      { kind: 'note', text: m.help.body(ctx.me.username, commands) },
    ]);
  },
};
