import type { Readable, Writable } from 'node:stream';

/** Streams of the command line; tests replace them. */
export interface Io {
  readonly input: Readable;
  /** Prints a line of the command's result; with `--json` nothing else goes to this stream. */
  out(line: string): void;
  /** Prints any other line that an operator should see. */
  err(line: string): void;
  /** Whether the error stream is a terminal: progress bars are shown only then. */
  readonly errIsTerminal: boolean;
  /** Output stream when it is a terminal, else null: prompts and colours are used only then. */
  readonly terminal: Writable | null;
}
