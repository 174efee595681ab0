import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NoticeRecord, NoticeStore, RunRecord } from '../../src/store/notice-store.js';
import { collect, course, exam, many, record, roster } from './support/cast.js';

/** What every `NoticeStore` does, whatever stands behind it. `open` gives an empty store. */
export function describeStore(
  name: string,
  open: () => Promise<{ store: NoticeStore; dispose: () => Promise<void> }>,
): void {
  describe(name, () => {
    let store: NoticeStore;
    let dispose: () => Promise<void>;
    beforeEach(async () => {
      ({ store, dispose } = await open());
    });
    afterEach(() => dispose());

    const key = async (id: string) => (await store.get([id]))[0]?.key ?? NaN;
    const versions = async () => (await collect(store)).map(({ notice, version }) => [notice.id, version]);

    it('is empty when new', async () => {
      expect(await store.count()).toBe(0);
      expect(await collect(store)).toEqual([]);
      expect(await store.get(['x'])).toEqual([]);
      expect(await store.get([])).toEqual([]);
      expect(await store.getByKey(1)).toBeNull();
      expect(await store.lastRuns(5)).toEqual([]);
    });

    it('gives back a record exactly as it was saved', async () => {
      await store.save([exam, course]);
      expect(await store.get([course.notice.id])).toEqual([
        { ...course, key: await key(course.notice.id), version: 1 },
      ]);
      expect(await store.getByKey(await key('exam'))).toEqual({ ...exam, key: await key('exam'), version: 1 });
    });

    it('tells new, changed and unchanged apart, in the order of the records', async () => {
      expect(await store.save([roster, course])).toEqual({
        new: ['roster', course.notice.id],
        changed: [],
        refreshed: [],
        unchanged: 0,
      });
      expect(await store.save([exam, course, record('roster', '名单已更正。')])).toEqual({
        new: ['exam'],
        changed: ['roster'],
        refreshed: [],
        unchanged: 1,
      });
      expect(await versions()).toEqual([
        ['roster', 2],
        [course.notice.id, 1],
        ['exam', 1],
      ]);
    });

    it('gives new keys in the order of the records, and never another key to a notice', async () => {
      await store.save(many(250, 8));
      const before = await collect(store);
      expect(before.map(({ notice }) => notice.id)).toEqual(many(250, 8).map(({ notice }) => notice.id));
      await store.save([...many(250, 8, '更正'), exam]);
      const after = await collect(store);
      expect(after.slice(0, 250).map((stored) => stored.key)).toEqual(before.map((stored) => stored.key));
      expect(await key('exam')).toBe(Math.max(...before.map((stored) => stored.key)) + 1);
    });

    it('replaces all of a changed record, lists included', async () => {
      await store.save([course]);
      const corrected = record(course.notice.id, '已更正。', [], { column: null });
      await store.save([corrected]);
      expect(await collect(store)).toEqual([{ ...corrected, key: await key(course.notice.id), version: 2 }]);
    });

    it('counts an old content that comes back as a change', async () => {
      for (const body of ['甲', '乙', '甲']) await store.save([record('x', body)]);
      expect(await versions()).toEqual([['x', 3]]);
    });

    it('lets an unchanged record leave no trace, even when something outside the content hash differs', async () => {
      await store.save([course]);
      const revision = await store.revision();
      const received: NoticeRecord = { ...course, notice: { ...course.notice, url: null } };
      expect(await store.save([received])).toEqual({ new: [], changed: [], refreshed: [], unchanged: 1 });
      expect(await store.revision()).toBe(revision);
      expect((await store.get([course.notice.id]))[0]?.notice.url).toBe(course.notice.url);
    });

    it('refreshes facts that are extracted better from the same content, without a new version', async () => {
      await store.save([course, exam]);
      const revision = await store.revision();
      const better = { ...course, facts: course.facts.slice(1) };
      expect(await store.save([better, exam])).toEqual({
        new: [],
        changed: [],
        refreshed: [course.notice.id],
        unchanged: 2,
      });
      expect(await store.get([course.notice.id])).toEqual([
        { ...better, key: await key(course.notice.id), version: 1 },
      ]);
      expect(await store.revision()).toBe(revision + 1);
      await store.save([better, exam]);
      expect(await store.revision()).toBe(revision + 1);
    });

    it('takes the last of several records of one id, and counts it once', async () => {
      const outcome = await store.save([record('x', '旧'), exam, record('x', '新')]);
      expect(outcome).toEqual({ new: ['x', 'exam'], changed: [], refreshed: [], unchanged: 0 });
      expect((await store.get(['x']))[0]).toMatchObject({ version: 1, notice: { body: '新' } });
      expect(await store.save([record('x', '别的'), record('x', '新')])).toEqual({
        new: [],
        changed: [],
        refreshed: [],
        unchanged: 1,
      });
    });

    it('grows its revision once a save that changed something, and not otherwise', async () => {
      const seen = [await store.revision()];
      for (const records of [[exam, roster], [], [exam], [record('exam', '改期。')]]) {
        await store.save(records);
        seen.push(await store.revision());
      }
      const [start = NaN] = seen;
      expect(seen.map((revision) => revision - start)).toEqual([0, 1, 1, 1, 2]);
    });

    it('gets the wanted notices in order of key, each once, and leaves out what it has not', async () => {
      await store.save(many(1_100, 8));
      const ids = many(1_100, 8).map(({ notice }) => notice.id);
      const got = await store.get(['missing', ...ids.toReversed(), 'n5']);
      expect(got.map(({ notice }) => notice.id)).toEqual(ids);
      expect(await store.count()).toBe(1_100);
    });

    it('reads all over page borders, each notice with its own facts', async () => {
      const records = many(1_000, 8);
      await store.save(records);
      expect((await collect(store)).map(({ notice, facts }) => ({ notice, facts }))).toEqual(records);
      await store.save([exam]);
      expect(await collect(store)).toHaveLength(1_001);
    });

    it('knows no notice under a key that is none', async () => {
      await store.save([exam]);
      for (const none of [0, -1, 1.5, NaN, Infinity, 2 ** 60]) expect(await store.getByKey(none)).toBeNull();
    });

    it('knows its newest key, and what came after a key', async () => {
      expect(await store.newestKey()).toBe(0);
      expect(await store.after(0, 10)).toEqual([]);
      await store.save([course, exam, roster]);
      await store.save([record(course.notice.id, '已更正。')]);
      expect(await store.newestKey()).toBe(await key('roster'));
      const idsAfter = async (above: number, limit: number) =>
        (await store.after(above, limit)).map(({ notice }) => notice.id);
      expect(await idsAfter(0, 2)).toEqual([course.notice.id, 'exam']);
      expect(await idsAfter(await key('exam'), 2)).toEqual(['roster']);
      expect(await idsAfter(await key('roster'), 2)).toEqual([]);
      for (const none of [0, -1]) expect(await idsAfter(0, none)).toEqual([]);
    });

    it('finds the notices with a period that starts or ends on given days, the newest of too many', async () => {
      const stating = (id: string, start: string | null, end: string | null): NoticeRecord =>
        record(id, '公示。', [
          {
            kind: 'period',
            type: 'publicity',
            label: '公示',
            start: start === null ? null : { date: start, time: null },
            end: end === null ? null : { date: end, time: '17:00' },
            yearInferred: false,
            workingDays: null,
            span: { start: 0, end: 3 },
            at: { start: 0, end: 2 },
          },
        ]);
      await store.save([
        stating('ends', '2024-03-01', '2024-03-10'),
        stating('around', '2024-03-01', '2024-03-31'),
        stating('starts', '2024-03-12', null),
        stating('month', '2024-03', '2024-03'),
        stating('open', null, '2024-03-13'),
        exam,
      ]);
      const found = async (from: string, to: string, limit = 9) =>
        (await store.withPeriods(from, to, limit)).map(({ notice }) => notice.id);
      expect(await found('2024-03-10', '2024-03-12')).toEqual(['ends', 'starts']);
      expect(await found('2024-03-10', '2024-03-31')).toEqual(['ends', 'around', 'starts', 'open']);
      expect(await found('2024-03-10', '2024-03-31', 2)).toEqual(['starts', 'open']);
      expect(await found('2024-03-14', '2024-03-30')).toEqual([]);
      for (const none of [0, -1]) expect(await found('2024-03-10', '2024-03-31', none)).toEqual([]);
      expect((await store.withPeriods('2024-03-13', '2024-03-13', 1))[0]).toEqual((await store.get(['open']))[0]);
    });

    it('takes an id and a text for data, never for SQL', async () => {
      const hostile = record(`'; drop table notices; --`, `"') or 1=1`);
      await store.save([hostile, exam]);
      expect((await store.get([hostile.notice.id])).map(({ notice }) => notice)).toEqual([hostile.notice]);
      expect(await store.get([`' or '1'='1`])).toEqual([]);
    });

    it('does saves that are asked for at once one after the other', async () => {
      const bodies = Array.from({ length: 20 }, (_, i) => `第${String(i)}版`);
      const outcomes = await Promise.all(bodies.map((body) => store.save([record('x', body)])));
      expect(outcomes.map((outcome) => outcome.new.length)).toEqual(bodies.map((_, i) => (i === 0 ? 1 : 0)));
      expect((await store.get(['x']))[0]).toMatchObject({ version: 20, notice: { body: '第19版' } });
    });

    it('keeps the state from what the caller does to a record afterwards', async () => {
      const facts = [...roster.facts];
      const saving = store.save([{ ...roster, facts }]);
      await saving;
      facts.pop();
      expect((await store.get(['roster']))[0]?.facts).toEqual(roster.facts);
    });

    it('remembers runs, the latest first', async () => {
      const run = (hour: number, outcome: RunRecord['outcome']): RunRecord => ({
        startedAt: `2024-03-11T0${String(hour)}:00:00.000Z`,
        endedAt: `2024-03-11T0${String(hour)}:00:09.500Z`,
        sources: ['公示公告', 'b,"c"'],
        outcome,
        report: '{"new":1}',
      });
      for (const hour of [1, 2, 3]) await store.recordRun(run(hour, hour === 2 ? 'failed' : 'done'));
      expect(await store.lastRuns(2)).toEqual([run(3, 'done'), run(2, 'failed')]);
      expect(await store.lastRuns(9)).toHaveLength(3);
      for (const none of [0, -1]) expect(await store.lastRuns(none)).toEqual([]);
    });

    it('closes twice, and then refuses every call', async () => {
      await store.save([exam]);
      await Promise.all([store.close(), store.close()]);
      await store.close();
      const calls = [
        () => store.save([]),
        () => store.get(['exam']),
        () => store.getByKey(1),
        () => collect(store),
        () => store.count(),
        () => store.newestKey(),
        () => store.after(0, 1),
        () => store.withPeriods('2024-03-01', '2024-03-02', 1),
        () => store.revision(),
        () => store.lastRuns(1),
        () => store.recordRun({ startedAt: '', endedAt: '', sources: [], outcome: 'done', report: '' }),
      ];
      for (const call of calls) await expect(call()).rejects.toThrow('存储已关闭');
    });
  });
}
