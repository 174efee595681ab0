import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Metrics } from './metrics-port.js';
import type { DeliveryState } from '../store/state-store.js';

export interface PrometheusMetrics extends Metrics {
  readonly contentType: string;
  /** Renders the text of /metrics. A gauge that cannot be read is left out; the others are served. */
  render(): Promise<string>;
}

/** Sources of the values that are read each time the metrics are rendered. */
export interface MetricsDependencies {
  readonly version: string;
  readonly notices: () => number;
  /** Deliveries by state; see `Ledger.counts`. */
  readonly deliveries: () => Promise<Readonly<Record<DeliveryState, number>>>;
}

/** Histogram buckets. Answers take 1 ms to some 100 ms; seconds mean that something blocks the process. */
const ANSWER_SECONDS = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10];
const REINDEX_SECONDS = [1, 3, 10, 30, 100, 300, 1000, 3000];
/** States of unfinished deliveries. The numbers in other states only grow, and are counted as outcomes. */
const WAITING = ['owed', 'claimed'] as const satisfies readonly DeliveryState[];

/** Creates metrics in a registry of their own, so that two bots in one process (in a test) do not share counters. */
export function createMetrics(deps: MetricsDependencies): PrometheusMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'bulletin_' });

  const updates = new Counter({
    name: 'bulletin_updates_total',
    help: 'Updates received from Telegram',
    labelNames: ['kind'],
    registers,
  });
  const answers = new Counter({
    name: 'bulletin_answers_total',
    help: 'Questions answered, by kind of answer',
    labelNames: ['kind'],
    registers,
  });
  const answerSeconds = new Histogram({
    name: 'bulletin_answer_seconds',
    help: 'Time from a question to its answer',
    buckets: ANSWER_SECONDS,
    registers,
  });
  const deliveries = new Counter({
    name: 'bulletin_deliveries_total',
    help: 'Attempts to deliver, by kind and outcome',
    labelNames: ['kind', 'outcome'],
    registers,
  });
  const reindexSeconds = new Histogram({
    name: 'bulletin_reindex_seconds',
    help: 'Duration of index runs, by outcome',
    labelNames: ['outcome'],
    buckets: REINDEX_SECONDS,
    registers,
  });
  new Gauge({
    name: 'bulletin_notices',
    help: 'Notices that are answered from',
    registers,
    collect() {
      this.set(deps.notices());
    },
  });
  new Gauge({
    name: 'bulletin_info',
    help: 'Always 1; the version is a label',
    labelNames: ['version'],
    registers,
  }).set({ version: deps.version }, 1);
  new Gauge({
    name: 'bulletin_queue',
    help: 'Deliveries that are owed or being sent',
    labelNames: ['state'],
    registers,
    async collect() {
      this.reset();
      try {
        const counts = await deps.deliveries();
        for (const state of WAITING) this.set({ state }, counts[state]);
      } catch {
        // The store is closing or locked: no number is better than a wrong one, and the other metrics are still served.
      }
    },
  });

  return {
    contentType: registry.contentType,
    render: () => registry.metrics(),
    update: (kind) => {
      updates.inc({ kind });
    },
    answered: (kind, seconds) => {
      answers.inc({ kind });
      answerSeconds.observe(seconds);
    },
    delivered: (kind, outcome) => {
      deliveries.inc({ kind, outcome });
    },
    reindexed: (outcome, seconds) => {
      reindexSeconds.observe({ outcome }, seconds);
    },
  };
}
