import type { ChatAddress } from '../domain/chat.js';
import type { PeriodFact } from '../domain/fact.js';
import type { AnnouncedFact } from '../domain/reminder.js';
import type { StoredNotice } from '../store/notice-store.js';

/** Returns facts that a chat is told as the rows that corrections compare later; each fact once. */
export function toAnnouncedFacts(
  { chatId, threadId }: ChatAddress,
  announced: readonly { readonly stored: StoredNotice; readonly fact: PeriodFact }[],
  now: Date,
): AnnouncedFact[] {
  const announcedAt = now.toISOString();
  const rows = new Map<string, AnnouncedFact>();
  for (const { stored, fact } of announced) {
    const { type, label, start, end } = fact;
    const noticeId = stored.notice.id;
    rows.set(JSON.stringify([noticeId, type, label]), {
      chatId,
      threadId,
      noticeId,
      type,
      label,
      start,
      end,
      version: stored.version,
      announcedAt,
    });
  }
  return [...rows.values()];
}
