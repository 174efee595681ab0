import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type Subscription } from '../../../src/domain/subscription.js';
import {
  at,
  claimedKeys,
  claimOne,
  everyone,
  immediate,
  li,
  owed,
  reminder,
  school,
  subscription,
  supergroup,
  announcedFact,
  wang,
} from './cast.js';
import type { OpenState } from './suite.js';
import { meet, withStore } from './with-store.js';

export function planCases(name: string, open: OpenState): void {
  const inStore = withStore(open, everyone);

  describe(`${name}: subscriptions`, () => {
    it(
      'gives back a subscription as it was put, one for each topic, and replaces it',
      inStore(async ({ subscriptions }) => {
        const words: Subscription = subscription(supergroup, {
          threadId: 5,
          settings: { ...DEFAULT_SETTINGS, include: [`'; --`, '.*', '<b>'], exclude: ['𠮷'], columns: ['公示公告'] },
        });
        await subscriptions.put(subscription(supergroup));
        await subscriptions.put(words);
        expect(await subscriptions.get({ chatId: supergroup, threadId: 5 })).toEqual(words);
        expect(await subscriptions.get(subscription(supergroup))).toEqual(subscription(supergroup));
        expect(await subscriptions.get({ chatId: supergroup, threadId: 6 })).toBeNull();
        await subscriptions.put({ ...words, cursor: 11 });
        expect(await subscriptions.ofChat(supergroup)).toEqual([subscription(supergroup), { ...words, cursor: 11 }]);
        expect(await subscriptions.count()).toBe(2);
        expect(await subscriptions.remove(words)).toBe(true);
        expect(await subscriptions.remove(words)).toBe(false);
        expect(await subscriptions.ofChat(supergroup)).toEqual([subscription(supergroup)]);
      }),
    );

    it(
      'refuses settings and instants that it could not read back',
      inStore(async ({ subscriptions }) => {
        const settings = { ...DEFAULT_SETTINGS, time: '8:00' };
        await expect(subscriptions.put(subscription(li, { settings }))).rejects.toThrow();
        await expect(subscriptions.put(subscription(li, { nextAt: '2024-03-11T08:00:00+08:00' }))).rejects.toThrow();
        expect(await subscriptions.count()).toBe(0);
      }),
    );

    it(
      'finds digests that are due and, told at once, who has not heard of the newest notice',
      inStore(async (store) => {
        const { subscriptions } = store;
        await meet(store, 1, 2, 3, 4, 5, 6);
        await subscriptions.put(subscription(1, { nextAt: at(10) }));
        await subscriptions.put(subscription(2, { nextAt: at(5) }));
        await subscriptions.put(subscription(3, { nextAt: at(11), cursor: 0 }));
        await subscriptions.put(subscription(4, { ...immediate, cursor: 19 }));
        await subscriptions.put(subscription(5, { ...immediate, cursor: 20 }));
        await subscriptions.put(subscription(6, { ...immediate, cursor: 3 }));
        const due = async (limit: number) =>
          (await subscriptions.listDue(at(10), 20, limit)).map(({ chatId }) => chatId);
        expect(await due(9)).toEqual([2, 1, 6, 4]);
        expect(await due(3)).toEqual([2, 1, 6]);
        expect(await due(1)).toEqual([2]);
        expect(await due(0)).toEqual([]);
      }),
    );

    it(
      'writes down what is owed and moves on, once, however often and by however many it is asked',
      inStore(async ({ subscriptions, ledger }) => {
        const before = subscription(li);
        const after = { ...before, cursor: 20, nextAt: at(86_400), lastAt: at(0) };
        await subscriptions.put(before);
        const settle = () =>
          subscriptions.replaceIfUnchanged(before, after, [owed('digest:1', li), owed('digest:2', li)]);
        expect(await Promise.all([settle(), settle(), settle()])).toEqual([true, false, false]);
        expect(await subscriptions.get(before)).toEqual(after);
        expect(await ledger.countByState()).toMatchObject({ owed: 2 });
        // What was owed under the same key before is not owed again.
        expect(
          await subscriptions.replaceIfUnchanged(after, before, [owed('digest:1', li), owed('digest:3', li)]),
        ).toBe(true);
        expect(await ledger.countByState()).toMatchObject({ owed: 3 });
      }),
    );

    it(
      'changes nothing when the subscriber changed something meanwhile, left or unsubscribed',
      inStore(async ({ subscriptions, ledger, chats }) => {
        const before = subscription(li);
        const after = { ...before, cursor: 20 };
        const settle = () => subscriptions.replaceIfUnchanged(before, after, [owed('a', li)]);
        for (const change of [
          { cursor: 11 },
          { nextAt: at(1) },
          { nextAt: null },
          { settings: { ...DEFAULT_SETTINGS, include: ['考试'] } },
        ]) {
          await subscriptions.put({ ...before, ...change });
          expect(await settle()).toBe(false);
          expect(await subscriptions.get(before)).toEqual({ ...before, ...change });
        }
        await subscriptions.put(before);
        await chats.deactivate(li, 'blocked', at(0));
        expect(await settle()).toBe(false);
        await chats.activate(li, 'private', at(0));
        await subscriptions.remove(before);
        expect(await settle()).toBe(false);
        expect(await ledger.countByState()).toMatchObject({ owed: 0, dropped: 0 });
      }),
    );

    it(
      'remembers what is told together with what is owed, or neither',
      inStore(async ({ subscriptions, announcedFacts: table }) => {
        const before = subscription(li);
        const after = { ...before, cursor: 20 };
        await subscriptions.put(before);
        expect(
          await subscriptions.replaceIfUnchanged(before, after, [owed('a', li)], { announced: [announcedFact(li)] }),
        ).toBe(true);
        expect(
          await subscriptions.replaceIfUnchanged(before, after, [owed('b', li)], {
            announced: [announcedFact(li, { label: '' })],
          }),
        ).toBe(false);
        const broken = owed('c', li, { notBefore: 'soon' });
        await expect(
          subscriptions.replaceIfUnchanged(after, before, [broken], { announced: [announcedFact(li, { label: '' })] }),
        ).rejects.toThrow();
        expect(await table.listByNotices(['exam'])).toEqual([announcedFact(li)]);
      }),
    );

    it(
      'supersedes a digest that is unsent as a whole, whose keys are free again then',
      inStore(async ({ subscriptions, ledger }) => {
        const first = subscription(li);
        const digest = { key: 'digest:1', cursor: 10, from: at(-9) };
        const second = { ...first, cursor: 20, nextAt: at(9), lastAt: at(0), digest };
        await subscriptions.put(first);
        await subscriptions.replaceIfUnchanged(first, second, [owed('digest:1:1', li), owed('digest:1:2', li)]);
        await ledger.enqueue([owed('digest:10:1', li)]);
        expect(await subscriptions.get(first)).toEqual(second);
        expect([await ledger.isUnsent('digest:1'), await ledger.isUnsent('digest')]).toEqual([true, true]);
        expect(await ledger.isUnsent('digest:2')).toBe(false);
        const third = { ...second, cursor: 30, digest: null };
        const again = [owed('digest:1:1', li)];
        expect(await subscriptions.replaceIfUnchanged(second, third, again, { supersededDigestKey: 'digest:1' })).toBe(
          true,
        );
        expect(await ledger.countByState()).toMatchObject({ owed: 2, dropped: 2 });
        expect(await claimedKeys(ledger, at(0))).toEqual(['digest:10:1']);
      }),
    );

    it.each([
      ['on its way', null],
      ['sent', { kind: 'sent', messageId: 1 }],
      ['refused', { kind: 'refused', notBefore: at(9), error: 'closed', keepsQueuePosition: true }],
      ['given up', { kind: 'rejected', error: 'too long' }],
    ] as const)('supersedes nothing of a digest of which a part is %s, and changes nothing', (_, outcome) =>
      inStore(async ({ subscriptions, ledger }) => {
        const before = subscription(li);
        await subscriptions.put(before);
        await ledger.enqueue([owed('digest:1:1', li), owed('digest:1:2', li)]);
        const id = await claimOne(ledger, at(0));
        if (outcome !== null) await ledger.record(id, outcome, at(0));
        const counts = await ledger.countByState();
        expect(await ledger.isUnsent('digest:1')).toBe(false);
        const after = { ...before, cursor: 20 };
        expect(
          await subscriptions.replaceIfUnchanged(before, after, [owed('b', li)], { supersededDigestKey: 'digest:1' }),
        ).toBe(false);
        expect(await subscriptions.get(before)).toEqual(before);
        expect(await ledger.countByState()).toEqual(counts);
      })(),
    );

    it(
      'neither moves on nor owes anything when a part of it cannot be written',
      inStore(async ({ subscriptions, ledger }) => {
        const before = subscription(li);
        await subscriptions.put(before);
        const broken = owed('b', li, { notBefore: 'soon' });
        const good = subscriptions.replaceIfUnchanged(before, { ...before, cursor: 20 }, [owed('a', li), broken]);
        const [failed, other] = await Promise.allSettled([good, ledger.enqueue([owed('c', wang)])]);
        expect(failed.status).toBe('rejected');
        // Whoever shared its transaction is served all the same.
        expect(other).toEqual({ status: 'fulfilled', value: 1 });
        expect(await subscriptions.get(before)).toEqual(before);
        expect(await claimedKeys(ledger, at(0))).toEqual(['c']);
      }),
    );
  });

  describe(`${name}: reminders and what was told`, () => {
    it(
      "replaces a user's reminder of the same fact, under the same id, and leaves another user's alone",
      inStore(async ({ reminders }) => {
        const id = await reminders.put(reminder(school));
        const other = await reminders.put(reminder(school, { userId: wang, threadId: 4 }));
        const changed = reminder(school, { daysBefore: [0], due: { date: '2024-05', time: null }, nextAt: null });
        expect(await reminders.put(changed)).toBe(id);
        expect(await reminders.get(id)).toEqual({ ...changed, id });
        expect(await reminders.list({ chatId: school, threadId: null })).toEqual([{ ...changed, id }]);
        expect((await reminders.list({ chatId: school, threadId: 4 })).map((r) => r.id)).toEqual([other]);
        expect(await reminders.remove(id)).toBe(true);
        expect(await reminders.remove(id)).toBe(false);
        for (const none of [id, 0, 1.5, NaN]) expect(await reminders.get(none)).toBeNull();
      }),
    );

    it(
      'finds reminders that are due, the earliest first, and moves each on once',
      inStore(async ({ reminders, ledger }) => {
        const put = (label: string, nextAt: string | null) => reminders.put(reminder(li, { label, nextAt }));
        const [late, early] = [await put('b', at(8)), await put('a', at(3))];
        await put('c', at(11));
        await put('d', null);
        const due = await reminders.listDue(at(10), 9);
        expect(due.map(({ id }) => id)).toEqual([early, late]);
        const [before] = due;
        if (before === undefined) throw new Error('none due');
        const after = { ...before, nextAt: null };
        const settle = () =>
          reminders.replaceIfUnchanged(before, after, [owed('r', li, { kind: 'reminder', notAfter: at(99) })]);
        expect(await Promise.all([settle(), settle()])).toEqual([true, false]);
        expect(await reminders.get(early)).toEqual(after);
        expect((await reminders.listDue(at(10), 9)).map(({ id }) => id)).toEqual([late]);
        expect(await claimedKeys(ledger, at(10))).toEqual(['r']);
      }),
    );

    it(
      'moves a reminder onto one that stands for the same fact already, and keeps one of them',
      inStore(async ({ reminders }) => {
        const id = await reminders.put(reminder(li, { label: '考试日期' }));
        await reminders.put(reminder(li));
        const before = { ...reminder(li, { label: '考试日期' }), id };
        expect(await reminders.replaceIfUnchanged(before, { ...before, label: '考试时间', version: 2 }, [])).toBe(true);
        expect(await reminders.listByNotices(['exam'])).toEqual([{ ...reminder(li), version: 2, id }]);
      }),
    );

    it(
      'corrects what a chat that left was told, and drops the message',
      inStore(async ({ reminders, announcedFacts: table, chats, ledger }) => {
        const id = await reminders.put(reminder(li));
        await table.put([announcedFact(li)]);
        await chats.deactivate(li, 'blocked', at(0));
        const before = { ...reminder(li), id };
        const moved = { due: { date: '2024-04-27', time: null }, version: 2 };
        expect(await reminders.replaceIfUnchanged(before, { ...before, ...moved }, [owed('a', li)])).toBe(true);
        expect(
          await table.replaceIfUnchanged(announcedFact(li), announcedFact(li, { version: 2 }), [owed('b', li)]),
        ).toBe(true);
        expect(await reminders.get(id)).toMatchObject(moved);
        await chats.activate(li, 'private', at(1));
        expect(await claimedKeys(ledger, at(9))).toEqual([]);
      }),
    );

    it(
      'remembers of each fact what a chat was told last',
      inStore(async ({ announcedFacts: table, ledger }) => {
        const end = { date: '2024-04', time: null };
        await table.put([
          announcedFact(li),
          announcedFact(li, { end, version: 2 }),
          announcedFact(wang),
          announcedFact(li, { type: 'other' }),
        ]);
        await table.put([announcedFact(wang, { version: 3, threadId: 9 })]);
        const now = await table.listByNotices(['exam', 'missing', 'exam']);
        expect(now).toEqual([
          announcedFact(li, { end, version: 2 }),
          announcedFact(wang, { version: 3, threadId: 9 }),
          announcedFact(li, { type: 'other' }),
        ]);
        const [before, other] = now;
        if (before === undefined || other === undefined) throw new Error('nothing told');
        const after = { ...before, start: null, version: 4, announcedAt: at(5) };
        expect(await table.replaceIfUnchanged(announcedFact(li), after, [owed('a', li)])).toBe(false);
        expect(await table.replaceIfUnchanged(before, after, [owed('b', li, { kind: 'correction' })])).toBe(true);
        expect(await table.replaceIfUnchanged(before, after, [owed('c', li)])).toBe(false);
        // The same fact under other words.
        expect(await table.replaceIfUnchanged(other, { ...other, label: '笔试时间' }, [])).toBe(true);
        expect(await table.listByNotices(['exam'])).toEqual([
          after,
          announcedFact(li, { type: 'other' }),
          { ...other, label: '笔试时间' },
        ]);
        expect(await claimedKeys(ledger, at(0))).toEqual(['b']);
      }),
    );

    it(
      'names each notice once of which anyone was told or is reminded, page by page',
      inStore(async ({ announcedFacts: table, reminders }) => {
        await table.put(
          ['c', 'a', 'e'].flatMap((noticeId) => [announcedFact(li, { noticeId }), announcedFact(wang, { noticeId })]),
        );
        for (const noticeId of ['b', 'c', 'd']) await reminders.put(reminder(li, { noticeId }));
        expect(await table.noticeIds(null, 2)).toEqual(['a', 'b']);
        expect(await table.noticeIds('b', 2)).toEqual(['c', 'd']);
        expect(await table.noticeIds('d', 2)).toEqual(['e']);
        expect(await table.noticeIds('e', 2)).toEqual([]);
      }),
    );
  });
}
