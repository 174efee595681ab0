import type { OutgoingButton, OutgoingMessage } from '../domain/delivery.js';
import { notifyMessages as m } from '../messages/notify.js';
import type { Block } from '../render/message.js';
import { noticeButton, outgoing } from '../render/outgoing.js';
import { isWebUrl } from '../render/telegram-html.js';
import type { StoredNotice } from '../store/notice-store.js';
import { deadlinesOf, deadlineWords, type Deadline } from './deadlines.js';
import type { NotifyRules } from './rules.js';
import { instantWords, titleWords } from './wording.js';

/** A digest is read at a glance; the rest is a command away. */
export const MOST_LISTED = 20;
/** More buttons than this bury the text on a phone. */
const MOST_BUTTONS = 8;
const MOST_NEAR = 10;
/** Kept for deadlines of notices that are not among the new ones. */
const NEAR_BUTTONS = 3;

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
 * Whatever it names can be opened: by the link of the notice or by a button.
 */
export function composeDigest(content: DigestContent, rules: NotifyRules): ComposedDigest {
  const { from, to, news } = content;
  const total = [...news.counts.values()].reduce((sum, count) => sum + count, 0);
  const list = new DigestList(to, rules);
  const blocks: Block[] = [
    { kind: 'lead', text: m.digest.lead },
    { kind: 'note', text: m.digest.period(instantWords(from, to), instantWords(to, to)) },
    { kind: 'note', text: total === 0 ? m.digest.nothingNew : m.digest.counts(total) },
  ];
  blocks.push(...newsBlocks(news, total, nearAlone(content), list), ...nearBlocks(content, list));
  return { messages: outgoing(blocks, list.buttons()), told: list.told };
}

/** How many of the near deadlines need a button of their own, as far as one is kept for them. */
function nearAlone({ news, near }: DigestContent): number {
  const listed = new Set(news.notices.map(({ key }) => key));
  const alone = near.filter(({ stored }) => !isLinked(stored) && !listed.has(stored.key));
  return Math.min(NEAR_BUTTONS, new Set(alone.map(({ stored }) => stored.key)).size);
}

function newsBlocks(news: News, total: number, kept: number, list: DigestList): Block[] {
  const chosen = news.notices.slice(0, MOST_LISTED).filter((stored) => list.reserve(stored, MOST_BUTTONS - kept));
  const columns = [...new Set(chosen.map(({ notice }) => notice.column))];
  const blocks: Block[] = [];
  for (const column of columns) {
    const count = news.counts.get(column) ?? 0;
    // One heading over everything says nothing.
    if (news.counts.size > 1 || column !== null) {
      blocks.push({ kind: 'note', text: m.digest.column(titleWords(column ?? m.digest.noColumn), count) });
    }
    for (const stored of chosen) if (stored.notice.column === column) blocks.push(list.entry(stored));
  }
  if (total > chosen.length) blocks.push({ kind: 'note', text: m.digest.moreNews(total - chosen.length) });
  return blocks;
}

function nearBlocks({ near, days, to }: DigestContent, list: DigestList): Block[] {
  if (near.length === 0) return [];
  const blocks: Block[] = [{ kind: 'note', text: m.digest.near(days) }];
  let told = 0;
  for (const deadline of near) {
    if (told === MOST_NEAR) break;
    const number = list.numberOf(deadline.stored);
    if (number === undefined && !list.reserve(deadline.stored, MOST_BUTTONS)) continue;
    told += 1;
    if (number === undefined) {
      blocks.push(list.entry(deadline.stored, deadline));
      continue;
    }
    blocks.push({ kind: 'note', text: m.digest.nearEntry(deadlineWords(deadline, to), number) });
    list.tell(deadline);
  }
  if (near.length > told) blocks.push({ kind: 'note', text: m.digest.moreNear(near.length - told) });
  return blocks;
}

function isLinked({ notice }: StoredNotice): boolean {
  return notice.url !== null && isWebUrl(notice.url);
}

/** Numbers the notices of a digest, and sees to it that each can be opened. */
class DigestList {
  readonly told: Deadline[] = [];
  readonly #now: Date;
  readonly #rules: NotifyRules;
  readonly #entries: StoredNotice[] = [];
  #withoutLink = 0;

  constructor(now: Date, rules: NotifyRules) {
    this.#now = now;
    this.#rules = rules;
  }

  /** False when the notice has no link and no button is left for it. */
  reserve(stored: StoredNotice, buttons: number): boolean {
    if (isLinked(stored)) return true;
    if (this.#withoutLink >= buttons) return false;
    this.#withoutLink += 1;
    return true;
  }

  entry(stored: StoredNotice, deadline = deadlinesOf(stored, this.#now, this.#rules)[0]): Block {
    this.#entries.push(stored);
    if (deadline !== undefined) this.tell(deadline);
    const { title, publishedOn, url } = stored.notice;
    return {
      kind: 'entry',
      number: this.#entries.length,
      title: titleWords(title),
      date: publishedOn,
      url,
      remarks: deadline === undefined ? [] : [deadlineWords(deadline, this.#now)],
    };
  }

  tell(deadline: Deadline): void {
    this.told.push(deadline);
  }

  numberOf(stored: StoredNotice): number | undefined {
    const place = this.#entries.findIndex(({ key }) => key === stored.key);
    return place < 0 ? undefined : place + 1;
  }

  /** Those without a link first, each in its place in the list. */
  buttons(): OutgoingButton[][] {
    const numbered = this.#entries.map((stored, i) => ({ stored, label: `${i + 1}. ${stored.notice.title}` }));
    const linked = numbered.filter(({ stored }) => isLinked(stored));
    const spare = new Set(linked.slice(0, Math.max(0, MOST_BUTTONS - this.#withoutLink)));
    return numbered
      .filter((item) => !isLinked(item.stored) || spare.has(item))
      .map(({ stored, label }) => [noticeButton(stored.key, label)]);
  }
}
