import { sql } from 'kysely';
import type { DeliveryOutcome } from '../../domain/delivery.js';
import type { DeliveryState } from '../state-store.js';
import { deactivate, migrateChat } from './chats.js';
import type { StateTransaction } from './state-database.js';

interface AttemptUpdate {
  readonly state: DeliveryState;
  readonly error?: string | null;
  readonly notBefore?: string;
  readonly messageId?: number;
  readonly isRefusal?: boolean;
  /** Moves behind the chat's deliveries that are queued for a time up to `notBefore`. */
  readonly losesTurn?: boolean;
}

/**
 * Implements `Ledger.record`. A delivery that was forgotten meanwhile or has an outcome already stays as it is, except
 * that `sent` is always written: the message did go out.
 */
export async function recordOutcome(
  trx: StateTransaction,
  id: number,
  outcome: DeliveryOutcome,
  at: string,
): Promise<void> {
  const row = await trx
    .selectFrom('ledger')
    .innerJoin('chats', 'chats.chat_id', 'ledger.chat_id')
    .select(['ledger.chat_id', 'ledger.state', 'chats.inactive_at'])
    .where('ledger.id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return;
  if (row.state !== 'claimed' && (outcome.kind !== 'sent' || row.state === 'sent')) return;
  const again = row.inactive_at === null ? 'owed' : 'dropped';
  switch (outcome.kind) {
    case 'sent':
      await write(trx, id, at, { state: 'sent', messageId: outcome.messageId });
      break;
    case 'later':
      await write(trx, id, at, { state: again, notBefore: outcome.notBefore, error: outcome.error });
      break;
    case 'refused': {
      const { notBefore, error, keepsQueuePosition: keepsTurn } = outcome;
      await write(trx, id, at, { state: again, notBefore, error, isRefusal: true, losesTurn: !keepsTurn });
      break;
    }
    case 'rejected':
      await write(trx, id, at, { state: 'rejected', error: outcome.error });
      break;
    case 'gone':
      await write(trx, id, at, { state: 'dropped', error: outcome.error });
      await deactivate(trx, row.chat_id, outcome.error, at);
      break;
    case 'migrated':
      await migrateChat(trx, row.chat_id, outcome.chatId);
      await write(trx, id, at, { state: await selectStateAfterMigration(trx, id), error: null });
      break;
  }
}

/** Implements `Ledger.requeueClaimed`: whether a claimed delivery was sent is unknown. Drops those of inactive chats. */
export async function requeueClaimed(trx: StateTransaction): Promise<number> {
  await sql`update ledger indexed by ledger_claimed set
      state = 'dropped', message = null, attempts = attempts + 1,
      done_at = (select inactive_at from chats where chats.chat_id = ledger.chat_id)
    where state = 'claimed' and chat_id in (select chat_id from chats where inactive_at is not null)`.execute(trx);
  const { rows } = await sql<{ id: number }>`update ledger indexed by ledger_claimed
    set state = 'owed', attempts = attempts + 1 where state = 'claimed' returning id`.execute(trx);
  return rows.length;
}

/** Writes an attempt. Deletes the message of a sent or dropped delivery; a rejected one keeps it for diagnosis. */
async function write(trx: StateTransaction, id: number, at: string, written: AttemptUpdate): Promise<void> {
  const { state, error = null, notBefore = '', messageId = null, isRefusal = false, losesTurn = false } = written;
  await sql`update ledger set
      state = ${state}, error = ${error}, message_id = ${messageId}, attempts = attempts + 1,
      refusals = refusals + ${isRefusal ? 1 : 0},
      ready_at = ${losesTurn ? sql`max(not_before, ${notBefore})` : sql`ready_at`},
      not_before = max(not_before, ${notBefore}),
      message = ${state === 'sent' || state === 'dropped' ? sql`null` : sql`message`},
      done_at = ${state === 'owed' ? null : at}
    where id = ${id}`.execute(trx);
}

/** Returns `dropped` when the migrated chat is inactive, which it is only when it was under both ids. */
async function selectStateAfterMigration(trx: StateTransaction, id: number): Promise<'owed' | 'dropped'> {
  const row = await trx
    .selectFrom('ledger')
    .innerJoin('chats', 'chats.chat_id', 'ledger.chat_id')
    .select('chats.inactive_at')
    .where('ledger.id', '=', id)
    .executeTakeFirst();
  return row?.inactive_at === null ? 'owed' : 'dropped';
}
