import { createHmac } from 'node:crypto';

/**
 * A user's or a chat's id as the question log keeps it: HMAC-SHA-256 in
 * hexadecimal. Ids are few enough to be tried one by one, so that only whoever
 * has the salt (`QuestionLog.salt`) can tell whose a hash is.
 */
export function saltedHash(salt: string, id: number): string {
  return createHmac('sha256', salt).update(String(id)).digest('hex');
}
