import { describe, expect, it } from 'vitest';
import {
  at,
  claimOne,
  everyone,
  li,
  limits,
  owed,
  question,
  reminder,
  school,
  subscription,
  announcedFact,
  wang,
} from './cast.js';
import type { OpenState } from './suite.js';
import { meet, withStore } from './with-store.js';

export function logCases(name: string, open: OpenState): void {
  const inStore = withStore(open);
  const amongFriends = withStore(open, everyone);

  describe(`${name}: questions, pins, audit and marks`, () => {
    it(
      'gives back a question as it was logged',
      inStore(async ({ questions }) => {
        const id = await questions.log(question());
        expect(await questions.get(id)).toEqual({ ...question(), id, vote: null, voteReason: null });
        for (const none of [id + 1, 0.5, NaN]) expect(await questions.get(none)).toBeNull();
      }),
    );

    it(
      "takes one vote of the one who asked, and nobody else's",
      inStore(async ({ questions }) => {
        const id = await questions.log(question({ userHash: 'asker' }));
        expect(await questions.vote(id, 'other', 'down', 'wrong')).toBe(false);
        expect(await questions.vote(id + 1, 'asker', 'up', null)).toBe(false);
        expect(await questions.vote(id, 'asker', 'down', 'outdated')).toBe(true);
        expect(await questions.get(id)).toMatchObject({ vote: 'down', voteReason: 'outdated' });
        expect(await questions.vote(id, 'asker', 'up', null)).toBe(true);
        expect(await questions.get(id)).toMatchObject({ vote: 'up', voteReason: null });
      }),
    );

    it(
      'shows admins what was refused or voted down, newest first, until it is done',
      inStore(async ({ questions }) => {
        const none = (reason: string) => questions.log(question({ kind: 'none', reason, noticeId: null }));
        const refused = await none('unsupported');
        for (const reason of ['chitchat', 'empty-question', 'too-long']) await none(reason);
        const disliked = await questions.log(question());
        const liked = await questions.log(question());
        const recent = await none('nothing-recent');
        await questions.vote(disliked, 'u', 'down', null);
        await questions.vote(liked, 'u', 'up', null);
        const ids = async (limit: number) => (await questions.listUnresolved(limit)).map(({ id }) => id);
        expect(await ids(9)).toEqual([recent, disliked, refused]);
        expect(await ids(1)).toEqual([recent]);
        expect(await questions.markResolved([recent, disliked, recent, 999])).toBe(2);
        expect(await questions.markResolved([recent])).toBe(0);
        expect(await ids(9)).toEqual([refused]);
      }),
    );

    it(
      'makes one salt and keeps it',
      inStore(async ({ questions, marks }) => {
        const salts = await Promise.all([questions.salt(), questions.salt(), questions.salt()]);
        expect(new Set(salts).size).toBe(1);
        expect(salts[0]).toMatch(/^[\da-f]{64}$/);
        expect(await marks.get('question-salt')).toBeNull();
      }),
    );

    it(
      'keeps pins until they expire or are removed',
      inStore(async ({ pins }) => {
        const pin = { question: '电话', answer: '12345', createdBy: li, createdAt: at(0), expiresAt: at(10) };
        const id = await pins.add(pin);
        const longer = await pins.add({ ...pin, expiresAt: at(20) });
        expect((await pins.listActive(at(9)))[0]).toEqual({ ...pin, id });
        expect((await pins.listActive(at(10))).map((p) => p.id)).toEqual([longer]);
        expect(await pins.remove(longer)).toBe(true);
        expect(await pins.remove(longer)).toBe(false);
        expect(await pins.remove(NaN)).toBe(false);
        expect(await pins.listActive(at(10))).toEqual([]);
      }),
    );

    it(
      'shows the last of what admins did and others tried',
      inStore(async ({ audit }) => {
        const row = (action: string, allowed: boolean) => ({ at: at(0), userId: li, action, allowed, detail: '"x"' });
        for (const one of [row('/reindex', true), row('/status', false), row('/pin', true)]) await audit.add(one);
        expect(await audit.last(2)).toEqual([row('/pin', true), row('/status', false)]);
        expect(await audit.last(0)).toEqual([]);
      }),
    );

    it(
      'remembers the last value of a mark',
      inStore(async ({ marks }) => {
        expect(await marks.get('digest')).toBeNull();
        await marks.set('digest', at(0));
        await marks.set('digest', at(1));
        expect([await marks.get('digest'), await marks.get('')]).toEqual([at(1), null]);
      }),
    );
  });

  describe(`${name}: retention`, () => {
    it(
      'deletes what has outlived its use, and never what is owed',
      amongFriends(async (store) => {
        const { ledger, questions } = store;
        for (const seconds of [0, 10, 20]) {
          await questions.log(question({ at: at(seconds) }));
          await store.announcedFacts.put([announcedFact(li, { noticeId: String(seconds), announcedAt: at(seconds) })]);
          await store.audit.add({ at: at(seconds), userId: li, action: 'x', allowed: true, detail: '' });
          await ledger.enqueue([owed(`sent:${String(seconds)}`, li)]);
          await ledger.record(await claimOne(ledger, at(0)), { kind: 'sent', messageId: 1 }, at(seconds));
        }
        await ledger.enqueue([owed('old and owed', wang), owed('old and claimed', school, { kind: 'correction' })]);
        await claimOne(ledger, at(0));

        expect(await store.prune(limits())).toBe(0);
        expect(await store.prune(limits({ questionsBefore: at(10) }))).toBe(1);
        expect(await store.prune(limits({ announcedBefore: at(20) }))).toBe(2);
        expect(await store.prune(limits({ auditBefore: at(1) }))).toBe(1);
        expect(await store.prune(limits({ deliveriesBefore: at(20) }))).toBe(2);
        expect(await store.announcedFacts.noticeIds(null, 9)).toEqual(['20']);
        expect(await store.audit.last(9)).toHaveLength(2);
        expect(await ledger.countByState()).toEqual({ owed: 1, claimed: 1, sent: 1, rejected: 0, dropped: 0 });
      }),
    );

    it(
      'deletes reminders that were all sent when their day is long past, and none that is still to be sent',
      amongFriends(async (store) => {
        const { reminders } = store;
        const sent = { nextAt: null };
        await reminders.put(reminder(li, { ...sent, due: { date: '2024-03-01', time: null } }));
        const recent = await reminders.put(reminder(wang, { ...sent, due: { date: '2024-03-11', time: null } }));
        const owing = await reminders.put(reminder(school, { due: { date: '2024-03-01', time: null } }));
        expect(await store.prune(limits({ announcedBefore: at(0) }))).toBe(1);
        expect((await reminders.listByNotices(['exam'])).map(({ id }) => id)).toEqual([recent, owing]);
      }),
    );

    it(
      'deletes more than fits one transaction',
      amongFriends(async (store) => {
        const row = { at: at(0), userId: li, action: 'x', allowed: true, detail: '' };
        await Promise.all(Array.from({ length: 1_001 }, () => store.audit.add(row)));
        expect(await store.prune(limits({ auditBefore: at(1) }))).toBe(1_001);
        expect(await store.audit.last(9)).toEqual([]);
      }),
    );

    it(
      'forgets chats that left long ago, counted from when they left',
      amongFriends(async (store) => {
        for (const chat of [li, wang, school]) {
          await store.subscriptions.put(subscription(chat));
          await store.reminders.put(reminder(chat));
        }
        await store.chats.deactivate(li, 'blocked', at(0));
        await store.chats.deactivate(li, 'blocked again', at(50));
        await store.chats.deactivate(wang, 'blocked', at(30));
        expect(await store.prune(limits({ inactiveBefore: at(20) }))).toBe(3);
        expect(await store.chats.counts()).toEqual({ active: 2, inactive: 1 });
        expect(await store.subscriptions.count()).toBe(2);
        expect(await store.subscriptions.get(subscription(li))).toBeNull();
      }),
    );
  });

  it(`${name}: closes twice, and then refuses every call`, async () => {
    const { store, dispose } = await open();
    await meet(store, li);
    const pending = store.ledger.enqueue([owed('a', li)]);
    await Promise.all([store.close(), store.close()]);
    expect(await pending).toBe(1);
    for (const call of [
      () => store.ledger.enqueue([owed('b', li)]),
      () => store.ledger.countByState(),
      () => store.chats.listActive(null, 1),
      () => store.marks.set('a', 'b'),
      () => store.forget(li),
    ]) {
      await expect(call()).rejects.toThrow('存储已关闭');
    }
    await dispose();
  });
}
