import { describe, expect, it } from 'vitest';
import { createRetentionStep, createRetentionDays, type PruneResult } from '../../src/operations/retention.js';
import { selectSources, nameSources } from '../../src/ingest/pipeline/configured-sources.js';
import { collectStatus, findLastRuns } from '../../src/operations/status.js';
import type { RunRecord } from '../../src/store/notice-store.js';
import { createMemoryStore } from '../../src/store/notices/memory-notice-store.js';
import type { LoggedQuestion } from '../../src/store/state-store.js';
import { notice } from '../support/texts.js';
import { newState } from '../support/state.js';

describe('sources', () => {
  const sources = nameSources(['/srv/pages', '/old/pages/', 'more.txt']);

  it('are called by number or name, and two of one name are told apart', () => {
    expect(sources.map(({ number, name }) => [number, name])).toEqual([
      [1, 'pages'],
      [2, 'pages (2)'],
      [3, 'more.txt'],
    ]);
    expect(selectSources(sources, '')).toEqual(sources);
    expect(selectSources(sources, '2')).toEqual([sources[1]]);
    expect(selectSources(sources, 'MORE.txt')).toEqual([sources[2]]);
  });

  it.each(['/etc/passwd', '/srv/pages', '../pages', '0', '4', 'pages/..', '02', 'toString'])(
    'do not include %s',
    (words) => {
      expect(selectSources(sources, words)).toBeNull();
    },
  );
});

const run = (sources: string[], outcome: RunRecord['outcome'], report: unknown): RunRecord => ({
  startedAt: '2024-03-11T01:00:00.000Z',
  endedAt: '2024-03-11T01:00:05.000Z',
  sources,
  outcome,
  report: typeof report === 'string' ? report : JSON.stringify(report),
});

describe('the status', () => {
  it('tells what is stored, indexed, owed and running, and how the last runs went', async () => {
    const store = createMemoryStore();
    const state = await newState();
    await store.save([{ notice: notice('1', '停水', '周一停水。'), facts: [] }]);
    await store.recordRun(run(['/a'], 'done', { outcome: { new: ['1'], changed: [], unchanged: 0 } }));
    await store.recordRun(run(['/a', '/b'], 'failed', { error: '磁盘已满' }));
    await state.chats.activate(1, 'private', '2024-03-11T00:00:00.000Z');
    const deps = {
      version: '1.2.3',
      startedAt: new Date('2024-03-11T00:00:00Z'),
      now: () => new Date('2024-03-11T01:30:00Z'),
      store,
      index: () => ({ storeRevision: 0, notices: new Map() }),
      running: () => null,
      state,
      memoryBytes: () => 5,
    };
    const status = await collectStatus(deps);
    expect(status).toMatchObject({
      upMs: 90 * 60_000,
      notices: 1,
      indexed: 0,
      indexFits: false,
      chats: { active: 1, inactive: 0 },
      deliveries: { owed: 0 },
      subscriptions: 0,
      calendarEnds: null,
      memoryBytes: 5,
    });
    expect(status.runs.map(({ result }) => result)).toEqual([
      { kind: 'failed', reason: '磁盘已满' },
      { kind: 'done', new: 1, changed: 0 },
    ]);
    const later = await collectStatus({ ...deps, now: () => new Date('2026-12-05T00:00:00Z') });
    expect(later.calendarEnds).toContain('2026');
    const last = await findLastRuns(['/a', '/b', '/c'], store);
    expect(last.map((line) => line?.result.kind ?? null)).toEqual(['failed', 'failed', null]);
  });

  it('can be told whatever stands in the record of a run', async () => {
    const store = createMemoryStore();
    for (const report of ['', '{"half', 'null', '{"outcome":7}']) await store.recordRun(run(['/a'], 'done', report));
    expect((await findLastRuns(['/a'], store))[0]?.result).toEqual({ kind: 'done', new: 0, changed: 0 });
  });
});

describe('retention', () => {
  const question = (at: string): LoggedQuestion => ({
    at,
    userHash: 'u',
    chatHash: 'c',
    question: '食堂电话',
    kind: 'none',
    reason: 'unsupported',
    intent: 'contact',
    noticeId: null,
    confidence: 0,
  });

  it('deletes questions older than the days of the settings, once a day in Shanghai', async () => {
    const state = await newState();
    let now = new Date('2024-03-11T15:00:00Z');
    const step = createRetentionStep(state, createRetentionDays(90), () => now);
    await state.questions.log(question('2023-12-12T14:59:59.000Z'));
    const kept = await state.questions.log(question('2023-12-12T15:00:01.000Z'));
    expect(await step()).toEqual({ kind: 'done', rows: 1 });
    expect((await state.questions.listUnresolved(9)).map(({ id }) => id)).toEqual([kept]);
    now = new Date('2024-03-11T15:59:59Z');
    expect(await step()).toBeNull();
    now = new Date('2024-03-11T16:00:00Z');
    expect(await step()).toEqual({ kind: 'done', rows: 1 });
    // As after a restart.
    expect(await createRetentionStep(state, createRetentionDays(90), () => now)()).toBeNull();
  });

  /** The days from that one on; asked twice a day, as every hour in earnest. */
  async function daily(step: () => Promise<PruneResult | null>, set: (now: Date) => void, from: string, days: number) {
    const kinds: (string | undefined)[] = [];
    for (let day = 0; day < days; day += 1) {
      for (const hour of [1, 13]) {
        set(new Date(Date.parse(from) + (day * 24 + hour) * 3_600_000));
        kinds.push((await step())?.kind);
      }
    }
    return kinds.filter((kind) => kind !== undefined);
  }

  async function stage() {
    const state = await newState();
    const clock = { now: new Date('2024-03-11T01:00:00Z') };
    const step = () => createRetentionStep(state, createRetentionDays(90), () => clock.now)();
    await step();
    const kept = await state.questions.log(question('2024-03-11T01:00:00.000Z'));
    const stored = async (): Promise<boolean> => (await state.questions.get(kept)) !== null;
    const set = (now: Date): void => {
      clock.now = now;
    };
    return { state, step, stored, set };
  }

  it('deletes nothing by a clock that is a year ahead for a day', async () => {
    const { state, step, stored, set } = await stage();
    expect(await daily(step, set, '2025-03-11T00:00:00Z', 2)).toEqual(['put-off', 'put-off']);
    expect(await stored()).toBe(true);
    expect(await daily(step, set, '2024-03-13T00:00:00Z', 2)).toEqual(['done', 'done']);
    expect(await stored()).toBe(true);
    // The next time is a new one.
    expect(await daily(step, set, '2026-03-11T00:00:00Z', 1)).toEqual(['put-off']);
    expect(await state.marks.get('pruned-on')).toBe('2024-03-14');
  });

  it('deletes what is due a week after a bot that was off for long is back, and then daily', async () => {
    const { step, stored, set } = await stage();
    expect(await daily(step, set, '2024-07-01T00:00:00Z', 9)).toEqual([
      ...Array.from({ length: 7 }, () => 'put-off'),
      'done',
      'done',
    ]);
    expect(await stored()).toBe(false);
  });

  it('does not wait after a holiday', async () => {
    const { step, set } = await stage();
    expect(await daily(step, set, '2024-03-21T00:00:00Z', 1)).toEqual(['done']);
  });
});
