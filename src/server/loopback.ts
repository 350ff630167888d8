const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i;

/** Whether a host can only be reached from this machine. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}

/**
 * Whether a page is opened by a person at this machine: under the machine's own name, not through a proxy that says so,
 * and as a page, not by the script of another site.
 */
export function isOpenedHere({ headers }: Request): boolean {
  const host = headers.get('host') ?? '';
  if (!URL.canParse(`http://${host}`) || !isLoopback(new URL(`http://${host}`).hostname)) return false;
  if (['forwarded', 'x-forwarded-for', 'x-real-ip', 'via', 'origin'].some((name) => headers.has(name))) return false;
  return (headers.get('sec-fetch-mode') ?? 'navigate') === 'navigate';
}
