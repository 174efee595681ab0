import { pino, type Logger } from 'pino';
import { currentRequestId } from './request-scope.js';
import { createErrorSerializer, createRedactor } from './redact.js';

export interface LogOptions {
  readonly level: string;
  /** The token and, if there is one, the webhook secret: masked wherever they occur in a line. */
  readonly secrets: readonly string[];
  readonly write: (line: string) => void;
}

/** Creates a log of JSON lines with times in ISO 8601. */
export function createLog({ level, secrets, write }: LogOptions): Logger {
  const clean = createRedactor(...secrets);
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: createErrorSerializer(clean) },
    mixin: () => {
      const request = currentRequestId();
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
