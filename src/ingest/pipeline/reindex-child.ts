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
  tell: (event: ReindexEvent) => Promise<void>,
): Promise<void> {
  try {
    const progress = {
      ...throttleProgress((at) => void tell({ kind: 'progress', ...at })),
      saved: (outcome: SaveOutcome) => {
        const saved = countSaved(outcome);
        if (saved.new + saved.changed + saved.refreshed > 0) void tell({ kind: 'saved', ...saved });
      },
    };
    const { summary } = await runIndex(job.sources, job, deps, progress);
    await tell({ kind: 'done', summary });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    await tell({ kind: 'failed', message: error instanceof OperatorError ? reason : m.reindex.unexpected(reason) });
  }
}

function countSaved({ new: fresh, changed, refreshed }: SaveOutcome): SavedCounts {
  return { new: fresh.length, changed: changed.length, refreshed: refreshed.length };
}

/** Throttles progress: passes on the first event of each stage at once, later ones at intervals. */
function throttleProgress(tell: (at: ReindexProgress) => void): Omit<IndexRunProgress, 'saved'> {
  let stage = '';
  let toldMs = 0;
  const at = (progress: ReindexProgress): void => {
    const nowMs = performance.now();
    if (progress.stage === stage && nowMs - toldMs < PROGRESS_INTERVAL_MS) return;
    stage = progress.stage;
    toldMs = nowMs;
    tell(progress);
  };
  return {
    reading: (file, done, total) => {
      at({ stage: 'reading', file: basename(file), done, total });
    },
    repairing: (done, total) => {
      at({ stage: 'repairing', file: null, done, total });
    },
    saving: (total) => {
      at({ stage: 'saving', file: null, done: 0, total });
    },
    indexing: (done, total) => {
      at({ stage: 'indexing', file: null, done, total });
    },
  };
}
