import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openAdministration } from '../../src/bootstrap/admin-services.js';
import { LiveIndex } from '../../src/index/live-index.js';
import { runIndex } from '../../src/ingest/pipeline/index-run.js';
import {
  createIndexRunDependencies,
  createLiveIndexOptions,
  openStore,
} from '../../src/bootstrap/index-dependencies.js';
import { loadProgramData } from '../../src/bootstrap/program-data.js';
import { readConfig } from '../../src/bootstrap/config.js';
import { Liveness, livenessDeadlines } from '../../src/operations/health.js';
import { newState } from '../support/state.js';
import { silent } from '../ingest/pipeline/reindexing.js';
import { realAnalyser } from '../support/real-analyser.js';
import { memoryLog } from '../support/memory-log.js';

const data = loadProgramData();
const DAY_MS = 86_400_000;

describe('the administration', () => {
  it('stands on what is stored: the status, the last runs, the beat of the last run, and the daily deletion', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bulletin-administration-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const source = join(folder, 'pages.jsonl');
    await writeFile(source, JSON.stringify({ id: '1', title: '停水通知', body: '周一停水。' }));
    const config = readConfig({ DATA_DIR: join(folder, 'data'), SOURCES: `${source};${folder}/none`, ADMIN_IDS: '5' });
    let time = new Date('2026-11-26T00:00:00Z');
    const settings = { ...config, now: () => time, onRebuild: () => undefined };
    const store = await openStore(config.dataDir);
    onTestFinished(() => store.close());
    const options = createLiveIndexOptions(settings, store, realAnalyser());
    await runIndex(
      [source],
      { dryRun: false },
      { ...createIndexRunDependencies(data, settings), indexOptions: () => options },
      silent,
    );
    const state = await newState();
    const log = memoryLog();
    const heart = new Liveness(livenessDeadlines({ polls: false, plans: false, ingestMaxAgeHours: 1 }), settings.now);
    const administration = await openAdministration({
      config,
      version: '1.2.3',
      environment: {},
      store,
      state,
      liveIndex: await LiveIndex.open(options),
      refresh: () => Promise.resolve(),
      analyser: realAnalyser(),
      vocabulary: data.vocabulary,
      liveness: heart,
      metrics: { reindexed: () => undefined },
      onQueued: () => undefined,
      log: log.log,
      now: settings.now,
    });
    const { services } = administration;
    expect(await services.status()).toMatchObject({ notices: 1, indexed: 1, indexFits: true, version: '1.2.3' });
    expect((await services.lastRuns()).map((run) => run?.result ?? null)).toEqual([
      { kind: 'done', new: 1, changed: 0 },
      null,
    ]);
    expect([services.access.isAdmin(5), services.access.isAdmin(6)]).toEqual([true, false]);
    expect(heart.health().checks[0]?.lastSuccess).toBeNull();
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    administration.start();
    await expect.poll(() => heart.health().checks[0]?.lastSuccess).toBe((await store.lastRuns(1))[0]?.endedAt);
    await expect.poll(() => state.marks.get('pruned-on')).not.toBeNull();
    // The process runs on while the years of its calendar end.
    const warnings = (): string[] => log.lines().flatMap(({ level, msg }) => (level === 40 ? [msg] : []));
    expect(warnings()).toEqual([]);
    time = new Date('2026-12-02T00:00:00Z');
    vi.advanceTimersByTime(DAY_MS);
    await expect.poll(warnings).toEqual([expect.stringContaining('2026')]);
    await administration.close();
  });
});
