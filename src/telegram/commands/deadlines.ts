import { commandMessages as m } from '../../messages/commands.js';
import { deadlineWords } from '../../notify/deadlines.js';
import { titleWords } from '../../notify/wording.js';
import type { Message } from '../../render/message.js';
import { offersOfList } from '../buttons.js';
import { replyWithList } from '../list-reply.js';
import { note, reply } from '../reply.js';
import type { ReaderCommand } from './command.js';

/** What is due later is told by the digest in time. */
const DAYS = 14;
/** As many as one message holds, whatever the titles. */
const MOST_SHOWN = 20;

export const deadlines: ReaderCommand = {
  name: 'deadlines',
  async run(ctx, _argument, { services: { board, ask }, shown, now }) {
    const near = await board.deadlines(DAYS);
    if (near.length === 0) {
      await reply(ctx, note(m.noDeadlines(DAYS)), { replyTo: ctx.message.message_id });
      return;
    }
    const listed = near.slice(0, MOST_SHOWN);
    const list: Message = [
      { kind: 'lead', text: m.deadlinesWithin(DAYS) },
      ...listed.map(
        (deadline, i) =>
          ({
            kind: 'entry',
            number: i + 1,
            title: titleWords(deadline.stored.notice.title),
            date: deadline.stored.notice.publishedOn,
            url: deadline.stored.notice.url,
            remarks: [deadlineWords(deadline, now())],
          }) as const,
      ),
      ...(near.length > listed.length
        ? [{ kind: 'note', text: m.moreDeadlines(near.length - listed.length) } as const]
        : []),
    ];
    const notices = listed.map(({ stored: { notice } }) => notice);
    await replyWithList(ctx, list, offersOfList(notices, ask), { shown });
  },
};
