import { hostnameOf, isLoopback } from './loopback.ts';

/**
 * Whether the browser reports that a page of this server (same host and port) sends the request. That identifies the
 * page, not the user: other programs can send the same headers.
 */
export function isOwnPage(headers: Headers): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin';
  const origin = headers.get('origin');
  return origin !== null && URL.canParse(origin) && new URL(origin).host === headers.get('host');
}

/** Headers of proxies. */
const FORWARDING: ReadonlySet<string> = new Set(['forwarded', 'via', 'x-real-ip', 'x-original-host', 'x-client-ip']);

/** Whether a request was sent to a name of this machine, without a proxy that identifies itself. */
export function isDirect(headers: Headers): boolean {
  const name = hostnameOf(headers.get('host') ?? '');
  if (name === null || !isLoopback(name)) return false;
  return [...headers.keys()].every((header) => !FORWARDING.has(header) && !header.startsWith('x-forwarded-'));
}
