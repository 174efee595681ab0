import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { isIP, type AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { OperatorError } from '../domain/errors.js';
import { operationsMessages as m } from '../messages/operator.js';
import type { Health } from './health.js';
import type { PrometheusMetrics } from './metrics.js';

export interface OperationsDependencies {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly health: () => Health;
  readonly metrics: Pick<PrometheusMetrics, 'contentType' | 'render'>;
  readonly version: string;
  readonly log: Logger;
}

export interface OperationsServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Longest time for a request. A scraper sends a short one; a client that takes longer is not a scraper. */
const REQUEST_TIMEOUT_MS = 5000;
const MAX_CONNECTIONS = 20;
const MAX_HEADER_BYTES = 8192;

interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/**
 * Serves /healthz (JSON; 200, or 503 with what is overdue) and /metrics (Prometheus), GET and HEAD only. On a loopback
 * address, answers only requests whose Host is a loopback name, so that no web page reaches it through a name that
 * resolves to 127.0.0.1. Rejects with an `OperatorError` when the port cannot be bound.
 */
export async function startOperationsServer(deps: OperationsDependencies): Promise<OperationsServer> {
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (request, response) => {
    replyTo(request, deps)
      .catch((error: unknown): Reply => {
        deps.log.error({ err: error }, '运行指标未能给出');
        return text(500, 'error');
      })
      .then(({ status, type, body }) => {
        response.writeHead(status, {
          'content-type': type,
          'cache-control': 'no-store',
          'x-content-type-options': 'nosniff',
          connection: 'close',
          ...(status === 405 ? { allow: 'GET, HEAD' } : {}),
        });
        response.end(request.method === 'HEAD' ? undefined : body);
      })
      .catch(() => {
        response.destroy();
      });
  });
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.headersTimeout = REQUEST_TIMEOUT_MS;
  server.timeout = REQUEST_TIMEOUT_MS;
  server.maxConnections = MAX_CONNECTIONS;
  try {
    server.listen(deps.port, deps.host);
    await once(server, 'listening');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new OperatorError(m.cannotListen(deps.host, deps.port, code ?? message), { cause: error });
  }
  server.on('error', (error) => {
    deps.log.error({ err: error }, '运行指标的端口出错');
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function replyTo(request: IncomingMessage, deps: OperationsDependencies): Promise<Reply> {
  if (isLoopback(deps.host) && !isLoopback(hostOf(request.headers.host))) return text(403, 'forbidden');
  if (request.method !== 'GET' && request.method !== 'HEAD') return text(405, 'method not allowed');
  const [path = ''] = (request.url ?? '').split('?', 1);
  switch (path) {
    case '/healthz': {
      const health = deps.health();
      const body = JSON.stringify({ ...health, version: deps.version });
      return { status: health.ok ? 200 : 503, type: 'application/json; charset=utf-8', body };
    }
    case '/metrics':
      return { status: 200, type: deps.metrics.contentType, body: await deps.metrics.render() };
    default:
      return text(404, 'not found');
  }
}

function text(status: number, body: string): Reply {
  return { status, type: 'text/plain; charset=utf-8', body: `${body}\n` };
}

/** Returns the name in a Host header, without port and brackets; '' when the header is missing or malformed. */
function hostOf(header: string | undefined): string {
  return (
    /^(?:\[([0-9a-fA-F:.]{2,45})\]|([^:[\]]{1,255}))(?::[0-9]{1,5})?$/
      .exec(header ?? '')
      ?.slice(1)
      .join('') ?? ''
  );
}

function isLoopback(host: string): boolean {
  const name = host.toLowerCase();
  return name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'));
}
