import { setTimeout as sleep } from 'node:timers/promises';
import { createConcurrentSink, createRunner, createSource } from '@grammyjs/runner';
import type { Bot } from 'grammy';
import type { Update } from 'grammy/types';
import { classifyError, type CallFailure } from './classify-error.js';
import { toOperatorError } from './connect.js';
import { finishesWithin } from './in-flight.js';
import { ALLOWED_UPDATES, dispatchUpdate, type UpdateReceiver, type ReceiverDependencies } from './receiver.js';
import { toNativeSignal } from './retry.js';

const LONG_POLL_S = 30;
/** Upper bound on updates in flight: at 30 answers a second, a stop can still wait for all of them. */
const MAX_IN_FLIGHT = 100;
const FIRST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 30_000;
const SETTLE_MS = 3000;

/**
 * Starts long polling on grammY's runner. Does not use the runner's own fetcher, which writes errors with the token to
 * the console and gives up on a 409.
 */
export function startPolling(bot: Bot, deps: ReceiverDependencies): UpdateReceiver {
  const { log, inFlight } = deps;
  /** Id of the first update that is not yet confirmed to Telegram. */
  let offset = 0;

  async function supply(batchSize: number, signal: Parameters<Bot['api']['getUpdates']>[1]): Promise<Update[]> {
    for (let failures = 0; ; failures += 1) {
      try {
        const updates = await bot.api.getUpdates(
          {
            offset,
            timeout: LONG_POLL_S,
            limit: Math.max(1, Math.min(batchSize, 100)),
            allowed_updates: ALLOWED_UPDATES,
          },
          signal,
        );
        if (failures > 0) log.info({ failures }, '已恢复接收消息');
        const last = updates.at(-1);
        if (last !== undefined) offset = last.update_id + 1;
        return updates;
      } catch (error) {
        const failure = classifyError(error);
        if (signal?.aborted === true || failure.kind === 'unauthorised') throw error;
        const delayMs = backOffMs(failure, failures);
        log.warn({ err: error, delayMs }, failure.kind === 'conflict' ? CONFLICT : '收取消息时出错，稍后重试');
        await sleep(delayMs, undefined, { signal: toNativeSignal(signal) });
      }
    }
  }

  const runner = createRunner(
    createSource<Update>({ supply }),
    createConcurrentSink<Update>(
      { consume: (update) => inFlight.track(dispatchUpdate(bot, update, log)) },
      // `dispatchUpdate` never rejects.
      () => Promise.resolve(),
      { concurrency: MAX_IN_FLIGHT },
    ),
  );
  runner.start();
  runner.task()?.catch((error: unknown) => {
    deps.onFatal(toOperatorError(error));
  });

  return {
    close: async () => {
      await runner.stop();
    },
    confirm: async () => {
      // The aborted poll confirmed the offset only if it reached Telegram; otherwise these updates would be sent again.
      if (offset === 0) return;
      await finishesWithin(
        SETTLE_MS,
        bot.api.getUpdates({ offset, timeout: 0, limit: 1, allowed_updates: ALLOWED_UPDATES }),
      );
    },
  };
}

const CONFLICT = '另有一个进程正用同一个 BOT_TOKEN 接收消息（409），请停掉其中一个；本进程会继续重试';

/** Returns the delay in ms: the `retry_after` of a 429, else doubling from half a second to half a minute. */
function backOffMs(failure: CallFailure, failures: number): number {
  if (failure.kind === 'flooded' && failure.refusal.retryAfter !== null) return failure.refusal.retryAfter * 1000;
  return Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(failures, 10));
}
