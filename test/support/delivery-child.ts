/**
 * A process that sends what a ledger owes and answers questions, to be killed.
 * Loads everything, then waits for its orders: a line of JSON on its input.
 */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { run } from '@grammyjs/runner';
import { Bot } from 'grammy';
import { pino } from 'pino';
import { dataFiles, readDataFile } from '../../src/bootstrap/data-files.js';
import { refusalSchema } from '../../src/notify/delivery/classify-result.js';
import { createDeliverer } from '../../src/notify/delivery/deliverer.js';
import { RateLimiter, type SendLimits } from '../../src/notify/delivery/rate-limiter.js';
import { openStateStore } from '../../src/store/state/open-state-store.js';
import { installRetries } from '../../src/telegram/transport/retry.js';
import { createDeliverySender } from '../../src/telegram/transport/send-delivery.js';

export interface Orders {
  readonly file: string;
  readonly token: string;
  readonly apiRoot: string;
  readonly limits: SendLimits;
}

const [line] = (await once(createInterface({ input: process.stdin }), 'line')) as [string];
const { file, token, apiRoot, limits } = JSON.parse(line) as Orders;
const log = pino({ level: 'error' }, pino.destination({ fd: 2, sync: true }));
const limiter = new RateLimiter({ limits });

const bot = new Bot(token, { client: { apiRoot } });
installRetries(bot.api, { log, signal: new AbortController().signal, limiter });
bot.on('message:text', (ctx) => ctx.reply(`答：${ctx.message.text}`));
bot.catch(({ error }) => {
  log.error({ err: error }, 'a question was not answered');
});

const store = await openStateStore({ file });
const deliverer = createDeliverer({
  ledger: store.ledger,
  send: createDeliverySender({ token, apiRoot }),
  limiter,
  refusals: readDataFile(`${dataFiles.directory}telegram-errors.json`, refusalSchema),
  now: () => new Date(),
  log,
});
await bot.init();
run(bot);
void deliverer.run(new AbortController().signal);
