import type { Server, ServerResponse } from 'node:http';
import { COMMON_HEADERS } from '../http/common-headers.ts';
import { rejectDirectly } from '../http/direct-answers.ts';
import { guardedServer, listening } from '../http/guarded-server.ts';
import type { HostSettings } from '../http/loopback.ts';
import type { Metrics } from './metrics.ts';

async function answer(metrics: Metrics, response: ServerResponse): Promise<void> {
  try {
    const { text, contentType } = await metrics.written();
    response.writeHead(200, { ...COMMON_HEADERS, 'Content-Type': contentType }).end(text);
  } catch {
    rejectDirectly(response, 500, 'INTERNAL_SERVER_ERROR', 'Unexpected error.');
  }
}

/** Serves the metrics on a port of their own, without a token. Rejects if the port is taken. */
export async function startMetricsServer(config: HostSettings, port: number, metrics: Metrics): Promise<Server> {
  const server = guardedServer(config, ({ method, url }, response) => {
    if (url !== '/metrics') {
      rejectDirectly(response, 404, 'NOT_FOUND', 'The metrics are at /metrics; nothing else is here.');
    } else if (method !== 'GET' && method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      rejectDirectly(response, 405, 'METHOD_NOT_ALLOWED', '/metrics is read by GET.');
    } else void answer(metrics, response);
  });
  await listening(server, port, config.host);
  return server;
}
