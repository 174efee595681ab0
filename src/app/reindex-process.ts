import { fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { reindexEventSchema, type ReindexEvent, type ReindexJob } from './reindex-protocol.js';

/** A child process at work on one job. */
export interface ReindexProcess {
  /** Resolves when the process is gone, however it went. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null; readonly stderr: string }>;
  kill(): void;
}

export type StartReindexProcess = (job: ReindexJob, onEvent: (event: ReindexEvent) => void) => ReindexProcess;

export interface ReindexProcessOptions {
  /** The child's entry: `reindex-entry.js` beside `main.js`. */
  readonly entry: string;
  /** Without the token: the child has no use for it. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Flags for Node; default none. */
  readonly execArgv?: readonly string[];
}

/** The end of what the child wrote on its error stream, for the log. */
const STDERR_KEPT = 4000;

/**
 * Runs jobs in processes of their own: parsing and segmenting would hold up
 * the answers, jieba's 260 MB go back to the system with the process, and
 * what kills it (memory, a native fault, an operator) leaves the bot alone.
 */
export function reindexProcesses({ entry, environment, execArgv = [] }: ReindexProcessOptions): StartReindexProcess {
  return (job, onEvent) => {
    const child = fork(entry, {
      env: { ...environment },
      execArgv: [...execArgv],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let stderr = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr = `${stderr}${text}`.slice(-STDERR_KEPT);
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
      yieldTo(child.pid);
      // Fails when the child is gone already, which `ended` tells.
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

/** Answers come before indexing when processors are scarce. */
function yieldTo(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Not every system lets it.
  }
}
