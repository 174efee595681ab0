import { errorCode, OperatorError } from '../../domain/errors.js';
import { storeMessages as m } from '../../messages/store.js';

const BY_CODE: Readonly<Record<string, (file: string) => string>> = {
  SQLITE_NOTADB: m.notADatabase,
  SQLITE_CORRUPT: m.damaged,
  SQLITE_READONLY: m.notWritable,
  SQLITE_PERM: m.notWritable,
  SQLITE_AUTH: m.notWritable,
  SQLITE_CANTOPEN: m.cannotOpen,
  SQLITE_FULL: m.diskFull,
  SQLITE_IOERR: m.ioFailed,
  SQLITE_BUSY: m.locked,
  SQLITE_LOCKED: m.locked,
};

/** Returns an `OperatorError` for an error that the operator can fix, and any other error unchanged. */
export function explainSqliteError(error: unknown, file: string): unknown {
  const message = BY_CODE[errorCode(error)];
  return message === undefined ? error : new OperatorError(message(file), { cause: error });
}
