import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { SqliteConnection } from '../../../src/store/sqlite/connection.js';
import { openStateStore } from '../../../src/store/state/open-state-store.js';
import { inFolder } from '../support/cast.js';
import { spawnChild } from '../support/spawn-child.js';

const script = new URL('./kill-child.ts', import.meta.url);
const KILLS = 3;

describe('a state store whose process is killed while it writes', () => {
  it(
    'has of each digest that it settled the rows and the moved cursor, and of none only one of them',
    { timeout: 60_000 },
    () =>
      inFolder(async (dir) => {
        const file = join(dir, 'state.db');
        for (let kill = 0; kill < KILLS; kill++) {
          const child = spawnChild([file], undefined, script);
          for (let i = 0; i < 1_000 && child.output().split('\n').length < 50; i++) await sleep(10);
          // Somewhere in a transaction, elsewhere each time.
          await sleep(kill * 7);
          child.kill();
          const told = (await child.ended)
            .split('\n')
            .slice(0, -1)
            .map((line) => line.split(' ').map(Number));
          expect(told.length).toBeGreaterThan(20);

          const store = await openStateStore({ file });
          for (let chatId = 7_000_000_000; chatId < 7_000_000_020; chatId++) {
            const cursor = (await store.subscriptions.get({ chatId, threadId: null }))?.cursor ?? NaN;
            const promised = Math.max(0, ...told.filter(([id]) => id === chatId).map(([, settled = 0]) => settled));
            expect(cursor).toBeGreaterThanOrEqual(promised);
            for (let settled = 1; settled <= cursor; settled++) {
              expect(
                (await store.ledger.countByStateWithPrefix(`digest:${String(chatId)}:${String(settled)}:`)).owed,
              ).toBe(2);
            }
            expect((await store.ledger.countByStateWithPrefix(`digest:${String(chatId)}:`)).owed).toBe(2 * cursor);
          }
          await store.close();
        }
        const connection = await SqliteConnection.open(file, 'read', 0);
        expect(await connection.all('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }]);
        await connection.close();
      }),
  );
});
