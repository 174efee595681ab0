import { createHmac } from 'node:crypto';

/**
 * Returns the HMAC-SHA-256, in hexadecimal, of a user's or a chat's id, as the question log stores it. Ids are few
 * enough to be tried one by one, so that only who has the salt (`QuestionLog.salt`) can tell whose hash it is.
 */
export function hashId(salt: string, id: number): string {
  return createHmac('sha256', salt).update(String(id)).digest('hex');
}
