import { Composer, type Context } from 'grammy';
import { telegramMessages as m } from '../messages/telegram.js';
import { reply } from './reply.js';

export function startAndHelp(): Composer<Context> {
  const composer = new Composer<Context>();
  composer.command('start', (ctx) =>
    reply(ctx, [
      { kind: 'lead', text: m.start.lead },
      { kind: 'note', text: m.start.body },
    ]),
  );
  composer.command('help', (ctx) =>
    reply(ctx, [
      { kind: 'lead', text: m.help.lead },
      { kind: 'note', text: m.help.body(ctx.me.username) },
    ]),
  );
  return composer;
}
