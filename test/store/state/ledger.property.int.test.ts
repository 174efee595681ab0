import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DELIVERY_KINDS, type DeliveryOutcome } from '../../../src/domain/delivery.js';
import type { StateStore } from '../../../src/store/state-store.js';
import { openStateStore } from '../../../src/store/state/open-state-store.js';
import { SqliteConnection } from '../../../src/store/sqlite/connection.js';
import { inFolder } from '../support/cast.js';
import { at, owed } from './cast.js';
import { LedgerOracle } from './ledger-oracle.js';

/** What the store does to the world, and what the oracle says of it. */
class Run {
  readonly oracle = new LedgerOracle();
  readonly ids = new Map<string, number>();
  readonly sent: { readonly chatId: number; readonly key: string }[] = [];
  seconds = 0;

  readonly store: StateStore;

  constructor(store: StateStore) {
    this.store = store;
  }

  get now(): string {
    return at(this.seconds);
  }

  async claim(limit: number): Promise<void> {
    const expected = this.oracle.claim(this.now, limit);
    const claimed = await this.store.ledger.claim(this.now, limit);
    expect(claimed.map(({ key, chatId, attempts, notBefore }) => ({ key, chatId, attempts, notBefore }))).toEqual(
      expected.map(({ key, chatId, attempts, notBefore }) => ({ key, chatId, attempts, notBefore })),
    );
    for (const { id, key } of claimed) this.ids.set(key, id);
  }

  async record(key: string, outcome: DeliveryOutcome): Promise<void> {
    const chatId = this.oracle.entries.find((entry) => entry.key === key)?.chatId ?? NaN;
    if (outcome.kind === 'sent') this.sent.push({ chatId, key });
    this.oracle.record(key, outcome);
    await this.store.ledger.record(this.ids.get(key) ?? NaN, outcome, this.now);
  }

  get claimed(): string[] {
    return this.oracle.entries.filter(({ state }) => state === 'claimed').map(({ key }) => key);
  }

  async check(): Promise<void> {
    expect(await this.store.ledger.countByState()).toEqual(this.oracle.counts());
    expect(await this.store.ledger.nextDueAt()).toEqual(this.oracle.nextDueAt());
    const { active, inactive } = await this.store.chats.counts();
    expect([active, inactive]).toEqual([this.oracle.known.size - this.oracle.inactive.size, this.oracle.inactive.size]);
  }
}

type Step = (run: Run) => Promise<void>;

/** Few chats and keys, so that most steps meet what is there. */
const chat = fc.constantFrom(7_000_000_001, 2, -3, -1_001_234_567_890);
const soon = fc.integer({ min: -5, max: 15 });

const owe = fc
  .array(
    fc.record({
      key: fc.nat(40),
      chat,
      kind: fc.constantFrom(...DELIVERY_KINDS),
      in: soon,
      lasts: fc.option(fc.nat(30)),
    }),
    {
      maxLength: 4,
    },
  )
  .map((some): Step => async (run) => {
    const deliveries = some.map(({ key, chat: chatId, kind, in: seconds, lasts }) =>
      owed(`k${String(key)}`, chatId, {
        kind,
        notBefore: at(run.seconds + seconds),
        notAfter: lasts === null ? null : at(run.seconds + seconds + lasts),
      }),
    );
    const expected = run.oracle.owe(deliveries);
    expect(await run.store.ledger.enqueue(deliveries)).toBe(expected);
  });

const claim = fc.nat(5).map(
  (limit): Step =>
    (run) =>
      run.claim(limit),
);

const outcome = fc.oneof(
  { weight: 4, arbitrary: fc.constant(() => ({ kind: 'sent' as const, messageId: 1 })) },
  {
    weight: 4,
    arbitrary: soon.map((seconds) => (run: Run) => ({
      kind: 'later' as const,
      notBefore: at(run.seconds + seconds),
      error: '502',
    })),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(soon, fc.boolean()).map(([seconds, keepsQueuePosition]) => (run: Run) => ({
      kind: 'refused' as const,
      notBefore: at(run.seconds + seconds),
      error: 'odd',
      keepsQueuePosition,
    })),
  },
  { weight: 1, arbitrary: fc.constant(() => ({ kind: 'rejected' as const, error: 'too long' })) },
  { weight: 1, arbitrary: fc.constant(() => ({ kind: 'gone' as const, error: 'blocked' })) },
  { weight: 1, arbitrary: chat.map((chatId) => () => ({ kind: 'migrated' as const, chatId })) },
);
const record = fc.tuple(fc.nat(9), outcome).map(([place, outcomeIn]): Step => async (run) => {
  const { claimed } = run;
  const key = claimed[place % Math.max(1, claimed.length)];
  if (key !== undefined) await run.record(key, outcomeIn(run));
});

const recover = fc.constant<Step>(async (run) => {
  const expected = run.oracle.recover();
  expect(await run.store.ledger.recover()).toBe(expected);
});
const activate = chat.map((chatId): Step => async (run) => {
  const was = run.oracle.inactive.has(chatId);
  run.oracle.activate(chatId);
  expect(await run.store.chats.activate(chatId, 'private', run.now)).toBe(was);
});
const deactivate = chat.map((chatId): Step => async (run) => {
  run.oracle.deactivate(chatId);
  await run.store.chats.deactivate(chatId, 'blocked', run.now);
});
const migrate = fc.tuple(chat, chat).map(([from, to]): Step => async (run) => {
  run.oracle.migrate(from, to);
  await run.store.chats.migrate(from, to);
});
const wait = fc.nat(10).map((seconds): Step => (run) => {
  run.seconds += seconds;
  return Promise.resolve();
});

const steps = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: owe },
    { weight: 5, arbitrary: claim },
    { weight: 7, arbitrary: record },
    { weight: 2, arbitrary: wait },
    { weight: 1, arbitrary: recover },
    { weight: 2, arbitrary: activate },
    { weight: 1, arbitrary: deactivate },
    { weight: 2, arbitrary: migrate },
  ),
  { minLength: 5, maxLength: 60, size: 'max' },
);

describe('the ledger after any sequence of events', () => {
  it(
    'is what the oracle says, sends nothing twice, keeps the order in a chat, and loses nothing',
    () =>
      fc.assert(
        fc.asyncProperty(steps, (sequence) =>
          inFolder(async (dir) => {
            const file = join(dir, 'state.db');
            const store = await openStateStore({ file });
            try {
              const run = new Run(store);
              await acquaint(run);
              for (const step of sequence) {
                await step(run);
                await run.check();
              }
              await copyIsWhole(file, join(dir, 'copy.db'), run);
              await drain(run);
            } finally {
              await store.close();
            }
          }),
        ),
        { numRuns: 25 },
      ),
    90_000,
  );
});

/** So that most steps are not about strangers. */
async function acquaint({ oracle, store, now }: Run): Promise<void> {
  for (const chatId of [7_000_000_001, 2, -3]) {
    oracle.activate(chatId);
    await store.chats.activate(chatId, 'private', now);
  }
}

/** What a crash at this moment would leave: the file and its log as they are. */
async function copyIsWhole(file: string, copy: string, run: Run): Promise<void> {
  await copyFile(file, copy);
  await copyFile(`${file}-wal`, `${copy}-wal`);
  const store = await openStateStore({ file: copy });
  expect(await store.ledger.countByState()).toEqual(run.oracle.counts());
  expect(await store.ledger.nextDueAt()).toEqual(run.oracle.nextDueAt());
  await store.close();
  const connection = await SqliteConnection.open(copy, 'read', 0);
  expect(await connection.all('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  expect(await connection.all('pragma foreign_key_check')).toEqual([]);
  await connection.close();
}

/** Sends all that is left: then each key has ended in one of the ways there are, and every message went out once and in order. */
async function drain(run: Run): Promise<void> {
  run.seconds += 10;
  for (const key of run.claimed) await run.record(key, { kind: 'sent', messageId: 1 });
  run.seconds += 1_000;
  const before = run.sent.length;
  for (let waiting = Infinity; waiting > 0; waiting = run.claimed.length) {
    for (const key of run.claimed) await run.record(key, { kind: 'sent', messageId: 1 });
    await run.claim(3);
  }
  await run.check();
  const { entries } = run.oracle;
  expect(entries.filter(({ ended }) => ended === null)).toEqual([]);
  expect(new Set(run.sent.map(({ key }) => key)).size).toBe(run.sent.length);
  const drained = run.sent.slice(before);
  for (const chatId of new Set(drained.map((one) => one.chatId))) {
    const order = drained
      .filter((one) => one.chatId === chatId)
      .map(({ key }) => entries.findIndex((e) => e.key === key));
    expect(order).toEqual(
      order.toSorted((a, b) => (entries[a]?.readyAt ?? '').localeCompare(entries[b]?.readyAt ?? '') || a - b),
    );
  }
}
