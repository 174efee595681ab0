import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { createAdminAccess } from '../../src/operations/admin-access.js';
import { createBroadcasts } from '../../src/notify/broadcasts.js';
import type { DeliveryOutcome } from '../../src/domain/delivery.js';
import { createCorrectionPlanner } from '../../src/notify/corrections/correction-planner.js';
import { createDigestPlanner } from '../../src/notify/digests/digest-planner.js';
import type { Planner } from '../../src/notify/planning.js';
import { createReminderPlanner } from '../../src/notify/reminders/reminder-planner.js';
import type { StateStore } from '../../src/store/state-store.js';
import { notice, period, rules, shanghai, subscription } from './cast.js';
import { inWorld, logged, type World } from './kit.js';
import { at, owed, reminder, announcedFact } from '../store/state/cast.js';
import { BEFORE, dataUnder, found, NOTICES, READER, stage } from '../telegram/kit.js';
import { newState } from '../support/state.js';

const LI = 7;
const NOW = shanghai('2024-03-11 08:00');

/** All that is stored of anyone. */
async function kept({ chats, subscriptions, announcedFacts: table, ledger, questions }: StateStore): Promise<object> {
  return {
    chats: await chats.counts(),
    subscriptions: await subscriptions.count(),
    // With those of reminders.
    notices: await table.noticeIds(null, 9),
    deliveries: Object.values(await ledger.countByState()).reduce((sum, count) => sum + count),
    question: await questions.get(1),
  };
}
const NOTHING = {
  chats: { active: 0, inactive: 0 },
  subscriptions: 0,
  notices: [],
  deliveries: 0,
  question: null,
};

/** The same store, in which someone is forgotten just before or just after a table's method begins to write. */
function forgetting<T extends object>(table: T, method: keyof T, forget: () => unknown, when: string): T {
  const work = table[method] as (...parameters: unknown[]) => Promise<unknown>;
  return {
    ...table,
    [method]: async (...parameters: unknown[]) => {
      if (when === 'before') await forget();
      const working = work(...parameters);
      if (when === 'after') await forget();
      return working;
    },
  };
}

describe.each(['before', 'after'])('a chat that is forgotten %s work for it is written down leaves nothing', (when) => {
  it('of a digest', () =>
    inWorld(
      async ({ state, notices }) => {
        await notices.save([notice('第1号', [period('application', null, '2024-03-15', '申报时间')])]);
        await state.subscriptions.put(subscription(LI));
        const subscriptions = forgetting(state.subscriptions, 'replaceIfUnchanged', () => state.forget(LI), when);
        await createDigestPlanner({ state: { ...state, subscriptions }, notices, rules, log: logged() })(NOW);
        expect(await kept(state)).toEqual(NOTHING);
      },
      [LI],
    ));

  it('of a reminder that is sent', () =>
    inWorld(
      async ({ state, notices }) => {
        await state.reminders.put(reminder(LI, { nextAt: NOW.toISOString() }));
        const reminders = forgetting(state.reminders, 'replaceIfUnchanged', () => state.forget(LI), when);
        await createReminderPlanner({ state: { reminders }, notices, rules, log: logged() })(NOW);
        expect(await kept(state)).toEqual(NOTHING);
      },
      [LI],
    ));

  it.each(['announcedFacts', 'reminders'] as const)('of a correction of what is in %s', (name) =>
    inWorld(
      async (world: World) => {
        const { state, notices } = world;
        const facts = [period('exam', '2024-04-20', null, '考试时间')];
        await notices.save([notice('exam', facts)]);
        await notices.save([notice('exam', [period('exam', '2024-04-27', null, '考试时间')], {}, '更正。')]);
        await state.announcedFacts.put([announcedFact(LI)]);
        await state.reminders.put(reminder(LI));
        const table = forgetting<StateStore['announcedFacts'] | StateStore['reminders']>(
          state[name],
          'replaceIfUnchanged',
          () => state.forget(LI),
          when,
        );
        const plan: Planner = createCorrectionPlanner({
          state: { ...state, [name]: table },
          notices,
          rules,
          log: logged(),
        });
        await plan(NOW);
        expect(await kept(state)).toEqual(NOTHING);
      },
      [LI],
    ),
  );

  it('of a broadcast', async () => {
    const state = await newState();
    await state.chats.activate(LI, 'private', at(0));
    const broadcasts = createBroadcasts({
      state: { ...state, ledger: forgetting(state.ledger, 'enqueue', () => state.forget(LI), when) },
      log: pino({ level: 'silent' }),
      now: () => NOW,
      newId: () => 1,
      onQueued: () => undefined,
    });
    const ready = await broadcasts.prepare(5, '停电');
    const begun = ready.kind === 'ready' ? await broadcasts.confirm(ready.id, 5) : ready;
    if (begun.kind === 'begun') await begun.finished;
    expect(await kept(state)).toEqual(NOTHING);
  });

  it.each<DeliveryOutcome>([
    { kind: 'sent', messageId: 1 },
    { kind: 'later', notBefore: at(9), error: '502' },
    { kind: 'refused', notBefore: at(9), error: 'odd', keepsQueuePosition: false },
    { kind: 'rejected', error: 'too long' },
    { kind: 'gone', error: 'blocked' },
    { kind: 'migrated', chatId: -1_001_234_567_890 },
  ])('of a delivery on its way whose outcome is: $kind', async (outcome) => {
    const state = await newState();
    await state.chats.activate(LI, 'private', at(0));
    await state.ledger.enqueue([owed('a', LI), owed('b', LI)]);
    const [delivery] = await state.ledger.claim(at(0), 1);
    // A migrated chat that is forgotten afterwards is known by its new id.
    const chatId = when === 'after' && outcome.kind === 'migrated' ? outcome.chatId : LI;
    const ledger = forgetting(state.ledger, 'record', () => state.forget(chatId), when);
    await ledger.record(delivery?.id ?? 0, outcome, at(1));
    expect(await kept(state)).toEqual(NOTHING);
  });
});

describe('forgetting', () => {
  it('waits for an answer that is being given, and takes its traces too', async () => {
    const first = NOTICES[0];
    if (first === undefined) throw new Error('the cast is empty');
    const answering = { begun: false, end: (): void => undefined };
    const { api, state } = await stage({
      now: () => BEFORE,
      askParts: {
        ask: async () => {
          answering.begun = true;
          await new Promise<void>((resolve) => {
            answering.end = resolve;
          });
          return found('公示时间：2024年3月11日至2024年3月15日', first.notice.body, first);
        },
      },
    });
    api.userSays(READER, '/forgetme');
    const panel = await api.nextMessage(READER);
    api.userSays(READER, '公示到哪天？');
    await api.waitFor(() => answering.begun);
    api.userPresses(panel, dataUnder(panel.reply_markup, '全部删除'));
    answering.end();
    await api.waitFor(() => panel.edits > 0);
    expect(panel.text).toContain('提问记录 1 条');
    expect(panel.text).toContain('告知过的期限 1 条');
    expect(await kept(state)).toEqual(NOTHING);
  });

  it('leaves in the audit that it was one person, and not who', async () => {
    const state = await newState();
    const access = createAdminAccess(new Set(), state.audit, () => NOW);
    await access.audit(LI, '/status', false, '');
    await access.audit(8, '/status', false, '');
    await access.audit(LI, '/pin', false, '');
    await state.forget(LI);
    const rows = (await state.audit.last(9)).reverse();
    expect(rows.map(({ action }) => action)).toEqual(['/status', '/status', '/pin']);
    const [once, other, again] = rows.map(({ userId }) => userId);
    expect(other).toBe(8);
    expect(once).toBe(again);
    expect(once).toBeLessThan(0);
    // Whoever comes back begins anew.
    await access.audit(LI, '/status', false, '');
    expect((await state.audit.last(1))[0]?.userId).toBe(LI);
  });
});
