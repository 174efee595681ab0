import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LiveIndex } from '../../../src/index/live-index.js';
import { runIndex } from '../../../src/ingest/pipeline/index-run.js';
import {
  createIndexRunDependencies,
  createLiveIndexOptions,
  openStore,
  type RuntimeSettings,
} from '../../../src/bootstrap/index-dependencies.js';
import { loadProgramData } from '../../../src/bootstrap/program-data.js';
import { realAnalyser } from '../../support/real-analyser.js';
import { silent, startReindexProcess } from './reindexing.js';

const data = loadProgramData();

/**
 * Real child processes on a real data folder, killed at random moments from
 * the start to the last byte of the snapshot. Each reindex changes every
 * notice, so that old and new can be told apart in each of them.
 */
const NOTICES = 300;
/** `npm run soak:reindex` kills 20 times. */
const KILLS = Number(process.env['REINDEX_KILLS'] ?? 4);
/** Two at a time, on a folder each: the test runs on two cores. */
const LANES = 2;
/** Where a run is killed, and within how many milliseconds after it got there. */
const MOMENTS = [
  ['start', 600],
  ['saving', 60],
  ['indexing', 200],
  ['snapshot', 12],
] as const;
type Stage = (typeof MOMENTS)[number][0];

let folder: string;
let corpus: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bulletin-kill-'));
  corpus = await readFile(new URL('../../../data/sample-bulletin.txt', import.meta.url), 'utf8');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const mark = (edition: number): string => `edition${String(1000 + edition)}`;
/** A word that only one notice of one edition holds. */
const word = (edition: string, i: number): string => `${edition}n${String(i)}`;

/** One data folder and its source. */
class Lane {
  readonly #source: string;
  readonly #settings: RuntimeSettings;

  constructor(dir: string) {
    this.#source = `${dir}.jsonl`;
    const now = (): Date => new Date('2024-03-11T01:00:00Z');
    this.#settings = { dataDir: dir, sourceMaxBytes: 1 << 26, now, onRebuild: () => undefined };
  }

  async write(edition: number): Promise<void> {
    const line = (i: number): string => {
      const from = (i * 37) % 4000;
      const body = `${mark(edition)} ${word(mark(edition), i)}。${corpus.slice(from, from + 150)}`;
      return JSON.stringify({ id: `n${String(i)}`, title: `第${String(i)}号通知`, body });
    };
    await writeFile(this.#source, Array.from({ length: NOTICES }, (_, i) => line(i)).join('\n'));
  }

  async run(): Promise<void> {
    await runIndex([this.#source], { dryRun: false }, createIndexRunDependencies(data, this.#settings), silent);
  }

  /** Starts a run and kills it. Returns whether it was still running then. */
  async kill(stage: Stage, delayMs: number): Promise<boolean> {
    const seen = new Set<string>();
    const before = await this.leavings();
    const { dataDir, sourceMaxBytes } = this.#settings;
    const child = startReindexProcess({ dataDir, sourceMaxBytes, sources: [this.#source], dryRun: false }, (event) => {
      seen.add(event.kind === 'progress' ? event.stage : event.kind);
    });
    const over = child.ended.then(() => seen.add('gone'));
    const isReached = async (): Promise<boolean> => {
      if (stage === 'start') return true;
      return stage === 'snapshot' ? (await this.leavings()).some((name) => !before.includes(name)) : seen.has(stage);
    };
    while (!seen.has('gone') && !(await isReached())) await sleep(2);
    await sleep(delayMs);
    child.kill();
    await over;
    return (await child.ended).signal === 'SIGKILL';
  }

  async leavings(): Promise<string[]> {
    return (await readdir(this.#settings.dataDir)).filter((name) => name.endsWith('.tmp'));
  }

  /** The edition that is stored and found by the index: of all notices the same one. */
  async edition(): Promise<string> {
    const store = await openStore(this.#settings.dataDir);
    try {
      const stored = new Set<string>();
      for await (const { notice, facts } of store.all()) {
        stored.add(notice.body.split(' ')[0] ?? '');
        for (const { span } of facts) expect(span.end).toBeLessThanOrEqual(notice.body.length);
      }
      expect(stored.size).toBe(1);
      const [edition = ''] = stored;
      const { current } = await LiveIndex.open(createLiveIndexOptions(this.#settings, store, realAnalyser()));
      expect(current.storeRevision).toBe(await store.revision());
      expect([await store.count(), current.index.size, current.notices.size]).toEqual([NOTICES, NOTICES, NOTICES]);
      for (const [i, { sentences }] of [...current.notices.values()].entries()) {
        expect(sentences[0]).toMatch(new RegExp(`^${edition} ${word(edition, i)}。`));
        const hits = current.index.search([{ term: word(edition, i), weight: 1 }], 9);
        expect(hits.map(({ id }) => id)).toEqual([`n${String(i)}`]);
      }
      return edition;
    } finally {
      await store.close();
    }
  }
}

describe('a reindex that is killed', () => {
  it(`leaves, at any of ${String(KILLS)} moments, the old or the new notices, whole, with an index that fits them`, async () => {
    let [killed, renewed] = [0, 0];
    const lanes = Array.from({ length: LANES }, async (_, number) => {
      const lane = new Lane(join(folder, `data${String(number)}`));
      await lane.write(0);
      await lane.run();
      let present = 0;
      for (let edition = 1; edition <= KILLS / LANES; edition++) {
        const [stage, withinMs] = MOMENTS[(edition + number) % MOMENTS.length] ?? MOMENTS[0];
        const delayMs = Math.floor(Math.random() * withinMs);
        await lane.write(edition);
        if (await lane.kill(stage, delayMs)) killed++;
        const found = await lane.edition();
        expect([mark(present), mark(edition)], `killed ${String(delayMs)} ms after ${stage}`).toContain(found);
        if (found === mark(edition)) [present, renewed] = [edition, renewed + 1];
      }
      // Neither the lock nor the leavings of the dead stand in the way of the next run.
      await lane.write(0);
      await lane.run();
      expect(await lane.edition()).toBe(mark(0));
      expect(await lane.leavings()).toEqual([]);
    });
    await Promise.all(lanes);
    console.log(
      `reindex: ${String(killed)} of ${String(KILLS)} killed at work, ${String(renewed)} with the new notices stored`,
    );
    // Otherwise the moments came too late to show anything.
    expect(killed).toBeGreaterThan(KILLS / 2);
  }, 120_000);
});
