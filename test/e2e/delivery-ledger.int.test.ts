import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createDeliverer } from '../../src/notify/delivery/deliverer.js';
import { RateLimiter } from '../../src/notify/delivery/rate-limiter.js';
import type { QueuedDelivery } from '../../src/domain/delivery.js';
import { DEFAULT_SETTINGS } from '../../src/domain/subscription.js';
import { openStateStore } from '../../src/store/state/open-state-store.js';
import { createDeliverySender } from '../../src/telegram/transport/send-delivery.js';
import { FakeBotApi } from '../support/fake-bot-api.js';
import { REFUSALS } from '../notify/delivery/kit.js';

const TOKEN = '4839574812:AAFD39kkdpWt3ywyRZergyOLMaJhac60qcK';
const LI = 1001;
const WANG = 1002;
const GROUP = -2001;
const SUPERGROUP = -1_000_000_002_001;
const AT = '2024-03-11T00:00:00.000Z';

function owed(chatId: number, key: string, rest: Partial<QueuedDelivery> = {}): QueuedDelivery {
  const message = { html: `<b>${key}</b>`, buttons: [] };
  return { chatId, threadId: null, key, kind: 'digest', message, notBefore: AT, notAfter: null, ...rest };
}

/** The real ledger on the disk, the real sender, and a Telegram that can be made to refuse. */
async function world() {
  const folder = await mkdtemp(join(tmpdir(), 'delivery-ledger-'));
  const api = await FakeBotApi.start({ token: TOKEN, username: 'bulletin_bot' });
  const store = await openStateStore({ file: join(folder, 'state.db') });
  onTestFinished(async () => {
    await store.close();
    await api.stop();
    await rm(folder, { recursive: true, force: true });
  });
  // A process of its own each time it is called, as far as the ledger can tell.
  const process = () =>
    createDeliverer({
      ledger: store.ledger,
      send: createDeliverySender({ token: TOKEN, apiRoot: api.root }),
      limiter: new RateLimiter({
        quietStart: false,
        limits: { perSecond: 300, perChatPerSecond: 10, perGroupPerMinute: 200 },
      }),
      refusals: REFUSALS,
      now: () => new Date(),
      log: pino({ level: 'silent' }),
    });
  return { api, store, process };
}

describe('what is owed, from the ledger to the chat', () => {
  it('a reader who blocks the bot is left in peace, keeps the settings, and is sent to again after /start', async () => {
    const { api, store, process } = await world();
    const deliverer = process();
    await store.chats.activate(LI, 'private', AT);
    const subscription = {
      chatId: LI,
      threadId: null,
      settings: DEFAULT_SETTINGS,
      cursor: 3,
      nextAt: AT,
      lastAt: AT,
      digest: null,
    };
    await store.subscriptions.put(subscription);
    await store.ledger.enqueue([owed(LI, 'a'), owed(LI, 'b')]);
    api.block(LI);
    while ((await deliverer.step()) === 'busy');
    expect(api.calls).toHaveLength(1);
    expect(await store.chats.counts()).toEqual({ active: 0, inactive: 1 });
    expect(await store.ledger.countByState()).toMatchObject({ owed: 0, dropped: 2 });

    api.unblock(LI);
    expect(await store.chats.activate(LI, 'private', AT)).toBe(true);
    expect(await store.subscriptions.get(subscription)).toEqual(subscription);
    await store.ledger.enqueue([owed(LI, 'c')]);
    await deliverer.step();
    expect(api.sent(LI).map(({ text }) => text)).toEqual(['c']);
  });

  it('a group that became a supergroup gets all it is owed there, in order, and its subscription with it', async () => {
    const { api, store, process } = await world();
    const deliverer = process();
    await store.chats.activate(GROUP, 'group', AT);
    await store.subscriptions.put({
      chatId: GROUP,
      threadId: null,
      settings: DEFAULT_SETTINGS,
      cursor: 1,
      nextAt: AT,
      lastAt: AT,
      digest: null,
    });
    await store.ledger.enqueue([owed(GROUP, 'a'), owed(GROUP, 'b')]);
    api.failNext('sendMessage', {
      error_code: 400,
      description: 'Bad Request: group chat was upgraded to a supergroup chat',
      parameters: { migrate_to_chat_id: SUPERGROUP },
      chatId: GROUP,
    });
    while ((await deliverer.step()) === 'busy');
    expect(api.sent(SUPERGROUP).map(({ text }) => text)).toEqual(['a', 'b']);
    expect(api.sent(GROUP)).toEqual([]);
    expect(await store.subscriptions.ofChat(SUPERGROUP)).toHaveLength(1);
  });

  it('a message that is refused with words nobody knows holds up no other of its chat', async () => {
    const { api, store, process } = await world();
    const deliverer = process();
    await store.chats.activate(LI, 'private', AT);
    await store.ledger.enqueue([owed(LI, 'odd'), owed(LI, 'reminder', { kind: 'reminder' }), owed(LI, 'digest')]);
    api.failNext('sendMessage', { error_code: 400, description: 'Bad Request: MESSAGE_ODD', chatId: LI });
    while ((await deliverer.step()) === 'busy');
    expect(api.sent(LI).map(({ text }) => text)).toEqual(['reminder', 'digest']);
    expect(await store.ledger.countByState()).toMatchObject({ owed: 1, sent: 2 });
  });

  it('what an earlier process had in hand is sent by the next, and what is owed twice under one key once', async () => {
    const { api, store, process } = await world();
    for (const chatId of [LI, WANG]) await store.chats.activate(chatId, 'private', AT);
    await store.ledger.enqueue([owed(LI, 'a'), owed(WANG, 'b')]);
    await store.ledger.enqueue([owed(LI, 'a')]);
    await store.ledger.claim(new Date().toISOString(), 1);
    const stop = new AbortController();
    const running = process().run(stop.signal);
    await api.waitFor(2);
    stop.abort();
    await running;
    expect(
      api
        .sent()
        .map(({ text }) => text)
        .sort(),
    ).toEqual(['a', 'b']);
    expect(await store.ledger.countByState()).toMatchObject({ owed: 0, claimed: 0, sent: 2 });
  });

  it('a second process over the same ledger sends nothing that the first has in hand', async () => {
    const { api, store, process } = await world();
    const chats = Array.from({ length: 40 }, (_, i) => 1000 + i);
    for (const chatId of chats) await store.chats.activate(chatId, 'private', AT);
    await store.ledger.enqueue(chats.map((chatId) => owed(chatId, `k${chatId}`)));
    api.chaos({ seed: 1, latencyMs: [20, 60] });
    const [one, other] = [process(), process()];
    await Promise.all([one.step(), other.step()]);
    expect(
      api
        .sent()
        .map(({ chat_id }) => chat_id)
        .sort(),
    ).toEqual(chats);
  });
});
