/**
 * An error that the operator can fix: wrong usage, an invalid file, an invalid setting. The message is one sentence in
 * Chinese that names the place; nothing else needs to be printed.
 */
export class OperatorError extends Error {
  /** Exit code of the process: 1: the operation failed; 2: wrong usage. */
  readonly exitCode: 1 | 2;

  constructor(message: string, options: { exitCode?: 1 | 2; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'OperatorError';
    this.exitCode = options.exitCode ?? 1;
  }
}

/** Returns the `code` of an error of Node.js or of sqlite3 ('ENOENT', 'SQLITE_BUSY'), or '' when it has none. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
