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

/** What the rest of the bot does about an outcome that is written down. */
export interface Consequences {
  /** For the deliverer. */
  readonly onOutcome: (event: DeliveryEvent) => void;
  /** Resolves when what follows from the outcomes so far is written down too. */
  settled(): Promise<void>;
}

export function createConsequences({ metrics, readers, chats, log }: ConsequenceDependencies): Consequences {
  const writing = new Set<Promise<void>>();

  function leaveTopic(chatId: number, threadId: number): void {
    const work = chats
      .leaveTopic(chatId, threadId)
      // The next message to the topic comes here again.
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
