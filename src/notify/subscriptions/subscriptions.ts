import type { ChatAddress, ChatType } from '../../domain/chat.js';
import { DEFAULT_SETTINGS, type Subscription, type SubscriptionSettings } from '../../domain/subscription.js';
import { nextDigestAt } from '../digest-schedule.js';
import type { SubscriptionTable } from '../../store/state-store.js';
import type { ChatLifecycle } from '../chat-lifecycle.js';
import type { EditResult, SettingsEdit } from './settings-edits.js';

/** Subscription of a chat, with the changes that readers make. */
export interface Subscriptions {
  get(address: ChatAddress): Promise<Subscription | null>;
  /** Subscribes with the default settings, to what is stored from now on; an existing subscription stays as it is. */
  subscribe(address: ChatAddress, type: ChatType): Promise<{ subscription: Subscription; isNew: boolean }>;
  /** Applies an edit; returns the changed subscription, or why it is unchanged. */
  change(address: ChatAddress, edit: SettingsEdit): Promise<ChangeResult>;
  unsubscribe(address: ChatAddress): Promise<boolean>;
}

export type ChangeResult =
  | { readonly kind: 'changed'; readonly subscription: Subscription }
  | Exclude<EditResult, { kind: 'changed' }>
  | { readonly kind: 'not-subscribed' };

export interface SubscriptionDependencies {
  readonly table: SubscriptionTable;
  readonly chats: Pick<ChatLifecycle, 'activate'>;
  /** Largest key of a stored notice (not of the sample); 0 while there is none. */
  readonly newestKey: () => Promise<number>;
  readonly now: () => Date;
}

/** Attempts at an edit: a digest may update the row between read and write, but not again and again. */
const MAX_TRIES = 5;

export function createSubscriptions({ table, chats, newestKey, now }: SubscriptionDependencies): Subscriptions {
  return {
    get: (address) => table.get(address),
    async subscribe({ chatId, threadId }, type) {
      await chats.activate(chatId, type);
      const existing = await table.get({ chatId, threadId });
      if (existing !== null) return { subscription: existing, isNew: false };
      const subscription: Subscription = {
        chatId,
        threadId,
        settings: DEFAULT_SETTINGS,
        cursor: await newestKey(),
        nextAt: computeNextAt(DEFAULT_SETTINGS, now()),
        lastAt: now().toISOString(),
        digest: null,
      };
      await table.put(subscription);
      return { subscription, isNew: true };
    },
    async change(address, edit) {
      for (let tries = 0; tries < MAX_TRIES; tries += 1) {
        const before = await table.get(address);
        if (before === null) return { kind: 'not-subscribed' };
        const edited = edit(before.settings);
        if (edited.kind !== 'changed') return edited;
        const { settings } = edited;
        const after = { ...before, settings, nextAt: rescheduleAfterEdit(before, settings, now()) };
        // Compare-and-set: a digest that was queued meanwhile has moved the cursor.
        if (await table.replaceIfUnchanged(before, after, [])) return { kind: 'changed', subscription: after };
      }
      throw new Error('a subscription kept changing while it was edited');
    },
    unsubscribe: (address) => table.remove(address),
  };
}

function rescheduleAfterEdit(before: Subscription, settings: SubscriptionSettings, now: Date): string | null {
  const sameSchedule = (['mode', 'time', 'days', 'weekday'] as const).every(
    (part) => before.settings[part] === settings[part],
  );
  // A change of words does not postpone a digest that is due this minute.
  return sameSchedule ? before.nextAt : computeNextAt(settings, now);
}

function computeNextAt(settings: SubscriptionSettings, now: Date): string | null {
  return settings.mode === 'immediate' ? null : nextDigestAt(settings, now).toISOString();
}
