import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { ExportOrder } from './order.ts';

/** Characters of a token: an address of so many passes every usual proxy. */
const MAX_CHARACTERS = 6_000;
/** What is signed besides an order: a later form of orders has another number, so that nobody reads it as this one. */
const FORM = 'grappe export 1\n';

const signatureOf = (order: string, key: Buffer): Buffer =>
  createHmac('sha256', key).update(FORM).update(order).digest();

/**
 * A token that contains an order, until an instant (milliseconds since 1970), signed with a key: who has the key reads it
 * without having stored anything. Null for an order that is too long for an address.
 */
export function signedOrder(order: ExportOrder, until: number, key: Buffer): string | null {
  const { among, amongOf } = order.selection;
  // Nodes that filters have found are found again.
  const selection = { ...order.selection, among: amongOf || among === null ? null : [...among] };
  // No two links are alike.
  const text = JSON.stringify({ ...order, selection, until, nonce: randomBytes(6).toString('base64url') });
  const packed = deflateRawSync(text).toString('base64url');
  const token = `${packed}.${signatureOf(packed, key).toString('base64url')}`;
  return token.length > MAX_CHARACTERS ? null : token;
}

/** The order in a token; null for a token that has expired, or was not signed with the key. */
export function orderIn(token: string, key: Buffer, now: number): ExportOrder | null {
  const [packed = '', signature = ''] = token.split('.');
  const [given, expected] = [Buffer.from(signature, 'base64url'), signatureOf(packed, key)];
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const { until, nonce, selection, ...order } = JSON.parse(inflateRawSync(Buffer.from(packed, 'base64url')).toString());
  if (until <= now) return null;
  // Without the nodes that its filters find, it selects none rather than all.
  const among = selection.amongOf ? new Set() : selection.among && new Set(selection.among);
  return { ...order, selection: { ...selection, among } };
}
