import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAdministration, type Administration } from '../../src/bootstrap/admin-services.js';
import { noMetrics } from '../../src/operations/metrics-port.js';
import { createReaderServices } from '../../src/bootstrap/reader-services.js';
import { runIndex } from '../../src/ingest/pipeline/index-run.js';
import { openAnsweringServices, type AnsweringServices } from '../../src/bootstrap/answering-services.js';
import { createIndexRunDependencies } from '../../src/bootstrap/index-dependencies.js';
import { loadProgramData } from '../../src/bootstrap/program-data.js';
import { readConfig } from '../../src/bootstrap/config.js';
import { dataFiles } from '../../src/bootstrap/data-files.js';
import { DEFAULT_SETTINGS, type Subscription } from '../../src/domain/subscription.js';
import { Liveness, livenessDeadlines } from '../../src/operations/health.js';
import type { StateStore } from '../../src/store/state-store.js';
import { openStateStore } from '../../src/store/state/open-state-store.js';
import { createAdminFeatures } from '../../src/telegram/admin/features.js';
import { startTelegram, type RunningTelegram } from '../../src/telegram/start-telegram.js';
import { REFUSALS } from '../notify/delivery/kit.js';
import { silent } from '../ingest/pipeline/reindexing.js';
import { FakeBotApi, type SentMessage } from '../support/fake-bot-api.js';
import { memoryLog } from '../support/memory-log.js';
import { dataUnder, RETENTION, TOKEN, USERNAME } from '../telegram/kit.js';

const SEED = 20_240_311;
const ADMIN = 9001;
const VICTIM = 1001;
const GROUP = -2001;
/** Is a member of the group, and no more. */
const MEMBER = 6666;
const QUESTION = '职业教育在线精品课程的公示时间到哪天？';
/** The sample's notices are of these days. */
const now = (): Date => new Date('2024-03-06T02:00:00Z');

const COUNTS = { texts: 3000, inGroup: 500, presses: 1000, adminCommands: 300, inline: 200 };
/** Of one chat, so many updates may wait; the rest would be dropped. */
const PER_CHAT = 20;
const LONGEST = 4096;

const fragment = fc.constantFrom(
  '<b>公示</b>',
  '</blockquote><a href="http://evil.example/?a=1&b=2">x</a>',
  '<a href="tg://user?id=1">',
  '<pre><code class="language-x">',
  '&lt;script&gt;&amp;&#x202e;&bogus;',
  "'; DROP TABLE subscriptions; --",
  '" OR 1=1 /*',
  '$(reboot) `id` && rm -rf / | tee',
  '\u202e公示到哪天\u202c',
  '\u200b\u200c\u200d\u2060\ufeff\u200f',
  '\u0000\u0001\u001b[31m',
  'e\u0301\u0327'.repeat(40),
  '👨‍👩‍👧‍👦',
  '\ud83d',
  '%s %_ \\ .* [a-z]{1000} (((((',
  '2024-13-45',
  '٣月٤日',
  '公示 电话 截止',
  '报名'.repeat(700),
  '/ask /latest@someone_else_bot',
  `@${USERNAME}`,
  '../../etc/passwd',
  '{{7*7}} ${7*7}',
);
const hostileText = fc
  .array(fc.oneof({ weight: 5, arbitrary: fragment }, fc.string({ unit: 'binary', maxLength: 30 })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => parts.join(' ').slice(0, LONGEST));
const command = fc.constantFrom(
  ...['', '', '', '/ask ', '/latest ', '/deadlines ', '/digest ', '/settings ', '/reminders ', '/privacy ', '/help '],
  ...['/start ', `/ask@${USERNAME} `, '/unknown '],
);
const prefixes = [
  ...['n', 'c', 'r', 'rd', 'rs', 'rt', 'rx', 'vd', 'vu', 't', 'tp', 'i', 'sq', 'so', 'sh', 'sm', 'sd', 'sw', 'sc'],
  ...['sv', 'sl', 'sp', 'sx', 'fy', 'fn', 'ab', 'ax', 'ap', 'au', 'zz', ''],
];

const draw = <T>(arbitrary: fc.Arbitrary<T>, count: number, salt: number): T[] =>
  fc.sample(arbitrary, { numRuns: count, seed: SEED + salt });

/** A source may be as hostile as a reader: its titles and texts stand in answers, lists and on buttons. */
function hostileNotices(): string[] {
  return draw(fc.tuple(hostileText, hostileText), 40, 6).map(([title, body], i) =>
    JSON.stringify({
      id: `h${i}`,
      title: `公示 ${title.slice(0, 150)}`,
      date: '2024-03-05',
      column: `<b>${i % 3}`,
      body: `${body} 公示时间：2024年3月11日至2024年3月15日。报名电话：83215136。</b>`,
      url: i % 2 === 0 ? 'javascript:alert(1)' : 'https://jy.tj.gov.cn/?a="><b>&c',
    }),
  );
}

describe('5,000 hostile messages', () => {
  let folder: string;
  let api: FakeBotApi;
  let state: StateStore;
  let answering: AnsweringServices;
  let administration: Administration;
  let telegram: RunningTelegram;
  const log = memoryLog();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bulletin-hostile-'));
    api = await FakeBotApi.start({ token: TOKEN, username: USERNAME });
    const config = readConfig({ DATA_DIR: join(folder, 'data'), ADMIN_IDS: String(ADMIN), SOURCES: folder });
    const settings = { ...config, now, onRebuild: () => undefined };
    const source = join(folder, 'hostile.jsonl');
    await writeFile(source, hostileNotices().join('\n'));
    const data = loadProgramData();
    await runIndex([dataFiles.sample, source], { dryRun: false }, createIndexRunDependencies(data, settings), silent);
    answering = await openAnsweringServices(data, settings, { evenIfEmpty: true });
    state = await openStateStore({ file: join(folder, 'state.db') });
    const { ask, store, getCorpus: present, liveIndex: knowledge, analyser } = answering;
    const { vocabulary, recency, notify: rules } = data;
    administration = await openAdministration({
      config,
      version: 'test',
      environment: {},
      store,
      state,
      liveIndex: knowledge,
      refresh: () => Promise.resolve(),
      analyser,
      vocabulary,
      liveness: new Liveness(livenessDeadlines({ polls: true, plans: true, ingestMaxAgeHours: null }), now),
      metrics: noMetrics,
      onQueued: () => undefined,
      log: log.log,
      now,
    });
    telegram = await startTelegram({
      token: TOKEN,
      apiRoot: api.root,
      services: createReaderServices({
        ask,
        pins: administration.pins,
        state,
        store,
        getCorpus: present,
        recency,
        rules,
        now,
        onLogError: (error) => {
          log.log.error({ err: error }, 'question not logged');
        },
      }),
      admin: createAdminFeatures(config.adminIds, administration.services, () => undefined),
      retention: RETENTION,
      refusals: REFUSALS,
      log: log.log,
      now,
      mode: { kind: 'polling' },
      // What it would stop must be harmless too.
      floodLimits: { messagesPerMinute: 100_000, pressesPerMinute: 100_000 },
    });
  }, 60_000);
  afterAll(async () => {
    await telegram.stop();
    await administration.close();
    await state.close();
    await answering.close();
    await api.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const say = (text: string, chatId: number): Promise<SentMessage> => {
    api.userSays(chatId, text);
    return api.nextMessage(chatId);
  };

  /** What a victim and an admin have, and what could be forged of it. */
  async function belongings() {
    const answer = await say(QUESTION, VICTIM);
    api.userPresses(answer, dataUnder(answer.reply_markup, '提醒我'));
    const panel = await api.nextMessage(VICTIM);
    api.userPresses(panel, dataUnder(panel.reply_markup, '确定'));
    await api.waitFor(() => panel.edits > 0);
    await say('/subscribe', VICTIM);
    await api.nextMessage(VICTIM);
    await say('/pin 食堂几点开门 => 早上七点', ADMIN);
    await say('/broadcast 停机一小时', ADMIN);
    const preview = await api.nextMessage(ADMIN);
    const ofGroup: Subscription = {
      chatId: GROUP,
      threadId: null,
      settings: DEFAULT_SETTINGS,
      cursor: 0,
      nextAt: '2024-03-07T00:00:00.000Z',
      lastAt: now().toISOString(),
      digest: null,
    };
    await state.chats.activate(GROUP, 'group', now().toISOString());
    await state.subscriptions.put(ofGroup);
    return { broadcast: Number(dataUnder(preview.reply_markup, '确认发送').split(':')[1]) };
  }

  /** All of theirs, to be found unchanged. */
  const kept = async () => ({
    subscriptions: [...(await state.subscriptions.ofChat(VICTIM)), ...(await state.subscriptions.ofChat(GROUP))],
    reminders: [
      await state.reminders.list({ chatId: VICTIM, threadId: null }),
      await state.reminders.list({ chatId: GROUP, threadId: null }),
    ],
    pins: administration.pins.list(),
    ledger: await state.ledger.countByState(),
    running: administration.services.reindexer.running,
    vote: (await state.questions.get(1))?.vote,
  });

  it('crash nothing, are never markup, and do nothing that is not theirs to do', async () => {
    const { broadcast } = await belongings();
    const before = await kept();
    expect(before.reminders[0]).toHaveLength(1);
    const auditBefore = (await state.audit.last(1000)).length;

    const idOf = fc.oneof(fc.constantFrom(0, 1, 2, 3, broadcast, 999_999_999_999_999), fc.nat(60));
    const numbered = fc
      .tuple(fc.constantFrom(...prefixes), fc.array(idOf, { maxLength: 5 }))
      .map(([prefix, ids]) => [prefix, ...ids].join(':'));
    const forged = fc.oneof(
      { weight: 6, arbitrary: numbered },
      fragment.map((text) => text.slice(0, 20)),
    );

    let stranger = 10_000;
    const privately = draw(fc.tuple(command, hostileText), COUNTS.texts, 1).map(([head, text]) => head + text);
    const answered = new Map<number, number>();
    for (const [i, text] of privately.entries()) {
      if (i % PER_CHAT === 0) stranger += 1;
      api.userSays(stranger, text);
      answered.set(stranger, (answered.get(stranger) ?? 0) + 1);
    }
    const isAnswered = (): boolean => [...answered].every(([chat, count]) => api.sent(chat).length >= count);
    await api.waitFor(isAnswered, 40_000);

    // In groups, a member who is no administrator: addressed, as a reply, as commands.
    for (const [i, [head, text]] of draw(fc.tuple(command, hostileText), COUNTS.inGroup, 2).entries()) {
      api.userSays(GROUP - 1 - (i % 100), `${head === '' ? `@${USERNAME} ` : head}${text}`, { fromId: MEMBER });
    }
    for (const name of ['/subscribe', '/unsubscribe', '/settings', '/forgetme', '/reindex', '/pin']) {
      api.userSays(GROUP, `${name}@${USERNAME} a => b`, { fromId: MEMBER });
    }

    const adminCommands = ['/reindex', '/status', '/unanswered', '/pin', '/sources', '/broadcast'];
    const tried = draw(fc.tuple(fc.constantFrom(...adminCommands), hostileText), COUNTS.adminCommands, 3);
    for (const [i, [name, text]] of tried.entries()) api.userSays(50_000 + (i % 50), `${name} ${text}`);

    const groupPanel = { ...(await say('/help', VICTIM)), chat_id: GROUP };
    const queries: string[] = [];
    for (const [i, data] of draw(forged, COUNTS.presses, 4).entries()) {
      const own = api.sent(10_001 + (i % 100))[0];
      if (own === undefined) throw new Error('nobody was answered');
      const inGroup = i % 3 === 0 && i / 3 < 9;
      queries.push(inGroup ? api.userPresses(groupPanel, data, MEMBER) : api.userPresses(own, data));
    }
    const from = { id: MEMBER, is_bot: false, first_name: '<i>' };
    const typed = draw(hostileText, COUNTS.inline, 5).map((query, i) => ({ id: `inline-${i}`, query }));
    for (const { id, query } of typed) api.queueUpdate({ inline_query: { id, from, query, offset: '' } });

    const answersTo = (method: string, field: string): Set<unknown> =>
      new Set(api.calls.filter((call) => call.method === method).map(({ payload }) => payload[field]));
    await api.waitFor(() => {
      const pressed = answersTo('answerCallbackQuery', 'callback_query_id');
      const inlined = answersTo('answerInlineQuery', 'inline_query_id');
      const refused = Array.from({ length: 50 }, (_, i) => api.sent(50_000 + i).length);
      return (
        queries.every((id) => pressed.has(id)) &&
        typed.every(({ id }) => inlined.has(id)) &&
        refused.reduce((sum, count) => sum + count, 0) >= COUNTS.adminCommands
      );
    }, 40_000);

    // No crash, no refusal of Telegram's, nothing in the log but what was said.
    const refused = api.calls.filter(({ error }) => error !== undefined && !error.description.includes('not modified'));
    expect(refused.map(({ method, error }) => `${method} ${error?.description ?? ''}`)).toEqual([]);
    expect(log.lines().filter(({ level }) => level >= 50)).toEqual([]);
    expect(log.lines().filter(({ msg }) => msg.includes('积压'))).toEqual([]);
    // What they wrote as markup is no link and mentions nobody.
    for (const { entities, text } of api.sent()) {
      for (const { type, url } of entities) {
        expect(['bold', 'italic', 'text_link', 'blockquote', 'expandable_blockquote'], text).toContain(type);
        expect(url ?? '').not.toContain('evil');
      }
    }
    // What is others' stays theirs, nothing was begun, and each try at an admin's command is in the audit.
    expect(await kept()).toEqual(before);
    const audit = (await state.audit.last(10_000)).slice(0, -auditBefore);
    expect(audit.length).toBeGreaterThanOrEqual(COUNTS.adminCommands);
    expect(audit.filter(({ allowed }) => allowed)).toEqual([]);
  }, 120_000);
});
