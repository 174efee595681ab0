/**
 * Load test of delivery: sends the queued messages of ten thousand chats at Telegram's real limits, by a process that
 * is killed twenty times, while others ask questions. Takes about nine minutes; the test of the same kind is smaller.
 *
 * Usage: npm run soak:delivery [-- <seed>]
 */
import { TELEGRAM_LIMITS } from '../src/notify/delivery/rate-limiter.js';
import { runDeliveryLoad } from '../test/support/delivery-load.js';

const seed = Number(process.argv[2] ?? 1);

const figures = await runDeliveryLoad({
  privateChats: 9700,
  groups: 300,
  manyPerPrivate: 3,
  manyPerGroup: 24,
  blockedShare: 0.03,
  chaos: { seed, flood: 0.05, fault: 0.02, drop: 0.01, latencyMs: [20, 120] },
  limits: TELEGRAM_LIMITS,
  kills: 20,
  killWithinMs: 360_000,
  questionEveryMs: 400,
  timeoutMs: 20 * 60_000,
  onProgress: (line) => {
    console.log(line);
  },
});

const { lost, duplicatesWithoutReason, rates, ...rest } = figures;
console.log({ seed, lost: lost.length, duplicatesWithoutReason: duplicatesWithoutReason.length, ...rest, rates });

const { globalPerSecond, perChatPerSecond, perGroupPerMinute } = rates;
const isHeld =
  lost.length === 0 &&
  duplicatesWithoutReason.length === 0 &&
  figures.blockedNotDeactivated === 0 &&
  globalPerSecond <= TELEGRAM_LIMITS.perSecond &&
  perChatPerSecond <= TELEGRAM_LIMITS.perChatPerSecond &&
  perGroupPerMinute <= TELEGRAM_LIMITS.perGroupPerMinute &&
  figures.p95Ms < 2000;
console.log(isHeld ? 'held' : 'NOT HELD');
process.exitCode = isHeld ? 0 : 1;
