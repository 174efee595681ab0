import { describe, expect, it } from 'vitest';
import {
  at,
  claimOne,
  claimedKeys,
  everyone,
  kinds,
  li,
  message,
  owed,
  school,
  subscription,
  supergroup,
  wang,
} from './cast.js';
import type { OpenState } from './suite.js';
import { meet, withStore } from './with-store.js';

export function ledgerCases(name: string, open: OpenState): void {
  const inStore = withStore(open, everyone);

  describe(`${name}: ledger`, () => {
    it(
      'hands out what is owed as it was owed',
      inStore(async ({ ledger }) => {
        const delivery = owed('a', li, { threadId: 8, kind: 'reminder', notAfter: at(60) });
        expect(await ledger.enqueue([delivery])).toBe(1);
        const [claimed] = await ledger.claim(at(0), 9);
        expect(claimed).toEqual({ ...delivery, id: claimed?.id, attempts: 0, refusals: 0 });
        expect(claimed?.message).toEqual(message);
        expect(await ledger.claim(at(0), 9)).toEqual([]);
      }),
    );

    it(
      'owes what has one key once, whatever became of it',
      inStore(async ({ ledger }) => {
        expect(await ledger.enqueue([])).toBe(0);
        expect(await ledger.enqueue([owed('a', li), owed('a', wang), owed('b', wang)])).toBe(2);
        const id = await claimOne(ledger, at(0));
        expect(await ledger.enqueue([owed('a', li)])).toBe(0);
        await ledger.record(id, { kind: 'sent', messageId: 5 }, at(0));
        expect(await ledger.enqueue([owed('a', li), owed('b', li), owed('c', li)])).toBe(1);
        expect(await ledger.countByState()).toEqual({ owed: 2, claimed: 0, sent: 1, rejected: 0, dropped: 0 });
      }),
    );

    it(
      'takes the most urgent kind first, then the oldest, and one of each chat',
      inStore(async (store) => {
        const { ledger } = store;
        await meet(store, 100, 101, 102, 103, 104, 200);
        await ledger.enqueue(kinds.map((kind, i) => owed(kind, 100 + i, { kind })));
        await ledger.enqueue([owed('older digest', 200, { notBefore: at(-5) }), owed('same chat', 200)]);
        expect(await claimedKeys(ledger, at(0), 2)).toEqual(['correction', 'reminder']);
        expect(await claimedKeys(ledger, at(0))).toEqual(['alert', 'older digest', 'digest', 'broadcast']);
        expect(await claimedKeys(ledger, at(0))).toEqual([]);
        for (const none of [0, -1, NaN]) expect(await claimedKeys(ledger, at(0), none)).toEqual([]);
      }),
    );

    it(
      'sends the oldest of a chat first, even before what is more urgent',
      inStore(async ({ ledger }) => {
        await ledger.enqueue([owed('first', li, { kind: 'broadcast' }), owed('second', li, { kind: 'correction' })]);
        await ledger.enqueue([owed('third', li, { threadId: 4 })]);
        const order: string[] = [];
        for (let i = 0; i < 3; i++) {
          const [delivery] = await ledger.claim(at(0), 9);
          order.push(delivery?.key ?? '');
          await ledger.record(delivery?.id ?? 0, { kind: 'sent', messageId: i }, at(0));
        }
        expect(order).toEqual(['first', 'second', 'third']);
      }),
    );

    it(
      'keeps the turn of what is put off, but lets nothing wait for what is for later from the beginning',
      inStore(async ({ ledger }) => {
        await ledger.enqueue([owed('tomorrow', li, { notBefore: at(86_400) }), owed('a', li), owed('b', li)]);
        expect(await ledger.nextDueAt()).toBe(at(0));
        const id = await claimOne(ledger, at(0));
        await ledger.record(id, { kind: 'later', notBefore: at(30), error: '429' }, at(0));
        expect(await claimedKeys(ledger, at(29))).toEqual([]);
        expect(await ledger.nextDueAt()).toBe(at(30));
        const [again] = await ledger.claim(at(30), 9);
        expect(again).toMatchObject({ key: 'a', attempts: 1, notBefore: at(30) });
        // While one of a chat is on its way, the chat has nothing that is due.
        expect(await ledger.nextDueAt()).toBeNull();
        await ledger.record(again?.id ?? 0, { kind: 'sent', messageId: 1 }, at(30));
        expect(await claimedKeys(ledger, at(30))).toEqual(['b']);
      }),
    );

    it(
      'lets the others of a chat go before one that was refused for itself, and counts its refusals',
      inStore(async ({ ledger }) => {
        await ledger.enqueue([owed('odd', li), owed('b', li), owed('c', li)]);
        const refusal = { kind: 'refused', notBefore: at(30), error: 'odd', keepsQueuePosition: false } as const;
        await ledger.record(await claimOne(ledger, at(0)), refusal, at(0));
        expect(await ledger.nextDueAt()).toBe(at(0));
        await ledger.record(await claimOne(ledger, at(0)), { kind: 'sent', messageId: 1 }, at(0));
        // Put off, `c` keeps its turn before what lost its own.
        await ledger.record(await claimOne(ledger, at(0)), { kind: 'later', notBefore: at(60), error: '502' }, at(0));
        expect(await claimedKeys(ledger, at(59))).toEqual([]);
        const [c] = await ledger.claim(at(60), 9);
        expect(c).toMatchObject({ key: 'c', attempts: 1, refusals: 0 });
        await ledger.record(c?.id ?? 0, { kind: 'sent', messageId: 2 }, at(60));
        const [odd] = await ledger.claim(at(60), 9);
        expect(odd).toMatchObject({ key: 'odd', attempts: 1, refusals: 1 });
        await ledger.record(odd?.id ?? 0, { ...refusal, notBefore: at(90), keepsQueuePosition: true }, at(60));
        await ledger.enqueue([owed('d', li, { notBefore: at(60) })]);
        expect(await claimedKeys(ledger, at(89))).toEqual([]);
        expect(await ledger.claim(at(90), 9)).toMatchObject([{ key: 'odd', attempts: 2, refusals: 2 }]);
      }),
    );

    it(
      'tells what went to groups of late, oldest first',
      inStore(async ({ ledger }) => {
        for (const [i, chat] of [school, li, supergroup, school].entries()) {
          await ledger.enqueue([owed(`k${String(i)}`, chat)]);
          await ledger.record(await claimOne(ledger, at(0)), { kind: 'sent', messageId: i }, at(10 - i));
        }
        await ledger.enqueue([owed('no', school)]);
        await ledger.record(await claimOne(ledger, at(0)), { kind: 'rejected', error: 'too long' }, at(9));
        expect(await ledger.sentToGroups(at(0))).toEqual([
          { chatId: school, at: at(7) },
          { chatId: supergroup, at: at(8) },
          { chatId: school, at: at(10) },
        ]);
        expect(await ledger.sentToGroups(at(8))).toEqual([{ chatId: school, at: at(10) }]);
      }),
    );

    it(
      'drops what is past its time, and what waits behind it goes on',
      inStore(async ({ ledger }) => {
        await ledger.enqueue([
          owed('late', li, { notAfter: at(10) }),
          owed('b', li),
          owed('c', wang, { notAfter: at(11) }),
        ]);
        expect(await claimedKeys(ledger, at(11))).toEqual(['b', 'c']);
        expect(await ledger.countByState()).toMatchObject({ claimed: 2, dropped: 1 });
      }),
    );

    it(
      'rejects one message and goes on with the chat',
      inStore(async ({ ledger }) => {
        await ledger.enqueue([owed('a', li), owed('b', li)]);
        await ledger.record(await claimOne(ledger, at(0)), { kind: 'rejected', error: 'too long' }, at(0));
        expect(await claimedKeys(ledger, at(0))).toEqual(['b']);
        expect(await ledger.countByState()).toMatchObject({ claimed: 1, rejected: 1 });
      }),
    );

    it(
      'gives a chat up that cannot be reached, and keeps its settings',
      inStore(async ({ ledger, chats, subscriptions }) => {
        await subscriptions.put(subscription(li));
        await ledger.enqueue([owed('a', li), owed('b', li), owed('c', wang)]);
        await ledger.record(await claimOne(ledger, at(0)), { kind: 'gone', error: 'bot was blocked' }, at(0));
        expect(await chats.listActive(null, 9)).toEqual([supergroup, school, wang]);
        expect(await ledger.countByState()).toEqual({ owed: 1, claimed: 0, sent: 0, rejected: 0, dropped: 2 });
        expect(await subscriptions.get(subscription(li))).toEqual(subscription(li));
        expect(await chats.activate(li, 'private', at(1))).toBe(true);
      }),
    );

    it(
      'drops what comes back to a chat that left meanwhile, and believes what was sent to it',
      inStore(async ({ ledger, chats }) => {
        await ledger.enqueue([owed('a', li), owed('b', wang), owed('c', school)]);
        const [a, b] = await ledger.claim(at(0), 9);
        for (const chat of [li, wang, school]) await chats.deactivate(chat, 'blocked', at(0));
        expect(await ledger.countByState()).toMatchObject({ claimed: 3 });
        await ledger.record(a?.id ?? 0, { kind: 'later', notBefore: at(5), error: '502' }, at(1));
        await ledger.record(b?.id ?? 0, { kind: 'sent', messageId: 1 }, at(1));
        expect(await ledger.recover()).toBe(0);
        expect(await ledger.countByState()).toEqual({ owed: 0, claimed: 0, sent: 1, rejected: 0, dropped: 2 });
        expect(await ledger.nextDueAt()).toBeNull();
      }),
    );

    it(
      'follows a group to its supergroup with what is on its way and what waits',
      inStore(async ({ ledger, chats, subscriptions }) => {
        await subscriptions.put(subscription(school));
        await ledger.enqueue([owed('a', school), owed('b', school)]);
        const id = await claimOne(ledger, at(0));
        await ledger.record(id, { kind: 'migrated', chatId: supergroup }, at(1));
        const [again] = await ledger.claim(at(1), 9);
        expect(again).toMatchObject({ id, key: 'a', chatId: supergroup, attempts: 1 });
        expect(await ledger.enqueue([owed('a', supergroup)])).toBe(0);
        await ledger.record(id, { kind: 'sent', messageId: 3 }, at(1));
        expect(await claimedKeys(ledger, at(1))).toEqual(['b']);
        expect(await chats.listActive(null, 9)).toEqual([supergroup, li, wang]);
        expect(await subscriptions.ofChat(supergroup)).toEqual([subscription(supergroup)]);
      }),
    );

    it(
      'owes again, after a start, what was claimed before',
      inStore(async ({ ledger }) => {
        await ledger.enqueue([owed('a', li), owed('b', wang), owed('c', li)]);
        const [a] = await ledger.claim(at(0), 9);
        await ledger.record(a?.id ?? 0, { kind: 'sent', messageId: 1 }, at(0));
        expect(await ledger.recover()).toBe(1);
        expect(await ledger.recover()).toBe(0);
        expect((await ledger.claim(at(0), 9)).map(({ key, attempts }) => [key, attempts])).toEqual([
          ['b', 1],
          ['c', 0],
        ]);
      }),
    );

    it(
      'takes an outcome once, but believes that what was sent was sent',
      inStore(async ({ ledger }) => {
        await ledger.enqueue([owed('a', li)]);
        const id = await claimOne(ledger, at(0));
        await ledger.recover();
        await ledger.record(id, { kind: 'later', notBefore: at(99), error: 'late' }, at(0));
        await ledger.record(id, { kind: 'gone', error: 'late' }, at(0));
        expect(await ledger.nextDueAt()).toBe(at(0));
        await ledger.record(id, { kind: 'sent', messageId: 4 }, at(0));
        await ledger.record(id, { kind: 'later', notBefore: at(99), error: 'late' }, at(0));
        await ledger.record(12_345, { kind: 'sent', messageId: 4 }, at(0));
        expect(await ledger.countByState()).toEqual({ owed: 0, claimed: 0, sent: 1, rejected: 0, dropped: 0 });
      }),
    );

    it(
      'hands each delivery to one of many that ask at once',
      inStore(async (store) => {
        const { ledger } = store;
        const chats = Array.from({ length: 250 }, (_, i) => li + i);
        await meet(store, ...chats);
        await ledger.enqueue(chats.map((chatId, i) => owed(`k${String(i)}`, chatId)));
        const claims = await Promise.all(Array.from({ length: 30 }, () => claimedKeys(ledger, at(0))));
        expect(claims.slice(0, 25).every((keys) => keys.length === 10)).toBe(true);
        expect(new Set(claims.flat()).size).toBe(250);
        expect(claims.flat()).toHaveLength(250);
      }),
    );

    it(
      'counts by the beginning of the key',
      inStore(async ({ ledger }) => {
        await ledger.enqueue([owed('broadcast:1:a', li), owed('broadcast:1:b', wang), owed('broadcast:10:a', school)]);
        await ledger.record(await claimOne(ledger, at(0)), { kind: 'sent', messageId: 1 }, at(0));
        expect(await ledger.countByStateWithPrefix('broadcast:1:')).toEqual({
          owed: 1,
          claimed: 0,
          sent: 1,
          rejected: 0,
          dropped: 0,
        });
        expect(await ledger.countByStateWithPrefix('%')).toMatchObject({ owed: 0, sent: 0 });
        expect(await ledger.countByStateWithPrefix('')).toEqual(await ledger.countByState());
      }),
    );
  });
}
