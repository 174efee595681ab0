import { Composer, type Context } from 'grammy';
import { adminCommandTexts, adminMessages as m } from '../../messages/admin.js';
import { acknowledge } from '../ui/callback-response.js';
import { parseCommand } from '../middleware/addressing.js';
import { decodeCallbackData } from '../ui/callback-data.js';
import type { AdminFeatures } from '../services.js';
import { note, reply } from '../ui/reply.js';
import { broadcast } from './broadcast.js';
import { pin } from './pin.js';
import { reindex } from './reindex.js';
import { sources } from './sources.js';
import { status } from './status.js';
import type { AdminButton, AdminCommand, AdminServices, AdminDependencies } from './dependencies.js';
import { unanswered } from './unanswered.js';

const COMMANDS: readonly AdminCommand[] = [reindex, status, unanswered, pin, sources, broadcast];

/** Builds the admin features for `createBot`. `runInBackground` takes tasks that outlive their update, such as a run. */
export function createAdminFeatures(
  ids: ReadonlySet<number>,
  services: AdminServices,
  runInBackground: AdminDependencies['runInBackground'],
  editIntervalMs?: number,
): AdminFeatures {
  return {
    ids,
    menu: adminCommandTexts,
    createHandler: ({ log, now }) => createAdminHandler({ ...services, log, now, runInBackground, editIntervalMs }),
  };
}

/**
 * Handles admin commands and buttons after one authorisation check; every use is written to the audit log. Non-admins
 * get a refusal, in a group only when the command names the bot, since other bots have a /status too. Admins in a group
 * are referred to their private chat, because the commands' output is not for a group.
 */
function createAdminHandler(tools: AdminDependencies): Composer<Context> {
  const commands = new Map<string, AdminCommand>(COMMANDS.map((command) => [command.name, command]));
  const buttons = COMMANDS.flatMap((command) => command.buttons ?? []);
  const composer = new Composer<Context>();

  composer.on('message:text', async (ctx, next) => {
    const called = parseCommand(ctx.message, ctx.me);
    const command = called === null ? undefined : commands.get(called.name);
    if (called === null || command === undefined) {
      await next();
      return;
    }
    const refusal = refusalOf(ctx, tools);
    await tools.access.audit(ctx.from.id, `/${command.name}`, refusal === null, called.argument);
    if (refusal === null) await command.run(ctx, called.argument, tools);
    else if (ctx.chat.type === 'private' || isAddressed(ctx.message.text)) {
      await reply(ctx, note(refusal), { replyTo: ctx.message.message_id });
    }
  });

  composer.on('callback_query:data', async (ctx, next) => {
    const { data } = ctx.callbackQuery;
    const pressed = pressedOf(data, buttons);
    if (pressed === null) {
      await next();
      return;
    }
    const refusal = refusalOf(ctx, tools);
    await tools.access.audit(ctx.from.id, 'button', refusal === null, data);
    if (refusal === null) await pressed.button.press(ctx, pressed.numbers, tools);
    else await acknowledge(ctx, tools.log, m.buttonRefused);
  });
  return composer;
}

function refusalOf({ from, chat }: Context, { access }: AdminDependencies): string | null {
  if (from === undefined || !access.isAdmin(from.id)) return m.refused;
  return chat?.type === 'private' ? null : m.privateOnly;
}

/** Returns whether a command names its bot (`/status@our_bot`); `parseCommand` has excluded those of other bots. */
const isAddressed = (text: string): boolean => /^\/[a-z_]+@/i.test(text);

function pressedOf(
  data: string,
  buttons: readonly AdminButton[],
): { readonly button: AdminButton; readonly numbers: readonly number[] } | null {
  for (const button of buttons) {
    const numbers = decodeCallbackData(data, button.prefix);
    if (numbers !== null) return { button, numbers };
  }
  return null;
}
