import type { Transaction } from 'kysely';
import type { BadRows } from './bad-rows.js';
import type { StateTables } from './schema.js';

export type StateTransaction = Transaction<StateTables>;

/** What each table of the state store is given. */
export interface StateDb {
  /** Sees what was committed before; must not write. */
  readonly read: <R>(work: (trx: StateTransaction) => Promise<R>) => Promise<R>;
  /** Shares its commit with others (see `GroupCommit`): `work` may be run a second time. */
  readonly write: <R>(work: (trx: StateTransaction) => Promise<R>) => Promise<R>;
  readonly badRows: BadRows;
}

/** A limit that SQLite takes as meant: it reads a negative one as none, and refuses what is no integer. */
export function atLeastNone(limit: number): number {
  return Number.isNaN(limit) ? 0 : Math.min(Math.max(0, Math.trunc(limit)), Number.MAX_SAFE_INTEGER);
}
