import { setTimeout as pause } from 'node:timers/promises';
import type { Config } from '../../config.ts';
import { auditedHost } from '../observe/audit.ts';
import { Metrics } from '../observe/metrics.ts';
import { startMetricsServer } from '../observe/metrics-server.ts';
import { createApplication } from './application.ts';
import type { ApplicationParts } from './application-parts.ts';
import { Connections, type Grace } from './connections.ts';
import { guardedServer, listening, urlOf } from './guarded-server.ts';
import type { HostSettings } from './loopback.ts';

/** A listening server. */
export interface RunningServer {
  /** Its URL, without a slash at the end. */
  readonly url: string;
  /** The URL of the metrics, if they have a port of their own. */
  readonly metricsUrl: string | null;
  /**
   * Accepts no more connections, completes subscriptions, and resolves when all requests on open connections are
   * answered. A second call waits for the same.
   */
  close(): Promise<void>;
}

/** The parts of a server. */
export type ServerParts = ApplicationParts & {
  readonly config: HostSettings & Pick<Config, 'port'> & Partial<Pick<Config, 'metricsPort' | 'stopDelayMs'>>;
};

const GRACE: Grace = { answersMs: 10_000, idleMs: 1_000 };

/**
 * Listens on the configured port and answers at once, even if the database does not: `readiness` shows that. Rejects if
 * a port is taken. Closing the server does not close the engine.
 */
export async function startServer(
  parts: ServerParts,
  { grace = GRACE, stalledMs }: { readonly grace?: Grace; readonly stalledMs?: number } = {},
): Promise<RunningServer> {
  const { config, readiness } = parts;
  const ending = new AbortController();
  const { metrics = new Metrics() } = parts;
  const application = createApplication({ ...parts, metrics, closing: ending.signal });
  const server = guardedServer(config, (request, response) => application(request, response), {
    onForeignHost: auditedHost(parts.logger),
  });
  const connections = new Connections(server, stalledMs);
  await listening(server, config.port, config.host);
  const { metricsPort = null } = config;
  const metricsServer =
    metricsPort === null
      ? null
      : await startMetricsServer(config, metricsPort, metrics).catch((error: unknown) => {
          server.close();
          throw error;
        });
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    readiness.become('SHUTTING_DOWN');
    // Until a proxy has seen that, it sends requests here.
    if (config.stopDelayMs) await pause(config.stopDelayMs);
    ending.abort();
    await connections.drain(grace);
    metricsServer?.close();
    metricsServer?.closeAllConnections();
    await application.dispose();
  };
  return {
    url: urlOf(server, config.host),
    metricsUrl: metricsServer === null ? null : `${urlOf(metricsServer, config.host)}/metrics`,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}
