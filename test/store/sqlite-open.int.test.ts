import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OperatorError } from '../../src/domain/errors.js';
import { SqliteConnection } from '../../src/store/sqlite/connection.js';
import { openSqliteStore } from '../../src/store/notices/sqlite-notice-store.js';
import { collect, course, exam, inFolder, roster } from './support/cast.js';

/** Runs statements on a file as another program would. */
async function tamper(file: string, ...statements: readonly string[]): Promise<void> {
  const connection = await SqliteConnection.open(file, 'write', 1_000);
  for (const statement of statements) await connection.all(statement);
  await connection.close();
}

async function failure(work: Promise<unknown>): Promise<OperatorError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(OperatorError);
  return error as OperatorError;
}

describe('opening a sqlite store', () => {
  const inStore = (use: (file: string, dir: string) => Promise<void>) => () =>
    inFolder((dir) => use(join(dir, 'bulletin.sqlite'), dir));

  it(
    'creates missing folders, and finds everything again when opened anew',
    inStore(async (_, dir) => {
      const file = join(dir, 'a', '数据', 'bulletin.sqlite');
      for (const [records, count] of [[[course, exam], 2] as const, [[roster], 3] as const]) {
        const store = await openSqliteStore({ file });
        await store.save(records);
        expect(await store.count()).toBe(count);
        await store.close();
      }
    }),
  );

  it(
    'leaves one whole file behind when closed, so that a copy of it is a backup',
    inStore(async (file, dir) => {
      const store = await openSqliteStore({ file });
      await store.save([course]);
      await store.close();
      expect(await readdir(dir)).toEqual(['bulletin.sqlite']);
      const copy = join(dir, 'copy.sqlite');
      await writeFile(copy, await readFile(file));
      const restored = await openSqliteStore({ file: copy });
      expect((await collect(restored)).map(({ notice }) => notice)).toEqual([course.notice]);
      await restored.close();
    }),
  );

  it(
    'refuses a file that is no database, and leaves it alone',
    inStore(async (file) => {
      const text = '2024年通知\n'.repeat(200);
      await writeFile(file, text);
      expect((await failure(openSqliteStore({ file }))).message).toContain(`${file} 不是数据库文件`);
      expect(await readFile(file, 'utf8')).toBe(text);
    }),
  );

  it(
    'takes an empty file for a new database',
    inStore(async (file) => {
      await writeFile(file, '');
      const store = await openSqliteStore({ file });
      expect(await store.count()).toBe(0);
      await store.close();
    }),
  );

  it(
    "refuses another program's database, and leaves it alone",
    inStore(async (file) => {
      await tamper(file, 'create table bookmarks (url text)');
      const before = await readFile(file);
      expect((await failure(openSqliteStore({ file }))).message).toContain('其他程序的数据库');
      expect((await readFile(file)).equals(before)).toBe(true);
    }),
  );

  it(
    'refuses a database of a newer version, and names the version',
    inStore(async (file) => {
      await (await openSqliteStore({ file })).close();
      await tamper(file, `insert into kysely_migration (name, timestamp) values ('0099-future', '2030-01-01')`);
      const { message } = await failure(openSqliteStore({ file }));
      expect(message).toContain(file);
      expect(message).toContain('0099-future');
      expect(message).toContain('升级');
    }),
  );

  it(
    'says so when the path is a folder, or leads through a file',
    inStore(async (file) => {
      await mkdir(file);
      expect((await failure(openSqliteStore({ file }))).message).toContain(`无法打开 ${file}`);
      await writeFile(join(file, 'plain'), '');
      const through = await failure(openSqliteStore({ file: join(file, 'plain', 'x.sqlite') }));
      expect(through.message).toMatch(/无法创建或使用文件夹 .*plain（(ENOTDIR|EEXIST)）/);
    }),
  );

  it(
    'says so when a page of the file is damaged',
    inStore(async (file) => {
      const store = await openSqliteStore({ file });
      await store.save([course, exam, roster]);
      await store.close();
      const bytes = await readFile(file);
      await writeFile(file, Buffer.concat([bytes.subarray(0, 4096), Buffer.alloc(bytes.length - 4096, 0x5a)]));
      const reading = openSqliteStore({ file }).then(async (opened) => {
        try {
          await collect(opened);
        } finally {
          await opened.close().catch(() => undefined);
        }
      });
      expect((await failure(reading)).message).toContain('已损坏');
    }),
  );

  it(
    'says which value cannot be read, and leaves out a fact of a kind it does not know',
    inStore(async (file) => {
      const store = await openSqliteStore({ file });
      await store.save([course, roster]);
      await tamper(file, `update facts set kind = 'weather' where notice_key = 1 and position = 0`);
      expect((await store.get([course.notice.id]))[0]?.facts).toEqual(course.facts.slice(1));
      await tamper(file, `update facts set value = '{"number":"x"}' where notice_key = 1 and position = 1`);
      expect((await store.get([course.notice.id]))[0]?.facts).toEqual(course.facts.slice(2));
      await tamper(file, `update notices set raw_attachments = '[1' where key = 2`);
      expect((await failure(store.get(['roster']))).message).toContain('notices.raw_attachments (key 2)');
      await store.close();
    }),
  );
});
