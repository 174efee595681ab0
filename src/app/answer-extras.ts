import type { FoundAnswer } from '../domain/answer.js';
import type { PeriodFact } from '../domain/fact.js';
import type { NoticeRecord, StoredNotice } from '../store/notice-store.js';
import type { AskService } from './ask-service.js';
import { periodsOfAnswer } from './period-of-answer.js';
import type { ReminderOffer, Reminders } from './reminders.js';

/** What a front can offer beside an answer, read from the notice that it cites. */
export interface AnswerExtras {
  readonly stored: StoredNotice;
  /** Numbers that the answer tells, as the notice writes them. */
  readonly phones: readonly string[];
  /** Periods that the answer tells. */
  readonly periods: readonly PeriodFact[];
  /** The one of them to be reminded of. */
  readonly offer: ReminderOffer | null;
}

/** Null when the notice is no longer stored. */
export async function extrasOf(
  answer: FoundAnswer,
  ask: Pick<AskService, 'keyOf' | 'notice'>,
  reminders: Pick<Reminders, 'forAnswer'>,
): Promise<AnswerExtras | null> {
  const key = ask.keyOf(answer.notice.id);
  const stored = key === null ? null : await ask.notice(key);
  if (stored === null) return null;
  return {
    stored,
    phones: phonesOfAnswer(answer, stored),
    periods: periodsOfAnswer(answer, stored).map(({ fact }) => fact),
    offer: reminders.forAnswer(answer, stored),
  };
}

/** The notice's phone numbers that stand in the answer, each once, in its order. */
export function phonesOfAnswer({ answer }: FoundAnswer, { facts }: NoticeRecord): string[] {
  const told = facts.flatMap((fact) =>
    fact.kind === 'contact' && fact.channel === 'phone' && fact.value !== '' && answer.includes(fact.value)
      ? [fact.value]
      : [],
  );
  // 83215136 is told within 022-83215136.
  const whole = [...new Set(told)].filter((one) => !told.some((other) => other !== one && other.includes(one)));
  return whole.sort((a, b) => answer.indexOf(a) - answer.indexOf(b));
}
