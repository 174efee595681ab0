import { sql } from 'kysely';
import { DELIVERY_STATES, type DeliveryState, type Ledger } from '../state-store.js';
import { claimDeliveries, nextDueAt } from './claim.js';
import { enqueueDeliveries, isDigestUnsent, keyStartsWith } from './delivery-queue.js';
import { recordOutcome, requeueClaimed } from './record.js';
import { toSqlLimit, type StateDb } from './state-database.js';

interface CountRow {
  readonly state: DeliveryState;
  readonly count: number;
}

export function ledger({ read, write, unreadableRows: badRows }: StateDb): Ledger {
  return {
    enqueue: (deliveries) =>
      deliveries.length === 0 ? Promise.resolve(0) : write((trx) => enqueueDeliveries(trx, deliveries)),
    claim: (now, limit) => write((trx) => claimDeliveries(trx, badRows, now, toSqlLimit(limit))),
    record: (id, outcome, at) => write((trx) => recordOutcome(trx, id, outcome, at)),
    recover: () => write(requeueClaimed),
    nextDueAt: () => read(nextDueAt),
    isUnsent: (key) => read((trx) => isDigestUnsent(trx, key)),
    sentToGroups: (since) =>
      read(async (trx) => {
        const { rows } = await sql<{ chat_id: number; done_at: string }>`select chat_id, done_at
          from ledger indexed by ledger_done
          where state = 'sent' and done_at is not null and done_at > ${since} and chat_id < 0
          order by done_at`.execute(trx);
        return rows.map((row) => ({ chatId: row.chat_id, at: row.done_at }));
      }),
    countByState: () =>
      read(async (trx) => {
        // Each part is read from a covering index.
        const { rows } = await sql<CountRow>`select state, count(*) as count
            from ledger indexed by ledger_done where done_at is not null group by state
          union all select 'owed', count(*) from ledger indexed by ledger_due where state = 'owed'
          union all select 'claimed', count(*) from ledger indexed by ledger_claimed where state = 'claimed'`.execute(
          trx,
        );
        return byState(rows);
      }),
    countByStateWithPrefix: (prefix) =>
      read(async (trx) => {
        const { rows } = await sql<CountRow>`select state, count(*) as count from ledger
          where ${keyStartsWith(prefix)} group by state`.execute(trx);
        return byState(rows);
      }),
  };
}

function byState(rows: readonly CountRow[]): Record<DeliveryState, number> {
  const counts = Object.fromEntries(DELIVERY_STATES.map((state) => [state, 0])) as Record<DeliveryState, number>;
  for (const { state, count } of rows) counts[state] = count;
  return counts;
}
