import { randomBytes } from 'node:crypto';
import type { CommunityParameters, RankingMeasure } from '../measures.ts';
import type { Selection } from '../selection.ts';
import type { ExportFormat } from './formats.ts';

/** A file that somebody may fetch by a link. */
export interface ExportOrder {
  readonly selection: Selection;
  readonly format: ExportFormat;
  /** How communities are found that are a column of the nodes; null: they are none. */
  readonly communities: CommunityParameters | null;
  /** The measures that are columns of the nodes. */
  readonly rankings: readonly RankingMeasure[];
  /** The seed of positions that are columns of the nodes; null: they are none. */
  readonly positions: number | null;
  /** Whether the région of each node's seat is a column. */
  readonly regions: boolean;
  readonly title: string;
  readonly description: string;
}

/** A link to a file, until it expires. */
export interface ExportLink {
  readonly token: string;
  readonly format: ExportFormat;
  readonly expiresAt: Date;
}

/** Milliseconds for which a link can be used. */
const LIFETIME_MS = 15 * 60_000;
/** Links at a time, and identifiers of nodes that they name in all: the oldest go first. */
const [MAX_LINKS, MAX_IDS] = [500, 500_000];

/** Links, each of which is the right to fetch one file, for a while: their tokens cannot be guessed. They end with the process. */
export class ExportLinks {
  readonly #orders = new Map<
    string,
    { readonly order: ExportOrder; readonly expiresAt: number; readonly ids: number }
  >();
  readonly #now: () => number;
  #ids = 0;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Makes a link to a file. */
  offer(order: ExportOrder): ExportLink {
    const token = randomBytes(24).toString('base64url');
    const expiresAt = this.#now() + LIFETIME_MS;
    const ids = order.selection.among?.size ?? 0;
    this.#orders.set(token, { order, expiresAt, ids });
    this.#ids += ids;
    for (const [oldest, { expiresAt: end }] of this.#orders) {
      const isOver = this.#orders.size > MAX_LINKS || (this.#ids > MAX_IDS && this.#orders.size > 1);
      if (!isOver && end > this.#now()) break;
      this.#remove(oldest);
    }
    return { token, format: order.format, expiresAt: new Date(expiresAt) };
  }

  /** The file of a link; null for one that has expired or never was. */
  find(token: string): ExportOrder | null {
    const found = this.#orders.get(token);
    if (found === undefined) return null;
    if (found.expiresAt > this.#now()) return found.order;
    this.#remove(token);
    return null;
  }

  #remove(token: string): void {
    this.#ids -= this.#orders.get(token)?.ids ?? 0;
    this.#orders.delete(token);
  }
}
