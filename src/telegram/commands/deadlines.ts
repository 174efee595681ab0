import { commandMessages as m } from '../../messages/commands.js';
import { formatDeadline } from '../../notify/deadlines.js';
import { formatTitle } from '../../notify/format-facts.js';
import type { MessageBlock, Message } from '../../render/message.js';
import { numberListedNotices } from '../ui/offered-notices.js';
import { replyWithList } from '../ui/notice-list-reply.js';
import { note, reply } from '../ui/reply.js';
import type { ReaderCommand } from './command.js';

/** Default look-ahead; later deadlines are announced by the digest in time. */
const DAYS = 14;
const MOST_DAYS = 366;
/** Upper bound on deadlines listed: as many as fit into one message, whatever the titles. */
const MOST_SHOWN = 20;

export const deadlines: ReaderCommand = {
  name: 'deadlines',
  async run(ctx, argument, { services: { board, ask }, offerPages, now }) {
    const replyTo = ctx.message.message_id;
    const days = daysIn(argument);
    if (days === null) {
      await reply(ctx, note(m.notUnderstoodDays), { replyTo });
      return;
    }
    const near = await board.listDeadlines(days);
    if (near.length === 0) {
      await reply(ctx, note(m.noDeadlines(days)), { replyTo });
      return;
    }
    const listed = near.slice(0, MOST_SHOWN);
    const list: Message = [
      { kind: 'lead', text: m.deadlinesWithin(days) },
      ...listed.map((deadline, i): MessageBlock => {
        const { title, url } = deadline.stored.notice;
        return { kind: 'due', number: i + 1, text: formatDeadline(deadline, now()), title: formatTitle(title), url };
      }),
      ...(near.length > listed.length
        ? [{ kind: 'note', text: m.moreDeadlines(near.length - listed.length) } as const]
        : []),
    ];
    const notices = listed.map(({ stored: { notice } }) => notice);
    await replyWithList(ctx, list, numberListedNotices(notices, ask), { offerPages, now });
  },
};

/** Parses `30天`, `30 天内` or `30` (at most 366); the default for '', null for anything else. */
function daysIn(argument: string): number | null {
  if (argument === '') return DAYS;
  const days = Number(/^([1-9][0-9]{0,2})\s*(?:天内?)?$/.exec(argument.normalize('NFKC'))?.[1] ?? NaN);
  return days <= MOST_DAYS ? days : null;
}
