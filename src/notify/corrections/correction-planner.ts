import type { Logger } from 'pino';
import { z } from 'zod';
import type { QueuedDelivery } from '../../domain/delivery.js';
import type { AnnouncedFact, Reminder } from '../../domain/reminder.js';
import { notifyMessages as m } from '../../messages/notify.js';
import type { MessageBlock } from '../../render/message.js';
import { noticeButton, renderOutgoing } from '../../render/outgoing-message.js';
import type { StoredNotice } from '../../store/notice-store.js';
import type { StateStore } from '../../store/state-store.js';
import type { NotifyRules } from '../deadline-rules.js';
import { describeSubject, formatPeriod, formatTimePoint, formatTitle } from '../format-facts.js';
import {
  addressKey,
  parseCheckpoint,
  shortHash,
  toQueuedDeliveries,
  type Planner,
  type PlannerNoticeStore,
} from '../planning.js';
import { findFactChanges, type FactChange } from './fact-changes.js';

const CHECKPOINT_NAME = 'notify.corrections';
/** Notices compared in one step. */
const NOTICES_PER_STEP = 50;
/** Rows written in one step; the rest of a notice is found again in the next. */
const MAX_ROWS_PER_STEP = 200;
/** Upper bound on lines; more changes are a new notice rather than a correction. */
const MAX_LINES = 12;

const checkpointSchema = z.object({
  /** Store revision that is being scanned; `after`: id of the last notice scanned. */
  revision: z.number(),
  after: z.string().nullable(),
  done: z.boolean(),
});
type ScanCheckpoint = z.infer<typeof checkpointSchema>;

export interface CorrectionPlannerDependencies {
  readonly state: Pick<StateStore, 'announcedFacts' | 'reminders' | 'marks'>;
  readonly notices: Pick<PlannerNoticeStore, 'get' | 'revision'>;
  readonly rules: NotifyRules;
  readonly log: Pick<Logger, 'info'>;
}

/**
 * Creates the planner of corrections. Where another version of a notice contradicts what a chat was told or is reminded
 * of, queues one message for the chat, updates the stored facts and reschedules reminders. It compares versions, so it
 * does not matter which process indexed, and does nothing until the stored notices change.
 */
export function createCorrectionPlanner({ state, notices, rules, log }: CorrectionPlannerDependencies): Planner {
  return async (now) => {
    const revision = await notices.revision();
    const stored = parseCheckpoint(checkpointSchema, await state.marks.get(CHECKPOINT_NAME));
    const scan: ScanCheckpoint = stored?.revision === revision ? stored : { revision, after: null, done: false };
    if (scan.done) return false;
    const ids = await state.announcedFacts.noticeIds(scan.after, NOTICES_PER_STEP);
    let written = 0;
    for (const notice of await findChangedNotices(ids)) {
      written += await writeChanges(notice, await readChanges(notice, now), now);
      // The same page is scanned again: rows that were written no longer differ.
      if (written >= MAX_ROWS_PER_STEP) return true;
    }
    const last = ids.length < NOTICES_PER_STEP ? null : (ids.at(-1) ?? null);
    await state.marks.set(
      CHECKPOINT_NAME,
      JSON.stringify({ revision, after: last, done: last === null } satisfies ScanCheckpoint),
    );
    return last !== null;
  };

  async function findChangedNotices(ids: readonly string[]): Promise<StoredNotice[]> {
    const announced = await state.announcedFacts.listByNotices(ids);
    const reminders = await state.reminders.listByNotices(ids);
    const found = await notices.get(ids);
    const versions = new Map(found.map(({ notice, version }) => [notice.id, version]));
    const differing = new Set(
      [...announced, ...reminders]
        .filter((row) => row.version !== versions.get(row.noticeId))
        .map((row) => row.noticeId),
    );
    return found.filter(({ notice }) => differing.has(notice.id));
  }

  async function readChanges(notice: StoredNotice, now: Date): Promise<FactChange[]> {
    const ids = [notice.notice.id];
    const announced = await state.announcedFacts.listByNotices(ids);
    const reminders = await state.reminders.listByNotices(ids);
    return findFactChanges(notice, announced, reminders, rules, now);
  }

  /** Writes a notice's changes; returns how many rows. A chat's rows queue the same message once, under one key. */
  async function writeChanges(notice: StoredNotice, changes: readonly FactChange[], now: Date): Promise<number> {
    const chats = new Map<string, FactChange[]>();
    for (const change of changes) {
      const key = addressKey(change.row);
      chats.set(key, [...(chats.get(key) ?? []), change]);
    }
    const writes: Promise<boolean>[] = [];
    for (const ofChat of chats.values()) {
      if (writes.length >= MAX_ROWS_PER_STEP) break;
      const queued = composeCorrection(notice, ofChat, now);
      writes.push(...ofChat.map((change) => writeChange(change, queued)));
    }
    const written = (await Promise.all(writes)).filter(Boolean).length;
    if (written > 0) log.info({ notice: notice.notice.id, version: notice.version, rows: written }, '通知有更正');
    return written;
  }

  function writeChange(change: FactChange, queued: readonly QueuedDelivery[]): Promise<boolean> {
    return change.kind === 'announced'
      ? state.announcedFacts.replaceIfUnchanged(change.row, change.after satisfies AnnouncedFact, queued)
      : state.reminders.replaceIfUnchanged(change.row, change.after satisfies Reminder, queued);
  }
}

/**
 * Composes the correction of a changed notice for one chat: what was said before, what is said now, and what happens to
 * its reminders. Returns none when all of it is past. `changes`: those of one chat and topic, at least one.
 */
function composeCorrection(stored: StoredNotice, changes: readonly FactChange[], now: Date): QueuedDelivery[] {
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
  // Versions restart when the store is rebuilt; the content hash distinguishes two of the same number.
  const key = `correction:${addressKey(first.row)}:${id}:v${stored.version}:${shortHash(contentHash)}`;
  return toQueuedDeliveries(first.row, 'correction', key, messages, now);
}

function composeLines(changes: readonly FactChange[], now: Date): string[] {
  const news = changes.filter(({ isNews }) => isNews);
  const lines = news.map((change) => (change.kind === 'announced' ? composeAnnouncedLine(change, now) : ''));
  const announced = new Set(news.flatMap(({ kind, row }) => (kind === 'announced' ? [factKey(row)] : [])));
  for (const change of news) {
    if (change.kind !== 'reminder') continue;
    if (!announced.has(factKey(change.row))) lines.push(composeReminderLine(change, now));
    const day = formatTimePoint(change.after.due, now);
    const isOver = change.isStated && change.after.nextAt === null;
    lines.push(
      isOver ? m.correction.movedPast(day) : change.isStated ? m.correction.moved(day) : m.correction.kept(day),
    );
  }
  // Two users of one group may have set the same reminder.
  return [...new Set(lines.filter((line) => line !== ''))];
}

function composeAnnouncedLine({ row, after }: Extract<FactChange, { kind: 'announced' }>, now: Date): string {
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
