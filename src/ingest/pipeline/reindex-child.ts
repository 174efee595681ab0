import { basename } from 'node:path';
import { OperatorError } from '../../domain/errors.js';
import { adminMessages as m } from '../../messages/admin.js';
import type { SaveOutcome } from '../../store/notice-store.js';
import type { ReindexEvent, ReindexJob, ReindexProgress, SavedCounts } from './reindex-protocol.js';
import { runIndex, type IndexRunDependencies, type IndexRunProgress } from './index-run.js';

/** Least interval between two progress events; the display is edited every three seconds. */
const PROGRESS_INTERVAL_MS = 250;

/** Runs one job in the child process and reports it in events. Never rejects. */
export async function runReindexJob(
  job: ReindexJob,
  deps: IndexRunDependencies,
  sendEvent: (event: ReindexEvent) => Promise<void>,
): Promise<void> {
  try {
    const progress = {
      ...throttleProgress((at) => void sendEvent({ kind: 'progress', ...at })),
      saved: (outcome: SaveOutcome) => {
        const saved = countSaved(outcome);
        if (saved.new + saved.changed + saved.refreshed > 0) void sendEvent({ kind: 'saved', ...saved });
      },
    };
    const { summary } = await runIndex(job.sources, job, deps, progress);
    await sendEvent({ kind: 'done', summary });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    await sendEvent({
      kind: 'failed',
      message: error instanceof OperatorError ? reason : m.reindex.unexpected(reason),
    });
  }
}

function countSaved({ new: fresh, changed, refreshed }: SaveOutcome): SavedCounts {
  return { new: fresh.length, changed: changed.length, refreshed: refreshed.length };
}

/** Throttles progress: passes on the first event of each stage at once, later ones at intervals. */
function throttleProgress(onProgress: (progress: ReindexProgress) => void): Omit<IndexRunProgress, 'saved'> {
  let stage = '';
  let reportedMs = 0;
  const report = (progress: ReindexProgress): void => {
    const nowMs = performance.now();
    if (progress.stage === stage && nowMs - reportedMs < PROGRESS_INTERVAL_MS) return;
    stage = progress.stage;
    reportedMs = nowMs;
    onProgress(progress);
  };
  return {
    reading: (file, done, total) => {
      report({ stage: 'reading', file: basename(file), done, total });
    },
    repairing: (done, total) => {
      report({ stage: 'repairing', file: null, done, total });
    },
    saving: (total) => {
      report({ stage: 'saving', file: null, done: 0, total });
    },
    indexing: (done, total) => {
      report({ stage: 'indexing', file: null, done, total });
    },
  };
}
