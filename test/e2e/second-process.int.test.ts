import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../src/bootstrap/config.js';
import { OperatorError } from '../../src/domain/errors.js';
import { serve, type ServingConfig } from '../../src/bootstrap/serve.js';
import { FakeBotApi } from '../support/fake-bot-api.js';
import { memoryLog } from '../support/memory-log.js';
import { TOKEN, USERNAME } from '../telegram/kit.js';

it('a second bot on the data of one that runs ends at once, before it takes what the other is sending', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bulletin-second-'));
  const api = await FakeBotApi.start({ token: TOKEN, username: USERNAME });
  onTestFinished(async () => {
    await api.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const environment = { DATA_DIR: folder, BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: api.root };
  const config = readConfig(environment) as ServingConfig;
  let stop: (why: string) => void = () => undefined;
  const stopRequested = new Promise<string>((resolve) => (stop = resolve));
  const bot = (): Promise<void> =>
    serve(config, { version: '0', environment: {}, log: memoryLog().log, stopRequested, now: () => new Date() });
  const called = (name: string): number => api.calls.filter(({ method }) => method === name).length;

  const first = bot();
  await Promise.race([first, api.waitFor(() => called('getUpdates') > 0)]);
  await expect(Promise.race([bot(), api.waitFor(() => called('getMe') > 1)])).rejects.toThrow(OperatorError);
  stop('test');
  await first;
}, 60_000);
