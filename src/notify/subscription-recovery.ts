import type { Logger } from 'pino';
import { z } from 'zod';
import type { Subscription } from '../domain/subscription.js';
import type { StateStore } from '../store/state-store.js';
import { findNextReminderAt } from './reminders/reminder-times.js';
import { isImplausiblyLate, nextDigestAt } from './digest-schedule.js';
import { parseCheckpoint } from './planning.js';

const CHECKPOINT_NAME = 'notify.watch';
/** Chats checked in one step. */
const CHATS_PER_STEP = 100;
/** Notices whose reminders are read at once. */
const NOTICES_PER_READ = 100;
/** Interval at which the clock is stored, so that a step back from a wrong time is detected. */
const CLOCK_STORE_INTERVAL_MS = 10 * 60_000;
/** Least step back that counts as a wrong clock; ordinary corrections are smaller. */
const MIN_STEP_BACK_MS = 60 * 60_000;

const checkpointSchema = z.object({
  /** State at the last step: the instant, the newest key, the store revision. */
  at: z.string(),
  newestKey: z.number(),
  revision: z.number(),
  /** Pass over all subscriptions in progress: the last chat checked, and whether the notices were rebuilt. */
  pass: z.object({ after: z.number().nullable(), rebuilt: z.boolean() }).nullable(),
});
type RecoveryCheckpoint = z.infer<typeof checkpointSchema>;

export interface StoreObservation {
  readonly now: Date;
  readonly newestKey: number;
  readonly revision: number;
}

export interface RecoveryDependencies {
  readonly state: Pick<StateStore, 'chats' | 'subscriptions' | 'reminders' | 'announcedFacts' | 'marks'>;
  readonly log: Pick<Logger, 'warn'>;
}

/**
 * Detects what would silence subscriptions for good: a clock that was set back, and stored notices that were rebuilt
 * with new keys. Then corrects all subscriptions, some in each call, and after a wrong clock the reminders at once.
 * Returns true while that is in progress and nothing should be planned.
 */
export async function recoverSubscriptions(
  { state, log }: RecoveryDependencies,
  seen: StoreObservation,
): Promise<boolean> {
  const before = parseCheckpoint(checkpointSchema, await state.marks.get(CHECKPOINT_NAME));
  const rebuilt = before !== null && (seen.revision < before.revision || seen.newestKey < before.newestKey);
  const setBack = before !== null && Date.parse(before.at) - seen.now.getTime() > MIN_STEP_BACK_MS;
  if (rebuilt) log.warn({ before: before.newestKey, now: seen.newestKey }, '通知库已重建，订阅改从最新一份通知算起');
  if (setBack) log.warn({ before: before.at, now: seen.now.toISOString() }, '系统时钟被调回，重新核对各订阅的发送时间');
  const pass =
    rebuilt || setBack ? { after: null, rebuilt: rebuilt || before.pass?.rebuilt === true } : (before?.pass ?? null);
  // Before the clock is stored: afterwards the step back could no longer be detected.
  if (setBack) await rescheduleReminders(state, seen.now);
  // Stored before anything is planned with this clock and these keys.
  const observed = { at: seen.now.toISOString(), newestKey: seen.newestKey, revision: seen.revision };
  await storeIfChanged(state, before, { ...observed, pass });
  if (pass === null) return false;
  const after = await recoverPage(state, seen, pass);
  await storeCheckpoint(state, { ...observed, pass: after === null ? null : { ...pass, after } });
  return true;
}

/** Corrects a time or cursor that is too far ahead. Returns the same object when nothing is wrong. */
function recoverSubscription(
  subscription: Subscription,
  seen: Omit<StoreObservation, 'revision'>,
  rebuilt: boolean,
): Subscription {
  const { settings, cursor, nextAt, digest } = subscription;
  const isLate = nextAt !== null && isImplausiblyLate(new Date(nextAt), settings, seen.now);
  const isAhead = rebuilt ? cursor !== seen.newestKey : cursor > seen.newestKey;
  // Its cursor is of keys that no longer exist, so the unsent digest is not superseded and is sent as it is.
  const isDetached = digest !== null && (rebuilt || isAhead);
  if (!isLate && !isAhead && !isDetached) return subscription;
  return {
    ...subscription,
    cursor: isAhead ? seen.newestKey : cursor,
    nextAt: isLate ? nextDigestAt(settings, seen.now).toISOString() : nextAt,
    digest: isDetached ? null : digest,
  };
}

/** Corrects one page of chats. Returns the last one, or null when none is left. */
async function recoverPage(
  state: RecoveryDependencies['state'],
  seen: StoreObservation,
  { after, rebuilt }: NonNullable<RecoveryCheckpoint['pass']>,
): Promise<number | null> {
  const chats = await state.chats.listActive(after, CHATS_PER_STEP);
  for (const chatId of chats) {
    await recoverChat(state.subscriptions, chatId, seen, rebuilt);
  }
  return chats.length < CHATS_PER_STEP ? null : (chats.at(-1) ?? null);
}

/** Corrects the subscriptions of a chat. Also called for a chat that comes back: passes skip inactive ones. */
export async function recoverChat(
  subscriptions: RecoveryDependencies['state']['subscriptions'],
  chatId: number,
  seen: Omit<StoreObservation, 'revision'>,
  rebuilt = false,
): Promise<void> {
  for (const subscription of await subscriptions.ofChat(chatId)) {
    const recovered = recoverSubscription(subscription, seen, rebuilt);
    // If the reader changed it meanwhile, its time is new; a cursor that is ahead is reset when a digest is due.
    if (recovered !== subscription) await subscriptions.replaceIfUnchanged(subscription, recovered, []);
  }
}

/** Reschedules reminders that a clock ahead took for past; one that was sent is not queued again: its key exists. */
async function rescheduleReminders(
  { announcedFacts, reminders }: RecoveryDependencies['state'],
  now: Date,
): Promise<void> {
  let ids: string[] = [];
  do {
    ids = await announcedFacts.noticeIds(ids.at(-1) ?? null, NOTICES_PER_READ);
    const writes = (await reminders.listByNotices(ids)).map((reminder) => {
      const nextAt = findNextReminderAt(reminder.due, reminder.daysBefore, now);
      const isLate = nextAt !== null && (reminder.nextAt === null || reminder.nextAt > nextAt);
      return isLate ? reminders.replaceIfUnchanged(reminder, { ...reminder, nextAt }, []) : Promise.resolve(false);
    });
    await Promise.all(writes);
  } while (ids.length === NOTICES_PER_READ);
}

async function storeIfChanged(
  state: RecoveryDependencies['state'],
  before: RecoveryCheckpoint | null,
  after: RecoveryCheckpoint,
): Promise<void> {
  const isSame =
    before?.newestKey === after.newestKey &&
    before.revision === after.revision &&
    JSON.stringify(before.pass) === JSON.stringify(after.pass) &&
    Math.abs(Date.parse(after.at) - Date.parse(before.at)) < CLOCK_STORE_INTERVAL_MS;
  if (!isSame) await storeCheckpoint(state, after);
}

function storeCheckpoint(state: RecoveryDependencies['state'], checkpoint: RecoveryCheckpoint): Promise<void> {
  return state.marks.set(CHECKPOINT_NAME, JSON.stringify(checkpoint));
}
