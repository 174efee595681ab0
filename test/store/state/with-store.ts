import type { StateStore } from '../../../src/store/state-store.js';
import { at } from './cast.js';
import type { OpenState } from './suite.js';

/** A case over an empty store, which is gone afterwards. */
export type InStore = (use: (store: StateStore) => Promise<void>) => () => Promise<void>;

/** @param known chats that have said something, as all have of which anything is stored; none to begin with */
export function withStore(open: OpenState, known: readonly number[] = []): InStore {
  return (use) => async () => {
    const { store, dispose } = await open();
    try {
      await meet(store, ...known);
      await use(store);
    } finally {
      await dispose();
    }
  };
}

export async function meet({ chats }: Pick<StateStore, 'chats'>, ...chatIds: readonly number[]): Promise<void> {
  await Promise.all(chatIds.map((chatId) => chats.activate(chatId, chatId > 0 ? 'private' : 'group', at(0))));
}
