import type { ChatAddress } from './chat.js';
import type { TimePoint, PeriodType } from './fact.js';

/** Reference to a period fact that is stable across versions of its notice: same type and same label. */
export interface FactRef {
  readonly noticeId: string;
  readonly type: PeriodType;
  readonly label: string;
}

/** A period announced to a chat, kept so that the chat can be sent a later correction. */
export interface AnnouncedFact extends ChatAddress, FactRef {
  readonly start: TimePoint | null;
  readonly end: TimePoint | null;
  /** Version of the notice that stated it. */
  readonly version: number;
  readonly announcedAt: string;
}

export interface NewReminder extends ChatAddress, FactRef {
  /** User who set it; in a group only this user and administrators may remove it. */
  readonly userId: number;
  readonly noticeTitle: string;
  /** Deadline or start to remind of. */
  readonly due: TimePoint;
  /** Days before `due` on which it is sent, in the morning; 0: on the day itself. Distinct, not empty. */
  readonly daysBefore: readonly number[];
  /** Instant of the next reminder (ISO 8601, UTC); null when all were sent. */
  readonly nextAt: string | null;
  readonly version: number;
}

export interface Reminder extends NewReminder {
  readonly id: number;
}
