import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { runWithRequestId } from '../../src/operations/request-scope.js';
import { createLog } from '../../src/operations/log.js';

const TOKEN = '4839574812:AAFD39kkdpWt3ywyRZergyOLMaJhac60qcK';

function logging() {
  const lines: string[] = [];
  const log = createLog({ level: 'info', secrets: [TOKEN, 'webhook_secret_123'], write: (line) => lines.push(line) });
  return {
    log,
    parsed: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>),
    raw: () => lines.join(''),
  };
}

describe('the log', () => {
  it('writes one JSON line each, with time and level', () => {
    const { log, parsed } = logging();
    log.info({ n: 1 }, '启动');
    log.debug('不写');
    expect(parsed()).toEqual([{ level: 30, time: expect.stringMatching(/^20.*Z$/) as string, n: 1, msg: '启动' }]);
  });

  it('marks every line of one update with its id, also after waiting and beside others, and none outside', async () => {
    const { log, parsed } = logging();
    const child = log.child({ part: 'telegram' });
    const handle = (id: string, ms: number) =>
      runWithRequestId(id, async () => {
        child.info('收到');
        await sleep(ms);
        log.info('已答');
      });
    await Promise.all([handle('7', 20), handle('8', 1)]);
    log.info('空闲');
    const seen = parsed().map(({ msg, request }) => [msg, request]);
    expect(seen).toEqual([
      ['收到', '7'],
      ['收到', '8'],
      ['已答', '8'],
      ['已答', '7'],
      ['空闲', undefined],
    ]);
  });

  it('masks the secrets in messages, fields, errors and their causes', () => {
    const { log, raw } = logging();
    const cause = new Error(`request to https://api.telegram.org/bot${TOKEN}/getMe failed`);
    log.info({ url: `/bot${TOKEN}/x`, nested: { secret: 'webhook_secret_123' } }, `口令 ${TOKEN}`);
    log.error({ err: new Error('外层', { cause }) }, '出错');
    expect(raw()).not.toContain(TOKEN.split(':')[1]);
    expect(raw()).not.toContain('webhook_secret_123');
    expect(raw()).toContain('外层');
  });
});
