import { sql, type RawBuilder } from 'kysely';
import { hashId } from '../../domain/salted-hash.js';
import type { ForgottenCounts, RetentionLimits } from '../state-store.js';
import { getOrCreateSalt, readSalt } from './question-log.js';
import type { StateDb, StateTransaction } from './state-database.js';

/** Rows per transaction: some ten milliseconds, so that replies that write need not wait longer. */
const ROWS_PER_BATCH = 1_000;
/** Length of the date in an instant: `2024-03-11`. The date is in UTC, which does not matter after months. */
const DATE_LENGTH = 10;
/** Hexadecimal digits of a code: few enough for a number to hold exactly. */
const CODE_DIGITS = 12;

/** Implements `StateStore.forget`. */
export async function forgetChat(trx: StateTransaction, chatId: number): Promise<ForgottenCounts> {
  const subscriptions = await deleteOf(trx, 'subscriptions', chatId);
  const reminders = await deleteOf(trx, 'reminders', chatId);
  const announced = await deleteOf(trx, 'told', chatId);
  const deliveries = await deleteOf(trx, 'ledger', chatId);
  const questions = await deleteQuestions(trx, chatId);
  await pseudonymiseInAudit(trx, chatId);
  await trx.deleteFrom('chats').where('chat_id', '=', chatId).execute();
  return { subscriptions, reminders, announced, deliveries, questions };
}

/**
 * Replaces a user's id in the audit by a code: it stays visible that one person did these things, not who. A private
 * chat has its user's id; the code is negative, as no user's id is.
 */
async function pseudonymiseInAudit(trx: StateTransaction, chatId: number): Promise<void> {
  const known = await trx.selectFrom('audit').select('id').where('user_id', '=', chatId).limit(1).executeTakeFirst();
  if (known === undefined) return;
  const code = -parseInt(hashId(await getOrCreateSalt(trx), chatId).slice(0, CODE_DIGITS), 16);
  await trx.updateTable('audit').set({ user_id: code }).where('user_id', '=', chatId).execute();
}

async function deleteOf(
  trx: StateTransaction,
  table: 'subscriptions' | 'reminders' | 'told' | 'ledger',
  chatId: number,
): Promise<number> {
  return Number((await trx.deleteFrom(table).where('chat_id', '=', chatId).executeTakeFirst()).numDeletedRows);
}

async function deleteQuestions(trx: StateTransaction, chatId: number): Promise<number> {
  const salt = await readSalt(trx);
  if (salt === null) return 0;
  const result = await trx.deleteFrom('questions').where('chat_hash', '=', hashId(salt, chatId)).executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** Implements `StateStore.prune`, in many small transactions. */
export async function prune(db: StateDb, limits: RetentionLimits): Promise<number> {
  let pruned = 0;
  pruned += await inBatches(
    db,
    sql`delete from questions where id in (
    select id from questions where at < ${limits.questionsBefore} limit ${ROWS_PER_BATCH}) returning id`,
  );
  pruned += await inBatches(
    db,
    sql`delete from ledger where id in (
    select id from ledger indexed by ledger_done
    where state in ('sent', 'rejected', 'dropped') and done_at is not null and done_at < ${limits.deliveriesBefore}
    limit ${ROWS_PER_BATCH}) returning id`,
  );
  pruned += await inBatches(
    db,
    sql`delete from told where id in (
    select id from told where told_at < ${limits.announcedBefore} limit ${ROWS_PER_BATCH}) returning id`,
  );
  pruned += await inBatches(
    db,
    sql`delete from reminders where id in (
    select id from reminders where next_at is null and due_date < ${limits.announcedBefore.slice(0, DATE_LENGTH)}
    limit ${ROWS_PER_BATCH}) returning id`,
  );
  pruned += await inBatches(
    db,
    sql`delete from audit where id in (
    select id from audit where at < ${limits.auditBefore} limit ${ROWS_PER_BATCH}) returning id`,
  );
  for (;;) {
    const forgotten = await db.write((trx) => forgetNextInactive(trx, limits.inactiveBefore));
    if (forgotten === null) return pruned;
    pruned += forgotten;
  }
}

/** Repeats `statement`, which deletes at most `ROWS_PER_BATCH` rows and returns each. Returns their number. */
async function inBatches(db: StateDb, statement: RawBuilder<unknown>): Promise<number> {
  for (let all = 0; ;) {
    const { rows } = await db.write((trx) => statement.execute(trx));
    all += rows.length;
    if (rows.length < ROWS_PER_BATCH) return all;
  }
}

/** Forgets the chat deactivated first. Returns the number of deleted rows; null when none was before `before`. */
async function forgetNextInactive(trx: StateTransaction, before: string): Promise<number | null> {
  const chat = await trx
    .selectFrom('chats')
    .select('chat_id')
    .where('inactive_at', '<', before)
    .orderBy('inactive_at')
    .limit(1)
    .executeTakeFirst();
  if (chat === undefined) return null;
  const counts = Object.values(await forgetChat(trx, chat.chat_id)) as readonly number[];
  return counts.reduce((sum, count) => sum + count, 1);
}
