import { randomBytes } from 'node:crypto';
import type { StateTransaction } from './state-database.js';

const SALT = 'question-salt';
/** As long as the HMAC-SHA-256 that it keys. */
const SALT_BYTES = 32;

/** Returns the stored salt; null while nothing was hashed. */
export async function readSalt(trx: StateTransaction): Promise<string | null> {
  const row = await trx.selectFrom('secrets').select('value').where('name', '=', SALT).executeTakeFirst();
  return row?.value ?? null;
}

/** Returns the stored salt; generates and stores one when there is none. */
export async function getOrCreateSalt(trx: StateTransaction): Promise<string> {
  const stored = await readSalt(trx);
  if (stored !== null) return stored;
  const fresh = randomBytes(SALT_BYTES).toString('hex');
  await trx.insertInto('secrets').values({ name: SALT, value: fresh }).execute();
  return fresh;
}
