import { Bot, GrammyError } from 'grammy';
import { describe, expect, it } from 'vitest';
import { createRedactingLogger } from '../../src/telegram/create-bot.js';
import { createErrorSerializer, createRedactor } from '../../src/operations/redact.js';
import { memoryLog } from '../support/memory-log.js';

const TOKEN = '4839574812:AAFD39kkdpWt3ywyRZergyOLMaJhac60qcK';
const SECRET_PART = TOKEN.slice(TOKEN.indexOf(':') + 1);

describe('redaction', () => {
  it('masks the token, its secret half, its encoded form, a webhook secret and any other token', () => {
    const clean = createRedactor(TOKEN, 'webhook-secret');
    const texts = [TOKEN, SECRET_PART, encodeURIComponent(TOKEN), 'webhook-secret', `1234567890:${'B'.repeat(35)}`];
    for (const text of texts) expect(clean(`a ${text} b`)).toBe('a [redacted] b');
  });

  it('leaves phones, dates and times as they are', () => {
    expect(createRedactor(TOKEN)('电话：83215136，2024-03-11 10:20')).toBe('电话：83215136，2024-03-11 10:20');
  });

  it('keeps the token of a real network error out of the log, wherever it stands', async () => {
    const { log, text } = memoryLog();
    const bot = new Bot(TOKEN, { client: { apiRoot: 'http://127.0.0.1:9', sensitiveLogs: true } });
    const error: unknown = await bot.api.getMe().catch((fault: unknown) => fault);
    createRedactingLogger(log, TOKEN).error({ err: new Error('outer', { cause: error }) }, '出错');
    expect(text()).toContain('ECONNREFUSED');
    expect(text()).not.toContain(SECRET_PART);
  });

  it('does not log what was being sent', () => {
    const error = new GrammyError('failed', { ok: false, error_code: 400, description: 'Bad' }, 'sendMessage', {
      text: '悄悄话',
    });
    const logged = createErrorSerializer(createRedactor(TOKEN))(error);
    expect(logged).toMatchObject({ type: 'GrammyError', errorCode: 400, method: 'sendMessage' });
    expect(JSON.stringify(logged)).not.toContain('悄悄话');
  });

  it('writes anything that can be thrown', () => {
    const write = createErrorSerializer(createRedactor(TOKEN));
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    for (const thrown of [undefined, null, `x ${TOKEN}`, 7n, circular, Symbol('s')]) {
      expect(JSON.stringify(write(thrown))).not.toContain(SECRET_PART);
    }
    const loop = new Error('loop');
    loop.cause = loop;
    expect(JSON.stringify(write(loop)).length).toBeLessThan(20_000);
  });
});
