import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../src/bootstrap/config.js';
import { serve, type ServingConfig } from '../../src/bootstrap/serve.js';
import { memoryLog } from '../support/memory-log.js';
import { TOKEN } from '../telegram/kit.js';

it('a bot that is asked to stop before Telegram has answered ends without a complaint', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bulletin-stop-'));
  const sockets: Socket[] = [];
  const silent = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    silent.close();
    await rm(folder, { recursive: true, force: true });
  });
  const root = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const config = readConfig({ DATA_DIR: folder, BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: root }) as ServingConfig;
  let stop: (why: string) => void = () => undefined;
  const stopRequested = new Promise<string>((resolve) => (stop = resolve));
  const { log } = memoryLog();
  const bot = serve(config, { version: '0', environment: {}, log, stopRequested, now: () => new Date() });
  await once(silent, 'connection');
  stop('test');
  await expect(bot).resolves.toBeUndefined();
}, 60_000);
