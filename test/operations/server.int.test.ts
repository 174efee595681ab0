import { connect } from 'node:net';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Health } from '../../src/operations/health.js';
import { createMetrics } from '../../src/operations/metrics.js';
import { startOperationsServer, type OperationsServer } from '../../src/operations/server.js';

const WELL: Health = { ok: true, checks: [] };
const ILL: Health = {
  ok: false,
  checks: [{ duty: 'poll', ok: false, lastSuccess: null, problem: '6 分钟没有成功收取消息' }],
};
const noCounts = { owed: 0, claimed: 0, sent: 0, rejected: 0, dropped: 0 };

async function serving(health: Health = WELL, metrics = metricsOf(), host = '127.0.0.1'): Promise<OperationsServer> {
  const log = pino({ level: 'silent' });
  const server = await startOperationsServer({ host, port: 0, health: () => health, metrics, version: '1.2.3', log });
  onTestFinished(() => server.close());
  return server;
}

const metricsOf = (deliveries = () => Promise.resolve(noCounts)) =>
  createMetrics({ version: '1.2.3', notices: () => 127, deliveries });

/** Over a bare socket, since fetch writes the Host header itself. */
function request(port: number, lines: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(`${lines.join('\r\n')}\r\n\r\n`));
    socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
    socket.once('error', reject).once('close', () => {
      resolve(answer);
    });
  });
}

describe('the operations port', () => {
  it('says in JSON that all is well, or with 503 what is overdue', async () => {
    const well = await fetch(`http://127.0.0.1:${String((await serving()).port)}/healthz`);
    expect([well.status, await well.json()]).toEqual([200, { ...WELL, version: '1.2.3' }]);
    const ill = await fetch(`http://localhost:${String((await serving(ILL)).port)}/healthz?x=1`);
    expect([ill.status, await ill.json()]).toEqual([503, { ...ILL, version: '1.2.3' }]);
  });

  it.each([
    ['evil.example', 403],
    ['evil.example:80', 403],
    ['127.0.0.1.evil.example', 403],
    ['10.0.0.1', 403],
    ['', 403],
    ['localhost', 200],
    ['LOCALHOST:9464', 200],
    ['127.0.0.1:1', 200],
    ['[::1]:9464', 200],
  ])('on a loopback address answers the Host %j with %d', async (host, status) => {
    const { port } = await serving();
    const answer = await request(port, ['GET /healthz HTTP/1.1', `Host: ${host}`]);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${String(status)} `));
  });

  it('takes only GET and HEAD, and knows only its two pages', async () => {
    const { port } = await serving();
    const root = `http://127.0.0.1:${String(port)}`;
    const post = await fetch(`${root}/healthz`, { method: 'POST', body: 'x'.repeat(100_000) }).catch(() => null);
    expect(post?.status ?? 405).toBe(405);
    expect((await fetch(`${root}/`)).status).toBe(404);
    expect((await fetch(`${root}/metrics/../etc`)).status).toBe(404);
    const head = await fetch(`${root}/metrics`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  it('says so when the port is taken', async () => {
    const { port } = await serving();
    const log = pino({ level: 'silent' });
    const deps = { host: '127.0.0.1', health: () => WELL, metrics: metricsOf(), version: '1', log };
    await expect(startOperationsServer({ ...deps, port })).rejects.toThrow(/EADDRINUSE.*OPERATIONS_PORT/);
  });
});

describe('the metrics', () => {
  it('count updates, answers with their time, deliveries and runs, and tell notices and queue as they are', async () => {
    const metrics = metricsOf(() => Promise.resolve({ ...noCounts, owed: 7, claimed: 2, sent: 99 }));
    metrics.update('message');
    metrics.update('message');
    metrics.answered('answer', 0.02);
    metrics.answered('pinned', 0.002);
    metrics.delivered('digest', 'sent');
    metrics.delivered('alert', 'later');
    metrics.reindexed('failed', 12);
    const { port } = await serving(WELL, metrics);
    const response = await fetch(`http://127.0.0.1:${String(port)}/metrics`);
    const lines = (await response.text()).split('\n');
    expect(response.headers.get('content-type')).toContain('text/plain');
    expect(lines).toEqual(
      expect.arrayContaining([
        'bulletin_updates_total{kind="message"} 2',
        'bulletin_answers_total{kind="answer"} 1',
        'bulletin_answers_total{kind="pinned"} 1',
        'bulletin_answer_seconds_bucket{le="0.003"} 1',
        'bulletin_answer_seconds_bucket{le="0.03"} 2',
        'bulletin_answer_seconds_count 2',
        'bulletin_deliveries_total{kind="digest",outcome="sent"} 1',
        'bulletin_deliveries_total{kind="alert",outcome="later"} 1',
        'bulletin_reindex_seconds_count{outcome="failed"} 1',
        'bulletin_notices 127',
        'bulletin_queue{state="owed"} 7',
        'bulletin_queue{state="claimed"} 2',
        'bulletin_info{version="1.2.3"} 1',
      ]),
    );
    expect(lines.some((line) => line.startsWith('bulletin_process_resident_memory_bytes '))).toBe(true);
  });

  it('leave the queue out when it cannot be read, and tell the rest', async () => {
    const text = await metricsOf(() => Promise.reject(new Error('closed'))).render();
    expect(text).toContain('bulletin_notices 127');
    expect(text).not.toMatch(/^bulletin_queue\{/m);
  });

  it('of two bots in one process do not meet', async () => {
    const [one, other] = [metricsOf(), metricsOf()];
    one.update('message');
    expect(await one.render()).toContain('bulletin_updates_total{kind="message"} 1');
    expect(await other.render()).not.toContain('bulletin_updates_total{');
  });
});
