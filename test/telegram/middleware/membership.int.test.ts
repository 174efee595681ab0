import { describe, expect, it } from 'vitest';
import { BEFORE, GROUP, READER, stage, type Stage } from '../kit.js';

const now = (): Date => BEFORE;
const PRIVATE = { chatId: READER, threadId: null };

/** Telegram tells that the bot's standing in a chat has changed. */
function becomes({ api }: Stage, chat: { id: number; type: string }, status: string): void {
  const user = { id: 4839574812, is_bot: true, first_name: 'b' };
  api.queueUpdate({
    my_chat_member: {
      chat,
      from: { id: READER, is_bot: false, first_name: '甲' },
      date: 1,
      old_chat_member: { user, status: 'member' },
      new_chat_member: { user, status },
    },
  });
}

async function until(probe: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 5000;
  while (!(await probe())) if (Date.now() > deadline) throw new Error('waited in vain');
}

describe('a chat that', () => {
  it('blocks the bot is told nothing; /start brings it back with its settings', async () => {
    const on = await stage({ now });
    await on.services.subscriptions.subscribe(PRIVATE, 'private');
    becomes(on, { id: READER, type: 'private' }, 'kicked');
    await until(async () => (await on.state.chats.counts()).inactive === 1);
    expect(await on.state.subscriptions.listDue('2030-01-01T00:00:00.000Z', 99, 9)).toEqual([]);
    on.api.userSays(READER, '/start');
    await on.api.nextMessage(READER);
    expect(await on.state.chats.counts()).toEqual({ active: 1, inactive: 0 });
    expect(await on.state.subscriptions.listDue('2030-01-01T00:00:00.000Z', 99, 9)).toHaveLength(1);
  });

  it('unblocks it, or lets it into a group, is active', async () => {
    const on = await stage({ now });
    becomes(on, { id: READER, type: 'private' }, 'member');
    becomes(on, { id: -1_000_000_007_007, type: 'channel' }, 'administrator');
    becomes(on, { id: GROUP, type: 'group' }, 'administrator');
    await until(async () => (await on.state.chats.counts()).active === 2);
    becomes(on, { id: GROUP, type: 'group' }, 'left');
    await until(async () => (await on.state.chats.counts()).inactive === 1);
    expect(on.api.sent()).toEqual([]);
  });

  it('becomes a supergroup takes its subscription along', async () => {
    const on = await stage({ now });
    const supergroup = -1_000_000_003_003;
    await on.services.subscriptions.subscribe({ chatId: GROUP, threadId: null }, 'group');
    const message = (chat: object, content: object) => ({
      message: { message_id: 9, date: 1, chat, from: { id: 5, is_bot: false, first_name: '甲' }, ...content },
    });
    on.api.queueUpdate(message({ id: GROUP, type: 'group', title: 'x' }, { migrate_to_chat_id: supergroup }));
    on.api.queueUpdate(message({ id: supergroup, type: 'supergroup', title: 'x' }, { migrate_from_chat_id: GROUP }));
    await until(async () => (await on.state.subscriptions.ofChat(supergroup)).length === 1);
    expect(await on.state.subscriptions.ofChat(GROUP)).toEqual([]);
  });

  it('cannot be written down, is only logged', async () => {
    const on = await stage({ now });
    await on.state.close();
    becomes(on, { id: READER, type: 'private' }, 'kicked');
    await on.api.waitFor(() => on.log.lines().some(({ level }) => level === 50));
    expect(on.api.sent()).toEqual([]);
  });
});
