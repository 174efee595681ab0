import type { Latest } from '../../app/board.js';
import { commandMessages as m } from '../../messages/commands.js';
import type { Message } from '../../render/message.js';
import { offersOfList } from '../buttons.js';
import { replyWithList } from '../list-reply.js';
import { note, reply } from '../reply.js';
import type { ReaderCommand } from './command.js';

export const latest: ReaderCommand = {
  name: 'latest',
  async run(ctx, argument, { services: { board, ask }, shown }) {
    const found = board.latest(argument);
    const replyTo = ctx.message.message_id;
    if (found === null) {
      await reply(ctx, note(m.notUnderstoodColumnOrDay(board.columns())), { replyTo });
      return;
    }
    if (found.notices.length === 0) {
      await reply(ctx, note(noneText(found)), { replyTo });
      return;
    }
    const list: Message = [
      { kind: 'lead', text: leadOf(found) },
      { kind: 'choices', items: found.notices },
      ...(found.total > found.notices.length
        ? [{ kind: 'note', text: m.notListed(found.total - found.notices.length) } as const]
        : []),
    ];
    await replyWithList(ctx, list, offersOfList(found.notices, ask), { shown });
  },
};

function leadOf({ of, total, notices }: Latest): string {
  switch (of.kind) {
    case 'all':
      return m.latest(notices.length);
    case 'column':
      return m.latestOf(of.column, notices.length);
    case 'days':
      return m.latestBetween(of.from, of.to, total);
  }
}

function noneText({ of }: Latest): string {
  switch (of.kind) {
    case 'all':
      return m.nothingStored;
    case 'column':
      return m.noneOf(of.column);
    case 'days':
      return m.noneBetween(of.from, of.to);
  }
}
