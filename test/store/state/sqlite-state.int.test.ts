import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStateStore } from '../../../src/store/state/open-state-store.js';
import { describeStateStore } from './suite.js';

describeStateStore('state in SQLite', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'bulletin-state-'));
  const store = await openStateStore({
    file: join(dir, 'state.db'),
    onUnreadableRow: (error) => {
      throw error;
    },
  });
  return {
    store,
    dispose: async () => {
      await store.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
});
