import { type BlockList, isIP, isIPv6 } from 'node:net';

/** An address without the port that some proxies add, and IPv4 as such where it comes in IPv6. */
function plain(address: string): string {
  const bare = /^\[(.+)\](?::\d+)?$/.exec(address)?.[1] ?? /^([\d.]+):\d+$/.exec(address)?.[1] ?? address;
  return /^::ffff:([\d.]+)$/i.exec(bare)?.[1] ?? bare;
}

/** Of IPv6 the network that one customer of a provider has: who has one address of it has them all. */
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
 * The address that a request comes from: that of its connection or, where a trusted proxy has forwarded it, the last one
 * of X-Forwarded-For that is not a trusted proxy's; of IPv6 its /64. Who else sends that header is not believed.
 */
export function addressOf(peer: string, forwardedFor: string | null, proxies: BlockList): string {
  const hops = (forwardedFor ?? '').split(',').map((hop) => plain(hop.trim()));
  let address = plain(peer);
  for (const hop of hops.reverse()) {
    if (!isAmong(proxies, address) || isIP(hop) === 0) break;
    address = hop;
  }
  return networkOf(address);
}
