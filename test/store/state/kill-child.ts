/**
 * A process that settles digests of 20 chats as fast as it can, several at once,
 * until it is killed. Prints each that is settled. Usage: kill-child.ts <file>
 */
import { openStateStore } from '../../../src/store/state/open-state-store.js';
import { at, owed, subscription } from './cast.js';

const [file = ''] = process.argv.slice(2);
const store = await openStateStore({ file });
const chats = Array.from({ length: 20 }, (_, i) => 7_000_000_000 + i);

await Promise.all(
  chats.map(async (chatId) => {
    const address = { chatId, threadId: null };
    await store.chats.activate(chatId, 'private', at(0));
    if ((await store.subscriptions.get(address)) === null)
      await store.subscriptions.put(subscription(chatId, { cursor: 0 }));
    for (;;) {
      const before = await store.subscriptions.get(address);
      if (before === null) throw new Error('a subscription is lost');
      const cursor = before.cursor + 1;
      const keys = [0, 1].map((part) => `digest:${String(chatId)}:${String(cursor)}:${String(part)}`);
      const isSettled = await store.subscriptions.replaceIfUnchanged(
        before,
        { ...before, cursor, nextAt: at(cursor) },
        keys.map((key) => owed(key, chatId)),
      );
      if (!isSettled) throw new Error('nobody else settles');
      console.log(`${String(chatId)} ${String(cursor)}`);
    }
  }),
);
