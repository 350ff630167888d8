import { idOfSortKey } from '../domain/fold.ts';
import type { PartialDate } from '../domain/partial-date.ts';
import type { Slices } from '../scheduling/slices.ts';
import type { Ask, TaskContext } from '../store/ask.ts';
import { membersOfNetworks, partnershipsBetween, partnersOfActors } from '../store/comparison.ts';
import type { LinkReference } from '../store/traversal.ts';
import { TerritoryTree, territoriesOf } from './territories.ts';

/** Maximum of networks compared at once: forty-five pairs. */
export const MAX_COMPARED = 10;
/** Actors whose partners one statement reads. */
const ACTORS_AT_ONCE = 2_000;

/** One of the compared networks. */
export interface ComparedNetwork {
  readonly id: string;
  /** Number of actors that are members. */
  readonly memberCount: number;
  /** Number of members that are members of none of the other networks. */
  readonly onlyHereCount: number;
}

/** Two of the compared networks. */
export interface NetworkPair {
  readonly a: string;
  readonly b: string;
  /** Members of both, by name. */
  readonly common: readonly string[];
  /** Jaccard index: the share of the members of either network that are members of both; 0 if neither has members. */
  readonly jaccard: number;
}

/** Identifiers of the members of each network. */
type Members = ReadonlyMap<string, ReadonlySet<string>>;

/** Every pair of items once, in their order. */
function* pairsAmong<Item>(items: readonly Item[]): Generator<readonly [Item, Item]> {
  for (const [index, one] of items.entries()) for (const other of items.slice(index + 1)) yield [one, other];
}

const names = (keys: readonly string[]): string[] => [...keys].sort().map(idOfSortKey);

/** What networks have in common, and the partnerships between them. Reads members at once, partners on demand. */
export class NetworkComparison {
  readonly networks: readonly ComparedNetwork[];
  readonly pairs: readonly NetworkPair[];
  /** Members of all the networks, by name. */
  readonly memberOfAll: readonly string[];
  readonly asOf: PartialDate | null;
  readonly #ask: Ask;
  readonly #slices: Slices;
  readonly #members: Members;
  #partners: Promise<ReadonlyMap<string, readonly string[]>> | undefined;
  #territories: Promise<readonly [ReadonlyMap<string, ReadonlySet<string>>, TerritoryTree]> | undefined;

  private constructor(
    { ask, slices }: TaskContext,
    asOf: PartialDate | null,
    found: Pick<NetworkComparison, 'networks' | 'pairs' | 'memberOfAll'> & { readonly members: Members },
  ) {
    this.#ask = ask;
    this.#slices = slices;
    this.asOf = asOf;
    this.#members = found.members;
    this.networks = found.networks;
    this.pairs = found.pairs;
    this.memberOfAll = found.memberOfAll;
  }

  /** Compares networks in the order given. */
  static async of(
    task: TaskContext,
    networks: readonly string[],
    asOf: PartialDate | null,
  ): Promise<NetworkComparison> {
    const { ask, slices } = task;
    const { statement, parameters } = membersOfNetworks(asOf);
    const rows = await ask(statement, { ...parameters, ids: networks });
    const found = new Map(rows.map(({ id, sortKeys }) => [id, new Set(sortKeys)]));
    const keys = new Map(networks.map((id) => [id, found.get(id) ?? new Set<string>()]));
    const belonging = new Map<string, number>();
    for (const members of keys.values()) {
      await slices.each(members, (key) => void belonging.set(key, (belonging.get(key) ?? 0) + 1));
    }
    const inAll = [...belonging].filter(([, count]) => count === keys.size).map(([key]) => key);
    return new NetworkComparison(task, asOf, {
      members: new Map(await slices.map(keys, ([id, members]) => [id, new Set([...members].map(idOfSortKey))])),
      networks: await slices.map(keys, ([id, members]) => ({
        id,
        memberCount: members.size,
        onlyHereCount: [...members].filter((key) => belonging.get(key) === 1).length,
      })),
      memberOfAll: names(inAll),
      pairs: await slices.map(pairsAmong([...keys]), ([[a, ofA], [b, ofB]]) => {
        const common = [...ofA.intersection(ofB)];
        const either = ofA.size + ofB.size - common.length;
        return { a, b, common: names(common), jaccard: either === 0 ? 0 : common.length / either };
      }),
    });
  }

  /**
   * Partnerships between the members of two networks: pairs of an actor that is a member of `a` and not of `b`, and one
   * that is a member of `b` and not of `a`, with their number of partnerships.
   */
  async #bridging({ a, b }: NetworkPair): Promise<{ actor: string; others: Map<string, number> }[]> {
    const [ofA, ofB] = [this.#members.get(a)!, this.#members.get(b)!];
    this.#partners ??= this.#readPartners();
    const partners = await this.#partners;
    // The partners of the members of the largest network are not read: for each pair at least one side is.
    const [here, there] = a === this.#largest ? [ofB, ofA] : [ofA, ofB];
    const [onlyHere, onlyThere] = [here.difference(there), there.difference(here)];
    const bridging: { actor: string; others: Map<string, number> }[] = [];
    await this.#slices.each(onlyHere, (actor) => {
      const others = new Map<string, number>();
      for (const id of partners.get(actor) ?? []) if (onlyThere.has(id)) others.set(id, (others.get(id) ?? 0) + 1);
      if (others.size > 0) bridging.push({ actor, others });
    });
    return bridging;
  }

  get #largest(): string {
    return this.networks.reduce((one, other) => (other.memberCount > one.memberCount ? other : one)).id;
  }

  async #readPartners(): Promise<ReadonlyMap<string, readonly string[]>> {
    const largest = this.#largest;
    const actors = [...new Set([...this.#members].flatMap(([id, members]) => (id === largest ? [] : [...members])))];
    const { statement, parameters } = partnersOfActors(this.asOf);
    const found = new Map<string, readonly string[]>();
    for (let start = 0; start < actors.length; start += ACTORS_AT_ONCE) {
      const some = actors.slice(start, start + ACTORS_AT_ONCE);
      for (const { id, ends } of await this.#ask(statement, { ...parameters, ids: some })) found.set(id, ends);
    }
    return found;
  }

  /** The number of partnerships between two networks. */
  async bridgeCount(pair: NetworkPair): Promise<number> {
    const bridging = await this.#bridging(pair);
    return bridging.reduce((sum, { others }) => [...others.values()].reduce((part, count) => part + count, sum), 0);
  }

  /** The strongest partnerships between two networks, then by identifier. */
  async bridges(pair: NetworkPair, first: number): Promise<readonly LinkReference[]> {
    const rows = (await this.#bridging(pair)).map(({ actor, others }) => ({ actor, others: [...others.keys()] }));
    if (rows.length === 0) return [];
    const { statement, parameters } = partnershipsBetween(this.asOf);
    const found = await this.#ask(statement, { ...parameters, rows });
    const sorted = await this.#slices.sorted(found, (a, b) => b.strength - a.strength || (a.id < b.id ? -1 : 1));
    return sorted.slice(0, first);
  }

  /** Territories of one network that are territories of the other, or lie in one. */
  async sharedTerritories({ a, b }: NetworkPair): Promise<readonly string[]> {
    this.#territories ??= this.#readTerritories();
    const [territories, tree] = await this.#territories;
    const [ofA, ofB] = [territories.get(a) ?? new Set<string>(), territories.get(b) ?? new Set<string>()];
    const within = (some: ReadonlySet<string>, others: ReadonlySet<string>): string[] =>
      [...some].filter((id) => !tree.from(id).isDisjointFrom(others));
    return [...new Set([...within(ofA, ofB), ...within(ofB, ofA)])];
  }

  async #readTerritories(): Promise<readonly [ReadonlyMap<string, ReadonlySet<string>>, TerritoryTree]> {
    const territories = await territoriesOf(this.#ask, [...this.#members.keys()], this.asOf);
    const all = [...territories.values()].flatMap((ids) => [...ids]);
    return [territories, await TerritoryTree.above(this.#ask, all, this.asOf)];
  }
}
