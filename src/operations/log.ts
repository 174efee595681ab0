import { pino, type Logger } from 'pino';
import { presentRequest } from '../app/request-scope.js';
import { errorSerializer, redact } from '../telegram/redact.js';

export interface LogOptions {
  readonly level: string;
  /** The token and, if there is one, the webhook secret: masked wherever they occur in a line. */
  readonly secrets: readonly string[];
  readonly write: (line: string) => void;
}

/** Creates a log of JSON lines with times in ISO 8601. */
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
  // Masks whole lines: secrets have no characters that JSON escapes, so they are found in every field.
  return pino(options, {
    write: (line: string) => {
      write(clean(line));
    },
  });
}
