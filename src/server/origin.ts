import { hostnameOf, isLoopback } from './loopback.ts';

/**
 * Whether a browser says that the page which sends a request is one of this very server: the same host and port. Nothing
 * but a browser has a reason to say so, so that it is no proof of who asks, only of which page does.
 */
export function isOwnPage(headers: Headers): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin';
  const origin = headers.get('origin');
  return origin !== null && URL.canParse(origin) && new URL(origin).host === headers.get('host');
}

/** Headers by which proxies say that somebody else asks. */
const FORWARDING: ReadonlySet<string> = new Set(['forwarded', 'via', 'x-real-ip', 'x-original-host', 'x-client-ip']);

/** Whether a request was sent to this machine under one of its own names, and through no proxy that says so. */
export function isDirect(headers: Headers): boolean {
  const name = hostnameOf(headers.get('host') ?? '');
  if (name === null || !isLoopback(name)) return false;
  return [...headers.keys()].every((header) => !FORWARDING.has(header) && !header.startsWith('x-forwarded-'));
}
