import { randomBytes } from 'node:crypto';
import { namedHere } from '../../domain/own-server.ts';
import type { ExportFormat } from './formats.ts';
import type { ExportOrder } from './order.ts';
import { orderIn, signedOrder } from './signed-order.ts';

/** A link to a file, until it expires. */
export interface ExportLink {
  readonly token: string;
  readonly format: ExportFormat;
  readonly expiresAt: Date;
}

/** Milliseconds for which a link can be used. */
const LIFETIME_MS = 15 * 60_000;
/** Links to what is too long for an address, at a time, and identifiers of nodes that they name in all: the oldest go first. */
const [MAX_LINKS, MAX_IDS] = [500, 500_000];

/** A key for the links of this process alone. */
function ownKey(): () => Promise<Buffer> {
  const key = randomBytes(32);
  return async () => key;
}

/**
 * Links, each of which is the right to fetch one file, for a while: their tokens cannot be guessed. A token contains what it
 * is a link to, so that every process with the same key takes it. What is too long for an address is remembered instead,
 * and its link ends with the process.
 */
export class ExportLinks {
  readonly #remembered = new Map<
    string,
    { readonly order: ExportOrder; readonly expiresAt: number; readonly ids: number }
  >();
  readonly #key: () => Promise<Buffer>;
  readonly #now: () => number;
  #ids = 0;

  /** `key` is that of all processes that take each other's links. Omitted: there are no others. */
  constructor({
    key = ownKey(),
    now = Date.now,
  }: { readonly key?: () => Promise<Buffer>; readonly now?: () => number } = {}) {
    this.#key = key;
    this.#now = now;
  }

  /** Makes a link to a file. */
  async offer(order: ExportOrder): Promise<ExportLink> {
    const expiresAt = this.#now() + LIFETIME_MS;
    const token = signedOrder(order, expiresAt, await this.#key()) ?? this.#remember(order, expiresAt);
    return { token, format: order.format, expiresAt: new Date(expiresAt) };
  }

  /** The file of a link; null for one that has expired or never was. */
  async find(token: string): Promise<ExportOrder | null> {
    if (token.includes('.')) return orderIn(token, await this.#key(), this.#now());
    const found = this.#remembered.get(token);
    if (found === undefined) return null;
    if (found.expiresAt > this.#now()) return found.order;
    this.#forget(token);
    return null;
  }

  #remember(order: ExportOrder, expiresAt: number): string {
    const token = namedHere(randomBytes(24).toString('base64url'));
    const ids = order.selection.among?.size ?? 0;
    this.#remembered.set(token, { order, expiresAt, ids });
    this.#ids += ids;
    for (const [oldest, { expiresAt: end }] of this.#remembered) {
      const isOver = this.#remembered.size > MAX_LINKS || (this.#ids > MAX_IDS && this.#remembered.size > 1);
      if (!isOver && end > this.#now()) break;
      this.#forget(oldest);
    }
    return token;
  }

  #forget(token: string): void {
    this.#ids -= this.#remembered.get(token)?.ids ?? 0;
    this.#remembered.delete(token);
  }
}
