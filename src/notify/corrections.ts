import type { Logger } from 'pino';
import { z } from 'zod';
import type { Reminder, ToldFact } from '../domain/reminder.js';
import type { StoredNotice } from '../store/notice-store.js';
import type { StateStore } from '../store/state-store.js';
import { changesOf, type Change } from './changes.js';
import { correctionOf } from './correction-message.js';
import type { Planner } from './digests.js';
import { addressKey } from './keys.js';
import type { NoticeReader } from './notice-reader.js';
import type { NotifyRules } from './rules.js';

const MARK = 'notify.corrections';
/** Notices compared in one step. */
const NOTICES = 50;
/** Rows written in one step; the rest of a notice is found again in the next. */
const ROWS = 200;

const markSchema = z.object({
  /** Store revision that is being scanned; `after`: id of the last notice scanned. */
  revision: z.number(),
  after: z.string().nullable(),
  done: z.boolean(),
});
type Mark = z.infer<typeof markSchema>;

export interface CorrectionDependencies {
  readonly state: Pick<StateStore, 'told' | 'reminders' | 'marks'>;
  readonly notices: Pick<NoticeReader, 'get' | 'revision'>;
  readonly rules: NotifyRules;
  readonly log: Pick<Logger, 'info'>;
}

/**
 * Creates the planner of corrections. Where another version of a notice contradicts what a chat was told or is reminded
 * of, queues one message for the chat, updates the stored facts and reschedules reminders. It compares versions, so it
 * does not matter which process indexed, and does nothing until the stored notices change.
 */
export function correctionPlanner({ state, notices, rules, log }: CorrectionDependencies): Planner {
  return async (now) => {
    const revision = await notices.revision();
    const stored = parse(await state.marks.get(MARK));
    const mark: Mark = stored?.revision === revision ? stored : { revision, after: null, done: false };
    if (mark.done) return false;
    const ids = await state.told.noticeIds(mark.after, NOTICES);
    const changed = await changedAmong(ids);
    let written = 0;
    for (const notice of changed) {
      const changes = await changesIn(notice, now);
      written += await settleAll(notice, changes, now);
      // The same page is scanned again: rows that were written no longer differ.
      if (written >= ROWS) return true;
    }
    const last = ids.length < NOTICES ? null : (ids.at(-1) ?? null);
    await state.marks.set(MARK, JSON.stringify({ revision, after: last, done: last === null } satisfies Mark));
    return last !== null;
  };

  async function changedAmong(ids: readonly string[]): Promise<StoredNotice[]> {
    const told = await state.told.ofNotices(ids);
    const reminders = await state.reminders.ofNotices(ids);
    const found = await notices.get(ids);
    const versions = new Map(found.map(({ notice, version }) => [notice.id, version]));
    const differing = new Set(
      [...told, ...reminders].filter((row) => row.version !== versions.get(row.noticeId)).map((row) => row.noticeId),
    );
    return found.filter(({ notice }) => differing.has(notice.id));
  }

  async function changesIn(notice: StoredNotice, now: Date): Promise<Change[]> {
    const ids = [notice.notice.id];
    const told = await state.told.ofNotices(ids);
    const reminders = await state.reminders.ofNotices(ids);
    return changesOf(notice, told, reminders, rules, now);
  }

  /** Writes a notice's changes; returns how many rows. A chat's rows queue the same message once, under one key. */
  async function settleAll(notice: StoredNotice, changes: readonly Change[], now: Date): Promise<number> {
    const chats = new Map<string, Change[]>();
    for (const change of changes) {
      const key = addressKey(change.row);
      chats.set(key, [...(chats.get(key) ?? []), change]);
    }
    const settling: Promise<boolean>[] = [];
    for (const ofChat of chats.values()) {
      if (settling.length >= ROWS) break;
      const owed = correctionOf(notice, ofChat, now);
      settling.push(...ofChat.map((change) => settle(change, owed)));
    }
    const written = (await Promise.all(settling)).filter(Boolean).length;
    if (written > 0) log.info({ notice: notice.notice.id, version: notice.version, rows: written }, '通知有更正');
    return written;
  }

  function settle(change: Change, owed: ReturnType<typeof correctionOf>): Promise<boolean> {
    return change.kind === 'told'
      ? state.told.settle(change.row, change.after satisfies ToldFact, owed)
      : state.reminders.settle(change.row, change.after satisfies Reminder, owed);
  }
}

function parse(mark: string | null): Mark | null {
  if (mark === null) return null;
  try {
    return markSchema.safeParse(JSON.parse(mark)).data ?? null;
  } catch {
    return null;
  }
}
