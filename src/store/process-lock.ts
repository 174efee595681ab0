import { join } from 'node:path';
import { errorCode, OperatorError } from '../domain/errors.js';
import { storeMessages as m } from '../messages/store.js';
import { SqliteConnection } from './sqlite/connection.js';
import { prepareFile } from './sqlite/database-file.js';
import { explainSqliteError } from './sqlite/errors.js';

/** How long to wait for the lock of a process that is just ending. */
const LOCK_TIMEOUT_MS = 1_000;

/**
 * What one process at a time does on a folder, with the message for the others. `index`: of two runs, the second would
 * work on what the first is replacing. `serve`: a second bot would take the claimed deliveries of the first for left
 * behind and send them again (`Ledger.recover`).
 */
const HELD_MESSAGES = { index: m.runHeld, serve: m.servedByAnother } as const;

/**
 * Acquires a lock on `dir` (created when missing), which one process of the machine holds at a time, and returns the
 * function that releases it. Throws an `OperatorError` when another holds it, and when the folder cannot be used.
 *
 * The lock is SQLite's exclusive lock on an empty file (`index.lock`, `serve.lock`), which the operating system
 * releases however the process ends; the file stays. A file that holds a pid would outlive its process, and after a
 * reboot or in a container name another one.
 */
export async function acquireProcessLock(dir: string, kind: keyof typeof HELD_MESSAGES): Promise<() => Promise<void>> {
  const file = join(dir, `${kind}.lock`);
  await prepareFile(file);
  let connection: SqliteConnection | undefined;
  try {
    connection = await SqliteConnection.open(file, 'write', LOCK_TIMEOUT_MS);
    await connection.run('begin exclusive');
  } catch (error) {
    await connection?.close();
    if (errorCode(error) === 'SQLITE_BUSY') throw new OperatorError(HELD_MESSAGES[kind](dir), { cause: error });
    throw explainSqliteError(error, file);
  }
  const held = connection;
  return () => held.close();
}
