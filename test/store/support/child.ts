/**
 * A process of its own over one store, for what only a second process shows.
 * Usage: child.ts <file> open | save <prefix> <saves> | big
 */
import { OperatorError } from '../../../src/domain/errors.js';
import { openSqliteStore } from '../../../src/store/notices/sqlite-notice-store.js';
import { many, record } from './cast.js';

const [file = '', command = '', prefix = '', saves = '0'] = process.argv.slice(2);

try {
  const store = await openSqliteStore({ file });
  console.log('opened');
  if (command === 'save') {
    for (let i = 0; i < Number(saves); i++) {
      await store.save(Array.from({ length: 50 }, (_, n) => record(`${prefix}-${String(i)}-${String(n)}`, '正文')));
    }
  }
  if (command === 'big') await store.save(many(20_000, 2_000, '更正'));
  await store.close();
  console.log('closed');
} catch (error) {
  console.log(error instanceof OperatorError ? `operator: ${error.message}` : `other: ${String(error)}`);
}
