import type { Logger } from 'pino';
import type { Metrics } from '../app/metrics.js';
import type { Readers } from '../app/readers.js';
import type { ChatRegister } from '../store/state-store.js';
import type { DeliveryEvent } from './event.js';

export interface ConsequenceDependencies {
  readonly metrics: Pick<Metrics, 'delivered'>;
  readonly readers: Pick<Readers, 'lost'>;
  readonly chats: Pick<ChatRegister, 'leaveTopic'>;
  readonly log: Logger;
}

/** Reactions to recorded delivery outcomes: metrics, lost chats, topics that no longer exist. */
export interface Consequences {
  /** Listener for the deliverer. */
  readonly onOutcome: (event: DeliveryEvent) => void;
  /** Resolves when the writes caused by the outcomes so far have ended. */
  settled(): Promise<void>;
}

export function createConsequences({ metrics, readers, chats, log }: ConsequenceDependencies): Consequences {
  const writing = new Set<Promise<void>>();

  function leaveTopic(chatId: number, threadId: number): void {
    const work = chats
      .leaveTopic(chatId, threadId)
      // Not retried here: the next message to the topic triggers it again.
      .catch((error: unknown) => {
        log.error({ err: error, chatId, threadId }, '话题已不存在，但其订阅未能改发到群里');
      })
      .finally(() => writing.delete(work));
    writing.add(work);
  }

  return {
    onOutcome({ delivery: { kind, chatId, threadId }, outcome, without }) {
      metrics.delivered(kind, outcome.kind);
      if (outcome.kind === 'gone' || outcome.kind === 'migrated') readers.lost(chatId);
      if (outcome.kind === 'sent' && threadId !== null && without.includes('topic')) leaveTopic(chatId, threadId);
    },
    async settled() {
      await Promise.all(writing);
    },
  };
}
