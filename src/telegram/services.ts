import type { Logger } from 'pino';
import type { Metrics } from '../app/metrics.js';
import type { Conversations } from '../app/conversation.js';
import type { ReaderServices } from '../app/reader-services.js';
import type { MenuTexts } from './commands/menus.js';
import type { ShownOffers } from './shown.js';

/** Days that each kind of record is kept, as the reader is told. */
export interface Retention {
  readonly questionDays: number;
  readonly toldDays: number;
  readonly deliveryDays: number;
  readonly inactiveDays: number;
  readonly auditDays: number;
}

/** What every feature is given. */
export interface Tools {
  readonly services: ReaderServices;
  readonly conversations: Conversations;
  readonly shown: ShownOffers;
  readonly retention: Retention;
  /** Commands that this user has besides the readers'; none for most. */
  readonly adminCommandsOf: (userId: number) => MenuTexts;
  readonly metrics: Pick<Metrics, 'answered'>;
  readonly log: Logger;
  readonly now: () => Date;
}
