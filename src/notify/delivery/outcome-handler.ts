import type { Logger } from 'pino';
import type { Metrics } from '../../operations/metrics-port.js';
import type { ChatLifecycle } from '../chat-lifecycle.js';
import type { ChatRegister } from '../../store/state-store.js';
import type { DeliveryEvent } from './deliverer.js';

export interface OutcomeHandlerDependencies {
  readonly metrics: Pick<Metrics, 'delivered'>;
  readonly readers: Pick<ChatLifecycle, 'invalidate'>;
  readonly chats: Pick<ChatRegister, 'moveTopicToChat'>;
  readonly log: Logger;
}

/** Reactions to recorded delivery outcomes: metrics, lost chats, topics that no longer exist. */
export interface OutcomeHandler {
  /** Listener for the deliverer. */
  readonly onOutcome: (event: DeliveryEvent) => void;
  /** Resolves when the writes caused by the outcomes so far have ended. */
  flushed(): Promise<void>;
}

export function createOutcomeHandler({ metrics, readers, chats, log }: OutcomeHandlerDependencies): OutcomeHandler {
  const writing = new Set<Promise<void>>();

  function leaveTopic(chatId: number, threadId: number): void {
    const work = chats
      .moveTopicToChat(chatId, threadId)
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
      if (outcome.kind === 'gone' || outcome.kind === 'migrated') readers.invalidate(chatId);
      if (outcome.kind === 'sent' && threadId !== null && without.includes('topic')) leaveTopic(chatId, threadId);
    },
    async flushed() {
      await Promise.all(writing);
    },
  };
}
