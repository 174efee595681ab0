import type { Context } from 'grammy';
import { describe, expect, it } from 'vitest';
import { backlog } from '../../src/telegram/backlog.js';
import { GROUP, memoryLog, READER } from './kit.js';

/** Updates that wait until they are let go. */
function waitingRoom() {
  const log = memoryLog();
  const middleware = backlog(log.log).middleware();
  const taken: { chatId: number | undefined; go: () => void }[] = [];
  const come = (chatId: number | undefined): Promise<unknown> =>
    Promise.resolve(
      middleware(
        { chatId, update: { update_id: 1 } } as unknown as Context,
        () => new Promise<void>((go) => taken.push({ chatId, go })),
      ),
    );
  return { come, taken, log, of: (chatId: number) => taken.filter((one) => one.chatId === chatId) };
}

describe('what waits in one chat', () => {
  it('is bounded, in a group sooner, so that it does not take the places of the others', async () => {
    const { come, of, log } = waitingRoom();
    for (let i = 0; i < 30; i += 1) {
      void come(GROUP);
      void come(READER);
    }
    await Promise.resolve();
    expect([of(GROUP).length, of(READER).length]).toEqual([10, 20]);
    expect(log.lines()).toHaveLength(30);
  });

  it('is dropped behind too much, but a button that is pressed does not spin on', async () => {
    const { log } = memoryLog();
    const middleware = backlog(log).middleware();
    let acknowledged = 0;
    let taken = 0;
    const answerCallbackQuery = (): Promise<void> => {
      acknowledged += 1;
      return Promise.resolve();
    };
    const press = { chatId: GROUP, callbackQuery: {}, update: { update_id: 1 }, answerCallbackQuery };
    for (let i = 0; i < 11; i += 1) {
      void middleware(press as unknown as Context, () => {
        taken += 1;
        return new Promise<void>(() => undefined);
      });
    }
    await Promise.resolve();
    expect([taken, acknowledged]).toEqual([10, 1]);
  });

  it('has room again when something was answered, and is not counted for what has no chat', async () => {
    const { come, taken, of } = waitingRoom();
    const coming = Array.from({ length: 10 }, () => come(GROUP));
    void come(GROUP);
    of(GROUP)[0]?.go();
    await coming[0];
    void come(GROUP);
    await Promise.resolve();
    expect(of(GROUP)).toHaveLength(11);
    for (let i = 0; i < 99; i += 1) void come(undefined);
    expect(taken).toHaveLength(110);
  });
});
