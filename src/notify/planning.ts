import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import type { z } from 'zod';
import type { ChatAddress } from '../domain/chat.js';
import type { DeliveryKind, OutgoingMessage, QueuedDelivery } from '../domain/delivery.js';
import { parseJson } from '../domain/parse-json.js';
import { createPeriodicJob, type PeriodicJob } from '../operations/periodic-job.js';
import type { NoticeStore } from '../store/notice-store.js';

/** Planning step: plans at most one batch, and returns whether to be called again at once. */
export type Planner = (now: Date) => Promise<boolean>;

/** Part of the notice store that the planners read. */
export type PlannerNoticeStore = Pick<NoticeStore, 'newestKey' | 'after' | 'get' | 'withPeriods' | 'revision'>;

/** Returns the part of a delivery's key that identifies chat and topic. */
export function addressKey({ chatId, threadId }: ChatAddress): string {
  return `${chatId}:${threadId ?? 0}`;
}

/** Returns 12 hex digits of a SHA-256: enough that no two things of one chat collide. */
export function shortHash(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12);
}

/** Returns the deliveries of one message in parts, due at once; the number of the part completes the key. */
export function toQueuedDeliveries(
  { chatId, threadId }: ChatAddress,
  kind: DeliveryKind,
  key: string,
  messages: readonly OutgoingMessage[],
  now: Date,
): QueuedDelivery[] {
  const notBefore = now.toISOString();
  return messages.map((message, i) => ({
    key: `${key}:${i + 1}`,
    kind,
    chatId,
    threadId,
    message,
    notBefore,
    notAfter: null,
  }));
}

/** Parses the stored checkpoint of a planner; null when there is none, or when it is not of this format. */
export function parseCheckpoint<T>(schema: z.ZodType<T>, text: string | null): T | null {
  return text === null ? null : (schema.safeParse(parseJson(text)).data ?? null);
}

export interface PlanningDependencies {
  /** Planners in order of urgency. */
  readonly planners: readonly Planner[];
  /** Called after each step: new deliveries may be queued. */
  readonly onQueued: () => void;
  /** Called after a step in which no planner failed. */
  readonly onPlanned: () => void;
  readonly log: Logger;
  readonly now: () => Date;
}

/** Interval between steps, and so the longest delay of what is due; a step that finds nothing is three small reads. */
const PLANNING_INTERVAL_MS = 15_000;

/**
 * Creates the job that runs one step of each planner, and repeats at once while one has more to do. A planner that
 * fails does not hold up the others.
 */
export function createPlanningJob({ planners, onQueued, onPlanned, log, now }: PlanningDependencies): PeriodicJob {
  async function step(): Promise<boolean> {
    let [hasMore, hasFailed] = [false, false];
    for (const plan of planners) {
      try {
        if (await plan(now())) hasMore = true;
      } catch (error) {
        hasFailed = true;
        log.error({ err: error }, '排定消息时出错，稍后再试');
      }
    }
    onQueued();
    if (!hasFailed) onPlanned();
    // Not at once after an error, which would most likely recur.
    return hasMore && !hasFailed;
  }
  return createPeriodicJob({
    intervalMs: PLANNING_INTERVAL_MS,
    step,
    onError: (error) => {
      log.error({ err: error }, '排定消息时出错，稍后再试');
    },
  });
}
