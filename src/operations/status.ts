import { z } from 'zod';
import { parseJson } from '../domain/parse-json.js';
import { calendarWarning } from './calendar-warning.js';
import type { NoticeStore, RunRecord } from '../store/notice-store.js';
import type { DeliveryState, StateStore } from '../store/state-store.js';
import type { LoadedIndex } from '../index/loaded-index.js';
import type { ReindexState } from '../ingest/pipeline/reindexer.js';

/** State of the bot, for /status. */
export interface Status {
  readonly version: string;
  readonly upMs: number;
  readonly notices: number;
  readonly indexed: number;
  /** Whether the index was built from the store's current revision; false between a save and its index. */
  readonly indexFits: boolean;
  readonly running: ReindexState | null;
  /** Newest first. */
  readonly runs: readonly RunStatus[];
  readonly deliveries: Readonly<Record<DeliveryState, number>>;
  readonly chats: { readonly active: number; readonly inactive: number };
  readonly subscriptions: number;
  /** Warning that the calendar of workdays ends; null while it suffices. */
  readonly calendarEnds: string | null;
  /** Resident set size, in bytes. */
  readonly memoryBytes: number;
}

/** Row of the store's run record. */
export interface RunStatus {
  readonly startedAt: string;
  readonly endedAt: string;
  readonly sources: readonly string[];
  readonly result:
    | { readonly kind: 'done'; readonly new: number; readonly changed: number }
    | { readonly kind: 'failed'; readonly reason: string | null };
}

export interface StatusDependencies {
  readonly version: string;
  readonly startedAt: Date;
  readonly now: () => Date;
  readonly store: Pick<NoticeStore, 'count' | 'revision' | 'lastRuns'>;
  readonly index: () => Pick<LoadedIndex, 'storeRevision' | 'notices'>;
  readonly running: () => ReindexState | null;
  readonly state: {
    readonly ledger: Pick<StateStore['ledger'], 'countByState'>;
    readonly chats: Pick<StateStore['chats'], 'counts'>;
    readonly subscriptions: Pick<StateStore['subscriptions'], 'count'>;
  };
  readonly memoryBytes: () => number;
}

const MAX_RUNS_SHOWN = 3;

export async function collectStatus(deps: StatusDependencies): Promise<Status> {
  const { store, state } = deps;
  const [notices, revision, runs, deliveries, chats, subscriptions] = await Promise.all([
    store.count(),
    store.revision(),
    store.lastRuns(MAX_RUNS_SHOWN),
    state.ledger.countByState(),
    state.chats.counts(),
    state.subscriptions.count(),
  ]);
  const index = deps.index();
  return {
    version: deps.version,
    upMs: deps.now().getTime() - deps.startedAt.getTime(),
    notices,
    indexed: index.notices.size,
    indexFits: index.storeRevision === revision,
    running: deps.running(),
    runs: runs.map(toRunStatus),
    deliveries,
    chats,
    subscriptions,
    calendarEnds: calendarWarning(deps.now()),
    memoryBytes: deps.memoryBytes(),
  };
}

/** Fields read from a stored report, which may hold more. */
const reportSchema = z.object({ outcome: z.object({ new: z.array(z.unknown()), changed: z.array(z.unknown()) }) });
const failureSchema = z.object({ error: z.string() });

function toRunStatus({ startedAt, endedAt, sources, outcome, report }: RunRecord): RunStatus {
  const stored = parseJson(report);
  const done = reportSchema.safeParse(stored);
  const result: RunStatus['result'] =
    outcome === 'done'
      ? { kind: 'done', new: done.data?.outcome.new.length ?? 0, changed: done.data?.outcome.changed.length ?? 0 }
      : { kind: 'failed', reason: failureSchema.safeParse(stored).data?.error ?? null };
  return { startedAt, endedAt, sources, result };
}

/** Number of runs searched for the last one of a source. */
const MAX_RUNS_SEARCHED = 100;

/** Returns for each path the newest run that read it, or null. */
export async function findLastRuns(
  paths: readonly string[],
  store: Pick<NoticeStore, 'lastRuns'>,
): Promise<(RunStatus | null)[]> {
  const runs = await store.lastRuns(MAX_RUNS_SEARCHED);
  return paths.map((path) => {
    const run = runs.find(({ sources }) => sources.includes(path));
    return run === undefined ? null : toRunStatus(run);
  });
}
