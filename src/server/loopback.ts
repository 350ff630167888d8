const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i;
/** A Host header: a name or an address, IPv6 in brackets, and perhaps a port. */
const HOST = /^(\[[\da-f:.]+\]|[^\s/?#@\\:[\]]+)(?::\d{0,5})?$/i;

/** Whether a host can only be reached from this machine: localhost, 127.0.0.0/8 or ::1, as an address or as in a URL. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}

/** The name in a Host header, in lower case and without its port; null where the header is not one. */
export function hostnameOf(host: string): string | null {
  return HOST.exec(host)?.[1]?.toLowerCase() ?? null;
}

/** Where a server listens, and under which names it is asked besides those of this machine. */
export interface HostSettings {
  readonly host: string;
  readonly allowedHosts?: readonly string[];
}

/**
 * Tells whether a server answers under the name in a Host header. One that only this machine can reach insists on a name
 * of this machine, or on an allowed one: a page of another site can make its own name lead here (DNS rebinding), and the
 * browser then takes both for one origin. A server that others can reach answers to every name, unless some are set.
 */
export function hostRule({ host, allowedHosts = [] }: HostSettings): (header: string | undefined) => boolean {
  if (!isLoopback(host) && allowedHosts.length === 0) return () => true;
  const allowed: ReadonlySet<string> = new Set(allowedHosts.map((name) => name.toLowerCase()));
  return (header) => {
    // HTTP/1.0 has no such header; browsers send it always.
    if (header === undefined) return true;
    const name = hostnameOf(header);
    return name !== null && (isLoopback(name) || allowed.has(name));
  };
}
