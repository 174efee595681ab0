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
