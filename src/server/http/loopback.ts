const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i;
/** A Host header: a name or an address, IPv6 in brackets, and perhaps a port. */
const HOST = /^(\[[\da-f:.]+\]|[^\s/?#@\\:[\]]+)(?::\d{0,5})?$/i;

/**
 * Whether a host can only be reached from this machine: localhost, 127.0.0.0/8 or ::1, as an address or as in a URL.
 */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}

/** The name in a Host header, in lower case and without its port; null where the header is not one. */
export function hostnameOf(host: string): string | null {
  return HOST.exec(host)?.[1]?.toLowerCase() ?? null;
}

/** The address of a server, and its names besides those of this machine. */
export interface HostSettings {
  readonly host: string;
  readonly allowedHosts?: readonly string[];
}

/**
 * A rule for the Host header. A server that only this machine can reach accepts only names of this machine and allowed
 * ones: a page of another site can make its own name resolve to this machine (DNS rebinding), and a browser then treats
 * both as one origin. A server that others can reach accepts every name, unless names are set.
 */
export function hostRule({ host, allowedHosts = [] }: HostSettings): (header: string | undefined) => boolean {
  if (!isLoopback(host) && allowedHosts.length === 0) return () => true;
  const allowed: ReadonlySet<string> = new Set(allowedHosts.map((name) => name.toLowerCase()));
  return (header) => {
    // HTTP/1.0 has no such header. Browsers always send it.
    if (header === undefined) return true;
    const name = hostnameOf(header);
    return name !== null && (isLoopback(name) || allowed.has(name));
  };
}
