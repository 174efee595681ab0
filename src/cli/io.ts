import type { Readable, Writable } from 'node:stream';

/** The terminal, or what a test puts in its place. */
export interface Io {
  readonly input: Readable;
  /** What the command was asked for; with `--json` nothing else goes here. */
  out(line: string): void;
  /** Everything else that an operator should see. */
  err(line: string): void;
  /** Whether a person reads the error stream: progress bars only then. */
  readonly errIsTerminal: boolean;
  /** The output when a person reads it: prompts and colours only then. */
  readonly terminal: Writable | null;
}
