import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { createBroadcasts, type Broadcasts } from '../../src/notify/broadcasts.js';
import type { StateStore } from '../../src/store/state-store.js';
import { newState } from '../support/state.js';

const ADMIN = 9;
const MINUTE = 60_000;

async function stage(chats: number) {
  const state = await newState();
  for (let id = 1; id <= chats; id++) await state.chats.activate(id, 'private', '2024-03-11T00:00:00.000Z');
  const clock = { ms: Date.parse('2024-03-11T01:00:00Z') };
  const counted = { owed: 0 };
  const make = (using: Pick<StateStore, 'chats' | 'ledger' | 'marks'> = state, retryMs = 5): Broadcasts =>
    createBroadcasts({
      retryMs,
      state: using,
      log: pino({ level: 'silent' }),
      now: () => new Date(clock.ms),
      newId: () => 4711,
      onQueued: () => counted.owed++,
    });
  return { state, clock, counted, make, broadcasts: make() };
}

async function confirmed(broadcasts: Broadcasts, id: number): Promise<string> {
  const outcome = await broadcasts.confirm(id, ADMIN);
  if (outcome.kind === 'begun') await outcome.finished;
  return outcome.kind;
}

async function prepared(broadcasts: Broadcasts, text = '明天<停水>&停电'): Promise<number> {
  const ready = await broadcasts.prepare(ADMIN, text);
  return ready.kind === 'ready' ? ready.id : Promise.reject(new Error(ready.kind));
}

describe('a broadcast', () => {
  it('is owed once to every active chat after it was confirmed, as data', async () => {
    const { state, broadcasts } = await stage(3);
    await state.chats.deactivate(2, 'blocked', '2024-03-11T00:00:00.000Z');
    const id = await prepared(broadcasts);
    expect((await state.ledger.countByState()).owed).toBe(0);
    expect(await confirmed(broadcasts, id)).toBe('begun');
    const owed = await state.ledger.claim('2024-03-11T02:00:00.000Z', 9);
    expect(owed.map(({ key, kind, chatId }) => [key, kind, chatId])).toEqual([
      ['broadcast:4711:1', 'broadcast', 1],
      ['broadcast:4711:3', 'broadcast', 3],
    ]);
    expect(owed[0]?.message).toEqual({ html: '<b>管理员通知</b>\n\n明天&lt;停水&gt;&amp;停电', buttons: [] });
  });

  it('is confirmed once, within ten minutes, by who prepared it, or not at all', async () => {
    const { clock, broadcasts } = await stage(1);
    const id = await prepared(broadcasts);
    expect((await broadcasts.confirm(id, 8)).kind).toBe('expired');
    expect(await confirmed(broadcasts, id)).toBe('begun');
    expect(await confirmed(broadcasts, id)).toBe('expired');
    const late = await prepared(broadcasts);
    clock.ms += 10 * MINUTE + 1;
    expect(await confirmed(broadcasts, late)).toBe('expired');
    const cancelled = await prepared(broadcasts);
    expect([broadcasts.cancel(cancelled, 8), broadcasts.cancel(cancelled, ADMIN)]).toEqual([false, true]);
    expect(await confirmed(broadcasts, cancelled)).toBe('expired');
  });

  it('begins once when its button is pressed twice at once', async () => {
    const { broadcasts } = await stage(1);
    const id = await prepared(broadcasts);
    const kinds = (await Promise.all([broadcasts.confirm(id, ADMIN), broadcasts.confirm(id, ADMIN)])).map(
      (o) => o.kind,
    );
    expect(kinds.filter((kind) => kind === 'begun')).toHaveLength(1);
  });

  it('goes on after a stop in the middle, to everyone, and to nobody twice', async () => {
    const { state, counted, make } = await stage(1201);
    // The process ends after the second page is owed and before that is written down.
    const marks = {
      ...state.marks,
      set: (name: string, value: string) => (++written > 2 ? never : state.marks.set(name, value)),
    };
    let written = 0;
    const never = new Promise<void>(() => undefined);
    const dying = make({ ...state, marks });
    const outcome = await dying.confirm(await prepared(dying), ADMIN);
    expect(outcome.kind).toBe('begun');
    await expect.poll(async () => (await state.ledger.countByState()).owed).toBe(1000);
    const reborn = make();
    expect(await confirmed(reborn, await prepared(reborn))).toBe('busy');
    expect(await reborn.resume()).toBe(true);
    expect((await state.ledger.countByState()).owed).toBe(1201);
    expect(counted.owed).toBeGreaterThan(0);
    expect(await reborn.resume()).toBe(false);
  });

  it('goes on after a fault of the store, without a restart', async () => {
    const { state, make } = await stage(3);
    let faults = 2;
    const ledger = {
      ...state.ledger,
      enqueue: (owed: Parameters<typeof state.ledger.enqueue>[0]) =>
        faults-- > 0 ? Promise.reject(new Error('database is locked')) : state.ledger.enqueue(owed),
    };
    const broadcasts = make({ ...state, ledger });
    expect(await confirmed(broadcasts, await prepared(broadcasts))).toBe('begun');
    expect((await state.ledger.countByState()).owed).toBe(3);
    expect(await confirmed(broadcasts, await prepared(broadcasts))).toBe('begun');
  });

  it('that waits to try again does not hold up a stop, and goes on after the next start', async () => {
    const { state, make } = await stage(3);
    const owe = () => Promise.reject(new Error('database is locked'));
    const broadcasts = make({ ...state, ledger: { ...state.ledger, enqueue: owe } }, 60_000);
    await broadcasts.confirm(await prepared(broadcasts), ADMIN);
    await broadcasts.close();
    expect(await make().resume()).toBe(true);
    expect((await state.ledger.countByState()).owed).toBe(3);
  });

  it('is refused when it does not fit one message, or nobody would get it', async () => {
    const { broadcasts } = await stage(1);
    expect(await broadcasts.prepare(ADMIN, '字'.repeat(4100))).toEqual({ kind: 'too-long' });
    expect(await (await stage(0)).broadcasts.prepare(ADMIN, '好')).toEqual({ kind: 'no-chats' });
  });

  it('is not begun while the bot stops', async () => {
    const { state, broadcasts } = await stage(1);
    const id = await prepared(broadcasts);
    await broadcasts.close();
    expect(await confirmed(broadcasts, id)).toBe('busy');
    expect((await state.ledger.countByState()).owed).toBe(0);
  });
});
