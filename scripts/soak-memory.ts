/**
 * Load test of memory: runs the whole bot for 24 hours, its clock moved an hour at a time; its heap after a collection
 * must not grow. First compares its throughput with that of an echo bot on the same fake server: with Telegram's
 * limits, as in operation, and without, which shows the cost of an answer. Takes about six minutes.
 *
 * Usage: npm run soak:memory [-- <hours>]
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { runIndex } from '../src/ingest/pipeline/index-run.js';
import { createIndexRunDependencies } from '../src/bootstrap/index-dependencies.js';
import { loadProgramData } from '../src/bootstrap/program-data.js';
import { dataFiles } from '../src/bootstrap/data-files.js';
import { TELEGRAM_LIMITS } from '../src/notify/delivery/rate-limiter.js';
import { silent } from '../test/ingest/pipeline/reindexing.js';
import { FakeBotApi } from '../test/support/fake-bot-api.js';
import type { Memory, Order, Start } from './soak/bot-child.js';

const TOKEN = '4839574812:AAFD39kkdpWt3ywyRZergyOLMaJhac60qcK';
const HOURS = Number(process.argv[2] ?? 24);
const HOUR_MS = 3_600_000;
/** Midnight in Shanghai; the sample's notices are of the days before. */
const START_MS = Date.parse('2024-03-10T16:00:00Z');
const CHATS = 400;
const SUBSCRIBERS = 100;
/** Enough to fill the largest bounded map, the 5,000 messages whose pages can be turned, by noon. */
const QUESTIONS_AN_HOUR = 900;
const QUESTIONS = [
  '职业教育在线精品课程的公示时间到哪天？',
  '督导评估的举报电话是多少？',
  '创优赋能建设项目公示多少天？',
  '火星上有没有水？',
  '啥时候截止',
  '电话多少',
  '最近有什么公示',
  '/latest',
  '/deadlines',
  '/digest',
];
/** Hours until all bounded maps are full: after that, only unbounded ones can grow. */
const WARM_HOURS = Math.max(1, Math.floor(HOURS / 2));
const MAX_GROWTH = 0.03;
const NO_LIMITS = { perSecond: 10_000, perChatPerSecond: 10_000, perGroupPerMinute: 10_000 };
/** Number of updates per measurement. */
const RUN = { limited: 600, unlimited: 2000 };
type Mode = keyof typeof RUN;

function startBot(start: Start): ChildProcess {
  const entry = fileURLToPath(new URL('./soak/bot-child.ts', import.meta.url));
  return fork(entry, [JSON.stringify(start)], { execArgv: ['--expose-gc', '--import', 'tsx'] });
}

const order = (bot: ChildProcess, message: Order): void => void bot.send(message);

async function stopBot(bot: ChildProcess): Promise<void> {
  const gone = once(bot, 'exit');
  order(bot, { order: 'stop' });
  await gone;
}

async function memoryOf(bot: ChildProcess): Promise<Memory> {
  const reply = once(bot, 'message');
  order(bot, { order: 'memory' });
  const [memory] = (await reply) as [Memory];
  return memory;
}

/** Waits until nothing was sent for 1.5 seconds. */
async function waitUntilQuiet(api: FakeBotApi): Promise<void> {
  for (let before = -1; before !== api.sentTotal;) {
    before = api.sentTotal;
    await sleep(1500);
  }
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const mib = (bytes: number): string => (bytes / 1024 / 1024).toFixed(1);

async function soak(dataDir: string): Promise<boolean> {
  const api = await FakeBotApi.start({ token: TOKEN, username: 'bulletin_bot', keepCalls: 2000 });
  const bot = startBot({
    kind: 'bulletin',
    dataDir,
    token: TOKEN,
    apiRoot: api.root,
    startMs: START_MS,
    limits: NO_LIMITS,
  });
  for (let chat = 1; chat <= SUBSCRIBERS; chat += 1) api.userSays(chat, '/subscribe');
  await api.waitFor(SUBSCRIBERS * 2, 120_000);
  const heaps: number[] = [];
  let asked = 0;
  for (let hour = 0; hour < HOURS; hour += 1) {
    order(bot, { order: 'clock', ms: START_MS + hour * HOUR_MS });
    for (let i = 0; i < QUESTIONS_AN_HOUR; i += 1, asked += 1) {
      const chat = 1 + ((asked * 7) % CHATS);
      api.userSays(chat, QUESTIONS[asked % QUESTIONS.length] ?? '');
      const shown = api.sent(chat).findLast(({ reply_markup: markup }) => markup !== undefined);
      if (i % 5 === 0 && shown !== undefined) api.userPresses(shown, i % 10 === 0 ? 'vu:1' : 'n:3');
      if (i % 10 === 0) {
        const from = { id: chat, is_bot: false, first_name: '甲' };
        api.queueUpdate({ inline_query: { id: `q${asked}`, from, query: QUESTIONS[0], offset: '' } });
      }
    }
    // Now and then, waits longer than the planners' pause, so that they see each hour of digests.
    if (hour % 3 === 2) await sleep(15_500);
    await waitUntilQuiet(api);
    const { heap, external, resident } = await memoryOf(bot);
    heaps.push(heap);
    console.log(
      `hour ${hour + 1}: heap ${mib(heap)} MiB, external ${mib(external)}, resident ${mib(resident)}, sent ${api.sentTotal}`,
    );
  }
  await stopBot(bot);
  await api.stop();
  const warm = heaps.slice(WARM_HOURS);
  const half = Math.floor(warm.length / 2);
  const [early, late] = [mean(warm.slice(0, half)), mean(warm.slice(half))];
  const growth = late / early - 1;
  console.log({ earlyMiB: mib(early), lateMiB: mib(late), growth: `${(growth * 100).toFixed(2)} %` });
  return growth <= MAX_GROWTH;
}

/** Measures answered updates per second, with all updates queued beforehand. */
async function throughput(kind: Start['kind'], mode: Mode, dataDir: string): Promise<number> {
  const api = await FakeBotApi.start({ token: TOKEN, username: 'bulletin_bot', keepCalls: 50_000 });
  const limits = mode === 'limited' ? TELEGRAM_LIMITS : kind === 'echo' ? null : NO_LIMITS;
  if (limits === TELEGRAM_LIMITS) {
    const { perSecond, perChatPerSecond, perGroupPerMinute } = limits;
    api.enforceLimits({ globalPerSecond: perSecond, perChatPerSecond, perGroupPerMinute });
  }
  const bot = startBot({ kind, dataDir, token: TOKEN, apiRoot: api.root, startMs: START_MS, limits });
  // Warm-up: the first answers compile what the others run.
  for (let i = 0; i < 200; i += 1) api.userSays(5000 + i, QUESTIONS[i % 6] ?? '');
  await api.waitFor(200, 120_000);
  await waitUntilQuiet(api);
  const before = api.sentTotal;
  const startedMs = performance.now();
  for (let i = 0; i < RUN[mode]; i += 1) api.userSays(10_000 + (i % 500), QUESTIONS[i % 6] ?? '');
  await api.waitFor(before + RUN[mode], 300_000);
  const seconds = (performance.now() - startedMs) / 1000;
  await stopBot(bot);
  await api.stop();
  return RUN[mode] / seconds;
}

const folder = await mkdtemp(join(tmpdir(), 'bulletin-soak-'));
try {
  const settings = {
    dataDir: folder,
    sourceMaxBytes: 1 << 26,
    now: () => new Date(START_MS),
    onRebuild: () => undefined,
  };

  await runIndex(
    [dataFiles.sample],
    { dryRun: false },
    createIndexRunDependencies(loadProgramData(), settings),
    silent,
  );
  const ratios = { limited: 0, unlimited: 0 };
  for (const mode of ['limited', 'unlimited'] as const) {
    const echo = await throughput('echo', mode, folder);
    const bulletin = await throughput('bulletin', mode, folder);
    ratios[mode] = bulletin / echo;
    console.log(mode, { echoPerSecond: echo, bulletinPerSecond: bulletin, ratio: ratios[mode] });
  }
  const isFlat = await soak(folder);
  console.log(isFlat && ratios.limited >= 0.5 ? 'held' : 'NOT HELD');
  process.exitCode = isFlat && ratios.limited >= 0.5 ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
