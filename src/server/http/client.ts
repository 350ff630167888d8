import { type BlockList, isIP, isIPv6 } from 'node:net';

/** An address without the port that some proxies add; IPv4 mapped in IPv6 as IPv4. */
function plain(address: string): string {
  const bare = /^\[(.+)\](?::\d+)?$/.exec(address)?.[1] ?? /^([\d.]+):\d+$/.exec(address)?.[1] ?? address;
  return /^::ffff:([\d.]+)$/i.exec(bare)?.[1] ?? bare;
}

/** For IPv6 the /64 network, which one customer has alone; IPv4 addresses as they are. */
function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [before = '', after] = address.split('%')[0]!.toLowerCase().split('::');
  const [head, tail] = [before, after ?? ''].map((part) => (part === '' ? [] : part.split(':')));
  const zeros = after === undefined ? [] : Array.from({ length: 8 - head!.length - tail!.length }, () => '0');
  const groups = [...head!, ...zeros, ...tail!].slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${groups.join(':')}::/64`;
}

function isAmong(proxies: BlockList, address: string): boolean {
  return isIP(address) !== 0 && proxies.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/**
 * The address of a client: that of the connection or, behind a trusted proxy, the last one in X-Forwarded-For that is
 * not a trusted proxy; for IPv6 its /64. The header is ignored from others.
 */
export function addressOf(peer: string, forwardedFor: string | null, proxies: BlockList): string {
  if (forwardedFor === null) return networkOf(plain(peer));
  const forwarded = forwardedFor.split(',').map((each) => plain(each.trim()));
  let address = plain(peer);
  for (const sender of forwarded.reverse()) {
    if (!isAmong(proxies, address) || isIP(sender) === 0) break;
    address = sender;
  }
  return networkOf(address);
}
