import type { Transaction } from 'kysely';
import type { UnreadableRows } from '../sqlite/unreadable-rows.js';
import type { StateTables } from './rows.js';

export type StateTransaction = Transaction<StateTables>;

/** Dependencies of each table of the state store. */
export interface StateDb {
  /** Runs `work` in a transaction that sees what was committed before; it must not write. */
  readonly read: <R>(work: (trx: StateTransaction) => Promise<R>) => Promise<R>;
  /** Runs `work` in a transaction that it shares with others (see `GroupCommit`); it may run a second time. */
  readonly write: <R>(work: (trx: StateTransaction) => Promise<R>) => Promise<R>;
  readonly unreadableRows: UnreadableRows;
}

/** Returns a limit that SQLite accepts: it treats a negative one as no limit and refuses a fraction. NaN becomes 0. */
export function toSqlLimit(limit: number): number {
  return Number.isNaN(limit) ? 0 : Math.min(Math.max(0, Math.trunc(limit)), Number.MAX_SAFE_INTEGER);
}
