import { join } from 'node:path';
import { OperatorError } from '../domain/errors.js';
import { storeMessages as m } from '../messages/store.js';
import { errorCode } from './error-code.js';
import { SqliteConnection } from './sqlite/connection.js';
import { explainSqliteError } from './sqlite/errors.js';

/** How long to wait for the lock of a process that is just ending. */
const LOCK_TIMEOUT_MS = 1_000;

/**
 * Acquires the lock for serving from `dir`, which must exist, and returns the function that releases it. Throws an
 * `OperatorError` when another process holds it: a second bot would take the claimed deliveries of the first for left
 * behind and send them again (`Ledger.requeueClaimed`).
 *
 * The lock is SQLite's exclusive lock on an empty file, which the operating system releases however the process ends. A
 * file that holds a pid would outlive its process, and after a reboot name another process.
 */
export async function acquireServeLock(dir: string): Promise<() => Promise<void>> {
  const file = join(dir, 'serve.lock');
  let connection: SqliteConnection | undefined;
  try {
    connection = await SqliteConnection.open(file, 'write', LOCK_TIMEOUT_MS);
    await connection.run('begin exclusive');
  } catch (error) {
    await connection?.close();
    if (errorCode(error) === 'SQLITE_BUSY') throw new OperatorError(m.servedByAnother(dir), { cause: error });
    throw explainSqliteError(error, file);
  }
  const held = connection;
  return () => held.close();
}
