/**
 * Masks secrets in a text. grammY puts the whole request URL, and with it the token, into the message and the stack of
 * a network error (`FetchError: request to https://…/bot<token>/… failed`).
 */
export type Redactor = (text: string) => string;

const MASK = '[redacted]';
/** Matches any bot token, for tokens that were not passed to `createRedactor`. */
const TOKEN_SHAPE = /\b\d{5,}:[\w-]{30,}/g;

/**
 * Returns a function that masks the secrets, and any other bot token, in a text.
 * @param secrets the token and, if used, the webhook secret; the part after a token's colon is also masked alone
 */
export function createRedactor(...secrets: readonly string[]): Redactor {
  const known = secrets
    .flatMap((secret) => [secret, encodeURIComponent(secret), secret.slice(secret.indexOf(':') + 1)])
    // A short secret would mask ordinary words; real ones are far longer.
    .filter((secret) => secret.length >= 6)
    .sort((a, b) => b.length - a.length);
  return (text) => {
    const masked = known.reduce((rest, secret) => rest.replaceAll(secret, MASK), text);
    return masked.replace(TOKEN_SHAPE, MASK);
  };
}

export interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly stack?: string;
  readonly code?: string;
  readonly errorCode?: number;
  readonly method?: string;
  readonly cause?: LoggedError;
}

const MAX_CAUSE_DEPTH = 4;

/**
 * Returns a pino serializer for `err` that keeps only the fields of `LoggedError`. Other properties are dropped on
 * purpose: a GrammyError carries the whole message it was sending, with what the reader wrote.
 */
export function createErrorSerializer(clean: Redactor): (error: unknown) => LoggedError {
  const write = (error: unknown, depth: number): LoggedError => {
    if (!(error instanceof Error)) return { type: typeof error, message: clean(describe(error)) };
    const { code, error_code: errorCode, method } = error as Error & Record<'code' | 'error_code' | 'method', unknown>;
    const cause = causeOf(error);
    return {
      type: error.name,
      message: clean(error.message),
      ...(error.stack === undefined ? {} : { stack: clean(error.stack) }),
      ...(typeof code === 'string' ? { code: clean(code) } : {}),
      ...(typeof errorCode === 'number' ? { errorCode } : {}),
      ...(typeof method === 'string' ? { method } : {}),
      ...(cause === undefined || depth >= MAX_CAUSE_DEPTH ? {} : { cause: write(cause, depth + 1) }),
    };
  };
  return (error) => write(error, 0);
}

/** Returns the underlying error, which grammY keeps in `error` and others in `cause`. */
function causeOf(error: Error): unknown {
  if (error.cause !== undefined) return error.cause;
  return 'error' in error ? error.error : undefined;
}

function describe(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  try {
    return JSON.stringify({ ...value });
  } catch {
    return Object.prototype.toString.call(value);
  }
}
