import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { OperatorError } from '../../../src/domain/errors.js';
import { DatabaseFile } from '../../../src/store/sqlite/database-file.js';
import { openSqliteStore } from '../../../src/store/notices/sqlite-notice-store.js';
import { SqliteConnection } from '../../../src/store/sqlite/connection.js';
import { stateMigrations } from '../../../src/store/state/migrations.js';
import { openStateStore } from '../../../src/store/state/open-state-store.js';
import type { StateTables } from '../../../src/store/state/rows.js';
import type { StateStore } from '../../../src/store/state-store.js';
import { inFolder } from '../support/cast.js';
import {
  at,
  claimedKeys,
  everyone,
  immediate,
  li,
  message,
  owed,
  reminder,
  school,
  subscription,
  announcedFact,
  wang,
} from './cast.js';
import { meet } from './with-store.js';

const inFile = (use: (file: string) => Promise<void>) => () => inFolder((dir) => use(join(dir, 'state.db')));

/** Runs statements on a file as a careless hand would. */
async function tamper(file: string, ...statements: readonly string[]): Promise<void> {
  const connection = await SqliteConnection.open(file, 'write', 1_000);
  for (const statement of statements) await connection.all(statement);
  await connection.close();
}

describe('opening a state file', () => {
  it(
    'finds all again when opened anew',
    inFile(async (file) => {
      const first = await openStateStore({ file });
      await meet(first, li);
      await first.subscriptions.put(subscription(li));
      await first.ledger.enqueue([owed('a', li)]);
      const salt = await first.questions.salt();
      await first.close();
      const second = await openStateStore({ file });
      expect(await second.subscriptions.ofChat(li)).toEqual([subscription(li)]);
      expect(await claimedKeys(second.ledger, at(0))).toEqual(['a']);
      expect(await second.questions.salt()).toBe(salt);
      await second.close();
    }),
  );

  it(
    'brings a file of the first version up to date, with all that it holds',
    inFile(async (file) => {
      const { 'state-0001': first } = stateMigrations;
      if (first === undefined) throw new Error('no first version');
      const old = await DatabaseFile.open<StateTables>({
        file,
        migrations: { 'state-0001': first },
        synchronous: 'full',
      });
      await old.close();
      const settings = JSON.stringify(subscription(li).settings);
      const instant = at(0);
      await tamper(
        file,
        `insert into chats (chat_id, type) values (${String(li)}, 'private')`,
        `insert into subscriptions (chat_id, mode, settings, cursor, next_at, last_at)
          values (${String(li)}, 'digest', '${settings}', 10, '${instant}', '${at(-86_400)}')`,
        `insert into ledger (key, kind, chat_id, message, ready_at, not_before, attempts)
          values ('a', 'digest', ${String(li)}, '{"html":"x","buttons":[]}', '${instant}', '${instant}', 3)`,
      );
      const store = await openStateStore({ file });
      expect(await store.subscriptions.ofChat(li)).toEqual([subscription(li)]);
      expect(await store.ledger.claim(at(0), 9)).toMatchObject([{ key: 'a', attempts: 3, refusals: 0 }]);
      await store.close();
    }),
  );

  it(
    'waits for the disk at every commit',
    inFile(async (file) => {
      // What a power cut would show, the one statement that asks for it must do.
      const run = vi.spyOn(SqliteConnection.prototype, 'run');
      const store = await openStateStore({ file });
      expect(run.mock.calls.map(([sql]) => sql).filter((sql) => sql.includes('synchronous'))).toEqual([
        'pragma synchronous = full',
      ]);
      run.mockRestore();
      await store.close();
    }),
  );

  it(
    'refuses a file of a newer version',
    inFile(async (file) => {
      await (await openStateStore({ file })).close();
      await tamper(file, `insert into kysely_migration (name, timestamp) values ('state-0099', '2030-01-01')`);
      await expect(openStateStore({ file })).rejects.toThrow(/由更新版本的程序写成（含未知的结构变更 state-0099）/);
    }),
  );

  it(
    'refuses the notices in the place of the state, and the state in that of the notices, and leaves them alone',
    inFile(async (file) => {
      await (await openSqliteStore({ file })).close();
      await (await openStateStore({ file: `${file}.state` })).close();
      const before = await Promise.all([readFile(file), readFile(`${file}.state`)]);
      await expect(openStateStore({ file })).rejects.toThrow('其他程序的数据库');
      await expect(openSqliteStore({ file: `${file}.state` })).rejects.toThrow(OperatorError);
      expect(await Promise.all([readFile(file), readFile(`${file}.state`)])).toEqual(before);
    }),
  );

  it(
    'says to all who wait that another process keeps the file, reads on, and writes when it is free',
    inFile(async (file) => {
      const store = await openStateStore({ file, busyTimeoutMs: 50 });
      const other = await SqliteConnection.open(file, 'write', 0);
      expect(await other.all('pragma journal_mode')).toEqual([{ journal_mode: 'wal' }]);
      await other.run('begin immediate');
      const writes = await Promise.allSettled([store.marks.set('a', '1'), store.marks.set('b', '2')]);
      for (const write of writes)
        expect(write).toMatchObject({ status: 'rejected', reason: expect.any(OperatorError) as unknown });
      expect(await store.marks.get('a')).toBeNull();
      await other.run('rollback');
      await store.marks.set('a', '3');
      expect(await store.marks.get('a')).toBe('3');
      await other.close();
      await store.close();
    }),
  );
});

describe('rows that cannot be read', () => {
  const inStore = (use: (store: StateStore, file: string, reports: string[]) => Promise<void>) =>
    inFile(async (file) => {
      const reports: string[] = [];
      const store = await openStateStore({ file, onUnreadableRow: (error) => reports.push(error.message) });
      await meet(store, ...everyone);
      await use(store, file, reports);
      await store.close();
    });

  it(
    'are passed over and reported once, and neither hide nor break the others',
    inStore(async ({ subscriptions, reminders, announcedFacts: table }, file, reports) => {
      for (const chat of [li, wang, school]) {
        await subscriptions.put(subscription(chat, { nextAt: at(chat === school ? 9 : 0) }));
        await reminders.put(reminder(chat, { nextAt: at(chat === school ? 9 : 0) }));
        await table.put([announcedFact(chat)]);
      }
      const others = `chat_id in (${String(li)}, ${String(wang)})`;
      await tamper(
        file,
        `update subscriptions set settings = '{"mode":"digest"' where ${others}`,
        `update reminders set days_before = '["1"]' where ${others}`,
        `update told set type = 'weather' where ${others}`,
      );
      for (let i = 0; i < 2; i++) {
        expect(await subscriptions.listDue(at(9), 0, 1)).toEqual([subscription(school, { nextAt: at(9) })]);
        expect((await reminders.listDue(at(9), 1)).map(({ chatId }) => chatId)).toEqual([school]);
        expect(await table.listByNotices(['exam'])).toEqual([announcedFact(school)]);
      }
      expect(await subscriptions.get(subscription(li))).toBeNull();
      expect(await subscriptions.replaceIfUnchanged(subscription(li), subscription(li), [])).toBe(false);
      expect(reports).toHaveLength(6);
      expect(reports[0]).toContain(file);
      expect(reports.join('\n')).toContain(`subscriptions.settings (chat ${String(li)}, thread 0)`);
      expect(reports.join('\n')).toContain('reminders (id 1)');
      // They are still there, and whoever subscribes anew mends his own.
      expect(await subscriptions.count()).toBe(3);
      await subscriptions.put(subscription(li, immediate));
      expect(await subscriptions.get(subscription(li))).toEqual(subscription(li, immediate));
    }),
  );

  it(
    'give way in the ledger to what waits behind them, with all they hold',
    inStore(async ({ ledger }, file, reports) => {
      await ledger.enqueue([owed('a', li), owed('b', wang), owed('c', school), owed('d', li)]);
      await tamper(
        file,
        `update ledger set message = '{"html":1,"buttons":[]}' where key = 'a'`,
        `update ledger set message = 'broken' where key = 'b'`,
      );
      expect(await claimedKeys(ledger, at(0), 1)).toEqual(['c']);
      expect(await claimedKeys(ledger, at(0))).toEqual(['d']);
      expect(await ledger.countByState()).toMatchObject({ owed: 0, claimed: 2, rejected: 2 });
      expect(reports).toHaveLength(2);
      expect(reports[1]).toContain('ledger.message (id 2, key b)');
      const connection = await SqliteConnection.open(file, 'read', 0);
      expect(await connection.all(`select message from ledger where key in ('a', 'b', 'd') order by key`)).toEqual([
        { message: '{"html":1,"buttons":[]}' },
        { message: 'broken' },
        { message: JSON.stringify(message) },
      ]);
      await connection.close();
    }),
  );
});
