import type { OutgoingMessage } from '../domain/delivery.js';
import { minuteWords } from '../messages/days.js';
import { notifyMessages as m } from '../messages/notify.js';
import type { Block } from '../render/message.js';
import { numberButtons, outgoing } from '../render/outgoing.js';
import type { StoredNotice } from '../store/notice-store.js';
import { deadlinesOf, deadlineWords, type Deadline } from './deadlines.js';
import type { NotifyRules } from './rules.js';
import { titleWords } from './wording.js';

/** A digest is read at a glance; the rest is a command away. */
export const MOST_LISTED = 20;
const MOST_NEAR = 10;

/** What is new, in order of importance, of which only the first are listed. */
export interface News {
  /** At least the first `MOST_LISTED`. */
  readonly notices: readonly StoredNotice[];
  /** How many there are of each column, those not in `notices` as well. */
  readonly counts: ReadonlyMap<string | null, number>;
}

export interface DigestContent {
  /** The period it covers. `to` is now: days left are counted from it. */
  readonly from: Date;
  readonly to: Date;
  readonly news: News;
  /** What is near, soonest first; see `deadlinesNear`. */
  readonly near: readonly Deadline[];
  /** How many days `near` looks ahead. */
  readonly days: number;
}

export interface ComposedDigest {
  readonly messages: OutgoingMessage[];
  /** The deadlines that it tells. */
  readonly told: readonly Deadline[];
}

/**
 * A digest: the period it covers, what is new by column, and what is due soon.
 * Each notice that it names has a number, and a button with it.
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
    // One heading over everything says nothing.
    if (counts.size > 1 || column !== null) {
      const name = titleWords(column ?? m.digest.noColumn);
      blocks.push({ kind: 'note', text: m.digest.column(name, counts.get(column) ?? 0) });
    }
    for (const stored of chosen) if (stored.notice.column === column) blocks.push(list.news(stored));
  }
  if (total > chosen.length) blocks.push({ kind: 'note', text: m.digest.moreNews(total - chosen.length) });
  return blocks;
}

/** What is due soon, under a heading; nothing when nothing is. */
export function nearBlocks(near: readonly Deadline[], days: number, list: NumberedNotices): Block[] {
  if (near.length === 0) return [];
  const left = near.length - MOST_NEAR;
  return [
    { kind: 'note', text: m.digest.near(days) },
    ...near.slice(0, MOST_NEAR).map((deadline) => list.due(deadline)),
    ...(left > 0 ? [{ kind: 'note', text: m.digest.moreNear(left) } as const] : []),
  ];
}

/** Numbers the notices of a list as they are named in it, and remembers which deadlines were told. */
export class NumberedNotices {
  readonly told: Deadline[] = [];
  /** In the order of their numbers. */
  readonly keys: number[] = [];
  readonly #now: Date;
  readonly #rules: NotifyRules;

  constructor(now: Date, rules: NotifyRules) {
    this.#now = now;
    this.#rules = rules;
  }

  /** A notice, with its next deadline. */
  news(stored: StoredNotice): Block {
    const { title, publishedOn: date, url } = stored.notice;
    const [deadline] = deadlinesOf(stored, this.#now, this.#rules);
    const remarks = deadline === undefined ? [] : [this.#tell(deadline)];
    return { kind: 'entry', number: this.keys.push(stored.key), title: titleWords(title), date, url, remarks };
  }

  /** A deadline, with its notice; of one that is numbered already only the number. */
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
