import { createHash } from 'node:crypto';
import type { ChatAddress } from '../domain/chat.js';

/** Returns the part of a delivery's key that identifies chat and topic. */
export function addressKey({ chatId, threadId }: ChatAddress): string {
  return `${chatId}:${threadId ?? 0}`;
}

/** Returns 12 hex digits of a SHA-256: enough that no two things of one chat collide. */
export function shortHash(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12);
}
