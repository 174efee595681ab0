import type { OutgoingMessage } from '../domain/delivery.js';
import { minuteWords } from '../messages/days.js';
import { notifyMessages as m } from '../messages/notify.js';
import type { Block } from '../render/message.js';
import { numberButtons, outgoing } from '../render/outgoing.js';
import type { StoredNotice } from '../store/notice-store.js';
import { deadlinesOf, deadlineWords, type Deadline } from './deadlines.js';
import type { NotifyRules } from './rules.js';
import { titleWords } from './wording.js';

/** Upper bound on the new notices listed in a digest, which is read at a glance; a command shows the rest. */
export const MOST_LISTED = 20;
const MOST_NEAR = 10;

/** New notices, the most important first; only the first are listed. */
export interface News {
  /** At least the first `MOST_LISTED`. */
  readonly notices: readonly StoredNotice[];
  /** Number of new notices by column, including those not in `notices`. */
  readonly counts: ReadonlyMap<string | null, number>;
}

export interface DigestContent {
  /** The period it covers. `to` is now: days left are counted from it. */
  readonly from: Date;
  readonly to: Date;
  readonly news: News;
  /** Deadlines of the next days, soonest first; see `deadlinesNear`. */
  readonly near: readonly Deadline[];
  /** How many days `near` looks ahead. */
  readonly days: number;
}

export interface ComposedDigest {
  readonly messages: OutgoingMessage[];
  /** Deadlines that the messages state. */
  readonly told: readonly Deadline[];
}

/**
 * Composes a digest: the period it covers, new notices by column, and deadlines of the next days. Each notice that it
 * names has a number, and a button with it.
 */
export function composeDigest(content: DigestContent, rules: NotifyRules): ComposedDigest {
  const { from, to, news, near, days } = content;
  const list = new NumberedNotices(to, rules);
  const blocks: Block[] = [
    { kind: 'lead', text: m.digest.lead },
    { kind: 'note', text: m.digest.period(minuteWords(from, to), minuteWords(to, to)) },
    ...newsBlocks(news, list),
    ...nearBlocks(near, days, list),
  ];
  return { messages: outgoing(blocks, numberButtons(list.keys), to), told: list.told };
}

function newsBlocks({ notices, counts }: News, list: NumberedNotices): Block[] {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (total === 0) return [{ kind: 'note', text: m.digest.nothingNew }];
  const chosen = notices.slice(0, MOST_LISTED);
  const blocks: Block[] = [{ kind: 'note', text: m.digest.counts(total) }];
  for (const column of new Set(chosen.map(({ notice }) => notice.column))) {
    // A single heading for notices without a column is omitted.
    if (counts.size > 1 || column !== null) {
      const name = titleWords(column ?? m.digest.noColumn);
      blocks.push({ kind: 'note', text: m.digest.column(name, counts.get(column) ?? 0) });
    }
    for (const stored of chosen) if (stored.notice.column === column) blocks.push(list.news(stored));
  }
  if (total > chosen.length) blocks.push({ kind: 'note', text: m.digest.moreNews(total - chosen.length) });
  return blocks;
}

/** Returns the deadlines of the next days under a heading; empty when there are none. */
export function nearBlocks(near: readonly Deadline[], days: number, list: NumberedNotices): Block[] {
  if (near.length === 0) return [];
  const left = near.length - MOST_NEAR;
  return [
    { kind: 'note', text: m.digest.near(days) },
    ...near.slice(0, MOST_NEAR).map((deadline) => list.due(deadline)),
    ...(left > 0 ? [{ kind: 'note', text: m.digest.moreNear(left) } as const] : []),
  ];
}

/** Numbering of the notices in a list by order of mention; also collects the deadlines stated. */
export class NumberedNotices {
  readonly told: Deadline[] = [];
  /** Keys of the notices, in the order of their numbers. */
  readonly keys: number[] = [];
  readonly #now: Date;
  readonly #rules: NotifyRules;

  constructor(now: Date, rules: NotifyRules) {
    this.#now = now;
    this.#rules = rules;
  }

  /** Returns the entry of a notice, with its next deadline. */
  news(stored: StoredNotice): Block {
    const { title, publishedOn: date, url } = stored.notice;
    const [deadline] = deadlinesOf(stored, this.#now, this.#rules);
    const remarks = deadline === undefined ? [] : [this.#tell(deadline)];
    return { kind: 'entry', number: this.keys.push(stored.key), title: titleWords(title), date, url, remarks };
  }

  /** Returns the entry of a deadline, with its notice, or with only the number of one that is listed already. */
  due(deadline: Deadline): Block {
    const { key, notice } = deadline.stored;
    const text = this.#tell(deadline);
    const number = this.keys.indexOf(key) + 1;
    if (number > 0) return { kind: 'note', text: m.digest.nearEntry(text, number) };
    return { kind: 'due', number: this.keys.push(key), text, title: titleWords(notice.title), url: notice.url };
  }

  #tell(deadline: Deadline): string {
    this.told.push(deadline);
    return deadlineWords(deadline, this.#now);
  }
}
