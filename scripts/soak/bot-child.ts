/**
 * Runs a bot in a process of its own, so that its memory can be measured: the whole bot (`serve`) on a clock that the
 * parent moves, or an echo bot.
 */
import { run } from '@grammyjs/runner';
import { Bot } from 'grammy';
import { pino } from 'pino';
import { readConfig } from '../../src/bootstrap/config.js';
import { RateLimiter, type SendLimits } from '../../src/notify/delivery/rate-limiter.js';
import { installRetries } from '../../src/telegram/transport/retry.js';
import { serve } from '../../src/bootstrap/serve.js';

export interface Start {
  readonly kind: 'bulletin' | 'echo';
  readonly dataDir: string;
  readonly token: string;
  readonly apiRoot: string;
  readonly startMs: number;
  readonly limits: SendLimits | null;
}
export type Order = { readonly order: 'clock'; readonly ms: number } | { readonly order: 'memory' | 'stop' };
/** In bytes, after a full garbage collection. */
export interface Memory {
  readonly heap: number;
  readonly external: number;
  readonly resident: number;
}

const start = JSON.parse(process.argv[2] ?? '{}') as Start;
let nowMs = start.startMs;
let stop: (why: string) => void = () => undefined;
const stopRequested = new Promise<string>((resolve) => (stop = resolve));

process.on('message', (message: Order) => {
  if (message.order === 'clock') nowMs = message.ms;
  else if (message.order === 'stop') stop('order');
  else {
    globalThis.gc?.();
    const { heapUsed: heap, external, rss: resident } = process.memoryUsage();
    process.send?.({ heap, external, resident } satisfies Memory);
  }
});

if (start.kind === 'echo') {
  const bot = new Bot(start.token, { client: { apiRoot: start.apiRoot } });
  const log = pino({ level: 'silent' });
  if (start.limits !== null) {
    const limiter = new RateLimiter({ limits: start.limits });
    installRetries(bot.api, { log, signal: new AbortController().signal, limiter });
  }
  bot.on('message:text', (ctx) => ctx.reply(ctx.message.text));
  await bot.init();
  const runner = run(bot);
  await stopRequested;
  await runner.stop();
} else {
  const config = readConfig({
    BOT_TOKEN: start.token,
    TELEGRAM_API_ROOT: start.apiRoot,
    DATA_DIR: start.dataDir,
    ADMIN_IDS: '1',
  });
  if (config.telegram === null) throw new Error('no token');
  await serve(
    { ...config, telegram: config.telegram },
    {
      version: 'soak',
      environment: {},
      log: pino({ level: 'error' }, pino.destination({ fd: 2, sync: true })),
      stopRequested,
      now: () => new Date(nowMs),
      ...(start.limits === null ? {} : { limits: start.limits }),
    },
  );
}
process.disconnect();
