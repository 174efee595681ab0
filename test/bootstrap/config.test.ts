import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { environmentSchema, readConfig } from '../../src/bootstrap/config.js';
import { OperatorError } from '../../src/domain/errors.js';

const TOKEN = '123456:abcDEF_-';

describe('readConfig', () => {
  it('talks in the terminal without a token, and takes empty variables for unset', () => {
    expect(readConfig({ BOT_TOKEN: '', DATA_DIR: ' ' })).toMatchObject({ telegram: null, dataDir: 'var' });
  });

  it('polls with a token alone and has no webhook fields then', () => {
    expect(readConfig({ BOT_TOKEN: TOKEN }).telegram?.mode).toEqual({ kind: 'polling' });
  });

  it('needs address and secret of the webhook together', () => {
    const url = 'https://example.org/hook';
    const secret = 'abcdefghijklmnop';
    expect(readConfig({ BOT_TOKEN: TOKEN, WEBHOOK_URL: url, WEBHOOK_SECRET: secret }).telegram?.mode).toMatchObject({
      kind: 'webhook',
      url,
      port: 8080,
    });
    expect(() => readConfig({ BOT_TOKEN: TOKEN, WEBHOOK_URL: url })).toThrow(/WEBHOOK_SECRET/);
    expect(() => readConfig({ BOT_TOKEN: TOKEN, WEBHOOK_SECRET: secret })).toThrow(/WEBHOOK_URL/);
  });

  it('reads lists of admins and of sources, each entry once', () => {
    const { adminIds, sources } = readConfig({
      ADMIN_IDS: ' 12, 34，12 ',
      SOURCES: '/srv/通知; a b.txt ;;\n/srv/通知',
    });
    expect([...adminIds]).toEqual([12, 34]);
    expect(sources).toEqual(['/srv/通知', 'a b.txt']);
  });

  it('has neither admins, sources nor an operations port unless they are set', () => {
    expect(readConfig({})).toMatchObject({
      sources: [],
      operations: null,
      ingestMaxAgeHours: null,
      questionLogDays: 90,
    });
    expect(readConfig({}).adminIds.size).toBe(0);
    expect(readConfig({ OPERATIONS_PORT: '9464' }).operations).toEqual({ host: '127.0.0.1', port: 9464 });
  });

  it.each([
    ['ADMIN_IDS', '-100123'],
    ['ADMIN_IDS', '12,@admin'],
    ['ADMIN_IDS', '99999999999999999999'],
    ['OPERATIONS_PORT', '-1'],
    ['QUESTION_LOG_DAYS', '0'],
    ['INGEST_MAX_AGE_HOURS', '1.5'],
    ['BOT_TOKEN', 'not a token'],
    ['SOURCE_MAX_MB', '0'],
    ['SOURCE_MAX_MB', 'much'],
    ['WEBHOOK_PORT', '70000'],
    ['TELEGRAM_API_ROOT', 'ftp://example.org'],
    ['LOG_LEVEL', 'loud'],
  ])('names %s when it is wrong, never repeating its value, as wrong use', (name, value) => {
    let caught: unknown;
    try {
      readConfig({ [name]: value });
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(OperatorError);
    expect(caught).toMatchObject({ exitCode: 2, message: expect.stringContaining(name) as string });
    if (name === 'BOT_TOKEN') expect(String(caught)).not.toContain(value);
  });
});

describe('the documents', () => {
  const names = Object.keys(environmentSchema.shape);

  it.each(['README.md', 'README.zh-CN.md'])('list in %s exactly the variables that are read', (file) => {
    const rows = [...readFileSync(file, 'utf8').matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name);
    expect(rows).toEqual(names);
  });

  it('offer each variable in .env.example, and a copy of it changes nothing', () => {
    const lines = readFileSync('.env.example', 'utf8')
      .split('\n')
      .filter((line) => /^[A-Z]/.test(line));
    expect(lines.map((line) => line.split('=')[0])).toEqual(names);
    expect(readConfig(Object.fromEntries(lines.map((line) => line.split('=') as [string, string])))).toEqual(
      readConfig({}),
    );
  });
});
