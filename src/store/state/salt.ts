import { randomBytes } from 'node:crypto';
import type { StateTransaction } from './state-db.js';

const SALT = 'question-salt';
/** As long as the hash that it keys. */
const SALT_BYTES = 32;

/** Null when nothing was hashed yet. */
export async function readSalt(trx: StateTransaction): Promise<string | null> {
  const row = await trx.selectFrom('secrets').select('value').where('name', '=', SALT).executeTakeFirst();
  return row?.value ?? null;
}

/** The stored salt; made and stored when there is none. */
export async function keepSalt(trx: StateTransaction): Promise<string> {
  const stored = await readSalt(trx);
  if (stored !== null) return stored;
  const fresh = randomBytes(SALT_BYTES).toString('hex');
  await trx.insertInto('secrets').values({ name: SALT, value: fresh }).execute();
  return fresh;
}
