import { describe, expect, it } from 'vitest';
import { createChatLifecycle } from '../../../src/notify/chat-lifecycle.js';
import type { DeliveryEvent } from '../../../src/notify/delivery/deliverer.js';
import { createOutcomeHandler } from '../../../src/notify/delivery/outcome-handler.js';
import type { DeliveryOutcome } from '../../../src/domain/delivery.js';
import { newState } from '../../support/state.js';
import { at, claimOne, owed, subscription, supergroup } from '../../store/state/cast.js';
import { memoryLog } from '../../support/memory-log.js';
import { BEFORE, NOTICES, READER } from '../../telegram/kit.js';

const [notice] = NOTICES;
const periods = (notice?.facts ?? []).filter((fact) => fact.kind === 'period');

const eventOf = (outcome: DeliveryOutcome, more: Partial<DeliveryEvent> = {}, threadId: number | null = null) => ({
  delivery: { ...owed('a', threadId === null ? READER : supergroup, { threadId }), id: 1, attempts: 0, refusals: 0 },
  outcome,
  without: [],
  ...more,
});

async function stage() {
  const state = await newState();
  const readers = createChatLifecycle(
    state,
    () => BEFORE,
    () => Promise.resolve(0),
  );
  const counted: string[] = [];
  const delivered = (kind: string, outcome: string): void => {
    counted.push(`${kind} ${outcome}`);
  };
  const consequences = createOutcomeHandler({
    metrics: { delivered },
    readers,
    chats: state.chats,
    log: memoryLog().log,
  });
  return { state, readers, counted, consequences };
}

describe('what follows from a delivery', () => {
  it('counts it, by kind and outcome', async () => {
    const { counted, consequences } = await stage();
    consequences.onOutcome(eventOf({ kind: 'sent', messageId: 1 }));
    consequences.onOutcome(eventOf({ kind: 'later', notBefore: at(9), error: 'x' }));
    expect(counted).toEqual(['digest sent', 'digest later']);
  });

  it('lets a chat that was found to be gone be reached again once it asks again', async () => {
    const { state, readers, consequences } = await stage();
    if (notice === undefined) throw new Error('no notice');
    const address = { chatId: READER, threadId: null };
    await readers.recordAnnounced(address, 'private', notice, periods);
    await state.ledger.enqueue([owed('a', READER)]);
    const outcome = { kind: 'gone', error: 'Forbidden: bot was blocked by the user' } as const;
    await state.ledger.record(await claimOne(state.ledger, at(0)), outcome, at(1));
    expect(await state.chats.counts()).toEqual({ active: 0, inactive: 1 });
    consequences.onOutcome(eventOf(outcome));
    await readers.recordAnnounced(address, 'private', notice, periods);
    expect(await state.chats.counts()).toEqual({ active: 1, inactive: 0 });
  });

  it('moves the subscription of a topic that is no more to its group', async () => {
    const { state, consequences } = await stage();
    await state.chats.activate(supergroup, 'supergroup', at(0));
    await state.subscriptions.put(subscription(supergroup, { threadId: 7 }));
    consequences.onOutcome(eventOf({ kind: 'sent', messageId: 1 }, {}, 7));
    await consequences.flushed();
    expect((await state.subscriptions.ofChat(supergroup)).map(({ threadId }) => threadId)).toEqual([7]);
    consequences.onOutcome(eventOf({ kind: 'sent', messageId: 1 }, { without: ['topic'] }, 7));
    await consequences.flushed();
    expect((await state.subscriptions.ofChat(supergroup)).map(({ threadId }) => threadId)).toEqual([null]);
  });
});
