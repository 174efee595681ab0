import type { NoticeList } from '../../notify/notice-board.js';
import { commandMessages as m } from '../../messages/commands.js';
import { formatDayRange, formatDay } from '../../messages/format-day.js';
import type { Message } from '../../render/message.js';
import { numberListedNotices } from '../ui/offered-notices.js';
import { replyWithList } from '../ui/notice-list-reply.js';
import { note, reply } from '../ui/reply.js';
import type { ReaderCommand } from './command.js';

export const latest: ReaderCommand = {
  name: 'latest',
  async run(ctx, argument, { services: { board, ask }, offerPages, now }) {
    const found = board.listLatest(argument);
    const replyTo = ctx.message.message_id;
    if (found === null) {
      await reply(ctx, note(m.notUnderstoodColumnOrDay(board.listColumns())), { replyTo });
      return;
    }
    if (found.notices.length === 0) {
      await reply(ctx, note(noneText(found, now())), { replyTo });
      return;
    }
    const list: Message = [
      { kind: 'lead', text: leadOf(found, now()) },
      { kind: 'choices', items: found.notices },
      ...restOf(found, now()),
    ];
    await replyWithList(ctx, list, numberListedNotices(found.notices, ask), { offerPages, now });
  },
};

/** Says how many notices are not listed and, if possible, the command that lists them: by the oldest listed day. */
function restOf({ filter, total, notices }: NoticeList, now: Date): Message {
  const left = total - notices.length;
  if (left <= 0) return [];
  const oldest = notices.at(-1)?.date ?? null;
  const isOfOneDay = filter.kind === 'days' && filter.from === filter.to;
  return note(
    isOfOneDay || oldest === null ? m.notListed(left) : m.olderNotListed(left, `/latest ${formatDay(oldest, now)}`),
  );
}

function leadOf({ filter, total, notices }: NoticeList, now: Date): string {
  switch (filter.kind) {
    case 'all':
      return m.latest(notices.length);
    case 'column':
      return m.latestOf(filter.column, notices.length);
    case 'days':
      return m.latestOfDays(formatDayRange(filter, now), total);
  }
}

function noneText({ filter }: NoticeList, now: Date): string {
  switch (filter.kind) {
    case 'all':
      return m.nothingStored;
    case 'column':
      return m.noneOf(filter.column);
    case 'days':
      return m.noneOfDays(formatDayRange(filter, now));
  }
}
