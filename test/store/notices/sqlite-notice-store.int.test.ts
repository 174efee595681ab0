import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../../src/store/notices/sqlite-notice-store.js';
import { describeStore } from '../suite.js';

describeStore('sqlite store', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'bulletin-store-'));
  const store = await openSqliteStore({ file: join(dir, 'bulletin.sqlite') });
  return {
    store,
    dispose: async () => {
      await store.close();
      await rm(dir, { recursive: true });
    },
  };
});
