import { sql } from 'kysely';
import { DELIVERY_STATES, type DeliveryState, type Ledger } from '../state-store.js';
import { claim, nextDueAt } from './claim.js';
import { insertOwed, isUnsent, withPrefix } from './deliveries.js';
import { record, recover } from './record.js';
import { atLeastNone, type StateDb } from './state-db.js';

interface CountRow {
  readonly state: DeliveryState;
  readonly count: number;
}

export function ledger({ read, write, badRows }: StateDb): Ledger {
  return {
    owe: (deliveries) => (deliveries.length === 0 ? Promise.resolve(0) : write((trx) => insertOwed(trx, deliveries))),
    claim: (now, limit) => write((trx) => claim(trx, badRows, now, atLeastNone(limit))),
    record: (id, outcome, at) => write((trx) => record(trx, id, outcome, at)),
    recover: () => write(recover),
    nextDueAt: () => read(nextDueAt),
    isUnsent: (key) => read((trx) => isUnsent(trx, key)),
    sentToGroups: (since) =>
      read(async (trx) => {
        const { rows } = await sql<{ chat_id: number; done_at: string }>`select chat_id, done_at
          from ledger indexed by ledger_done
          where state = 'sent' and done_at is not null and done_at > ${since} and chat_id < 0
          order by done_at`.execute(trx);
        return rows.map((row) => ({ chatId: row.chat_id, at: row.done_at }));
      }),
    counts: () =>
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
    countsByKind: (prefix) =>
      read(async (trx) => {
        const { rows } = await sql<CountRow>`select state, count(*) as count from ledger
          where ${withPrefix(prefix)} group by state`.execute(trx);
        return byState(rows);
      }),
  };
}

function byState(rows: readonly CountRow[]): Record<DeliveryState, number> {
  const counts = Object.fromEntries(DELIVERY_STATES.map((state) => [state, 0])) as Record<DeliveryState, number>;
  for (const { state, count } of rows) counts[state] = count;
  return counts;
}
