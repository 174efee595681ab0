import { describe, expect, it } from 'vitest';
import { PendingUpdates } from '../../../src/telegram/middleware/pending-updates.js';
import { found, GROUP, NOTICES, READER, stage, USERNAME, type Stage } from '../kit.js';

describe('the room for what waits in one chat', () => {
  it('is bounded, in a group sooner, so that it does not take the places of the others', () => {
    const rooms = new PendingUpdates();
    const letIn = (chatId: number): number => Array.from({ length: 30 }).filter(() => rooms.acquire(chatId)).length;
    expect([letIn(GROUP), letIn(READER)]).toEqual([10, 20]);
  });

  it('has a place again when something was answered, and turns away anew when it has been empty', () => {
    const rooms = new PendingUpdates();
    for (let i = 0; i < 10; i += 1) rooms.acquire(GROUP);
    expect(rooms.acquire(GROUP)).toBe(false);
    expect([rooms.recordRejection(GROUP), rooms.recordRejection(GROUP)]).toEqual([true, false]);
    rooms.release(GROUP);
    expect([rooms.acquire(GROUP), rooms.acquire(GROUP)]).toEqual([true, false]);
    expect(rooms.recordRejection(GROUP)).toBe(false);
    for (let i = 0; i < 10; i += 1) rooms.release(GROUP);
    expect(rooms.acquire(GROUP)).toBe(true);
    expect(rooms.recordRejection(GROUP)).toBe(true);
  });
});

/** The bot with answers that are held until they are let go. */
async function holding(): Promise<Stage & { goOn: () => void }> {
  let goOn: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (goOn = resolve));
  const [first] = NOTICES;
  if (first === undefined) throw new Error('the cast is empty');
  const answer = (question: string) => held.then(() => found(`答：${question}`, '公示', first));
  const on = await stage({ askParts: { ask: answer, notice: () => held.then(() => first) } });
  return { ...on, goOn };
}

const isNotice = ({ text }: { text: string }): boolean => text.includes('请稍后再问');

describe('what comes behind too much', () => {
  it('by someone in private is answered with one line, before the rest is answered', async () => {
    const { api, goOn, log } = await holding();
    for (let i = 1; i <= 45; i += 1) api.userSays(READER, `问${i}`);
    expect((await api.nextMessage(READER)).text).toContain('请稍后再问');
    goOn();
    await api.waitFor(() => api.sent(READER).length === 21);
    expect(api.sent(READER).filter(isNotice)).toHaveLength(1);
    expect(log.lines().filter(({ level }) => level >= 50)).toEqual([]);
  });

  it('in a group, which has less room, is answered with one line, also when one user wrote it all', async () => {
    const { api, goOn, log } = await holding();
    for (let i = 1; i <= 22; i += 1) api.userSays(GROUP, `@${USERNAME} 问${i}`, { chatType: 'group', fromId: 5001 });
    // Ten had no place, one was too fast, and the last is met with silence.
    await api.waitFor(() => log.lines().filter(({ msg }) => msg.includes('不再处理')).length === 11);
    goOn();
    await api.waitFor(() => api.sent(GROUP).length === 11);
    expect(api.sent(GROUP).filter(isNotice)).toHaveLength(1);
  });

  it('of presses is told over the chat, once, and no button spins on', async () => {
    const { api, goOn } = await holding();
    api.userSays(READER, '/latest');
    const list = await api.nextMessage(READER);
    for (let i = 0; i < 23; i += 1) api.userPresses(list, 'n:2');
    const acknowledged = await api.waitFor(() => {
      const calls = api.calls.filter(({ method }) => method === 'answerCallbackQuery');
      // Those that had no place; the others wait for the first.
      return calls.length === 3 && calls;
    });
    goOn();
    expect(acknowledged.filter(({ payload }) => payload['text'] !== undefined)).toHaveLength(1);
  });
});
