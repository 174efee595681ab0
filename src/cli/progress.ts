import { SingleBar } from 'cli-progress';
import { percent, reportMessages as m } from '../messages/index-report.js';
import type { Io } from './io.js';

/** Progress display for the stages of an index run. */
export interface Progress {
  readonly reading: (file: string, bytesRead: number, bytesTotal: number) => void;
  readonly repairing: (done: number, total: number) => void;
  readonly indexing: (done: number, total: number) => void;
  /** Removes the bar. Call it before printing anything else. */
  readonly stop: () => void;
}

/** Creates a progress bar on a terminal, else a plain line now and then for a log file. */
export function createProgress(io: Io): Progress {
  const show = io.errIsTerminal ? bar() : plainLines(io);
  return {
    reading: (file, read, total) => {
      show.step(percent(read, total), (p) => m.reading(file, p));
    },
    repairing: (done, total) => {
      show.step(percent(done, total), () => m.repairing(done, total));
    },
    indexing: (done, total) => {
      show.step(percent(done, total), () => m.indexing(done, total));
    },
    stop: () => {
      show.stop();
    },
  };
}

interface Display {
  step(percent: number, text: (percent: number) => string): void;
  stop(): void;
}

function bar(): Display {
  const single = new SingleBar({ format: '{bar} {text}', clearOnComplete: true, hideCursor: true, barsize: 24 });
  let started = false;
  return {
    step(value, text) {
      if (!started) single.start(100, 0, { text: '' });
      started = true;
      single.update(value, { text: text(value) });
    },
    stop() {
      if (started) single.stop();
      started = false;
    },
  };
}

/** Shortest interval between two lines, so that the log of a short run stays short. */
const LINE_INTERVAL_MS = 2000;

function plainLines(io: Io): Display {
  let lastAt = performance.now();
  return {
    step(value, text) {
      if (performance.now() - lastAt < LINE_INTERVAL_MS) return;
      lastAt = performance.now();
      io.err(text(value));
    },
    stop: () => undefined,
  };
}
