import type { Config } from '../config.ts';
import { type ApplicationParts, createApplication } from './application.ts';
import { Connections, type Grace } from './connections.ts';
import { guardedServer, listening, urlOf } from './guarded-server.ts';
import type { HostSettings } from './loopback.ts';
import { Metrics } from './metrics.ts';
import { startMetricsServer } from './metrics-server.ts';

/** A server that listens. */
export interface RunningServer {
  /** Where it is reached, without a slash at the end. */
  readonly url: string;
  /** Where its metrics are read, when they have a port of their own. */
  readonly metricsUrl: string | null;
  /**
   * Accepts no connection any more, completes subscriptions, and resolves when what was sent on open connections is
   * answered; calling it again waits for the same.
   */
  close(): Promise<void>;
}

/** What a server is made of. */
export type ServerParts = ApplicationParts & {
  readonly config: HostSettings & Pick<Config, 'port'> & Partial<Pick<Config, 'metricsPort'>>;
};

const GRACE: Grace = { answersMs: 10_000, idleMs: 1_000 };

/**
 * Listens on the configured port and answers at once, whether the database does or not: `readiness` says so. Rejects
 * when a port is taken. The engine stays open when the server closes.
 */
export async function startServer(
  parts: ServerParts,
  { grace = GRACE }: { readonly grace?: Grace } = {},
): Promise<RunningServer> {
  const { config, readiness } = parts;
  const ending = new AbortController();
  const metrics = new Metrics(parts.cache ?? null);
  const application = createApplication({ ...parts, metrics, closing: ending.signal });
  const server = guardedServer(config, (request, response) => application(request, response));
  const connections = new Connections(server);
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
