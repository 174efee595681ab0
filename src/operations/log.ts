import { pino, type Logger } from 'pino';
import { presentRequest } from '../app/request-scope.js';
import { errorSerializer, redact } from '../telegram/redact.js';

export interface LogOptions {
  readonly level: string;
  /** The token, and the webhook's secret where there is one: masked wherever they would stand in a line. */
  readonly secrets: readonly string[];
  readonly write: (line: string) => void;
}

/** JSON lines with the time in ISO 8601. */
export function createLog({ level, secrets, write }: LogOptions): Logger {
  const clean = redact(...secrets);
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: errorSerializer(clean) },
    mixin: () => {
      const request = presentRequest();
      return request === undefined ? {} : { request };
    },
  };
  // Over whole lines: secrets have no characters that JSON escapes, so none can hide in a field.
  return pino(options, {
    write: (line: string) => {
      write(clean(line));
    },
  });
}
