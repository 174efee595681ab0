import { pino, type Logger } from 'pino';

export interface LogLine {
  readonly level: number;
  readonly msg: string;
  readonly [field: string]: unknown;
}

/** A logger that keeps its lines. */
export function memoryLog(): { log: Logger; lines: () => LogLine[]; text: () => string } {
  let written = '';
  const log = pino({ level: 'debug' }, { write: (line: string) => void (written += line) });
  const lines = (): LogLine[] =>
    written
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as LogLine);
  return { log, lines, text: () => written };
}
