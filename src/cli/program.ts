import { Command, CommanderError, Help } from 'commander';
import { OperatorError } from '../domain/errors.js';
import { cliMessages as m } from '../messages/cli.js';
import type { Io } from './io.js';

export interface AskOptions {
  readonly json: boolean;
  readonly conversation: boolean;
  readonly now: Date | null;
}

export interface EvalActionOptions {
  readonly compare: string | null;
  readonly out: string | null;
  readonly show: boolean;
  readonly now: Date | null;
}

/** Actions of the commands; the composition root supplies them. */
export interface CommandActions {
  index(paths: readonly string[], options: { readonly dryRun: boolean }): Promise<void>;
  chat(now: Date | null): Promise<void>;
  ask(question: string, options: AskOptions): Promise<void>;
  serve(): Promise<void>;
  evaluate(files: readonly string[], options: EvalActionOptions): Promise<void>;
  doctor(): Promise<void>;
  /** Runs when no command is given. */
  start(): Promise<void>;
}

/**
 * Parses the arguments (without node and script) and runs the action.
 * Throws an `OperatorError` with exit code 2 for wrong use.
 */
export async function runProgram(
  args: readonly string[],
  actions: CommandActions,
  io: Io,
  version: string,
): Promise<void> {
  try {
    await createProgram(actions, io, version).parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0)
      throw new OperatorError(`${usageError(error)}${m.seeHelp}`, { exitCode: 2, cause: error });
  }
}

function createProgram(actions: CommandActions, io: Io, version: string): Command {
  const program = new Command('bulletin-bot');
  program
    .description(m.description)
    .usage('[options] [command]')
    .version(version, '-V, --version', m.version)
    .helpOption('-h, --help', m.help)
    .helpCommand(false)
    .configureHelp({ styleTitle: chineseHeading })
    .configureOutput({
      writeOut: (text) => {
        io.out(text.replace(/\n$/, ''));
      },
      // Errors are thrown, and printed once by the caller.
      outputError: () => undefined,
      writeErr: () => undefined,
    })
    .exitOverride()
    // An unknown command reaches this default action.
    .argument('[command]')
    .action((word: string | undefined) => {
      if (word !== undefined) throw new OperatorError(`${m.unknownCommand(word)}${m.seeHelp}`, { exitCode: 2 });
      return actions.start();
    });

  const command = (name: string, description: string): Command =>
    program.command(name).description(description).helpOption('-h, --help', m.help);

  command('index', m.index)
    .argument('<path...>', m.indexPaths)
    .option('--dry-run', m.indexDryRun, false)
    .action((paths: string[], { dryRun }: { dryRun: boolean }) => actions.index(paths, { dryRun }));
  command('chat', m.chat)
    .option('--now <iso>', m.now, parseInstant)
    .action(({ now }: { now?: Date }) => actions.chat(now ?? null));
  command('ask', m.ask)
    .argument('<question...>', m.askQuestion)
    .option('--json', m.askJson, false)
    .option('--conversation', m.askConversation, false)
    .option('--now <iso>', m.now, parseInstant)
    .action((words: string[], { json, conversation, now }: { json: boolean; conversation: boolean; now?: Date }) =>
      actions.ask(words.join(' '), { json, conversation, now: now ?? null }),
    );
  command('serve', m.serve).action(() => actions.serve());
  command('eval', m.evaluate)
    .argument('<file...>', m.evalFiles)
    .option('--compare <report>', m.evalCompare)
    .option('--out <report>', m.evalOut)
    .option('--show', m.evalShow, false)
    .option('--now <iso>', m.now, parseInstant)
    .action(
      (
        files: string[],
        { compare, out, show, now }: Partial<Record<'compare' | 'out', string>> & { show: boolean; now?: Date },
      ) => actions.evaluate(files, { compare: compare ?? null, out: out ?? null, show, now: now ?? null }),
    );
  command('doctor', m.doctor).action(() => actions.doctor());
  return program;
}

/** Adds Chinese to a heading: `Usage:` → `用法 Usage:`; the rest of the help is written in both languages. */
function chineseHeading(title: string): string {
  const english = title.replace(/:$/, '');
  const chinese = Object.entries(m.helpHeadings).find(([key]) => key === english)?.[1];
  return new Help().styleTitle(chinese === undefined ? title : `${chinese} ${title}`);
}

function parseInstant(text: string): Date {
  const at = new Date(text);
  if (!/^[0-9]{4}-/.test(text) || Number.isNaN(at.getTime())) {
    throw new OperatorError(m.invalidNow(text), { exitCode: 2 });
  }
  return at;
}

/** Translates an error of Commander, which is in English only; its quoted part is what was typed. */
function usageError({ code, message }: CommanderError): string {
  const typed = /'([^']*)'/.exec(message)?.[1] ?? '';
  switch (code) {
    case 'commander.unknownCommand':
      return m.unknownCommand(typed);
    case 'commander.unknownOption':
      return m.unknownOption(typed);
    case 'commander.missingArgument':
      return m.missingArgument(typed);
    case 'commander.optionMissingArgument':
      return m.missingOptionValue(typed);
    case 'commander.excessArguments':
      return m.excessArguments(typed === '' ? message : typed);
    default:
      return m.invalidUse(message);
  }
}
