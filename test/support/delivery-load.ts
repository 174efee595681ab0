/** What is owed to many chats, sent by a process that is killed again and again; and what came of it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { QueuedDelivery } from '../../src/domain/delivery.js';
import { openStateStore } from '../../src/store/state/open-state-store.js';
import type { StateStore } from '../../src/store/state-store.js';
import type { SendLimits } from '../../src/notify/delivery/rate-limiter.js';
import type { Orders } from './delivery-child.js';
import { FakeBotApi, type Call, type ChaosOptions, type Rates } from './fake-bot-api.js';
import { Chaos } from './fake-bot-faults.js';

export interface LoadOptions {
  readonly privateChats: number;
  readonly groups: number;
  /** Owed to every hundredth private chat, and to every hundredth group; one to the others. */
  readonly manyPerPrivate: number;
  readonly manyPerGroup: number;
  readonly blockedShare: number;
  readonly chaos: ChaosOptions;
  readonly limits: SendLimits;
  readonly kills: number;
  /** The kills fall at random within so long from the start. */
  readonly killWithinMs: number;
  readonly questionEveryMs: number;
  readonly timeoutMs: number;
  readonly onProgress?: (line: string) => void;
}

export interface LoadFigures {
  readonly owed: number;
  readonly toBlocked: number;
  /** To chats that are not blocked, never taken by the server. */
  readonly lost: readonly string[];
  readonly sends: number;
  /** Second copies of a message whose first was taken, but its answer was cut off by the server. */
  readonly duplicatesAfterDrop: number;
  /** … but the process was killed before it was written down. */
  readonly duplicatesAfterKill: number;
  readonly duplicatesWithoutReason: readonly string[];
  readonly blockedNotDeactivated: number;
  readonly rates: Rates;
  readonly questions: number;
  /** Taken over by a process that was killed before it answered. */
  readonly unanswered: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly maxMs: number;
  /** Of questions that met no start of the process: about as many as met no fault of the server either. */
  readonly steadyP85Ms: number;
  readonly kills: number;
  readonly seconds: number;
}

const TOKEN = '4839574812:AAFD39kkdpWt3ywyRZergyOLMaJhac60qcK';
const CHILD = fileURLToPath(new URL('./delivery-child.ts', import.meta.url));
const ASKER = 7_000_000;
/** A send that was taken so shortly before a kill may not have been written down. */
const UNRECORDED_MS = 1000;
/** Asked so long before a kill or after a start's first poll, a question is not cut off and meets no quiet start. */
const STEADY_MS = 2000;

export async function runDeliveryLoad(options: LoadOptions): Promise<LoadFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'delivery-load-'));
  const file = join(folder, 'state.db');
  // As monotonic as what is measured.
  const now = (): number => performance.timeOrigin + performance.now();
  const api = await FakeBotApi.start({ token: TOKEN, username: 'load_bot', now });
  const hands = new Hands({ file, token: TOKEN, apiRoot: api.root, limits: options.limits });
  try {
    const plan = planOf(options);
    for (const chatId of plan.blocked) api.block(chatId);
    await owe(file, plan.owed);
    api.chaos(options.chaos);

    const startMs = now();
    const stopped = new AbortController();
    const asking = ask(api, options, plan, stopped.signal, now);
    const kills = await killAtRandom(hands, options, startMs, now);
    options.onProgress?.(`${String(kills.length)} kills done`);
    await settled(file, options, startMs, now);
    const seconds = (now() - startMs) / 1000;
    stopped.abort();
    const asked = await asking;
    await sleep(1000);
    hands.drop();
    const store = await openStateStore({ file });
    const { inactive } = await store.chats.counts();
    await store.close();
    return {
      ...figuresOf(plan, api.calls, kills, asked),
      ...about(plan, inactive),
      rates: api.observedRates(),
      seconds,
    };
  } finally {
    hands.drop();
    await api.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Plan {
  readonly owed: readonly QueuedDelivery[];
  readonly blocked: ReadonlySet<number>;
  readonly random: () => number;
}

const about = ({ blocked }: Plan, inactive: number) => ({ blockedNotDeactivated: blocked.size - inactive });

function planOf({ privateChats, groups, manyPerPrivate, manyPerGroup, blockedShare, chaos }: LoadOptions): Plan {
  const dice = new Chaos({ seed: chaos.seed + 1 });
  const random = (): number => dice.random();
  const ids = [
    ...Array.from({ length: privateChats }, (_, i) => 1_000_000 + i),
    ...Array.from({ length: groups }, (_, i) => -1_000_000_000_000 - i - 1),
  ];
  const blocked = new Set(ids.filter(() => random() < blockedShare));
  const kinds = ['digest', 'alert', 'reminder', 'correction'] as const;
  const owed = ids.flatMap((chatId, i) => {
    const many = chatId > 0 ? manyPerPrivate : manyPerGroup;
    return Array.from({ length: i % 100 === 0 ? many : 1 }, (_, n): QueuedDelivery => {
      const key = `k${String(chatId)}.${String(n)}`;
      const kind = kinds[n % kinds.length] ?? 'digest';
      const message = { html: `[${key}]`, buttons: [] };
      return { chatId, threadId: null, key, kind, message, notBefore: '2024-03-11T00:00:00.000Z', notAfter: null };
    });
  });
  return { owed, blocked, random };
}

async function owe(file: string, owed: readonly QueuedDelivery[]): Promise<void> {
  const store: StateStore = await openStateStore({ file });
  for (const { chatId } of new Map(owed.map((one) => [one.chatId, one])).values()) {
    await store.chats.activate(chatId, chatId > 0 ? 'private' : 'supergroup', '2024-03-11T00:00:00.000Z');
  }
  for (let i = 0; i < owed.length; i += 500) await store.ledger.enqueue(owed.slice(i, i + 500));
  await store.close();
}

/** Runs one process, with the next one loaded and waiting, as a quick supervisor would have it. */
class Hands {
  readonly #orders: string;
  #next: ChildProcess;
  #current: ChildProcess | undefined;

  constructor(orders: Orders) {
    this.#orders = `${JSON.stringify(orders)}\n`;
    this.#next = this.#spawn();
  }

  begin(): void {
    this.#current = this.#next;
    this.#current.stdin?.write(this.#orders);
    this.#next = this.#spawn();
  }

  async kill(): Promise<void> {
    const child = this.#current;
    if (child?.exitCode !== null || child.signalCode !== null) throw new Error('the process ended by itself');
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  drop(): void {
    this.#current?.kill('SIGKILL');
    this.#next.kill('SIGKILL');
  }

  #spawn(): ChildProcess {
    return spawn(process.execPath, ['--import', 'tsx', CHILD], { stdio: ['pipe', 'inherit', 'inherit'] });
  }
}

async function killAtRandom(
  hands: Hands,
  { kills, killWithinMs, chaos, onProgress }: LoadOptions,
  startMs: number,
  now: () => number,
): Promise<number[]> {
  const dice = new Chaos({ seed: chaos.seed + 2 });
  const moments = Array.from({ length: kills }, () => dice.random() * killWithinMs).sort((a, b) => a - b);
  const killed: number[] = [];
  hands.begin();
  for (const moment of moments) {
    await sleep(Math.max(0, startMs + moment - now()));
    killed.push(now());
    await hands.kill();
    hands.begin();
    onProgress?.(`kill -9 after ${String(Math.round(moment))} ms`);
  }
  return killed;
}

/** Until nothing is owed or claimed. */
async function settled(file: string, options: LoadOptions, startMs: number, now: () => number): Promise<void> {
  const store = await openStateStore({ file });
  try {
    for (let said = 0; ;) {
      const { owed, claimed, sent } = await store.ledger.countByState();
      if (owed + claimed === 0) return;
      if (now() - startMs > options.timeoutMs)
        throw new Error(`still owed: ${String(owed)}, claimed: ${String(claimed)}`);
      if (now() - said > 20_000) {
        said = now();
        options.onProgress?.(`sent ${String(sent)}, owed ${String(owed)}`);
      }
      await sleep(500);
    }
  } finally {
    await store.close();
  }
}

interface Asked {
  readonly text: string;
  readonly atMs: number;
}

/** Questions, one in five from a chat that is owed something too. */
async function ask(
  api: FakeBotApi,
  { questionEveryMs }: LoadOptions,
  { owed, blocked, random }: Plan,
  signal: AbortSignal,
  now: () => number,
): Promise<Asked[]> {
  const asked: Asked[] = [];
  while (!signal.aborted) {
    const someone = owed[Math.floor(random() * owed.length)]?.chatId ?? ASKER;
    const chatId = asked.length % 5 === 0 && !blocked.has(someone) ? someone : ASKER + asked.length;
    const text = `q${String(asked.length)}.`;
    asked.push({ text, atMs: now() });
    api.userSays(chatId, text);
    await sleep(random() * 2 * questionEveryMs);
  }
  return asked;
}

function figuresOf({ owed, blocked }: Plan, calls: readonly Call[], kills: readonly number[], asked: readonly Asked[]) {
  const taken = new Map<string, Call[]>();
  let sends = 0;
  for (const call of calls) {
    if (call.method !== 'sendMessage') continue;
    sends += 1;
    if (call.error !== undefined) continue;
    const text = String(call.payload['text']);
    taken.set(text, [...(taken.get(text) ?? []), call]);
  }
  let duplicatesAfterDrop = 0;
  let duplicatesAfterKill = 0;
  const duplicatesWithoutReason: string[] = [];
  for (const { key } of owed) {
    for (const { atMs, outcome } of (taken.get(`[${key}]`) ?? []).slice(0, -1)) {
      if (outcome === 'dropped') duplicatesAfterDrop += 1;
      else if (kills.some((kill) => atMs > kill - UNRECORDED_MS && atMs < kill + UNRECORDED_MS))
        duplicatesAfterKill += 1;
      else duplicatesWithoutReason.push(key);
    }
  }
  const waits = waitsOf(asked, taken);
  const polls = calls.filter(({ method }) => method === 'getUpdates').map(({ atMs }) => atMs);
  const starts = [-Infinity, ...kills].map((kill) => {
    return [kill, (polls.find((poll) => poll > kill) ?? Infinity) + STEADY_MS] as const;
  });
  const steady = asked.filter(({ atMs }) => !starts.some(([from, to]) => atMs > from - STEADY_MS && atMs < to));
  const part = (share: number, of = waits): number => Math.round(of[Math.floor((of.length - 1) * share)] ?? NaN);
  const reachable = owed.filter(({ chatId }) => !blocked.has(chatId));
  return {
    owed: owed.length,
    toBlocked: owed.length - reachable.length,
    lost: reachable.map(({ key }) => key).filter((key) => !taken.has(`[${key}]`)),
    sends,
    duplicatesAfterDrop,
    duplicatesAfterKill,
    duplicatesWithoutReason,
    questions: asked.length,
    unanswered: asked.length - waits.length,
    p50Ms: part(0.5),
    p95Ms: part(0.95),
    maxMs: part(1),
    steadyP85Ms: part(0.85, waitsOf(steady, taken)),
    kills: kills.length,
  };
}

/** Ascending, of those that were answered. */
function waitsOf(asked: readonly Asked[], taken: ReadonlyMap<string, readonly Call[]>): number[] {
  const waits = asked.flatMap(({ text, atMs }) => {
    const reply = taken.get(`答：${text}`)?.[0];
    return reply === undefined ? [] : [reply.atMs - atMs];
  });
  return waits.sort((a, b) => a - b);
}
