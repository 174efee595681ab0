import { setTimeout as sleep } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Logger } from 'pino';
import type { QueuedDelivery } from '../domain/delivery.js';
import { adminMessages as m } from '../messages/admin.js';
import type { Message } from '../render/message.js';
import { renderTelegram } from '../render/telegram-html.js';
import type { StateStore } from '../store/state-store.js';

/** Broadcasts of one text to every active chat, each confirmed by its admin first. */
export interface Broadcasts {
  prepare(userId: number, text: string): Promise<PrepareResult>;
  /** Starts a prepared broadcast. The id is valid once, for ten minutes, and for the admin who prepared it. */
  confirm(id: number, userId: number): Promise<ConfirmResult>;
  cancel(id: number, userId: number): boolean;
  /** Resumes what a stop interrupted; called once at the start. Returns whether there was anything. */
  resume(): Promise<boolean>;
  /** Stops between two pages; the rest is queued after the next start. */
  close(): Promise<void>;
}

export type PrepareResult =
  | { readonly kind: 'ready'; readonly id: number; readonly chats: number; readonly preview: Message }
  | { readonly kind: 'too-long' }
  | { readonly kind: 'no-chats' };

export type ConfirmResult =
  | { readonly kind: 'begun'; readonly chats: number; readonly finished: Promise<void> }
  | { readonly kind: 'expired' }
  | { readonly kind: 'busy' };

export interface BroadcastDependencies {
  readonly state: {
    readonly chats: Pick<StateStore['chats'], 'listActive' | 'counts'>;
    readonly ledger: Pick<StateStore['ledger'], 'enqueue'>;
    readonly marks: StateStore['marks'];
  };
  readonly log: Logger;
  readonly now: () => Date;
  /** Returns an id of at most 15 digits, which fits a button, and that is unlikely ever to repeat. */
  readonly newId: () => number;
  /** Called after each page of deliveries is queued. */
  readonly onQueued: () => void;
  /** Wait after an error of the store; default 5 s. */
  readonly retryMs?: number;
}

const CONFIRM_WITHIN_MS = 10 * 60_000;
/** Rows per transaction: few enough that replies do not wait for it. */
const CHATS_PER_PAGE = 500;
/** Upper bound on unconfirmed previews; the oldest is dropped first. */
const MAX_PENDING = 20;
const RETRY_MS = 5_000;
const CHECKPOINT_NAME = 'broadcast';

/** Stored progress of a broadcast. `after`: last chat whose delivery is queued, null before the first page. */
const checkpointSchema = z.object({
  id: z.number(),
  html: z.string(),
  at: z.string(),
  after: z.number().nullable(),
  done: z.boolean(),
});
type BroadcastCheckpoint = z.infer<typeof checkpointSchema>;

interface PendingBroadcast {
  readonly html: string;
  readonly userId: number;
  readonly atMs: number;
}

export function createBroadcasts(deps: BroadcastDependencies): Broadcasts {
  const { chats, ledger, marks } = deps.state;
  const pending = new LRUCache<number, PendingBroadcast>({ max: MAX_PENDING });
  let running: Promise<void> | null = null;
  /** True from a confirmation until its first page starts. */
  let isBeginning = false;
  const closing = new AbortController();

  /** Queues all pages. Queuing one twice changes nothing, since keys are unique: so the checkpoint may lag behind. */
  async function queuePages(start: BroadcastCheckpoint): Promise<void> {
    let checkpoint = start;
    while (!checkpoint.done && !closing.signal.aborted) {
      try {
        checkpoint = await queuePage(checkpoint);
        deps.onQueued();
      } catch (error) {
        deps.log.error({ err: error, broadcast: start.id }, '群发没有排完，稍后再试');
        await sleep(deps.retryMs ?? RETRY_MS, undefined, { signal: closing.signal, ref: false }).catch(() => undefined);
      }
    }
  }

  async function queuePage(before: BroadcastCheckpoint): Promise<BroadcastCheckpoint> {
    const page = await chats.listActive(before.after, CHATS_PER_PAGE);
    await ledger.enqueue(page.map((chatId) => toQueuedDelivery(before, chatId)));
    const next = { ...before, after: page.at(-1) ?? before.after, done: page.length < CHATS_PER_PAGE };
    await marks.set(CHECKPOINT_NAME, JSON.stringify(next));
    return next;
  }

  function run(start: BroadcastCheckpoint): Promise<void> {
    running = queuePages(start).finally(() => {
      running = null;
    });
    return running;
  }

  async function readUnfinished(): Promise<BroadcastCheckpoint | null> {
    const text = await marks.get(CHECKPOINT_NAME);
    const checkpoint = text === null ? null : checkpointSchema.parse(JSON.parse(text));
    return checkpoint === null || checkpoint.done ? null : checkpoint;
  }

  function take(id: number, userId: number): PendingBroadcast | null {
    // `peek` does not count as a use: the oldest is dropped first.
    const found = pending.peek(id);
    if (found?.userId !== userId) return null;
    pending.delete(id);
    return deps.now().getTime() - found.atMs > CONFIRM_WITHIN_MS ? null : found;
  }

  return {
    async prepare(userId, text) {
      const preview: Message = [
        { kind: 'lead', text: m.broadcast.heading },
        { kind: 'note', text },
      ];
      const [part, ...more] = renderTelegram(preview);
      if (part === undefined || more.length > 0) return { kind: 'too-long' };
      const { active } = await chats.counts();
      if (active === 0) return { kind: 'no-chats' };
      const id = deps.newId();
      pending.set(id, { html: part.html, userId, atMs: deps.now().getTime() });
      return { kind: 'ready', id, chats: active, preview };
    },
    async confirm(id, userId) {
      if (closing.signal.aborted || isBeginning || running !== null) return { kind: 'busy' };
      isBeginning = true;
      try {
        // Taken before the first await: of two simultaneous presses only one finds it.
        const found = take(id, userId);
        if (found === null) return { kind: 'expired' };
        if ((await readUnfinished()) !== null) return { kind: 'busy' };
        const start: BroadcastCheckpoint = {
          id,
          html: found.html,
          at: deps.now().toISOString(),
          after: null,
          done: false,
        };
        await marks.set(CHECKPOINT_NAME, JSON.stringify(start));
        const { active } = await chats.counts();
        return { kind: 'begun', chats: active, finished: run(start) };
      } finally {
        isBeginning = false;
      }
    },
    cancel: (id, userId) => take(id, userId) !== null,
    async resume() {
      const unfinished = await readUnfinished();
      if (unfinished === null || running !== null) return false;
      await run(unfinished);
      return true;
    },
    async close() {
      closing.abort();
      await running;
    },
  };
}

function toQueuedDelivery({ id, html, at }: BroadcastCheckpoint, chatId: number): QueuedDelivery {
  return {
    key: `broadcast:${String(id)}:${String(chatId)}`,
    kind: 'broadcast',
    chatId,
    threadId: null,
    message: { html, buttons: [] },
    notBefore: at,
    notAfter: null,
  };
}
