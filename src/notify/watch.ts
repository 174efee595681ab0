import type { Logger } from 'pino';
import { z } from 'zod';
import type { Subscription } from '../domain/subscription.js';
import type { StateStore } from '../store/state-store.js';
import { nextReminderAt } from './reminder-times.js';
import { isAstray, nextDigestAt } from './schedule.js';

const MARK = 'notify.watch';
/** Chats checked in one step. */
const CHATS = 100;
/** Notices whose reminders are read at once. */
const NOTICES = 100;
/** Interval at which the clock is stored, so that a step back from a wrong time is detected. */
const CLOCK_EVERY_MS = 10 * 60_000;
/** Least step back that counts as a wrong clock; ordinary corrections are smaller. */
const STEP_BACK_MS = 60 * 60_000;

const watchSchema = z.object({
  /** State at the last look: the instant, the newest key, the store revision. */
  at: z.string(),
  newestKey: z.number(),
  revision: z.number(),
  /** Pass over all subscriptions in progress: the last chat checked, and whether the notices were rebuilt. */
  pass: z.object({ after: z.number().nullable(), rebuilt: z.boolean() }).nullable(),
});
type Watch = z.infer<typeof watchSchema>;

export interface Seen {
  readonly now: Date;
  readonly newestKey: number;
  readonly revision: number;
}

export interface WatchDependencies {
  readonly state: Pick<StateStore, 'chats' | 'subscriptions' | 'reminders' | 'told' | 'marks'>;
  readonly log: Pick<Logger, 'warn'>;
}

/**
 * Detects what would silence subscriptions for good: a clock that was set back, and stored notices that were rebuilt
 * with new keys. Then corrects all subscriptions, some in each call, and after a wrong clock the reminders at once.
 * Returns true while that is in progress and nothing should be planned.
 */
export async function watch({ state, log }: WatchDependencies, seen: Seen): Promise<boolean> {
  const before = parse(await state.marks.get(MARK));
  const rebuilt = before !== null && (seen.revision < before.revision || seen.newestKey < before.newestKey);
  const setBack = before !== null && Date.parse(before.at) - seen.now.getTime() > STEP_BACK_MS;
  if (rebuilt) log.warn({ before: before.newestKey, now: seen.newestKey }, '通知库已重建，订阅改从最新一份通知算起');
  if (setBack) log.warn({ before: before.at, now: seen.now.toISOString() }, '系统时钟被调回，重新核对各订阅的发送时间');
  const pass =
    rebuilt || setBack ? { after: null, rebuilt: rebuilt || before.pass?.rebuilt === true } : (before?.pass ?? null);
  // Before the clock is stored: afterwards the step back could no longer be detected.
  if (setBack) await restoreReminders(state, seen.now);
  // Stored before anything is planned with this clock and these keys.
  await note(state, before, { at: seen.now.toISOString(), newestKey: seen.newestKey, revision: seen.revision, pass });
  if (pass === null) return false;
  const after = await putRight(state, seen, pass);
  const next = after === null ? null : { ...pass, after };
  await write(state, { at: seen.now.toISOString(), newestKey: seen.newestKey, revision: seen.revision, pass: next });
  return true;
}

/** Corrects a time or cursor that is too far ahead. Returns the same object when nothing is wrong. */
function straightened(subscription: Subscription, seen: Omit<Seen, 'revision'>, rebuilt: boolean): Subscription {
  const { settings, cursor, nextAt, digest } = subscription;
  const isLost = nextAt !== null && isAstray(new Date(nextAt), settings, seen.now);
  const isAhead = rebuilt ? cursor !== seen.newestKey : cursor > seen.newestKey;
  // Its cursor is of keys that no longer exist, so the unsent digest is not superseded and is sent as it is.
  const isOfOthers = digest !== null && (rebuilt || isAhead);
  if (!isLost && !isAhead && !isOfOthers) return subscription;
  return {
    ...subscription,
    cursor: isAhead ? seen.newestKey : cursor,
    nextAt: isLost ? nextDigestAt(settings, seen.now).toISOString() : nextAt,
    digest: isOfOthers ? null : digest,
  };
}

/** Corrects one page of chats. Returns the last one, or null when none is left. */
async function putRight(
  state: WatchDependencies['state'],
  seen: Seen,
  { after, rebuilt }: NonNullable<Watch['pass']>,
): Promise<number | null> {
  const chats = await state.chats.page(after, CHATS);
  for (const chatId of chats) {
    await putChatRight(state.subscriptions, chatId, seen, rebuilt);
  }
  return chats.length < CHATS ? null : (chats.at(-1) ?? null);
}

/** Corrects the subscriptions of a chat. Also called for a chat that comes back: passes skip inactive ones. */
export async function putChatRight(
  subscriptions: WatchDependencies['state']['subscriptions'],
  chatId: number,
  seen: Omit<Seen, 'revision'>,
  rebuilt = false,
): Promise<void> {
  for (const subscription of await subscriptions.ofChat(chatId)) {
    const right = straightened(subscription, seen, rebuilt);
    // If the reader changed it meanwhile, its time is new; a cursor that is ahead is reset when a digest is due.
    if (right !== subscription) await subscriptions.settle(subscription, right, []);
  }
}

/** Reschedules reminders that a clock ahead took for past; one that was sent is not queued again: its key exists. */
async function restoreReminders({ told, reminders }: WatchDependencies['state'], now: Date): Promise<void> {
  let ids: string[] = [];
  do {
    ids = await told.noticeIds(ids.at(-1) ?? null, NOTICES);
    const restored = (await reminders.ofNotices(ids)).map((reminder) => {
      const nextAt = nextReminderAt(reminder.due, reminder.daysBefore, now);
      const isLate = nextAt !== null && (reminder.nextAt === null || reminder.nextAt > nextAt);
      return isLate ? reminders.settle(reminder, { ...reminder, nextAt }, []) : Promise.resolve(false);
    });
    await Promise.all(restored);
  } while (ids.length === NOTICES);
}

async function note(state: WatchDependencies['state'], before: Watch | null, after: Watch): Promise<void> {
  const isSame =
    before?.newestKey === after.newestKey &&
    before.revision === after.revision &&
    JSON.stringify(before.pass) === JSON.stringify(after.pass) &&
    Math.abs(Date.parse(after.at) - Date.parse(before.at)) < CLOCK_EVERY_MS;
  if (!isSame) await write(state, after);
}

function write(state: WatchDependencies['state'], mark: Watch): Promise<void> {
  return state.marks.set(MARK, JSON.stringify(mark));
}

function parse(mark: string | null): Watch | null {
  if (mark === null) return null;
  try {
    return watchSchema.safeParse(JSON.parse(mark)).data ?? null;
  } catch {
    return null;
  }
}
