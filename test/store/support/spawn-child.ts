import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const noticeChild = new URL('./child.ts', import.meta.url);

/** Starts a script. `output` is what it has written so far; `ended` resolves with all of it. */
export function spawnChild(args: readonly string[], uid?: number, script = noticeChild) {
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(script), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
  const ended = once(child, 'close').then(() => output);
  return { ended, output: () => output, kill: () => child.kill('SIGKILL') };
}
