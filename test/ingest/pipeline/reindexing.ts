import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createReindexProcessStarter } from '../../../src/ingest/pipeline/reindexer.js';
import type { IndexRunProgress } from '../../../src/ingest/pipeline/index-run.js';

export const silent: IndexRunProgress = {
  reading: () => undefined,
  repairing: () => undefined,
  saving: () => undefined,
  indexing: () => undefined,
};

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const compiled = path('../../../dist/bootstrap/reindex-entry.js');
const isCompiled = existsSync(compiled);

/** The program's own child processes: compiled where that was done, for it starts faster. */
export const startReindexProcess = createReindexProcessStarter({
  entry: isCompiled ? compiled : path('../../../src/bootstrap/reindex-entry.ts'),
  environment: { PATH: process.env['PATH'] },
  execArgv: isCompiled ? [] : ['--import', 'tsx'],
});
