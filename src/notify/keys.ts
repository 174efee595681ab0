import { createHash } from 'node:crypto';
import type { ChatAddress } from '../domain/chat.js';

/** The part of a delivery's key that says where it goes. */
export function addressKey({ chatId, threadId }: ChatAddress): string {
  return `${chatId}:${threadId ?? 0}`;
}

/** Long enough that two different things of one chat never meet. */
export function shortHash(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12);
}
