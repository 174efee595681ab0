import type { ChatAddress } from '../../domain/chat.js';
import type { AnnouncedFact } from '../../domain/reminder.js';
import type { Deadline } from '../deadlines.js';

/** Returns announced deadlines as the rows that corrections compare later; each fact once. */
export function toAnnouncedFacts(
  { chatId, threadId }: ChatAddress,
  deadlines: readonly Deadline[],
  now: Date,
): AnnouncedFact[] {
  const facts = new Map<string, AnnouncedFact>();
  for (const { stored, fact } of deadlines) {
    const { type, label, start, end } = fact;
    const noticeId = stored.notice.id;
    facts.set(JSON.stringify([noticeId, type, label]), {
      chatId,
      threadId,
      noticeId,
      type,
      label,
      start,
      end,
      version: stored.version,
      announcedAt: now.toISOString(),
    });
  }
  return [...facts.values()];
}
