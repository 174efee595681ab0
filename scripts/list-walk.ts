/**
 * Lists the source files that one question passes from the Telegram update to the sent answer, as
 * docs/architecture.md shows them: the whole program over the sample bulletin and a fake Bot API, with
 * the calls counted by V8. Files that only declare types or constants are not passed.
 * Usage: npm run walk
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pino } from 'pino';
import { createIndexRunDependencies } from '../src/bootstrap/index-dependencies.js';
import { loadProgramData } from '../src/bootstrap/program-data.js';
import { readConfig } from '../src/bootstrap/config.js';
import { dataFiles } from '../src/bootstrap/data-files.js';
import { serve, type ServingConfig } from '../src/bootstrap/serve.js';
import { runIndex } from '../src/ingest/pipeline/index-run.js';
import { FakeBotApi } from '../test/support/fake-bot-api.js';

const QUESTION = '在线精品课程公示到哪天结束？';
const READER = 1001;
const SETTLING_MS = 2000;
const TOKEN = `123456:${'A'.repeat(35)}`;
const SRC = new URL('../src/', import.meta.url).href;

const folder = await mkdtemp(join(tmpdir(), 'bulletin-walk-'));
const now = (): Date => new Date('2024-03-13T10:00:00+08:00');
const settings = { ...readConfig({ DATA_DIR: folder }), now, onRebuild: () => undefined };
const ignore = (): void => undefined;
const silent = { reading: ignore, repairing: ignore, saving: ignore, indexing: ignore };
await runIndex([dataFiles.sample], { dryRun: false }, createIndexRunDependencies(loadProgramData(), settings), silent);

const api = await FakeBotApi.start({ token: TOKEN, username: 'walk_bot' });
const config = readConfig({ DATA_DIR: folder, BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: api.root }) as ServingConfig;
let stop: (why: string) => void = () => undefined;
const stopRequested = new Promise<string>((resolve) => (stop = resolve));
const serving = serve(config, { version: '0', environment: {}, log: pino({ level: 'silent' }), stopRequested, now });
await api.waitFor(() => api.calls.some(({ method }) => method === 'getUpdates'));

const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
// The first question and a pause let what runs at a start come to its end; the counts begin after them.
await say('电话是多少');
await setTimeout(SETTLING_MS);
await session.post('Profiler.takePreciseCoverage');
await say(QUESTION);
const { result } = await session.post('Profiler.takePreciseCoverage');
stop('done');
await serving;
await api.stop();
await rm(folder, { recursive: true, force: true });

const passed = result
  .filter(({ url, functions }) => url.startsWith(SRC) && functions.some(isCalled))
  .map(({ url }) => url.slice(SRC.length))
  .sort();
for (const file of passed) console.log(`src/${file}`);
console.log(`${passed.length} files`);

async function say(text: string): Promise<void> {
  api.userSays(READER, text);
  await api.nextMessage(READER);
}

/** The first function of a script is its top level, which ran when it was loaded. */
function isCalled({ functionName, ranges }: { functionName: string; ranges: { count: number }[] }): boolean {
  return functionName !== '' && ranges.some(({ count }) => count > 0);
}
