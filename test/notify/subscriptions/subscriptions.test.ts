import { describe, expect, it } from 'vitest';
import { setFields, setHour, toggleColumn } from '../../../src/notify/subscriptions/settings-edits.js';
import { createSubscriptions, type Subscriptions } from '../../../src/notify/subscriptions/subscriptions.js';
import { DEFAULT_SETTINGS, type Subscription } from '../../../src/domain/subscription.js';
import type { SubscriptionTable } from '../../../src/store/state-store.js';

/** Thursday, 9:00 in Shanghai. */
const NOW = new Date('2024-03-14T01:00:00Z');
const CHAT = { chatId: 7, threadId: null };

/** One row, compared and set as the store does it; `meanwhile` runs before each comparison. */
function table(meanwhile: (row: Subscription) => Subscription = (row) => row) {
  let row: Subscription | null = null;
  const methods: Pick<SubscriptionTable, 'get' | 'put' | 'remove' | 'replaceIfUnchanged'> = {
    get: () => Promise.resolve(row),
    put: (subscription) => {
      row = subscription;
      return Promise.resolve();
    },
    remove: () => {
      const had = row !== null;
      row = null;
      return Promise.resolve(had);
    },
    replaceIfUnchanged: (before, after) => {
      row = row === null ? null : meanwhile(row);
      const isSame = JSON.stringify(row) === JSON.stringify(before);
      if (isSame) row = after;
      return Promise.resolve(isSame);
    },
  };
  return methods as SubscriptionTable;
}

function subscriptionsOn(of: SubscriptionTable, welcomed: number[] = []): Subscriptions {
  const welcome = (chatId: number): Promise<void> => {
    welcomed.push(chatId);
    return Promise.resolve();
  };
  return createSubscriptions({
    table: of,
    chats: { activate: welcome },
    newestKey: () => Promise.resolve(42),
    now: () => NOW,
  });
}

describe('a subscription', () => {
  it('begins with the default settings, behind what is stored already, at the next time', async () => {
    const welcomed: number[] = [];
    const { subscription, isNew } = await subscriptionsOn(table(), welcomed).subscribe(CHAT, 'private');
    expect(isNew).toBe(true);
    expect(subscription).toEqual({
      ...CHAT,
      settings: DEFAULT_SETTINGS,
      cursor: 42,
      nextAt: '2024-03-15T00:00:00.000Z',
      lastAt: NOW.toISOString(),
      digest: null,
    });
    expect(welcomed).toEqual([7]);
  });

  it('that is there already stays as it is', async () => {
    const subscriptions = subscriptionsOn(table());
    await subscriptions.subscribe(CHAT, 'private');
    await subscriptions.change(CHAT, setHour(18));
    const again = await subscriptions.subscribe(CHAT, 'private');
    expect(again.isNew).toBe(false);
    expect(again.subscription.settings.time).toBe('18:00');
  });

  it('is told next at the new time; with `immediate` at none, and afterwards again', async () => {
    const subscriptions = subscriptionsOn(table());
    await subscriptions.subscribe(CHAT, 'private');
    expect(await subscriptions.change(CHAT, setHour(18))).toMatchObject({
      subscription: { nextAt: '2024-03-14T10:00:00.000Z' },
    });
    expect(await subscriptions.change(CHAT, setFields({ mode: 'immediate' }))).toMatchObject({
      subscription: { nextAt: null, cursor: 42 },
    });
    expect(await subscriptions.change(CHAT, setFields({ mode: 'digest', days: 'weekly', weekday: 1 }))).toMatchObject({
      subscription: { nextAt: '2024-03-18T10:00:00.000Z' },
    });
  });

  it('keeps a digest that is due when only words or columns change', async () => {
    const rows = table();
    const subscriptions = subscriptionsOn(rows);
    const { subscription } = await subscriptions.subscribe(CHAT, 'private');
    const due = { ...subscription, nextAt: '2024-03-14T00:00:00.000Z' };
    await rows.put(due);
    expect(await subscriptions.change(CHAT, toggleColumn('公示公告'))).toMatchObject({
      subscription: { nextAt: due.nextAt, settings: { columns: ['公示公告'] } },
    });
  });

  it('that a digest moves on meanwhile keeps the moved cursor and the change', async () => {
    let times = 0;
    const rows = table((row) => (times++ === 0 ? { ...row, cursor: 50, nextAt: '2024-03-16T00:00:00.000Z' } : row));
    const subscriptions = subscriptionsOn(rows);
    await subscriptions.subscribe(CHAT, 'private');
    const changed = await subscriptions.change(CHAT, toggleColumn('公示公告'));
    expect(changed).toMatchObject({ subscription: { cursor: 50, nextAt: '2024-03-16T00:00:00.000Z' } });
    expect((await rows.get(CHAT))?.settings.columns).toEqual(['公示公告']);
  });

  it('that never stands still is an error, not an endless loop', async () => {
    let cursor = 100;
    const subscriptions = subscriptionsOn(table((row) => ({ ...row, cursor: cursor++ })));
    await subscriptions.subscribe(CHAT, 'private');
    await expect(subscriptions.change(CHAT, setHour(9))).rejects.toThrow();
  });

  it('that is not there cannot be changed', async () => {
    expect(await subscriptionsOn(table()).change(CHAT, setHour(9))).toEqual({ kind: 'not-subscribed' });
  });
});
