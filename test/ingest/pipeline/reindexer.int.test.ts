import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LiveIndex } from '../../../src/index/live-index.js';
import type { ReindexEvent, ReindexJob } from '../../../src/ingest/pipeline/reindex-protocol.js';
import { runReindexJob } from '../../../src/ingest/pipeline/reindex-child.js';
import {
  createReindexer,
  type Reindexer,
  type ReindexProcess,
  type ReindexResult,
  type StartReindexProcess,
} from '../../../src/ingest/pipeline/reindexer.js';
import { runIndex } from '../../../src/ingest/pipeline/index-run.js';
import { nameSources } from '../../../src/ingest/pipeline/configured-sources.js';
import {
  createIndexRunDependencies,
  createLiveIndexOptions,
  openStore,
  type RuntimeSettings,
} from '../../../src/bootstrap/index-dependencies.js';
import { loadProgramData } from '../../../src/bootstrap/program-data.js';
import type { NoticeStore, RunRecord } from '../../../src/store/notice-store.js';
import { acquireProcessLock } from '../../../src/store/process-lock.js';
import { endText } from '../../../src/telegram/admin/run-text.js';
import { realAnalyser } from '../../support/real-analyser.js';
import { silent, startReindexProcess } from './reindexing.js';

const data = loadProgramData();
const now = (): Date => new Date('2024-03-11T01:00:00Z');
const log = pino({ level: 'silent' });
const SUMMARY = {
  dryRun: false,
  files: 1,
  new: 1,
  changed: 0,
  unchanged: 0,
  newTitles: ['停水通知'],
  changedTitles: [],
  stored: 1,
  repairs: 0,
  masked: 0,
  suspicious: 0,
  problems: 0,
  problemTexts: [],
};

/** Processes that do what the test says. */
function stage(options: { stalledAfterMs?: number } = {}) {
  const started: { job: ReindexJob; tell: (event: ReindexEvent) => void; end: (signal?: string) => void }[] = [];
  const recorded: RunRecord[] = [];
  const refreshes: number[] = [];
  const startProcess: StartReindexProcess = (job, onEvent) => {
    let end: (signal?: string) => void = () => undefined;
    const ended: ReindexProcess['ended'] = new Promise((resolve) => {
      end = (signal) => {
        resolve({ code: signal === undefined ? 0 : null, signal: signal ?? null, stderr: '' });
      };
    });
    started.push({ job, tell: onEvent, end });
    return {
      ended,
      kill: () => {
        end('SIGKILL');
      },
    };
  };
  const reindexer = createReindexer({
    dataDir: 'data',
    sourceMaxBytes: 1000,
    startProcess,
    store: { recordRun: (run) => Promise.resolve(void recorded.push(run)) },
    refresh: () => Promise.resolve(refreshes.push(started.length)),
    log,
    now,
    ...options,
  });
  return { reindexer, started, recorded, refreshes };
}

const pages = nameSources(['/srv/pages', '/srv/more.txt']);

function finish(reindexer: Reindexer, dryRun = false): Promise<ReindexResult> {
  const begun = reindexer.start({ sources: pages, dryRun });
  if (begun.kind !== 'started') throw new Error(begun.kind);
  return begun.finished;
}

describe('the reindexer', () => {
  it('runs one process, takes over the index and tells what changed', async () => {
    const { reindexer, started, refreshes, recorded } = stage();
    const ending = finish(reindexer);
    expect(started[0]?.job).toEqual({
      dataDir: 'data',
      sourceMaxBytes: 1000,
      sources: ['/srv/pages', '/srv/more.txt'],
      dryRun: false,
    });
    started[0]?.tell({ kind: 'done', summary: SUMMARY });
    expect(refreshes).toEqual([]);
    started[0]?.end();
    expect(await ending).toEqual({ kind: 'done', summary: SUMMARY, ms: 0 });
    expect([refreshes, recorded, reindexer.running]).toEqual([[1], [], null]);
  });

  it('says to a second one how far the first is, and starts no second process', async () => {
    const { reindexer, started } = stage();
    const ending = finish(reindexer);
    started[0]?.tell({ kind: 'progress', stage: 'indexing', file: null, done: 3, total: 9 });
    const second = reindexer.start({ sources: pages, dryRun: true });
    expect(second).toMatchObject({
      kind: 'running',
      state: {
        dryRun: false,
        startedAt: '2024-03-11T01:00:00.000Z',
        progress: { stage: 'indexing', done: 3, total: 9 },
      },
    });
    expect(started).toHaveLength(1);
    started[0]?.tell({ kind: 'failed', message: '磁盘已满' });
    started[0]?.end();
    expect(await ending).toEqual({ kind: 'failed', message: '磁盘已满', saved: null, ms: 0 });
    expect(started).toHaveLength(1);
    expect(reindexer.start({ sources: pages, dryRun: false }).kind).toBe('started');
  });

  it('records the death of a process and makes the index fit what it had saved', async () => {
    const { reindexer, started, recorded, refreshes } = stage();
    const ending = finish(reindexer);
    started[0]?.end('SIGKILL');
    await expect.poll(() => started.length).toBe(2);
    expect(started[1]?.job).toMatchObject({ sources: [], dryRun: false });
    started[1]?.tell({ kind: 'done', summary: SUMMARY });
    started[1]?.end();
    expect(await ending).toMatchObject({ kind: 'failed', message: expect.stringContaining('SIGKILL') as string });
    expect(recorded).toMatchObject([{ outcome: 'failed', sources: ['/srv/pages', '/srv/more.txt'] }]);
    expect(refreshes).toEqual([2]);
  });

  it.each([
    ['answers from what a failed run had stored, and tells how much that is', { kind: 'done', summary: SUMMARY }, true],
    ['tells that it does not yet when the index cannot be made either', { kind: 'failed', message: '磁盘已满' }, false],
  ] as const)('%s', async (_, caughtUp, isIndexed) => {
    const { reindexer, started, recorded, refreshes } = stage();
    const ending = finish(reindexer);
    started[0]?.tell({ kind: 'saved', new: 2, changed: 1, refreshed: 0 });
    started[0]?.tell({ kind: 'failed', message: '磁盘已满' });
    started[0]?.end();
    await expect.poll(() => started.length).toBe(2);
    expect(started[1]?.job).toMatchObject({ sources: [], dryRun: false });
    started[1]?.tell(caughtUp);
    started[1]?.end();
    const end = await ending;
    const saved = { new: 2, changed: 1, refreshed: 0, isIndexed };
    expect(end).toMatchObject({ kind: 'failed', message: '磁盘已满', saved });
    expect([started.length, recorded, refreshes]).toEqual([2, [], [2]]);
    const text = endText(end, false);
    expect(text).toContain('新增 2，有变化 1');
    expect(text).not.toContain('没有变化');
    expect(text).toContain(isIndexed ? '用新的内容回答' : '先用旧索引回答');
  });

  it('neither records nor repairs anything after a dry run that died', async () => {
    const { reindexer, started, recorded, refreshes } = stage();
    const ending = finish(reindexer, true);
    started[0]?.end('SIGSEGV');
    expect((await ending).kind).toBe('failed');
    expect([started.length, recorded, refreshes]).toEqual([1, [], []]);
  });

  it('ends a process that has said nothing for too long', async () => {
    const { reindexer, started } = stage({ stalledAfterMs: 5 });
    const end = await finish(reindexer, true);
    expect(end).toMatchObject({ kind: 'failed', message: expect.stringContaining('没有进展') as string });
    expect(started).toHaveLength(1);
  });

  it('ends the run when the bot stops, and starts none any more', async () => {
    const { reindexer, started } = stage();
    const ending = finish(reindexer);
    await reindexer.close();
    expect(await ending).toMatchObject({ kind: 'failed', message: expect.stringContaining('停止') as string });
    expect(reindexer.start({ sources: pages, dryRun: false })).toEqual({ kind: 'stopping' });
    expect(started).toHaveLength(1);
  });
});

describe('an index run', () => {
  let folder: string;
  let source: string;
  let settings: RuntimeSettings;
  const opened: NoticeStore[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bulletin-reindex-'));
    source = join(folder, 'pages.jsonl');
    settings = { dataDir: join(folder, 'data'), sourceMaxBytes: 1 << 20, now, onRebuild: () => undefined };
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((store) => store.close()));
    await rm(folder, { recursive: true, force: true });
  });

  const write = (...notices: readonly { id: string; title: string; body: string }[]): Promise<void> =>
    writeFile(source, notices.map((notice) => JSON.stringify(notice)).join('\n'));
  const water = { id: 'water', title: '停水通知', body: '周一停水。' };
  const power = { id: 'power', title: '停电通知', body: '周二停电。' };
  /** With the analyser that this worker has loaded already. */
  const dependencies = () => ({
    ...createIndexRunDependencies(data, settings),
    indexOptions: (store: NoticeStore) => createLiveIndexOptions(settings, store, realAnalyser()),
  });
  const run = (dryRun = false, sources = [source]) => runIndex(sources, { dryRun }, dependencies(), silent);

  it('without writing anything says on a dry run just what the run then does', async () => {
    await write(water);
    await run();
    const files = await readdir(settings.dataDir);
    const snapshot = await readFile(join(settings.dataDir, 'index.snapshot'));
    await write({ ...water, body: '周三停水。' }, power);
    const { summary: preview } = await run(true);
    expect(preview).toMatchObject({ dryRun: true, new: 1, changed: 1, unchanged: 0, stored: 2 });
    expect([preview.newTitles, preview.changedTitles]).toEqual([['停电通知'], ['停水通知']]);
    expect(await readdir(settings.dataDir)).toEqual(files);
    expect(await readFile(join(settings.dataDir, 'index.snapshot'))).toEqual(snapshot);
    const store = await openStore(settings.dataDir);
    opened.push(store);
    expect([await store.count(), (await store.lastRuns(9)).length]).toEqual([1, 1]);
    expect((await run()).summary).toEqual({ ...preview, dryRun: false });
    expect(await store.count()).toBe(2);
  });

  it('says beforehand as afterwards that the same content says the same', async () => {
    const body = '报名时间为2024年3月11日至15日。咨询电话：022-83215136，联系人：王丽楠。';
    await write({ ...water, body });
    await run();
    for (const dryRun of [true, false]) {
      const { report } = await runIndex([source], { dryRun }, dependencies(), silent);
      expect(report.outcome).toEqual({ new: [], changed: [], refreshed: [], unchanged: 1 });
    }
  });

  it('names what could not be read, and keeps what is stored', async () => {
    await write(water);
    await run();
    const { summary } = await run(false, [join(folder, 'missing.txt')]);
    expect(summary).toMatchObject({ files: 0, new: 0, stored: 1, problems: 1 });
    expect(summary.problemTexts[0]).toContain('找不到');
  });

  it('records a failed run with its reason and leaves store and index as they were', async () => {
    await write(water);
    await run();
    const deps = dependencies();
    const broken = { ...deps, ingestion: (store: NoticeStore) => ({ ...deps.ingestion(store), extractFacts: fail }) };
    await write({ ...water, body: '周三停水。' });
    await expect(runIndex([source], { dryRun: false }, broken, silent)).rejects.toThrow('内存不足');
    const store = await openStore(settings.dataDir);
    opened.push(store);
    const [last] = await store.lastRuns(1);
    expect(last).toMatchObject({ outcome: 'failed', sources: [source], report: JSON.stringify({ error: '内存不足' }) });
    expect((await store.get(['water']))[0]?.notice.body).toBe('周一停水。');
    const release = await acquireProcessLock(settings.dataDir, 'index');
    await release();
  });

  it('tells what it stored when the index fails after it, which the next run makes good', async () => {
    await write(water);
    await run();
    const deps = dependencies();
    const broken = {
      ...deps,
      indexOptions: (store: NoticeStore) => ({
        ...deps.indexOptions(store),
        analyser: { ...realAnalyser(), terms: fail },
      }),
    };
    await write({ ...water, body: '周三停水。' }, power);
    const { dataDir, sourceMaxBytes } = settings;
    const job = { dataDir, sourceMaxBytes, sources: [source], dryRun: false };
    const events: ReindexEvent[] = [];
    const tell = (event: ReindexEvent): Promise<void> => Promise.resolve(void events.push(event));
    await runReindexJob(job, broken, tell);
    expect(events.filter(({ kind }) => kind !== 'progress')).toEqual([
      { kind: 'saved', new: 1, changed: 1, refreshed: 0 },
      { kind: 'failed', message: expect.stringContaining('内存不足') as string },
    ]);
    const store = await openStore(dataDir);
    opened.push(store);
    expect(await store.count()).toBe(2);
    await runReindexJob({ ...job, sources: [] }, dependencies(), tell);
    expect(events.at(-1)?.kind).toBe('done');
    const knowledge = await LiveIndex.open(createLiveIndexOptions(settings, store, realAnalyser()));
    expect(knowledge.current.index.search([{ term: '停电', weight: 1 }], 9).map(({ id }) => id)).toEqual(['power']);
  });

  it('in a process of its own is taken over by the index that answers; one that another holds up fails by name', async () => {
    await write(water);
    await run();
    const store = await openStore(settings.dataDir);
    opened.push(store);
    const knowledge = await LiveIndex.open(createLiveIndexOptions(settings, store, realAnalyser()));
    const { dataDir, sourceMaxBytes } = settings;
    const reindexer = createReindexer({
      dataDir,
      sourceMaxBytes,
      startProcess: startReindexProcess,
      store,
      refresh: () => knowledge.refresh(),
      log,
      now,
    });
    const sources = nameSources([source]);
    const end = async (): Promise<ReindexResult> => {
      const begun = reindexer.start({ sources, dryRun: false }, ({ progress }) => stages.add(progress?.stage ?? ''));
      return begun.kind === 'started' ? begun.finished : Promise.reject(new Error(begun.kind));
    };
    const stages = new Set<string>();
    await write({ ...water, body: '周三停水。' }, power);
    expect(await end()).toMatchObject({ kind: 'done', summary: { new: 1, changed: 1 } });
    expect([...stages]).toEqual(['reading', 'repairing', 'saving', 'indexing']);
    expect(knowledge.current.index.search([{ term: '停电', weight: 1 }], 9).map(({ id }) => id)).toEqual(['power']);
    expect(knowledge.current.storeRevision).toBe(await store.revision());

    const release = await acquireProcessLock(dataDir, 'index');
    expect(await end()).toMatchObject({ kind: 'failed', message: expect.stringContaining('另一次运行') as string });
    await release();
  });
});

function fail(): never {
  throw new Error('内存不足');
}
