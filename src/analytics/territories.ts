import type { PartialDate } from '../domain/partial-date.ts';
import type { TerritoryLevel } from '../domain/vocabulary.ts';
import type { Ask } from '../store/ask.ts';
import { territoriesOfNetworks, wholesOfTerritories } from '../store/locality.ts';
import { summariesById, summaryOf } from '../store/node-summary.ts';

/** More levels than territories have. */
const MAX_LEVELS = 10;

/** The territories that networks cover, with those of their seats, each once. */
export async function territoriesOf(
  ask: Ask,
  networks: readonly string[],
  asOf: PartialDate | null,
): Promise<Map<string, ReadonlySet<string>>> {
  const { statement, parameters } = territoriesOfNetworks(asOf);
  const rows = await ask(statement, { ...parameters, ids: networks });
  return new Map(rows.map(({ id, ends }) => [id, new Set(ends)]));
}

/** Territories with those that contain them, directly or not. */
export class TerritoryTree {
  readonly #containers = new Map<string, readonly string[]>();
  readonly #levels = new Map<string, TerritoryLevel>();

  /** Reads the territories that contain the given ones: two statements per level. */
  static async above(ask: Ask, ids: Iterable<string>, asOf: PartialDate | null): Promise<TerritoryTree> {
    const tree = new TerritoryTree();
    const { statement, parameters } = wholesOfTerritories(asOf);
    let next = [...new Set(ids)];
    for (let level = 0; level < MAX_LEVELS && next.length > 0; level++) {
      const rows = await ask(statement, { ...parameters, ids: next });
      for (const { id, ends } of rows) tree.#containers.set(id, ends);
      for (const { summary } of await ask(summariesById, { ids: next })) {
        const { id, kind } = summaryOf(summary);
        tree.#levels.set(id, kind as TerritoryLevel);
      }
      next = [...new Set(rows.flatMap(({ ends }) => ends))].filter((id) => !tree.#containers.has(id));
    }
    return tree;
  }

  /** A territory and all that contain it. */
  from(id: string): ReadonlySet<string> {
    const found = new Set([id]);
    // A set may grow during iteration: what is added is visited too.
    for (const each of found) for (const container of this.#containers.get(each) ?? []) found.add(container);
    return found;
  }

  /** The countries in which a territory lies; itself if it is one. */
  countries(id: string): readonly string[] {
    return [...this.from(id)].filter((each) => this.#levels.get(each) === 'COUNTRY');
  }
}
