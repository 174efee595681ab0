import type { Middleware } from 'grammy';
import type { Logger } from 'pino';
import type { Metrics } from '../operations/metrics-port.js';
import type { ConversationCache } from '../answering/conversation/conversation.js';
import type { AskService } from '../answering/ask-service.js';
import type { ChatLifecycle } from '../notify/chat-lifecycle.js';
import type { DigestPreview } from '../notify/digests/digest-preview.js';
import type { NoticeBoard } from '../notify/notice-board.js';
import type { Reminders } from '../notify/reminders/reminder-service.js';
import type { Subscriptions } from '../notify/subscriptions/subscriptions.js';
import type { Pins } from '../operations/pins.js';
import type { QuestionJournal } from '../operations/question-journal.js';
import type { OfferPageCache } from './ui/offered-notices.js';

/** Services that the front end for readers uses. */
export interface ReaderServices {
  readonly ask: AskService;
  /** Pinned answers, looked up before retrieval. */
  readonly pins: Pick<Pins, 'pinFor'>;
  readonly board: NoticeBoard;
  readonly digestPreview: DigestPreview;
  readonly subscriptions: Subscriptions;
  readonly reminders: Reminders;
  readonly chats: ChatLifecycle;
  readonly journal: QuestionJournal;
}

/** Days that each kind of record is kept; stated to readers by /privacy. */
export interface Retention {
  readonly questionDays: number;
  readonly toldDays: number;
  readonly deliveryDays: number;
  readonly inactiveDays: number;
  readonly auditDays: number;
}

/** Menu texts by command name; `about` is for Chinese and for all languages without a text of their own. */
export type MenuTexts = Readonly<Record<string, { readonly about: string; readonly en: string }>>;

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

/** Features for admins, in addition to those for readers. */
export interface AdminFeatures {
  readonly ids: ReadonlySet<number>;
  /** Admin commands, for the menu in the admins' private chats. */
  readonly menu: MenuTexts;
  /** Middleware for admin commands and buttons; passes everything else on to the readers' features. */
  readonly createHandler: (tools: FeatureDependencies) => Middleware;
}
