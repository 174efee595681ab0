import { join } from 'node:path';
import { OperatorError } from '../domain/errors.js';
import { storeMessages as m } from '../messages/store.js';
import { errorCode } from './error-code.js';
import { SqliteConnection } from './sqlite-connection.js';
import { explainSqliteError } from './sqlite-errors.js';

/** One that is just ending gets so long. */
const PATIENCE_MS = 1_000;

/**
 * Takes the right to be the one process that serves from `dir`, which must
 * exist, and returns what gives it back. Throws an `OperatorError` when another
 * has it: what one bot is sending, another that starts would take for left
 * behind and send again (`Ledger.recover`).
 *
 * The lock is SQLite's on an empty file, so that the system lets go of it
 * however the process ends; a file that names a process would outlive it, and
 * after a reboot name another.
 */
export async function becomeSoleProcess(dir: string): Promise<() => Promise<void>> {
  const file = join(dir, 'serve.lock');
  let connection: SqliteConnection | undefined;
  try {
    connection = await SqliteConnection.open(file, 'write', PATIENCE_MS);
    await connection.run('begin exclusive');
  } catch (error) {
    await connection?.close();
    if (errorCode(error) === 'SQLITE_BUSY') throw new OperatorError(m.servedByAnother(dir), { cause: error });
    throw explainSqliteError(error, file);
  }
  const held = connection;
  return () => held.close();
}
