/** Runs the built program as its users do: a process, its environment, its output, its exit. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const MAIN = join(ROOT, 'dist/main.js');

/** False on a checkout where `npm run build` has not run. */
export const isBuilt = existsSync(MAIN);

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface LogLine {
  readonly level: number;
  readonly msg: string;
}

export class BotProcess {
  readonly exit: Promise<Exit>;
  readonly #child: ChildProcess;
  #output = '';

  /** @param env in place of the environment of the test, so that no token of the developer's is used. */
  constructor(args: readonly string[], env: Readonly<Record<string, string>>, cwd: string) {
    this.#child = spawn(process.execPath, [MAIN, ...args], {
      // A folder of its own: the program reads `.env` where it is started.
      cwd,
      env: { PATH: process.env['PATH'], HOME: cwd, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.#output += text));
    }
    this.exit = new Promise((resolve, reject) => {
      this.#child.once('error', reject);
      this.#child.once('close', (code, signal) => {
        resolve({ code, signal });
      });
    });
  }

  /** Everything written so far, to standard output and standard error. */
  get output(): string {
    return this.#output;
  }

  /** Lines of the log that tell of an error. */
  get errors(): LogLine[] {
    return this.#output
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as LogLine)
      .filter(({ level }) => level >= 50);
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Sends SIGTERM and tells how it ended and how long that took. Killed after `limitMs`. */
  async terminate(limitMs = 15_000): Promise<Exit & { readonly ms: number }> {
    const startedMs = Date.now();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), limitMs);
    if (this.isRunning) this.#child.kill('SIGTERM');
    const exit = await this.exit;
    clearTimeout(timer);
    return { ...exit, ms: Date.now() - startedMs };
  }
}

export interface Workplace {
  readonly dataDir: string;
  run(args: readonly string[], env?: Readonly<Record<string, string>>): BotProcess;
  remove(): Promise<void>;
}

/** A temporary folder with the sample bulletin indexed in its DATA_DIR. */
export async function indexedWorkplace(): Promise<Workplace> {
  const folder = await mkdtemp(join(tmpdir(), 'bulletin-bot-'));
  const dataDir = join(folder, 'var');
  const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}): BotProcess =>
    new BotProcess(args, { DATA_DIR: dataDir, ...env }, folder);
  const index = run(['index', join(ROOT, 'data/sample-bulletin.txt')]);
  const { code } = await index.exit;
  if (code !== 0) throw new Error(`index ended with ${String(code)}:\n${index.output}`);
  return { dataDir, run, remove: () => rm(folder, { recursive: true, force: true }) };
}
