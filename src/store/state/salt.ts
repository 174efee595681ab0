import type { StateTransaction } from './state-db.js';

const SALT = 'question-salt';

/** Null when nothing was hashed yet. */
export async function readSalt(trx: StateTransaction): Promise<string | null> {
  const row = await trx.selectFrom('secrets').select('value').where('name', '=', SALT).executeTakeFirst();
  return row?.value ?? null;
}

/** The stored salt, or else `fresh`, which is stored then. */
export async function keepSalt(trx: StateTransaction, fresh: string): Promise<string> {
  const stored = await readSalt(trx);
  if (stored !== null) return stored;
  await trx.insertInto('secrets').values({ name: SALT, value: fresh }).execute();
  return fresh;
}
