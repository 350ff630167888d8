import type { PartialDate } from '../domain/partial-date.ts';
import type { TerritoryLevel } from '../domain/vocabulary.ts';
import type { Ask } from '../store/ask.ts';
import { territoriesOfNetworks, wholesOfTerritories } from '../store/locality.ts';

/** More levels than territories have: what goes on beyond is a circle of parts. */
const MAX_LEVELS = 10;

/** The territories that networks work on, their seats' included: each once. */
export async function territoriesOf(
  ask: Ask,
  networks: readonly string[],
  asOf: PartialDate | null,
): Promise<Map<string, ReadonlySet<string>>> {
  const { statement, parameters } = territoriesOfNetworks(asOf);
  const rows = await ask(statement, { ...parameters, networks });
  return new Map(rows.map(({ network, territories }) => [network, new Set(territories)]));
}

/** Territories with all that they are part of, directly or not. */
export class TerritoryTree {
  readonly #wholes = new Map<string, readonly string[]>();
  readonly #levels = new Map<string, TerritoryLevel>();

  /** Reads what lies above some territories: one statement per level. */
  static async above(ask: Ask, ids: Iterable<string>, asOf: PartialDate | null): Promise<TerritoryTree> {
    const tree = new TerritoryTree();
    const { statement, parameters } = wholesOfTerritories(asOf);
    let next = [...new Set(ids)];
    for (let level = 0; level < MAX_LEVELS && next.length > 0; level++) {
      const rows = await ask(statement, { ...parameters, ids: next });
      for (const { id, level: itsLevel, wholes } of rows) {
        tree.#wholes.set(id, wholes);
        tree.#levels.set(id, itsLevel);
      }
      next = [...new Set(rows.flatMap(({ wholes }) => wholes))].filter((id) => !tree.#wholes.has(id));
    }
    return tree;
  }

  /** A territory and all that it is part of. */
  from(id: string): ReadonlySet<string> {
    const found = new Set([id]);
    // A set may grow while it is gone through: what is added is visited too.
    for (const each of found) for (const whole of this.#wholes.get(each) ?? []) found.add(whole);
    return found;
  }

  /** The countries in which a territory lies, itself if it is one. */
  countries(id: string): readonly string[] {
    return [...this.from(id)].filter((each) => this.#levels.get(each) === 'COUNTRY');
  }
}
