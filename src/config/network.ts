import { BlockList, isIP } from 'node:net';
import type { Reader } from './reader.ts';

/** Where the server listens, and whose requests and pages it accepts. */
export interface NetworkSettings {
  readonly host: string;
  /** 0 lets the system choose one. */
  readonly port: number;
  /** A port for /metrics instead of that of the graph. 0: the system chooses one; null: none. */
  readonly metricsPort: number | null;
  /** Names of the server besides those of this machine. Without any, see `hostRule`. */
  readonly allowedHosts: readonly string[];
  /** Origins whose pages may read answers in a browser; without any, CORS is off. */
  readonly corsOrigins: readonly string[];
  /** Origins whose pages may read files of links, and nothing else. */
  readonly exportOrigins: readonly string[];
  /** Origins whose pages may show the explorer's /embed pages in a frame; of all others, none may. */
  readonly embedOrigins: readonly string[];
  /** The address at which clients reach the server, without a slash at the end; null: that of their request. */
  readonly publicUrl: string | null;
  /** Whether answers are compressed for clients that accept it. */
  readonly compression: boolean;
  /** Milliseconds for which a server that was asked to stop still takes requests, while /readyz says that it stops. */
  readonly stopDelayMs: number;
  /** Proxies whose X-Forwarded-For is trusted. */
  readonly trustedProxies: BlockList;
}

function origins(reader: Reader, variable: string): readonly string[] {
  const given = reader.list(variable);
  for (const origin of given) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
      reader.addProblem(variable, origin, 'origins such as https://example.org are needed, joined by commas.');
    }
  }
  return given;
}

/** The web applications that open files by their address: Gephi Lite and VOSviewer Online. */
export const VIEWER_ORIGINS: readonly string[] = ['https://lite.gephi.org', 'https://app.vosviewer.com'];

function exportOrigins(reader: Reader): readonly string[] {
  const given = reader.text('GRAPPE_EXPORT_ORIGINS');
  if (given === null) return VIEWER_ORIGINS;
  return given.toLowerCase() === 'none' ? [] : origins(reader, 'GRAPPE_EXPORT_ORIGINS');
}

function publicUrl(reader: Reader): string | null {
  const given = reader.text('GRAPPE_PUBLIC_URL');
  if (given === null) return null;
  const url = URL.parse(given);
  if (url === null || !/^https?:$/.test(url.protocol) || `${url.username}${url.search}${url.hash}` !== '') {
    reader.addProblem('GRAPPE_PUBLIC_URL', given, 'an address such as https://graph.example.org is needed.');
    return null;
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

const HOST_NAME = /^(?:[a-z\d](?:[a-z\d.-]*[a-z\d])?|\[[\da-f:.]+\])$/i;

function allowedHosts(reader: Reader): readonly string[] {
  const given = (reader.text('GRAPPE_ALLOWED_HOSTS') ?? '').split(',').map((name) => name.trim());
  const names = given.filter((name) => name !== '');
  for (const name of names) {
    if (HOST_NAME.test(name)) continue;
    reader.addProblem(
      'GRAPPE_ALLOWED_HOSTS',
      name,
      'names such as graph.example.org are needed, without a port, joined by commas.',
    );
  }
  return names;
}

function trustedProxies(reader: Reader): BlockList {
  const proxies = new BlockList();
  for (const given of reader.list('GRAPPE_TRUSTED_PROXIES')) {
    const [address = '', length, ...more] = given.split('/');
    const family = isIP(address);
    const bits = family === 6 ? 128 : 32;
    const prefix = length === undefined ? bits : /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN;
    if (family !== 0 && prefix <= bits && more.length === 0) {
      proxies.addSubnet(address, prefix, family === 6 ? 'ipv6' : 'ipv4');
    } else {
      const expected = 'addresses or networks such as 10.0.0.1 or 10.0.0.0/8 are needed, joined by commas.';
      reader.addProblem('GRAPPE_TRUSTED_PROXIES', given, expected);
    }
  }
  return proxies;
}

/** Reads them. */
export function networkSettings(reader: Reader): NetworkSettings {
  return {
    host: reader.text('HOST') ?? '127.0.0.1',
    port: reader.integer('PORT', 4000, 0, 65_535),
    metricsPort:
      reader.text('GRAPPE_METRICS_PORT') === null ? null : reader.integer('GRAPPE_METRICS_PORT', 0, 0, 65_535),
    allowedHosts: Object.freeze(allowedHosts(reader)),
    corsOrigins: Object.freeze(origins(reader, 'GRAPPE_CORS_ORIGINS')),
    exportOrigins: Object.freeze(exportOrigins(reader)),
    embedOrigins: Object.freeze(origins(reader, 'GRAPPE_EMBED_ORIGINS')),
    publicUrl: publicUrl(reader),
    compression: reader.flag('GRAPPE_COMPRESSION', true),
    stopDelayMs: reader.integer('GRAPPE_STOP_DELAY_MS', 0, 0, 600_000),
    trustedProxies: trustedProxies(reader),
  };
}
