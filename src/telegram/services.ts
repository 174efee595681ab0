import type { Logger } from 'pino';
import type { Metrics } from '../app/metrics.js';
import type { ConversationCache } from '../app/conversation.js';
import type { ReaderServices } from '../app/reader-services.js';
import type { MenuTexts } from './commands/menus.js';
import type { OfferPageCache } from './shown.js';

/** Days that each kind of record is kept; stated to readers by /privacy. */
export interface Retention {
  readonly questionDays: number;
  readonly toldDays: number;
  readonly deliveryDays: number;
  readonly inactiveDays: number;
  readonly auditDays: number;
}

/** Dependencies of every feature for readers. */
export interface FeatureDependencies {
  readonly services: ReaderServices;
  readonly conversations: ConversationCache;
  readonly offerPages: OfferPageCache;
  readonly retention: Retention;
  /** Returns the admin commands of a user; empty for readers. */
  readonly adminCommandsOf: (userId: number) => MenuTexts;
  readonly metrics: Pick<Metrics, 'answered'>;
  readonly log: Logger;
  readonly now: () => Date;
}
