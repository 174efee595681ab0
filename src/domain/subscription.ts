import type { ChatAddress } from './chat.js';

export const DIGEST_DAYS = ['daily', 'workdays', 'weekly'] as const;

/** Settings chosen by a subscriber. Validated when they are changed and when they are read from the store. */
export interface SubscriptionSettings {
  /** `immediate`: an alert for each matching notice as soon as it is indexed, and no digest. */
  readonly mode: 'digest' | 'immediate';
  /** `HH:MM` in Asia/Shanghai. */
  readonly time: string;
  /** `workdays` follows the Chinese calendar with its holidays and shifted weekends. */
  readonly days: (typeof DIGEST_DAYS)[number];
  /** 1 (Monday) … 7 (Sunday); used when `days` is `weekly`. */
  readonly weekday: number;
  /** Only notices of these columns; empty: all. */
  readonly columns: readonly string[];
  /** Only notices that contain one of these words literally; empty: all. */
  readonly include: readonly string[];
  /** No notice that contains one of these words literally. */
  readonly exclude: readonly string[];
  /** No digest when there is neither a new notice nor an upcoming deadline. */
  readonly quietWhenEmpty: boolean;
  /** Number of days ahead for which a digest lists deadlines; 0: none. */
  readonly deadlineDays: number;
}

export const DEFAULT_SETTINGS: SubscriptionSettings = {
  mode: 'digest',
  time: '08:00',
  days: 'daily',
  weekday: 1,
  columns: [],
  include: [],
  exclude: [],
  quietWhenEmpty: true,
  deadlineDays: 7,
};

export interface Subscription extends ChatAddress {
  readonly settings: SubscriptionSettings;
  /** Watermark: largest key of a notice announced or skipped; new notices have larger keys. */
  readonly cursor: number;
  /** Due time of the next digest (ISO 8601, UTC); null in mode `immediate`. */
  readonly nextAt: string | null;
  /** End of the last digest's period (ISO 8601, UTC); before the first digest, the time of subscription. */
  readonly lastAt: string;
  /** Last digest queued, or null. When nothing of it could be sent, the next digest starts where it started. */
  readonly digest: QueuedDigest | null;
}

/** Start of a queued digest; its end is the `cursor` and `lastAt` of its subscription. */
export interface QueuedDigest {
  /** Prefix of the keys of its deliveries. */
  readonly key: string;
  readonly cursor: number;
  /** ISO 8601, UTC. */
  readonly from: string;
}
