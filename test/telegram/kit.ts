import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { AskService } from '../../src/answering/ask-service.js';
import { createReaderServices } from '../../src/bootstrap/reader-services.js';
import type { ReaderServices } from '../../src/telegram/services.js';
import { loadProgramData } from '../../src/bootstrap/program-data.js';
import type { Answer, NoticeCandidate, FoundAnswer, NullAnswer } from '../../src/domain/answer.js';
import type { Notice } from '../../src/domain/notice.js';
import { createFactExtractor } from '../../src/ingest/facts/extract-facts.js';
import { toIndexedNotice } from '../../src/index/indexed-notice.js';
import { createMemoryStore } from '../../src/store/notices/memory-notice-store.js';
import type { StoredNotice } from '../../src/store/notice-store.js';
import type { StateStore } from '../../src/store/state-store.js';
import { openStateStore } from '../../src/store/state/open-state-store.js';
import { startTelegram, type RunningTelegram, type TelegramDependencies } from '../../src/telegram/start-telegram.js';
import { REFUSALS } from '../notify/delivery/kit.js';
import { FakeBotApi } from '../support/fake-bot-api.js';
import { memoryLog } from '../support/memory-log.js';

export const TOKEN = '4839574812:AAFD39kkdpWt3ywyRZergyOLMaJhac60qcK';
export const USERNAME = 'bulletin_bot';
/** A reader in private, a group, and a forum. */
export const READER = 1001;
export const GROUP = -2001;
export const FORUM = -1_000_000_002_002;

const { recency, notify: rules } = loadProgramData();
const extractFacts = createFactExtractor(loadProgramData().facts);

/** The cast: three notices, keys 1 to 3, with the facts that the program finds in them. */
export const NOTICES: readonly StoredNotice[] = [
  storedNotice(
    1,
    '在线精品课程评审结果的公示',
    '公示时间：2024年3月11日至2024年3月15日。联系电话：83215136。',
    '公示公告',
  ),
  storedNotice(
    2,
    '创优赋能建设项目专家评议结果的公示',
    '公示5个工作日，时间为2024年3月6日至2024年3月12日。',
    '公示公告',
  ),
  storedNotice(
    3,
    '关于县域督导评估的公告',
    `评估时间为2024年3月8日至15日。${'有关事项公告如下。'.repeat(60)}`,
    '区县动态',
  ),
];

function storedNotice(key: number, title: string, body: string, column: string): StoredNotice {
  const notice: Notice = {
    id: `notice-${key}`,
    title,
    publishedOn: `2024-03-0${key}`,
    dateOrigin: 'stated',
    column,
    body,
    attachments: [],
    url: key === 1 ? 'https://jy.tj.gov.cn/a?b=1&c=2' : null,
    raw: { title, body, attachments: [] },
    repairs: [],
    contentHash: `${key} ${body.length}`,
  };
  return { key, version: 1, facts: extractFacts(notice), notice };
}

/** A time at which the first notice is published and its period still to come. */
export const BEFORE = new Date('2024-03-06T02:00:00Z');

export const CANDIDATES: readonly NoticeCandidate[] = NOTICES.map(({ notice }) => ({
  id: notice.id,
  title: notice.title,
  date: notice.publishedOn,
  score: 10,
}));

export function found(answer: string, quote: string, { notice }: StoredNotice): FoundAnswer {
  const { id, title, publishedOn: date, url } = notice;
  return {
    kind: 'answer',
    sure: true,
    missing: [],
    intent: 'fact',
    confidence: 0.9,
    answer,
    quote,
    notice: { id, title, date, url },
    candidates: CANDIDATES,
    computed: [],
    also: [],
  };
}

export function refusal(reason: NullAnswer['reason'] = 'unsupported'): NullAnswer {
  return {
    kind: 'none',
    intent: 'fact',
    confidence: 0,
    reason,
    candidates: reason === 'unsupported' ? CANDIDATES : [],
  };
}

/** Says back the question in its answer, from the first notice, unless told otherwise. */
export function stubAsk(parts: Partial<AskService> = {}): AskService & { asked: string[] } {
  const asked: string[] = [];
  const byKey = (key: number): StoredNotice | null => NOTICES.find((stored) => stored.key === key) ?? null;
  return {
    asked,
    ask: (question): Promise<Answer> => {
      asked.push(question);
      const [first] = NOTICES;
      if (first === undefined || question === '') return Promise.resolve(refusal('empty-question'));
      return Promise.resolve(found(`答：${question}`, first.notice.body, first));
    },
    askNotice: (question, key): Promise<Answer | null> => {
      asked.push(`${question}@${key}`);
      const stored = byKey(key);
      return Promise.resolve(
        stored === null ? null : found(`就这份：${question}`, stored.notice.body.slice(0, 20), stored),
      );
    },
    keyOf: (id) => NOTICES.find((stored) => stored.notice.id === id)?.key ?? null,
    notice: (key) => Promise.resolve(byKey(key)),
    ...parts,
  };
}

export interface Stage {
  readonly api: FakeBotApi;
  readonly telegram: RunningTelegram;
  readonly ask: ReturnType<typeof stubAsk>;
  readonly log: ReturnType<typeof memoryLog>;
  readonly state: StateStore;
  readonly services: ReaderServices;
}

export const noPins: ReaderServices['pins'] = { pinFor: () => null };

/** The services over the cast, and a state store of its own; both end with the test. */
export async function castServices(
  ask: AskService,
  now: () => Date,
  notices: readonly StoredNotice[] = NOTICES,
  pins: ReaderServices['pins'] = noPins,
): Promise<{ services: ReaderServices; state: StateStore }> {
  const folder = await mkdtemp(join(tmpdir(), 'bulletin-state-'));
  const state = await openStateStore({ file: join(folder, 'state.db') });
  onTestFinished(async () => {
    await state.close();
    await rm(folder, { recursive: true, force: true });
  });
  const store = createMemoryStore();
  await store.save(notices);
  const indexed = new Map(notices.map((stored) => [stored.notice.id, toIndexedNotice(stored)]));
  const services = createReaderServices({
    ask,
    pins,
    state,
    store,
    getCorpus: () => ({ notices: indexed, store }),
    recency,
    rules,
    now,
    onLogError: () => undefined,
  });
  return { services, state };
}

export const RETENTION = { questionDays: 90, toldDays: 180, deliveryDays: 30, inactiveDays: 31, auditDays: 365 };

type StageOptions = Partial<TelegramDependencies> & {
  readonly askParts?: Partial<AskService>;
  readonly notices?: readonly StoredNotice[];
  readonly pins?: ReaderServices['pins'];
};

/** The bot on a fake Bot API, polling unless told otherwise; both end with the test. */
export async function stage({ askParts, notices, pins, ...deps }: StageOptions = {}): Promise<Stage> {
  const api = await fakeApi();
  const ask = stubAsk(askParts);
  const log = memoryLog();
  const now = deps.now ?? (() => new Date());
  const { services, state } = await castServices(ask, now, notices, pins);
  const telegram = await startTelegram({
    token: TOKEN,
    apiRoot: api.root,
    graceMs: 2000,
    services,
    retention: RETENTION,
    refusals: REFUSALS,
    log: log.log,
    now,
    mode: { kind: 'polling' },
    networkDelaysMs: [20, 20, 20],
    ...deps,
  });
  onTestFinished(() => telegram.stop());
  return { api, telegram, ask, log, state, services };
}

export async function fakeApi(): Promise<FakeBotApi> {
  const api = await FakeBotApi.start({ token: TOKEN, username: USERNAME, webhookRetryMs: 50 });
  onTestFinished(() => api.stop());
  return api;
}

export interface ShownButton {
  readonly text: string;
  readonly callback_data?: string;
  readonly copy_text?: { readonly text: string };
}

/** The buttons under a message, in order. */
export function buttonsOf(markup: unknown): ShownButton[] {
  return (markup as { inline_keyboard?: ShownButton[][] } | undefined)?.inline_keyboard?.flat() ?? [];
}

/** The data of the notices' buttons under a message. */
export function noticesUnder(markup: unknown): string[] {
  return buttonsOf(markup).flatMap(({ callback_data: data }) => (data?.startsWith('n:') === true ? [data] : []));
}

/** The data of the button with that text; an error when there is none. */
export function dataUnder(markup: unknown, text: string): string {
  const data = buttonsOf(markup).find((button) => button.text.includes(text))?.callback_data;
  if (data === undefined) {
    throw new Error(
      `no button ${text} among ${buttonsOf(markup)
        .map((button) => button.text)
        .join(' | ')}`,
    );
  }
  return data;
}
