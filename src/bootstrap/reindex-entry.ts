/** Entry point of the child process in which the bot re-indexes; see `src/ingest/pipeline/reindexer.ts`. */
import { runReindexJob } from '../ingest/pipeline/reindex-child.js';
import { reindexJobSchema, type ReindexEvent } from '../ingest/pipeline/reindex-protocol.js';
import { createIndexRunDependencies } from './index-dependencies.js';
import { loadProgramData } from './program-data.js';

/** Sends an event. Resolves when it is handed over, or at once when the bot is gone: the run itself goes on. */
function sendEvent(event: ReindexEvent): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined || !process.connected) {
      resolve();
      return;
    }
    process.send(event, undefined, undefined, () => {
      resolve();
    });
  });
}

process.once('message', (message) => {
  const job = reindexJobSchema.parse(message);
  const settings = { ...job, now: () => new Date(), onRebuild: () => undefined };
  void runReindexJob(job, createIndexRunDependencies(loadProgramData(), settings), sendEvent).then(() => {
    // An open IPC channel keeps the process alive.
    if (process.connected) process.disconnect();
  });
});
