import { Composer, type Context } from 'grammy';
import type { Logger } from 'pino';
import { commandMessages as m } from '../messages/commands.js';
import { acknowledge } from './acknowledge.js';
import { questionFor } from './addressing.js';
import { commandIn } from './commands/command.js';
import { note, reply } from './reply.js';

/** What one user may do in a minute; a person who types does less. */
export interface FloodLimits {
  readonly messagesPerMinute: number;
  /** Turning pages and setting a clock is quick. */
  readonly pressesPerMinute: number;
}

export const FLOOD_LIMITS: FloodLimits = { messagesPerMinute: 20, pressesPerMinute: 60 };

const MINUTE_MS = 60_000;
/** Users whose pace is remembered; the one that was quiet longest is forgotten first. */
const MOST_USERS = 10_000;

/** `warn` once, when the pace becomes too fast, then `silence` until it is calm. */
export type Pace = 'calm' | 'warn' | 'silence';

interface Bucket {
  /** What was done, less what has leaked since. */
  level: number;
  at: number;
  isFlooding: boolean;
}

/** A leaking bucket for each user: it takes a minute's worth at once, and leaks as much in a minute. */
export class PaceOfUsers {
  readonly #buckets = new Map<number, Bucket>();
  readonly #perMinute: number;
  readonly #now: () => Date;

  constructor(perMinute: number, now: () => Date) {
    this.#perMinute = perMinute;
    this.#now = now;
  }

  of(userId: number): Pace {
    const at = this.#now().getTime();
    const known = this.#buckets.get(userId) ?? { level: 0, at, isFlooding: false };
    // A clock that is set back leaks nothing.
    const leaked = (Math.max(0, at - known.at) / MINUTE_MS) * this.#perMinute;
    // Who goes on is not held longer than a minute after the end.
    const level = Math.min(Math.max(0, known.level - leaked), this.#perMinute) + 1;
    // A little over a whole one, so that a full bucket is over the brim, not a rounding.
    const isOver = level > this.#perMinute + 1e-6;
    const isCalm = level <= this.#perMinute / 2 + 1;
    const isFlooding = known.isFlooding ? !isCalm : isOver;
    this.#buckets.delete(userId);
    this.#buckets.set(userId, { level, at, isFlooding });
    const [oldest] = this.#buckets.keys();
    if (this.#buckets.size > MOST_USERS && oldest !== undefined) this.#buckets.delete(oldest);
    if (!isFlooding) return 'calm';
    return known.isFlooding ? 'silence' : 'warn';
  }
}

/** Stops what a user does too fast before any feature sees it. What is not meant for the bot does not count. */
export function floodProtection(limits: FloodLimits, now: () => Date, log: Logger): Composer<Context> {
  const messages = new PaceOfUsers(limits.messagesPerMinute, now);
  const presses = new PaceOfUsers(limits.pressesPerMinute, now);
  const composer = new Composer<Context>();
  composer.on('message', async (ctx, next) => {
    const pace = isForBot(ctx) ? messages.of(senderOf(ctx)) : 'calm';
    if (pace === 'calm') await next();
    else if (pace === 'warn') {
      log.info({ update: ctx.update.update_id }, '有人发得太快，暂不回答');
      await reply(ctx, note(m.flooded), { replyTo: ctx.message.message_id });
    }
  });
  composer.on('callback_query', async (ctx, next) => {
    const pace = presses.of(ctx.from.id);
    if (pace === 'calm') await next();
    // In silence too: a button that nobody answers spins on.
    else await acknowledge(ctx, log, pace === 'warn' ? m.flooded : undefined);
  });
  composer.on('inline_query', async (ctx, next) => {
    if (presses.of(ctx.from.id) === 'calm') await next();
  });
  return composer;
}

/** Whether a message is the bot's business; what people say to one another in a group is not. */
export function isForBot({ message, chat, me }: Pick<Context, 'message' | 'chat' | 'me'>): boolean {
  if (message === undefined || chat === undefined) return false;
  return chat.type === 'private' || commandIn(message, me) !== null || questionFor(message, me) !== null;
}

/** Anonymous administrators all write through one account; they are told apart by their group. */
function senderOf(ctx: Context): number {
  return ctx.message?.sender_chat?.id ?? ctx.from?.id ?? 0;
}
