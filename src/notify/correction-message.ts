import type { OwedDelivery } from '../domain/delivery.js';
import { notifyMessages as m } from '../messages/notify.js';
import type { Block } from '../render/message.js';
import { noticeButton, outgoing } from '../render/outgoing.js';
import type { StoredNotice } from '../store/notice-store.js';
import type { Change } from './changes.js';
import { addressKey, shortHash } from './keys.js';
import { momentWords, periodWords, subjectOf, titleWords } from './wording.js';

/** Upper bound on lines; more changes are a new notice rather than a correction. */
const MOST_LINES = 12;

/**
 * Composes the correction of a changed notice for one chat: what was said before, what is said now, and what happens to
 * its reminders. Returns none when all of it is past. `changes`: those of one chat and topic, at least one.
 */
export function correctionOf(stored: StoredNotice, changes: readonly Change[], now: Date): OwedDelivery[] {
  const [first] = changes;
  const lines = linesOf(changes, now);
  if (first === undefined || lines.length === 0) return [];
  const { id, title, publishedOn, url, contentHash } = stored.notice;
  const blocks: Block[] = [
    { kind: 'lead', text: m.correction.lead },
    { kind: 'source', title: titleWords(title), date: publishedOn, url },
    ...lines.slice(0, MOST_LINES).map((text): Block => ({ kind: 'note', text })),
  ];
  const messages = outgoing(blocks, [[noticeButton(stored.key, m.correction.button)]], now);
  const { chatId, threadId } = first.row;
  // Versions restart when the store is rebuilt; the content hash distinguishes two of the same number.
  const key = `correction:${addressKey(first.row)}:${id}:v${stored.version}:${shortHash(contentHash)}`;
  return messages.map((message, i) => ({
    key: `${key}:${i + 1}`,
    kind: 'correction',
    chatId,
    threadId,
    message,
    notBefore: now.toISOString(),
    notAfter: null,
  }));
}

function linesOf(changes: readonly Change[], now: Date): string[] {
  const news = changes.filter(({ isNews }) => isNews);
  const lines = news.map((change) => (change.kind === 'told' ? toldLine(change, now) : ''));
  const told = new Set(news.flatMap(({ kind, row }) => (kind === 'told' ? [factOf(row)] : [])));
  for (const change of news) {
    if (change.kind !== 'reminder') continue;
    if (!told.has(factOf(change.row))) lines.push(reminderLine(change, now));
    const day = momentWords(change.after.due, now);
    const isOver = change.isStated && change.after.nextAt === null;
    lines.push(
      isOver ? m.correction.movedPast(day) : change.isStated ? m.correction.moved(day) : m.correction.kept(day),
    );
  }
  // Two users of one group may have set the same reminder.
  return [...new Set(lines.filter((line) => line !== ''))];
}

function toldLine({ row, after }: Extract<Change, { kind: 'told' }>, now: Date): string {
  const [before, present] = [periodWords(row, now), periodWords(after, now)];
  if (present === '') return m.correction.gone(subjectOf(row), before);
  return before === ''
    ? m.correction.back(subjectOf(row), present)
    : m.correction.changed(subjectOf(row), before, present);
}

function reminderLine({ row, after, isStated }: Extract<Change, { kind: 'reminder' }>, now: Date): string {
  const before = momentWords(row.due, now);
  return isStated
    ? m.correction.changed(subjectOf(row), before, momentWords(after.due, now))
    : m.correction.gone(subjectOf(row), before);
}

function factOf({ type, label }: Change['row']): string {
  return `${type} ${label}`;
}
