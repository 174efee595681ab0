/**
 * An error that its reader can mend: wrong use, a bad file, a bad setting.
 * The message is one clear sentence for the operator, in Chinese, naming the
 * place; nothing else needs to be printed.
 */
export class OperatorError extends Error {
  /** 1: the work failed; 2: the call itself was wrong. */
  readonly exitCode: 1 | 2;

  constructor(message: string, options: { exitCode?: 1 | 2; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'OperatorError';
    this.exitCode = options.exitCode ?? 1;
  }
}
