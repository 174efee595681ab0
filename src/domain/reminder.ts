import type { ChatAddress } from './chat.js';
import type { Moment, PeriodType } from './fact.js';

/** Which fact of a notice is meant, across versions of the notice: the same kind of period under the same words. */
export interface FactRef {
  readonly noticeId: string;
  readonly type: PeriodType;
  readonly label: string;
}

/** A period that a chat was told, so that a later correction can reach it. */
export interface ToldFact extends ChatAddress, FactRef {
  readonly start: Moment | null;
  readonly end: Moment | null;
  /** Version of the notice that said so. */
  readonly version: number;
  readonly toldAt: string;
}

export interface NewReminder extends ChatAddress, FactRef {
  /** Who asked for it; in a group others may not remove it unless they administer the group. */
  readonly userId: number;
  readonly noticeTitle: string;
  /** The deadline or the beginning that is reminded of. */
  readonly due: Moment;
  /** Days before `due` on which it is sent, in the morning; 0: on the day. Not empty, distinct. */
  readonly daysBefore: readonly number[];
  /** When the next one is due (ISO 8601, UTC); null when all were sent. */
  readonly nextAt: string | null;
  readonly version: number;
}

export interface Reminder extends NewReminder {
  readonly id: number;
}
