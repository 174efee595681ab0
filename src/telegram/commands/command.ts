import { Composer, type Context } from 'grammy';
import type { commandTexts } from '../../messages/commands.js';
import { parseCommand } from '../middleware/addressing.js';
import type { FeatureDependencies } from '../services.js';
import type { MessageContext } from '../ui/reply.js';

/** Reader command: one file that defines it and one line in `reader-commands.ts`. */
export interface ReaderCommand {
  readonly name: Exclude<keyof typeof commandTexts, 'ask'>;
  /** @param argument text after the command name, trimmed; '' when there is none */
  run(ctx: MessageContext, argument: string, tools: FeatureDependencies): Promise<void>;
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
