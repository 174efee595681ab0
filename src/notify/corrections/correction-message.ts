import type { QueuedDelivery } from '../../domain/delivery.js';
import { notifyMessages as m } from '../../messages/notify.js';
import type { MessageBlock } from '../../render/message.js';
import { noticeButton, renderOutgoing } from '../../render/outgoing-message.js';
import type { StoredNotice } from '../../store/notice-store.js';
import type { FactChange } from './fact-changes.js';
import { addressKey, shortHash } from '../delivery-keys.js';
import { formatTimePoint, formatPeriod, describeSubject, formatTitle } from '../format-facts.js';

/** Upper bound on lines; more changes are a new notice rather than a correction. */
const MAX_LINES = 12;

/**
 * Composes the correction of a changed notice for one chat: what was said before, what is said now, and what happens to
 * its reminders. Returns none when all of it is past. `changes`: those of one chat and topic, at least one.
 */
export function composeCorrection(stored: StoredNotice, changes: readonly FactChange[], now: Date): QueuedDelivery[] {
  const [first] = changes;
  const lines = composeLines(changes, now);
  if (first === undefined || lines.length === 0) return [];
  const { id, title, publishedOn, url, contentHash } = stored.notice;
  const blocks: MessageBlock[] = [
    { kind: 'lead', text: m.correction.lead },
    { kind: 'source', title: formatTitle(title), date: publishedOn, url },
    ...lines.slice(0, MAX_LINES).map((text): MessageBlock => ({ kind: 'note', text })),
  ];
  const messages = renderOutgoing(blocks, [[noticeButton(stored.key, m.correction.button)]], now);
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

function composeLines(changes: readonly FactChange[], now: Date): string[] {
  const news = changes.filter(({ isNews }) => isNews);
  const lines = news.map((change) => (change.kind === 'told' ? composeAnnouncedLine(change, now) : ''));
  const told = new Set(news.flatMap(({ kind, row }) => (kind === 'told' ? [factKey(row)] : [])));
  for (const change of news) {
    if (change.kind !== 'reminder') continue;
    if (!told.has(factKey(change.row))) lines.push(composeReminderLine(change, now));
    const day = formatTimePoint(change.after.due, now);
    const isOver = change.isStated && change.after.nextAt === null;
    lines.push(
      isOver ? m.correction.movedPast(day) : change.isStated ? m.correction.moved(day) : m.correction.kept(day),
    );
  }
  // Two users of one group may have set the same reminder.
  return [...new Set(lines.filter((line) => line !== ''))];
}

function composeAnnouncedLine({ row, after }: Extract<FactChange, { kind: 'told' }>, now: Date): string {
  const [before, present] = [formatPeriod(row, now), formatPeriod(after, now)];
  if (present === '') return m.correction.gone(describeSubject(row), before);
  return before === ''
    ? m.correction.back(describeSubject(row), present)
    : m.correction.changed(describeSubject(row), before, present);
}

function composeReminderLine({ row, after, isStated }: Extract<FactChange, { kind: 'reminder' }>, now: Date): string {
  const before = formatTimePoint(row.due, now);
  return isStated
    ? m.correction.changed(describeSubject(row), before, formatTimePoint(after.due, now))
    : m.correction.gone(describeSubject(row), before);
}

function factKey({ type, label }: FactChange['row']): string {
  return `${type} ${label}`;
}
