/**
 * A process that takes a lock, says 'held' and keeps it until it is killed, or says why it is refused.
 * Usage: lock-child.ts <folder> index | serve
 */
import { OperatorError } from '../../../src/domain/errors.js';
import { acquireProcessLock } from '../../../src/store/process-lock.js';

const [dir = '', kind] = process.argv.slice(2);

try {
  const release = await acquireProcessLock(dir, kind === 'serve' ? 'serve' : 'index');
  console.log('held');
  setInterval(() => release, 60_000);
} catch (error) {
  console.log(error instanceof OperatorError ? error.message : `other: ${String(error)}`);
}
