import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runIndex } from '../../src/ingest/pipeline/index-run.js';
import { createIndexRunDependencies } from '../../src/bootstrap/index-dependencies.js';
import { loadProgramData } from '../../src/bootstrap/program-data.js';
import { readConfig } from '../../src/bootstrap/config.js';
import { dataFiles } from '../../src/bootstrap/data-files.js';
import { serve, type ServingConfig } from '../../src/bootstrap/serve.js';
import { silent } from '../ingest/pipeline/reindexing.js';
import { daybreak, pressed, screensIn, shown, typed, withScreens } from '../support/chat-screens.js';
import { FakeBotApi, type SentMessage } from '../support/fake-bot-api.js';
import { memoryLog } from '../support/memory-log.js';
import { dataUnder, TOKEN, USERNAME } from '../telegram/kit.js';

const READER = 1001;
const ADMIN = 9001;
const QUESTION = '在线精品课程公示到哪天结束？';
/** In Shanghai: the index run and the start at six, the chat on Wednesday at ten, and the next morning. */
const STARTED = new Date('2024-03-12T06:00:00+08:00');
const ASKED = new Date('2024-03-13T10:00:00+08:00');
const REMINDED = new Date('2024-03-14T08:30:00+08:00');
const UNLIMITED = { perSecond: 1000, perChatPerSecond: 1000, perGroupPerMinute: 1000 };

/** `UPDATE_SCREENS=1 npx vitest run test/e2e/chat-screens.int.test.ts` writes the screens anew. */
const isUpdate = process.env['UPDATE_SCREENS'] === '1';

/** The whole program over the sample bulletin, its chat read off the fake Telegram. */
describe('the screens in docs/chat.md', () => {
  let folder: string;
  let api: FakeBotApi;
  let screens: Record<string, string>;
  const log = memoryLog();
  let time = STARTED;
  const now = (): Date => time;

  async function start(): Promise<() => Promise<void>> {
    const environment = { DATA_DIR: folder, ADMIN_IDS: String(ADMIN), BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: api.root };
    const polls = (): number => api.calls.filter(({ method }) => method === 'getUpdates').length;
    const before = polls();
    let stop: (why: string) => void = () => undefined;
    const stopRequested = new Promise<string>((resolve) => (stop = resolve));
    const config = readConfig(environment) as ServingConfig;
    // The version and the memory are those of a day and a machine.
    const serving = serve(config, {
      version: '…',
      environment: {},
      log: log.log,
      stopRequested,
      now,
      limits: UNLIMITED,
    });
    await Promise.race([serving, api.waitFor(() => polls() > before)]);
    return () => {
      stop('test');
      return serving;
    };
  }

  const say = (text: string, chatId = READER): Promise<SentMessage> => {
    api.userSays(chatId, text);
    return api.nextMessage(chatId);
  };
  const press = (message: SentMessage, label: string): void => {
    api.userPresses(message, dataUnder(message.reply_markup, label));
  };

  async function wednesday(): Promise<Record<string, string[]>> {
    const answer = await say(QUESTION);
    const answered = shown(answer);
    press(answer, '⏰ 提醒我');
    const panel = await api.nextMessage(READER);
    const asked = shown(panel);
    press(panel, '确定');
    await api.waitFor(() => panel.edits > 0);
    const deadlines = shown(await say('/deadlines'));
    const digest = shown(await say('/digest 3月11日'));
    const subscribed = shown(await say('/subscribe'));
    const settings = shown(await api.nextMessage(READER));
    const status = shown(await say('/status', ADMIN));
    return {
      answer: [typed(QUESTION), answered],
      reminder: [pressed('⏰ 提醒我'), asked, pressed('确定'), shown(panel)],
      deadlines: [typed('/deadlines'), deadlines],
      digest: [typed('/digest 3月11日'), digest],
      subscribe: [typed('/subscribe'), subscribed, settings],
      status: [typed('/status'), status.replace(/\d+ MiB/, '… MiB')],
    };
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bulletin-screens-'));
    api = await FakeBotApi.start({ token: TOKEN, username: USERNAME });
    const settings = { ...readConfig({ DATA_DIR: folder }), now, onRebuild: () => undefined };
    await runIndex(
      [dataFiles.sample],
      { dryRun: false },
      createIndexRunDependencies(loadProgramData(), settings),
      silent,
    );
    const stop = await start();
    time = ASKED;
    const { reminder = [], ...rest } = await wednesday();
    await stop();
    time = REMINDED;
    const stopAgain = await start();
    const reminded = await api.waitFor(() => api.sent(READER).find(({ text }) => text.startsWith('提醒：')));
    await stopAgain();
    const turns = { ...rest, reminder: [...reminder, daybreak('3月14日'), shown(reminded)] };
    screens = Object.fromEntries(Object.entries(turns).map(([name, parts]) => [name, parts.join('\n\n')]));
  });
  afterAll(async () => {
    await api.stop();
    await rm(folder, { recursive: true, force: true });
    expect(log.lines().filter(({ level }) => level >= 50)).toEqual([]);
  });

  it.each(['docs/chat.md', 'docs/chat.zh-CN.md'])('are in %s what the bot sends', (file) => {
    const markdown = readFileSync(file, 'utf8');
    if (isUpdate) writeFileSync(file, withScreens(markdown, screens));
    expect(screensIn(readFileSync(file, 'utf8')), 'UPDATE_SCREENS=1 writes them anew').toEqual(screens);
  });
});
