import { idOfSortKey } from '../domain/fold.ts';
import { firstDay, lastDay, type PartialDate } from '../domain/partial-date.ts';
import type { Ask, TaskContext } from '../store/ask.ts';
import { membersOfNetworks } from '../store/comparison.ts';
import { patentsBehind, placesOfProduction, projectsOfNetworks } from '../store/locality.ts';
import { TerritoryTree, territoriesOf } from './territories.ts';

/** Actors, projects or patents in one statement. */
const AT_ONCE = 2_000;

/**
 * Where the inventions of a network's members and projects are produced, in patents. `known` = local + elsewhere +
 * abroad.
 */
export interface ProductionLocality {
  readonly patents: number;
  readonly known: number;
  readonly local: number;
  readonly elsewhere: number;
  readonly abroad: number;
}

type Locality = 'local' | 'elsewhere' | 'abroad';

/** Where a place of production is, relative to the territories of a network; null if that is not known. */
function localityOf(
  place: string,
  own: ReadonlySet<string>,
  around: ReadonlySet<string>,
  tree: TerritoryTree,
): Locality | null {
  if (!tree.from(place).isDisjointFrom(own)) return 'local';
  // It contains a territory of the network and more: too wide to know.
  if (around.has(place)) return null;
  const itsCountries = tree.countries(place);
  const ownCountries = new Set([...own].flatMap((id) => tree.countries(id)));
  if (itsCountries.length === 0 || ownCountries.size === 0) return null;
  return itsCountries.some((country) => ownCountries.has(country)) ? 'elsewhere' : 'abroad';
}

/** The members of each network, and the projects that it labelled or takes part in. */
async function inventorsOf(
  ask: Ask,
  networks: readonly string[],
  asOf: PartialDate | null,
): Promise<Map<string, readonly string[]>> {
  const [members, projects] = [membersOfNetworks(asOf), projectsOfNetworks(asOf)];
  const found = new Map<string, readonly string[]>();
  for (const { id, sortKeys } of await ask(members.statement, { ...members.parameters, ids: networks })) {
    found.set(id, sortKeys.map(idOfSortKey));
  }
  for (const { id, ends } of await ask(projects.statement, { ...projects.parameters, ids: networks })) {
    found.set(id, [...(found.get(id) ?? []), ...ends]);
  }
  return found;
}

/** The patents of each network, each once, without those filed after the date. */
async function patentsOf(
  ask: Ask,
  networks: readonly string[],
  asOf: PartialDate | null,
): Promise<Map<string, ReadonlySet<string>>> {
  const inventors = await inventorsOf(ask, networks, asOf);
  const ids = [...new Set([...inventors.values()].flat())];
  const { statement } = patentsBehind(null);
  const behind = new Map<string, readonly string[]>();
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    for (const { id, ends, filedOn } of await ask(statement, { ids: ids.slice(start, start + AT_ONCE) })) {
      const isThen = (on: string): boolean =>
        asOf === null || on === '' || firstDay(on as PartialDate) <= lastDay(asOf);
      behind.set(
        id,
        ends.filter((_, index) => isThen(filedOn[index]!)),
      );
    }
  }
  return new Map(
    networks.map((network) => [network, new Set((inventors.get(network) ?? []).flatMap((id) => behind.get(id) ?? []))]),
  );
}

/** The production locality of each network, in their order. */
export async function productionLocality(
  { ask, slices }: TaskContext,
  networks: readonly string[],
  asOf: PartialDate | null,
): Promise<ProductionLocality[]> {
  const patents = await patentsOf(ask, networks, asOf);
  const all = [...new Set([...patents.values()].flatMap((some) => [...some]))];
  const { statement, parameters } = placesOfProduction(asOf);
  const places = new Map<string, readonly string[]>();
  for (let start = 0; start < all.length; start += AT_ONCE) {
    const some = all.slice(start, start + AT_ONCE);
    for (const { id, ends } of await ask(statement, { ...parameters, ids: some })) places.set(id, ends);
  }
  const territories = await territoriesOf(ask, networks, asOf);
  const tree = await TerritoryTree.above(
    ask,
    [...places.values(), ...territories.values()].flatMap((ids) => [...ids]),
    asOf,
  );
  const localities: ProductionLocality[] = [];
  for (const network of networks) {
    const own = territories.get(network) ?? new Set<string>();
    const around = new Set([...own].flatMap((id) => [...tree.from(id)]));
    const counts = { local: 0, elsewhere: 0, abroad: 0 };
    await slices.each(patents.get(network)!, (patent) => {
      const where = new Set((places.get(patent) ?? []).map((place) => localityOf(place, own, around, tree)));
      // A patent that is produced in several places counts once: for the nearest.
      const nearest = (['local', 'elsewhere', 'abroad'] as const).find((locality) => where.has(locality));
      if (nearest) counts[nearest]++;
    });
    const known = counts.local + counts.elsewhere + counts.abroad;
    localities.push({ patents: patents.get(network)!.size, known, ...counts });
  }
  return localities;
}
