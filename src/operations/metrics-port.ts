import type { Answer } from '../domain/answer.js';
import type { DeliveryKind, DeliveryOutcome } from '../domain/delivery.js';

/** Counters of the bot's work; `createMetrics` in src/operations creates those that are served. */
export interface Metrics {
  /** `kind`: message, callback_query, inline_query … */
  update(kind: string): void;
  /** `pinned`: an admin's answer. `seconds`: from the question's arrival to its answer, without sending it. */
  answered(kind: Answer['kind'] | 'pinned', seconds: number): void;
  delivered(kind: DeliveryKind, outcome: DeliveryOutcome['kind']): void;
  reindexed(outcome: 'done' | 'failed', seconds: number): void;
}

/** Metrics that count nothing. */
export const noMetrics: Metrics = {
  update: () => undefined,
  answered: () => undefined,
  delivered: () => undefined,
  reindexed: () => undefined,
};
