import { fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { reindexEventSchema, type ReindexEvent, type ReindexJob } from './reindex-protocol.js';

/** Child process that runs one job. */
export interface ReindexProcess {
  /** Resolves when the process has ended, for whatever reason. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null; readonly stderr: string }>;
  kill(): void;
}

export type StartReindexProcess = (job: ReindexJob, onEvent: (event: ReindexEvent) => void) => ReindexProcess;

export interface ReindexProcessOptions {
  /** The child's entry: `reindex-entry.js` beside `main.js`. */
  readonly entry: string;
  /** Environment variables of the child; without the token, which it does not need. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Flags for Node.js; default none. */
  readonly execArgv?: readonly string[];
}

/** Length, in UTF-16 units, of the end of the child's stderr that is kept for the log. */
const MAX_STDERR_LENGTH = 4000;

/**
 * Returns a function that runs each job in its own process: parsing and segmenting would hold up the answers, jieba's
 * 260 MB go back to the system with the process, and what kills it (memory, a native fault, an operator) does not
 * affect the bot.
 */
export function createReindexProcessStarter({
  entry,
  environment,
  execArgv = [],
}: ReindexProcessOptions): StartReindexProcess {
  return (job, onEvent) => {
    const child = fork(entry, {
      env: { ...environment },
      execArgv: [...execArgv],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let stderr = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr = `${stderr}${text}`.slice(-MAX_STDERR_LENGTH);
    });
    child.on('message', (message) => {
      const event = reindexEventSchema.safeParse(message);
      if (event.success) onEvent(event.data);
    });
    const ended = new Promise<Awaited<ReindexProcess['ended']>>((resolve) => {
      child.once('error', (error) => {
        resolve({ code: null, signal: null, stderr: error.message });
      });
      child.once('close', (code, signal) => {
        resolve({ code, signal, stderr });
      });
    });
    child.once('spawn', () => {
      lowerPriority(child.pid);
      // An error means that the child has ended, which `ended` reports.
      child.send(job, () => undefined);
    });
    return {
      ended,
      kill: () => {
        child.kill('SIGKILL');
      },
    };
  };
}

/** Lowers the priority of the child, so that answers come first when processors are scarce. */
function lowerPriority(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Not every system permits this.
  }
}
