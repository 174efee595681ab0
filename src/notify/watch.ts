import type { Logger } from 'pino';
import { z } from 'zod';
import type { Subscription } from '../domain/subscription.js';
import type { StateStore } from '../store/state-store.js';
import { nextReminderAt } from './reminder-times.js';
import { isAstray, nextDigestAt } from './schedule.js';

const MARK = 'notify.watch';
/** Chats looked at in one step. */
const CHATS = 100;
/** Notices whose reminders are read at once. */
const NOTICES = 100;
/** The clock is written down this often, so that a step back from a wrong time is seen. */
const CLOCK_EVERY_MS = 10 * 60_000;
/** Ordinary corrections of a clock are smaller. */
const STEP_BACK_MS = 60 * 60_000;

const watchSchema = z.object({
  /** The latest instant and the newest notice that were seen. */
  at: z.string(),
  newestKey: z.number(),
  revision: z.number(),
  /** A pass over all subscriptions that is under way: behind which chat, and whether the notices were rebuilt. */
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
 * Notices what would silence subscriptions for good: a clock that was set back,
 * and stored notices that were rebuilt and count their keys anew. Then all
 * subscriptions are put right, some in each call, and after a wrong clock the
 * reminders at once. Returns true while that is under way and nothing should be
 * planned.
 */
export async function watch({ state, log }: WatchDependencies, seen: Seen): Promise<boolean> {
  const before = parse(await state.marks.get(MARK));
  const rebuilt = before !== null && (seen.revision < before.revision || seen.newestKey < before.newestKey);
  const setBack = before !== null && Date.parse(before.at) - seen.now.getTime() > STEP_BACK_MS;
  if (rebuilt) log.warn({ before: before.newestKey, now: seen.newestKey }, '通知库已重建，订阅改从最新一份通知算起');
  if (setBack) log.warn({ before: before.at, now: seen.now.toISOString() }, '系统时钟被调回，重新核对各订阅的发送时间');
  const pass =
    rebuilt || setBack ? { after: null, rebuilt: rebuilt || before.pass?.rebuilt === true } : (before?.pass ?? null);
  // Before the clock is noted, for after that nobody would see that it was set back.
  if (setBack) await restoreReminders(state, seen.now);
  // Written before anything is planned by this clock and these keys.
  await note(state, before, { at: seen.now.toISOString(), newestKey: seen.newestKey, revision: seen.revision, pass });
  if (pass === null) return false;
  const after = await putRight(state, seen, pass);
  const next = after === null ? null : { ...pass, after };
  await write(state, { at: seen.now.toISOString(), newestKey: seen.newestKey, revision: seen.revision, pass: next });
  return true;
}

/** A subscription whose time or cursor lies beyond what can be, put right; the same one when nothing is wrong. */
function straightened(subscription: Subscription, seen: Omit<Seen, 'revision'>, rebuilt: boolean): Subscription {
  const { settings, cursor, nextAt, digest } = subscription;
  const isLost = nextAt !== null && isAstray(new Date(nextAt), settings, seen.now);
  const isAhead = rebuilt ? cursor !== seen.newestKey : cursor > seen.newestKey;
  // Where it began is counted in keys that are no more: it goes out by itself.
  const isOfOthers = digest !== null && (rebuilt || isAhead);
  if (!isLost && !isAhead && !isOfOthers) return subscription;
  return {
    ...subscription,
    cursor: isAhead ? seen.newestKey : cursor,
    nextAt: isLost ? nextDigestAt(settings, seen.now).toISOString() : nextAt,
    digest: isOfOthers ? null : digest,
  };
}

/** The last chat that was looked at, or null when there is none left. */
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

/** Also for a chat that comes back: while it was away no pass met it. */
export async function putChatRight(
  subscriptions: WatchDependencies['state']['subscriptions'],
  chatId: number,
  seen: Omit<Seen, 'revision'>,
  rebuilt = false,
): Promise<void> {
  for (const subscription of await subscriptions.ofChat(chatId)) {
    const right = straightened(subscription, seen, rebuilt);
    // Where the reader changed it meanwhile, its time is a new one; a cursor ahead is met again when it is due.
    if (right !== subscription) await subscriptions.settle(subscription, right, []);
  }
}

/** A clock that was ahead took them for past. One that was sent is not owed again: its key is known. */
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
