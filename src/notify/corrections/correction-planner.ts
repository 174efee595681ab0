import type { Logger } from 'pino';
import { z } from 'zod';
import type { Reminder, AnnouncedFact } from '../../domain/reminder.js';
import type { StoredNotice } from '../../store/notice-store.js';
import type { StateStore } from '../../store/state-store.js';
import { findFactChanges, type FactChange } from './fact-changes.js';
import { composeCorrection } from './correction-message.js';
import type { Planner } from '../digests/digest-planner.js';
import { addressKey } from '../delivery-keys.js';
import type { PlannerNoticeStore } from '../planner-notice-store.js';
import type { NotifyRules } from '../deadline-rules.js';

const CHECKPOINT_NAME = 'notify.corrections';
/** Notices compared in one step. */
const NOTICES_PER_STEP = 50;
/** Rows written in one step; the rest of a notice is found again in the next. */
const MAX_ROWS_PER_STEP = 200;

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
    const stored = parseCheckpoint(await state.marks.get(CHECKPOINT_NAME));
    const mark: ScanCheckpoint = stored?.revision === revision ? stored : { revision, after: null, done: false };
    if (mark.done) return false;
    const ids = await state.announcedFacts.noticeIds(mark.after, NOTICES_PER_STEP);
    const changed = await changedAmong(ids);
    let written = 0;
    for (const notice of changed) {
      const changes = await changesIn(notice, now);
      written += await settleAll(notice, changes, now);
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

  async function changedAmong(ids: readonly string[]): Promise<StoredNotice[]> {
    const told = await state.announcedFacts.listByNotices(ids);
    const reminders = await state.reminders.listByNotices(ids);
    const found = await notices.get(ids);
    const versions = new Map(found.map(({ notice, version }) => [notice.id, version]));
    const differing = new Set(
      [...told, ...reminders].filter((row) => row.version !== versions.get(row.noticeId)).map((row) => row.noticeId),
    );
    return found.filter(({ notice }) => differing.has(notice.id));
  }

  async function changesIn(notice: StoredNotice, now: Date): Promise<FactChange[]> {
    const ids = [notice.notice.id];
    const told = await state.announcedFacts.listByNotices(ids);
    const reminders = await state.reminders.listByNotices(ids);
    return findFactChanges(notice, told, reminders, rules, now);
  }

  /** Writes a notice's changes; returns how many rows. A chat's rows queue the same message once, under one key. */
  async function settleAll(notice: StoredNotice, changes: readonly FactChange[], now: Date): Promise<number> {
    const chats = new Map<string, FactChange[]>();
    for (const change of changes) {
      const key = addressKey(change.row);
      chats.set(key, [...(chats.get(key) ?? []), change]);
    }
    const settling: Promise<boolean>[] = [];
    for (const ofChat of chats.values()) {
      if (settling.length >= MAX_ROWS_PER_STEP) break;
      const owed = composeCorrection(notice, ofChat, now);
      settling.push(...ofChat.map((change) => settle(change, owed)));
    }
    const written = (await Promise.all(settling)).filter(Boolean).length;
    if (written > 0) log.info({ notice: notice.notice.id, version: notice.version, rows: written }, '通知有更正');
    return written;
  }

  function settle(change: FactChange, owed: ReturnType<typeof composeCorrection>): Promise<boolean> {
    return change.kind === 'told'
      ? state.announcedFacts.replaceIfUnchanged(change.row, change.after satisfies AnnouncedFact, owed)
      : state.reminders.replaceIfUnchanged(change.row, change.after satisfies Reminder, owed);
  }
}

function parseCheckpoint(mark: string | null): ScanCheckpoint | null {
  if (mark === null) return null;
  try {
    return checkpointSchema.safeParse(JSON.parse(mark)).data ?? null;
  } catch {
    return null;
  }
}
