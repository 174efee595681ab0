import type { ChatAddress } from './chat.js';

export const DIGEST_DAYS = ['daily', 'workdays', 'weekly'] as const;

/** What a subscriber chose. Validated where it is changed and where it is read back. */
export interface SubscriptionSettings {
  /** `immediate`: each matching notice as soon as it is indexed, and no digest. */
  readonly mode: 'digest' | 'immediate';
  /** `HH:MM` in Asia/Shanghai. */
  readonly time: string;
  /** `workdays` by the Chinese calendar with its shifted weekends. */
  readonly days: (typeof DIGEST_DAYS)[number];
  /** 1 (Monday) … 7 (Sunday); used when `days` is `weekly`. */
  readonly weekday: number;
  /** Only notices of these columns; empty: all. */
  readonly columns: readonly string[];
  /** Only notices that hold one of these words, literally; empty: all. */
  readonly include: readonly string[];
  /** No notice that holds one of these words, literally. */
  readonly exclude: readonly string[];
  /** No digest when there is neither a new notice nor a deadline near. */
  readonly quietWhenEmpty: boolean;
  /** The digest names deadlines that end within so many days; 0: none. */
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
  /** Largest key of a notice that was told or passed over; what is new is above it. */
  readonly cursor: number;
  /** When the next digest is due (ISO 8601, UTC); null in mode `immediate`. */
  readonly nextAt: string | null;
  /** Until when the last digest reached (ISO 8601, UTC), or when it was subscribed. */
  readonly lastAt: string;
  /** The last digest that was owed, from whose beginning the next goes on when nothing of it could be sent; null: none. */
  readonly digest: OwedDigest | null;
}

/** A digest reaches from here to the `cursor` and `lastAt` of its subscription. */
export interface OwedDigest {
  /** With which the keys of its deliveries begin. */
  readonly key: string;
  readonly cursor: number;
  /** ISO 8601, UTC. */
  readonly from: string;
}
