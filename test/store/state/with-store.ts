import type { StateStore } from '../../../src/store/state-store.js';
import type { OpenState } from './suite.js';

/** A case over an empty store, which is gone afterwards. */
export type InStore = (use: (store: StateStore) => Promise<void>) => () => Promise<void>;

export function withStore(open: OpenState): InStore {
  return (use) => async () => {
    const { store, dispose } = await open();
    try {
      await use(store);
    } finally {
      await dispose();
    }
  };
}
