import { Composer, type Context, type Filter } from 'grammy';
import type { Message, UserFromGetMe } from 'grammy/types';
import type { commandTexts } from '../../messages/commands.js';
import type { FeatureDependencies } from '../services.js';

export type MessageContext = Filter<Context, 'message:text'>;

/** Reader command: one file that defines it and one line in `reader-commands.ts`. */
export interface ReaderCommand {
  readonly name: Exclude<keyof typeof commandTexts, 'ask'>;
  /** @param argument text after the command name, trimmed; '' when there is none */
  run(ctx: MessageContext, argument: string, tools: FeatureDependencies): Promise<void>;
}

/** Matches `/latest` and `/latest@some_bot`, also directly before Chinese text, where Telegram marks no command. */
const COMMAND = /^\/([a-z_]{1,32})(?:@([A-Za-z0-9_]{1,64}))?(?![A-Za-z0-9_@])/i;

/** Returns the command that a message gives this bot (in lower case) and the text after it; null when there is none. */
export function parseCommand(
  message: Pick<Message, 'text' | 'from' | 'sender_chat'>,
  me: Pick<UserFromGetMe, 'username'>,
): { readonly name: string; readonly argument: string } | null {
  const { text, from, sender_chat: senderChat } = message;
  // Two bots could answer each other endlessly. Anonymous administrators also write through a bot account.
  if (text === undefined || (from?.is_bot === true && senderChat === undefined)) return null;
  const match = COMMAND.exec(text);
  const [whole, name, username] = match ?? [];
  if (whole === undefined || name === undefined) return null;
  if (username !== undefined && username.toLowerCase() !== me.username.toLowerCase()) return null;
  return { name: name.toLowerCase(), argument: text.slice(whole.length).trim() };
}

/** Runs the command of a message; passes any other message on to the next feature. */
export function createCommandHandler(
  commands: readonly ReaderCommand[],
  tools: FeatureDependencies,
): Composer<Context> {
  const byName = new Map<string, ReaderCommand>(commands.map((command) => [command.name, command]));
  const composer = new Composer<Context>();
  composer.on('message:text', async (ctx, next) => {
    const called = parseCommand(ctx.message, ctx.me);
    const command = called === null ? undefined : byName.get(called.name);
    if (called === null || command === undefined) {
      await next();
      return;
    }
    await command.run(ctx, called.argument, tools);
  });
  return composer;
}
