import { createMemoryStore } from '../../../src/store/notices/memory-notice-store.js';
import { describeStore } from '../suite.js';

describeStore('memory store', () => {
  const store = createMemoryStore();
  return Promise.resolve({ store, dispose: () => store.close() });
});
