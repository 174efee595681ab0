import type { OutgoingMessage } from '../../domain/delivery.js';
import { formatInstant } from '../../messages/format-day.js';
import { notifyMessages as m } from '../../messages/notify.js';
import type { MessageBlock } from '../../render/message.js';
import { noticeButton, numberButtons, renderOutgoing } from '../../render/outgoing-message.js';
import type { StoredNotice } from '../../store/notice-store.js';
import type { NotifyRules } from '../deadline-rules.js';
import { formatDeadline, listDeadlines, type Deadline } from '../deadlines.js';
import { formatTitle } from '../format-facts.js';

/** Upper bound on the new notices listed in a digest, which is read at a glance; a command shows the rest. */
export const MAX_LISTED_NOTICES = 20;
const MAX_LISTED_DEADLINES = 10;
/** Upper bound on deadlines listed in an alert; the notice has the rest of a timetable. */
const MAX_ALERT_DEADLINES = 3;

/** New notices, the most important first; only the first are listed. */
export interface NewNotices {
  /** At least the first `MAX_LISTED_NOTICES`. */
  readonly notices: readonly StoredNotice[];
  /** Number of new notices by column, including those not in `notices`. */
  readonly countByColumn: ReadonlyMap<string | null, number>;
}

export interface DigestContent {
  /** The period it covers. `to` is now: days left are counted from it. */
  readonly from: Date;
  readonly to: Date;
  readonly news: NewNotices;
  /** Deadlines of the next days, soonest first; see `selectUpcoming`. */
  readonly deadlines: readonly Deadline[];
  /** How many days `deadlines` looks ahead. */
  readonly deadlineDays: number;
}

export interface ComposedDigest {
  readonly messages: OutgoingMessage[];
  /** Deadlines that the messages state. */
  readonly announced: readonly Deadline[];
}

/**
 * Composes a digest: the period it covers, new notices by column, and deadlines of the next days. Each notice that it
 * names has a number, and a button with it.
 */
export function composeDigest(content: DigestContent, rules: NotifyRules): ComposedDigest {
  const { from, to, news, deadlines, deadlineDays } = content;
  const list = new NumberedNoticeList(to, rules);
  const blocks: MessageBlock[] = [
    { kind: 'lead', text: m.digest.lead },
    { kind: 'note', text: m.digest.period(formatInstant(from, to), formatInstant(to, to)) },
    ...composeNewNotices(news, list),
    ...composeUpcomingDeadlines(deadlines, deadlineDays, list),
  ];
  return { messages: renderOutgoing(blocks, numberButtons(list.keys), to), announced: list.announced };
}

function composeNewNotices({ notices, countByColumn }: NewNotices, list: NumberedNoticeList): MessageBlock[] {
  const total = [...countByColumn.values()].reduce((sum, count) => sum + count, 0);
  if (total === 0) return [{ kind: 'note', text: m.digest.nothingNew }];
  const chosen = notices.slice(0, MAX_LISTED_NOTICES);
  const blocks: MessageBlock[] = [{ kind: 'note', text: m.digest.counts(total) }];
  for (const column of new Set(chosen.map(({ notice }) => notice.column))) {
    // A single heading for notices without a column is omitted.
    if (countByColumn.size > 1 || column !== null) {
      const name = formatTitle(column ?? m.digest.noColumn);
      blocks.push({ kind: 'note', text: m.digest.column(name, countByColumn.get(column) ?? 0) });
    }
    for (const stored of chosen) if (stored.notice.column === column) blocks.push(list.addNotice(stored));
  }
  if (total > chosen.length) blocks.push({ kind: 'note', text: m.digest.moreNews(total - chosen.length) });
  return blocks;
}

/** Returns the deadlines of the next days under a heading; empty when there are none. */
export function composeUpcomingDeadlines(
  deadlines: readonly Deadline[],
  days: number,
  list: NumberedNoticeList,
): MessageBlock[] {
  if (deadlines.length === 0) return [];
  const left = deadlines.length - MAX_LISTED_DEADLINES;
  return [
    { kind: 'note', text: m.digest.near(days) },
    ...deadlines.slice(0, MAX_LISTED_DEADLINES).map((deadline) => list.addDeadline(deadline)),
    ...(left > 0 ? [{ kind: 'note', text: m.digest.moreNear(left) } as const] : []),
  ];
}

/** Composes the alert of one new notice, for subscriptions in mode `immediate`. */
export function composeAlert(stored: StoredNotice, now: Date, rules: NotifyRules): ComposedDigest {
  const { title, publishedOn, url } = stored.notice;
  const announced = listDeadlines(stored, now, rules).slice(0, MAX_ALERT_DEADLINES);
  const blocks: MessageBlock[] = [
    { kind: 'lead', text: m.alert.lead },
    { kind: 'source', title: formatTitle(title), date: publishedOn, url },
    ...announced.map((deadline): MessageBlock => ({ kind: 'note', text: formatDeadline(deadline, now) })),
  ];
  return { messages: renderOutgoing(blocks, [[noticeButton(stored.key, m.alert.button)]], now), announced };
}

/** Numbering of the notices in a list by order of mention; also collects the deadlines stated. */
export class NumberedNoticeList {
  readonly announced: Deadline[] = [];
  /** Keys of the notices, in the order of their numbers. */
  readonly keys: number[] = [];
  readonly #now: Date;
  readonly #rules: NotifyRules;

  constructor(now: Date, rules: NotifyRules) {
    this.#now = now;
    this.#rules = rules;
  }

  /** Returns the entry of a notice, with its next deadline. */
  addNotice(stored: StoredNotice): MessageBlock {
    const { title, publishedOn: date, url } = stored.notice;
    const [deadline] = listDeadlines(stored, this.#now, this.#rules);
    const remarks = deadline === undefined ? [] : [this.#announce(deadline)];
    return { kind: 'entry', number: this.keys.push(stored.key), title: formatTitle(title), date, url, remarks };
  }

  /** Returns the entry of a deadline, with its notice, or with only the number of one that is listed already. */
  addDeadline(deadline: Deadline): MessageBlock {
    const { key, notice } = deadline.stored;
    const text = this.#announce(deadline);
    const number = this.keys.indexOf(key) + 1;
    if (number > 0) return { kind: 'note', text: m.digest.nearEntry(text, number) };
    return { kind: 'due', number: this.keys.push(key), text, title: formatTitle(notice.title), url: notice.url };
  }

  #announce(deadline: Deadline): string {
    this.announced.push(deadline);
    return formatDeadline(deadline, this.#now);
  }
}
