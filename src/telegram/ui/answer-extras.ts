import type { FoundAnswer } from '../../domain/answer.js';
import type { PeriodFact } from '../../domain/fact.js';
import type { NoticeRecord, StoredNotice } from '../../store/notice-store.js';
import type { AskService } from '../../answering/ask-service.js';
import { findStatedPeriods } from '../../notify/reminders/period-of-answer.js';
import type { ReminderOffer, Reminders } from '../../notify/reminders/reminder-service.js';

/** Phone numbers, periods and reminder offer that a front end can show beside an answer, read from its notice. */
export interface AnswerExtras {
  readonly stored: StoredNotice;
  /** Phone numbers that the answer states, as the notice writes them. */
  readonly phones: readonly string[];
  /** Periods that the answer states. */
  readonly periods: readonly PeriodFact[];
  /** Reminder of the first of them that lies ahead; null when none does. */
  readonly reminderOffer: ReminderOffer | null;
}

/** Reads the extras from the notice that the answer cites. Returns null when that is no longer stored. */
export async function readAnswerExtras(
  answer: FoundAnswer,
  ask: Pick<AskService, 'keyOf' | 'notice'>,
  reminders: Pick<Reminders, 'offerForAnswer'>,
): Promise<AnswerExtras | null> {
  const key = ask.keyOf(answer.notice.id);
  const stored = key === null ? null : await ask.notice(key);
  if (stored === null) return null;
  return {
    stored,
    phones: findStatedPhones(answer, stored),
    periods: findStatedPeriods(answer, stored).map(({ fact }) => fact),
    reminderOffer: reminders.offerForAnswer(answer, stored),
  };
}

/** Returns the notice's phone numbers that occur in the answer, each once, in the answer's order. */
export function findStatedPhones({ answer }: FoundAnswer, { facts }: NoticeRecord): string[] {
  const stated = facts.flatMap((fact) =>
    fact.kind === 'contact' && fact.channel === 'phone' && fact.value !== '' && answer.includes(fact.value)
      ? [fact.value]
      : [],
  );
  // 83215136 is not listed beside 022-83215136, which contains it.
  const longest = [...new Set(stated)].filter((one) => !stated.some((other) => other !== one && other.includes(one)));
  return longest.sort((a, b) => answer.indexOf(a) - answer.indexOf(b));
}
