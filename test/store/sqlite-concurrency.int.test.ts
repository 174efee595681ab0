import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { OperatorError } from '../../src/domain/errors.js';
import { SqliteConnection } from '../../src/store/sqlite/connection.js';
import { ConnectionDialect } from '../../src/store/sqlite/dialect.js';
import { explainSqliteError } from '../../src/store/sqlite/errors.js';
import { openSqliteStore } from '../../src/store/notices/sqlite-notice-store.js';
import { collect, exam, inFolder, many, record, roster } from './support/cast.js';

describe('sqlite store under load', { timeout: 30_000 }, () => {
  const inStore = (use: (file: string) => Promise<void>) => () => inFolder((dir) => use(join(dir, 'bulletin.sqlite')));

  it(
    'saves 20,000 small notices in reasonable time, and shows readers the old state until it is done',
    inStore(async (file) => {
      const store = await openSqliteStore({ file });
      await store.save([exam]);
      const started = performance.now();
      const progress = { saved: false };
      const saving = store.save(many(20_000, 200)).then(() => (progress.saved = true));
      const slowest = { ms: 0 };
      for (let reads = 0; reads < 10; reads++) {
        const asked = performance.now();
        expect(await store.count()).toBe(1);
        expect((await store.get(['exam']))[0]?.notice).toEqual(exam.notice);
        slowest.ms = Math.max(slowest.ms, performance.now() - asked);
      }
      expect(progress.saved).toBe(false);
      await saving;
      expect(performance.now() - started).toBeLessThan(15_000);
      expect(slowest.ms).toBeLessThan(2_000);
      expect(await store.count()).toBe(20_001);
      await store.close();
    }),
  );

  it(
    'lets two stores create one file at once and save into it in turns, each seeing what the other saved',
    inStore(async (file) => {
      const stores = await Promise.all([openSqliteStore({ file }), openSqliteStore({ file })]);
      const versions = Array.from({ length: 40 }, (_, i) => i);
      const outcomes = await Promise.all(
        stores.flatMap((store, s) =>
          versions.map((v) => store.save([record('shared', `第${String(s)}-${String(v)}版`), ...many(20, 10)])),
        ),
      );
      expect(outcomes.filter((outcome) => outcome.new.includes('shared'))).toHaveLength(1);
      for (const store of stores) {
        expect((await store.get(['shared']))[0]?.version).toBe(80);
        expect(await store.revision()).toBe(80);
        await store.close();
      }
    }),
  );

  it(
    'leaves the old state and stays usable when a save fails half-way',
    inStore(async (file) => {
      const store = await openSqliteStore({ file });
      await store.save([exam]);
      const revision = await store.revision();
      // A number that cannot be bound stands for anything that fails late.
      const broken = record('broken', '正文', [], { attachments: [{ kind: 'file', number: NaN, name: 'x' }] });
      await expect(store.save([record('exam', '改期'), ...many(150, 10), broken])).rejects.toThrow(TypeError);
      expect((await collect(store)).map(({ notice }) => notice)).toEqual([exam.notice]);
      expect(await store.revision()).toBe(revision);
      expect((await store.save([roster])).new).toEqual(['roster']);
      await store.close();
    }),
  );

  it(
    'finishes what was asked before it closes',
    inStore(async (file) => {
      const store = await openSqliteStore({ file });
      const saving = store.save(many(500, 50));
      const counting = store.count();
      await store.close();
      expect((await saving).new).toHaveLength(500);
      expect([0, 500]).toContain(await counting);
    }),
  );

  it(
    'says that another process keeps the file, reads on meanwhile, and saves when it is free again',
    inStore(async (file) => {
      const store = await openSqliteStore({ file, busyTimeoutMs: 100 });
      await store.save([exam]);
      const other = await SqliteConnection.open(file, 'write', 0);
      await other.run('begin immediate');
      await expect(store.save([roster])).rejects.toThrow(OperatorError);
      await expect(store.save([roster])).rejects.toThrow(`${file} 一直被其他进程占用`);
      expect(await store.count()).toBe(1);
      // Opening needs no lock when the tables are up to date.
      const second = await openSqliteStore({ file, busyTimeoutMs: 0 });
      expect(await second.count()).toBe(1);
      await second.close();
      await other.run('rollback');
      expect((await store.save([roster])).new).toEqual(['roster']);
      await other.close();
      await store.close();
    }),
  );

  it(
    'says that the disk is full, and has lost nothing',
    inStore(async (file) => {
      const connection = await SqliteConnection.open(file, 'write', 0);
      const db = new Kysely<{ t: { x: string } }>({
        dialect: new ConnectionDialect({ connection, begin: 'begin immediate' }),
      });
      await sql`create table t (x text)`.execute(db);
      await sql`pragma max_page_count = 10`.execute(db);
      const filling = db.transaction().execute(async (trx) => {
        for (;;)
          await trx
            .insertInto('t')
            .values({ x: 'x'.repeat(5_000) })
            .execute();
      });
      const error: unknown = await filling.catch((reason: unknown) => explainSqliteError(reason, file));
      expect(error).toBeInstanceOf(OperatorError);
      expect(String(error)).toContain(`磁盘已满，无法写入 ${file}`);
      expect(await db.selectFrom('t').selectAll().execute()).toEqual([]);
      expect((await db.insertInto('t').values({ x: 'y' }).executeTakeFirst()).numInsertedOrUpdatedRows).toBe(1n);
      await connection.close();
    }),
  );

  it(
    'refuses to bind what sqlite3 would silently turn into something else',
    inStore(async (file) => {
      const connection = await SqliteConnection.open(file, 'write', 0);
      for (const value of [1n, undefined, NaN, true, new Date(), {}]) {
        await expect(connection.all('select ?', [value])).rejects.toThrow(TypeError);
      }
      await connection.close();
    }),
  );

  it(
    'keeps no more prepared statements than it may, and each still works',
    inStore(async (file) => {
      const connection = await SqliteConnection.open(file, 'write', 0);
      for (let i = 0; i < 200; i++)
        expect(await connection.all(`select ? + ${String(i)} as n`, [1])).toEqual([{ n: i + 1 }]);
      expect(await connection.all('select ? + 0 as n', [5])).toEqual([{ n: 5 }]);
      await expect(connection.all('select x from nowhere')).rejects.toThrow('nowhere');
      await connection.close();
    }),
  );
});
