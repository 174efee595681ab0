import { describe, expect, it } from 'vitest';
import { hashId } from '../../../src/domain/salted-hash.js';
import {
  at,
  claimOne,
  claimedKeys,
  li,
  owed,
  question,
  reminder,
  school,
  subscription,
  supergroup,
  announcedFact,
  wang,
} from './cast.js';
import type { OpenState } from './suite.js';
import { meet, withStore } from './with-store.js';

export function chatCases(name: string, open: OpenState): void {
  const inStore = withStore(open);

  describe(`${name}: chats`, () => {
    it(
      'tells a chat that comes back from a new one and from one that never left',
      inStore(async ({ chats }) => {
        expect(await chats.activate(li, 'private', at(0))).toBe(false);
        expect(await chats.activate(li, 'private', at(1))).toBe(false);
        await chats.deactivate(li, 'blocked', at(2));
        expect(await chats.counts()).toEqual({ active: 0, inactive: 1 });
        expect(await chats.activate(li, 'private', at(3))).toBe(true);
        expect(await chats.activate(li, 'private', at(4))).toBe(false);
        expect(await chats.counts()).toEqual({ active: 1, inactive: 0 });
      }),
    );

    it(
      'pages through the active chats in order of id, groups first',
      inStore(async ({ chats }) => {
        for (const chat of [li, wang, school, supergroup]) await chats.activate(chat, 'group', at(0));
        await chats.deactivate(wang, 'blocked', at(1));
        expect(await chats.listActive(null, 2)).toEqual([supergroup, school]);
        expect(await chats.listActive(school, 2)).toEqual([li]);
        expect(await chats.listActive(li, 2)).toEqual([]);
        expect(await chats.listActive(null, 0)).toEqual([]);
        expect(await chats.listActive(null, Infinity)).toHaveLength(3);
      }),
    );

    it(
      'drops what a chat is owed when it leaves, plans nothing for it, and finds its settings when it is back',
      inStore(async (store) => {
        const { chats, subscriptions, reminders, ledger } = store;
        await meet(store, li, wang);
        await subscriptions.put(subscription(li));
        await reminders.put(reminder(li));
        await ledger.enqueue([owed('a', li), owed('b', wang)]);
        await chats.deactivate(li, 'blocked', at(1));
        await ledger.enqueue([owed('c', li)]);
        expect(await subscriptions.listDue(at(9), 99, 9)).toEqual([]);
        expect(await reminders.listDue(at(9), 9)).toEqual([]);
        expect(await ledger.countByState()).toMatchObject({ owed: 1, dropped: 2 });
        await chats.activate(li, 'private', at(2));
        expect(await claimedKeys(ledger, at(9))).toEqual(['b']);
        expect(await subscriptions.listDue(at(9), 99, 9)).toEqual([subscription(li)]);
        expect(await reminders.listDue(at(9), 9)).toHaveLength(1);
      }),
    );

    it(
      'keeps nothing of a chat that is not known: it was forgotten meanwhile',
      inStore(async (store) => {
        const { chats, subscriptions, reminders, announcedFacts: table, ledger } = store;
        await meet(store, li);
        expect(await ledger.enqueue([owed('a', school), owed('b', li)])).toBe(1);
        await table.put([announcedFact(school), announcedFact(li)]);
        await expect(subscriptions.put(subscription(school))).rejects.toThrow();
        await expect(reminders.put(reminder(school))).rejects.toThrow();
        await chats.deactivate(school, 'blocked', at(0));
        expect(await chats.counts()).toEqual({ active: 1, inactive: 0 });
        expect(await claimedKeys(ledger, at(0))).toEqual(['b']);
        expect(await table.listByNotices(['exam'])).toEqual([announcedFact(li)]);
        // Back again, it begins anew.
        await meet(store, school);
        expect(await ledger.enqueue([owed('a', school)])).toBe(1);
      }),
    );

    it(
      'moves all that is kept of a group to the supergroup that it became',
      inStore(async ({ chats, subscriptions, reminders, announcedFacts: table, ledger, questions }) => {
        const salt = await questions.salt();
        await chats.activate(school, 'group', at(0));
        await subscriptions.put(subscription(school, { threadId: 7 }));
        const id = await reminders.put(reminder(school));
        await table.put([announcedFact(school)]);
        await ledger.enqueue([owed('a', school)]);
        const asked = await questions.log(question({ chatHash: hashId(salt, school) }));

        await chats.migrate(school, supergroup);
        expect(await subscriptions.ofChat(school)).toEqual([]);
        expect(await subscriptions.ofChat(supergroup)).toEqual([subscription(supergroup, { threadId: 7 })]);
        expect(await reminders.get(id)).toEqual({ ...reminder(supergroup), id });
        expect(await table.listByNotices(['exam'])).toEqual([announcedFact(supergroup)]);
        expect((await ledger.claim(at(0), 9)).map(({ key, chatId }) => [key, chatId])).toEqual([['a', supergroup]]);
        expect((await questions.get(asked))?.chatHash).toBe(hashId(salt, supergroup));
        expect(await chats.listActive(null, 9)).toEqual([supergroup]);
        // Telegram tells it twice: in the old chat and in the new one.
        await chats.migrate(school, supergroup);
        await chats.migrate(supergroup, supergroup);
        expect(await subscriptions.count()).toBe(1);
      }),
    );

    it(
      'makes what was kept for a topic that is no more the chat’s own, without taking the chat’s own from it',
      inStore(async (store) => {
        const { chats, subscriptions, reminders, announcedFacts: table, ledger } = store;
        await meet(store, supergroup);
        await subscriptions.put(subscription(supergroup, { threadId: 7, cursor: 3 }));
        await subscriptions.put(subscription(supergroup, { threadId: 8 }));
        const id = await reminders.put(reminder(supergroup, { threadId: 7 }));
        await table.put([announcedFact(supergroup, { threadId: 7 })]);
        await ledger.enqueue([owed('a', supergroup, { threadId: 7 })]);

        await chats.moveTopicToChat(supergroup, 7);
        expect((await subscriptions.ofChat(supergroup)).map((s) => [s.threadId, s.cursor])).toEqual([
          [null, 3],
          [8, 10],
        ]);
        expect((await reminders.get(id))?.threadId).toBeNull();
        expect((await table.listByNotices(['exam'])).map(({ threadId }) => threadId)).toEqual([null]);
        expect((await ledger.claim(at(0), 9)).map(({ threadId }) => threadId)).toEqual([null]);

        await chats.moveTopicToChat(supergroup, 8);
        await chats.moveTopicToChat(supergroup, 9);
        expect((await subscriptions.ofChat(supergroup)).map((s) => [s.threadId, s.cursor])).toEqual([[null, 3]]);
      }),
    );

    it(
      'keeps what the supergroup already had when a group moves to it',
      inStore(async (store) => {
        const { chats, subscriptions, reminders, announcedFacts: table, ledger } = store;
        await meet(store, school, supergroup);
        for (const chat of [school, supergroup]) {
          await subscriptions.put(subscription(chat, { cursor: chat === school ? 1 : 2 }));
          await reminders.put(reminder(chat, { version: chat === school ? 1 : 2 }));
          await table.put([announcedFact(chat, { version: chat === school ? 1 : 2 })]);
        }
        await subscriptions.put(subscription(school, { threadId: 7 }));
        await reminders.put(reminder(school, { userId: wang }));
        await table.put([announcedFact(school, { noticeId: 'course' })]);
        await ledger.enqueue([owed('old', school), owed('new', supergroup)]);
        await chats.deactivate(supergroup, 'kicked', at(0));

        await chats.migrate(school, supergroup);
        expect((await subscriptions.ofChat(supergroup)).map((s) => [s.threadId, s.cursor])).toEqual([
          [null, 2],
          [7, 10],
        ]);
        expect((await reminders.listByNotices(['exam'])).map((r) => [r.chatId, r.userId, r.version])).toEqual([
          [supergroup, li, 2],
          [supergroup, wang, 1],
        ]);
        expect((await table.listByNotices(['exam', 'course'])).map((t) => [t.noticeId, t.version])).toEqual([
          ['exam', 2],
          ['course', 1],
        ]);
        expect(await claimedKeys(ledger, at(0))).toEqual(['old']);
        expect(await chats.counts()).toEqual({ active: 1, inactive: 0 });
      }),
    );

    it(
      'forgets all of a chat and nothing of another, and says how much it was',
      inStore(async (store) => {
        const salt = await store.questions.salt();
        const asked: number[] = [];
        for (const chat of [li, wang]) {
          await store.chats.activate(chat, 'private', at(0));
          await store.subscriptions.put(subscription(chat));
          await store.subscriptions.put(subscription(chat, { threadId: 3 }));
          await store.reminders.put(reminder(chat));
          await store.announcedFacts.put([
            announcedFact(chat),
            announcedFact(chat, { label: '报名' }),
            announcedFact(chat, { noticeId: 'course' }),
          ]);
          await store.ledger.enqueue([owed(`sent:${String(chat)}`, chat), owed(`owed:${String(chat)}`, chat)]);
          asked.push(await store.questions.log(question({ chatHash: hashId(salt, chat) })));
        }
        const claimed = await store.ledger.claim(at(0), 9);
        for (const { id } of claimed) await store.ledger.record(id, { kind: 'sent', messageId: 1 }, at(0));
        const inFlight = await store.ledger.claim(at(0), 9);

        expect(await store.forget(li)).toEqual({
          subscriptions: 2,
          reminders: 1,
          announced: 3,
          deliveries: 2,
          questions: 1,
        });
        expect(await store.forget(li)).toEqual({
          subscriptions: 0,
          reminders: 0,
          announced: 0,
          deliveries: 0,
          questions: 0,
        });
        expect(await store.chats.listActive(null, 9)).toEqual([wang]);
        expect(await store.subscriptions.ofChat(li)).toEqual([]);
        expect((await store.announcedFacts.listByNotices(['exam', 'course'])).map(({ chatId }) => chatId)).toEqual([
          wang,
          wang,
          wang,
        ]);
        expect(await Promise.all(asked.map((id) => store.questions.get(id)))).toEqual([
          null,
          expect.objectContaining({ id: asked[1] }),
        ]);
        // What was on its way to the forgotten chat comes back to nothing.
        for (const { id } of inFlight) await store.ledger.record(id, { kind: 'gone', error: 'blocked' }, at(1));
        expect(await store.chats.counts()).toEqual({ active: 0, inactive: 1 });
        expect(await store.ledger.countByState()).toEqual({ owed: 0, claimed: 0, sent: 1, rejected: 0, dropped: 1 });
      }),
    );

    it(
      'forgets a chat that asked nothing before a salt was made',
      inStore(async (store) => {
        await meet(store, li);
        await store.ledger.enqueue([owed('a', li)]);
        await claimOne(store.ledger, at(0));
        expect((await store.forget(li)).deliveries).toBe(1);
        await meet(store, li);
        // A key that is forgotten is new again.
        expect(await store.ledger.enqueue([owed('a', li)])).toBe(1);
      }),
    );
  });
}
