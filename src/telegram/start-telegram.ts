import { OperatorError } from '../domain/errors.js';
import { telegramOperatorMessages as m } from '../messages/telegram.js';
import { buildMenus, publishMenus } from './commands/menus.js';
import { createBot, createRedactingLogger, type BotDependencies } from './create-bot.js';
import { startPolling } from './transport/polling.js';
import type { UpdateReceiver, ReceiverDependencies } from './transport/receiver.js';
import { fetchBotInfo, toOperatorError } from './transport/connect.js';
import { startWebhook, type WebhookMode } from './transport/webhook.js';
import { finishesWithin, InFlight } from './transport/in-flight.js';

export type ReceiverMode = { readonly kind: 'polling' } | ({ readonly kind: 'webhook' } & WebhookMode);

export interface TelegramDependencies extends Omit<BotDependencies, 'signal'> {
  readonly mode: ReceiverMode;
  /** Aborted during the start, makes it reject. Once started, call `stop`. */
  readonly startSignal?: AbortSignal | undefined;
  /** Tracks work in flight; pass one to also track work that outlives its update. Default its own. */
  readonly inFlight?: InFlight | undefined;
  /** How long a stop waits for work in flight; default 10 s. */
  readonly graceMs?: number | undefined;
}

export interface RunningTelegram {
  readonly username: string;
  /**
   * Stops taking updates, waits up to `graceMs` for answers in flight, then aborts every call. Resolves in any case; a
   * second call waits for the first.
   */
  stop(): Promise<void>;
  /** Resolves after `stop`; rejects with an OperatorError when no further update can arrive. */
  readonly finished: Promise<void>;
}

const DEFAULT_GRACE_MS = 10_000;
/** Time that aborted calls get to end. */
const ABORT_MS = 1000;

/**
 * Connects the bot. Rejects with an OperatorError when the token is wrong, the
 * server cannot be reached for about a minute, or the port is taken.
 */
export async function startTelegram(deps: TelegramDependencies): Promise<RunningTelegram> {
  const { mode } = deps;
  checkUrls(deps);
  const log = createRedactingLogger(deps.log, deps.token, ...(mode.kind === 'webhook' ? [mode.secret] : []));
  const shutdown = new AbortController();
  const abort = (): void => {
    shutdown.abort();
  };
  const bot = createBot({ ...deps, signal: shutdown.signal });
  const inFlight = deps.inFlight ?? new InFlight();
  const end = createDeferred();

  deps.startSignal?.addEventListener('abort', abort);
  if (deps.startSignal?.aborted === true) abort();
  let receiver: UpdateReceiver;
  try {
    await fetchBotInfo(bot, deps.apiRoot);
    const receiverDeps: ReceiverDependencies = { log, inFlight, onFatal: end.fail };
    receiver =
      mode.kind === 'webhook'
        ? await startWebhook(bot, mode, receiverDeps)
        : await switchToPolling(bot, receiverDeps, deps.apiRoot);
  } finally {
    deps.startSignal?.removeEventListener('abort', abort);
  }
  const { username } = bot.botInfo;
  log.info({ username, mode: mode.kind }, '已连接 Telegram，开始接收消息');
  const menu = publishMenus(bot.api, buildMenus(deps.admin?.ids ?? [], deps.admin?.menu ?? {}), log);

  async function stop(): Promise<void> {
    const graceMs = deps.graceMs ?? DEFAULT_GRACE_MS;
    const done = await finishesWithin(
      graceMs,
      receiver.close().then(() => inFlight.idle()),
    );
    if (done) await receiver.confirm();
    else log.warn({ left: inFlight.size, graceMs }, '停止时仍有消息没有答完');
    abort();
    await finishesWithin(ABORT_MS, Promise.all([inFlight.idle(), menu]));
    log.info('已停止接收 Telegram 消息');
    end.succeed();
  }

  let stopping: Promise<void> | undefined;
  return { username, stop: () => (stopping ??= stop()), finished: end.promise };
}

/** Removes an earlier webhook, since Telegram serves only one of both, and starts polling. Queued updates are kept. */
async function switchToPolling(
  bot: ReturnType<typeof createBot>,
  deps: ReceiverDependencies,
  apiRoot: string | undefined,
): Promise<UpdateReceiver> {
  try {
    await bot.api.deleteWebhook();
  } catch (error) {
    throw toOperatorError(error, apiRoot);
  }
  return startPolling(bot, deps);
}

/** Returns a promise with its resolvers (Promise.withResolvers needs Node 22). */
function createDeferred(): { promise: Promise<void>; succeed: () => void; fail: (error: Error) => void } {
  let succeed: () => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const promise = new Promise<void>((resolve, reject) => {
    succeed = resolve;
    fail = reject;
  });
  // Prevents an unhandled rejection where nobody awaits the promise.
  promise.catch(() => undefined);
  return { promise, succeed, fail };
}

function checkUrls({ apiRoot, mode }: TelegramDependencies): void {
  if (apiRoot !== undefined && !isHttp(apiRoot)) throw new OperatorError(m.badApiRoot, { exitCode: 2 });
  if (mode.kind === 'webhook' && !isHttp(mode.url)) throw new OperatorError(m.badWebhookUrl, { exitCode: 2 });
}

function isHttp(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}
