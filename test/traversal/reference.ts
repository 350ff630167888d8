import { firstDay, lastDay, type PartialDate } from '../../src/domain/partial-date.ts';
import { statement } from '../../src/graph/statement.ts';
import type { TestGraph } from '../support/graph.ts';

/**
 * Plain answers to the questions of analysts, over everything that a store holds, written for clarity: no bounds, no
 * batches, no cleverness. What the schema answers must equal them.
 */

type Properties = Readonly<Record<string, unknown>>;

export interface Edge {
  readonly id: string;
  readonly type: string;
  readonly from: string;
  readonly to: string;
  readonly properties: Properties;
}

/** What a walk may follow, as TraversalInput says it. */
export interface Via {
  readonly relationships?: readonly string[];
  readonly partnershipKinds?: readonly string[];
  readonly asOf?: string;
  readonly maxLength?: number;
  readonly avoidHubsOver?: number;
  readonly avoid?: readonly string[];
}

const DEFAULT_TYPES = ['MEMBER_OF', 'PARTNERS_WITH', 'PARTICIPATES_IN', 'SUCCEEDED_BY', 'LABELS'];

const everyNode = statement<{ node: Properties }>('everyNode', 'MATCH (n:Entity) RETURN properties(n) AS node');
const everyEdge = statement<Omit<Edge, 'id'>>(
  'everyEdge',
  'MATCH (a:Entity)-[r]->(b:Entity) RETURN type(r) AS type, a.id AS from, b.id AS to, properties(r) AS properties',
);

/** The order of the code units of two texts. */
export const byCodePoint = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Sums of the same fractions in another order must not differ. */
const rounded = (score: number): number => Math.round(score * 1e9) / 1e9;

/** Whether something dated holds at some day of a date. */
function holds(properties: Properties, asOf: string | undefined): boolean {
  if (asOf === undefined) return true;
  const [from, to] = [properties.validFrom as string, properties.validTo as string];
  return from <= lastDay(asOf as PartialDate) && to >= firstDay(asOf as PartialDate);
}

/** The neighbours of every node of an undirected graph. */
type Graph = Map<string, Set<string>>;

function undirected(edges: readonly Edge[]): Graph {
  const graph: Graph = new Map();
  const neighboursOf = (id: string): Set<string> => {
    if (!graph.has(id)) graph.set(id, new Set());
    return graph.get(id)!;
  };
  for (const { from, to } of edges) {
    neighboursOf(from).add(to);
    neighboursOf(to).add(from);
  }
  return graph;
}

/** Steps from the starts to each node within reach. */
function distances(graph: Graph, starts: readonly string[], goesOn: (id: string) => boolean = () => true) {
  const found = new Map(starts.map((id) => [id, 0]));
  for (const [id, distance] of found) {
    if (!goesOn(id)) continue;
    for (const neighbour of graph.get(id) ?? []) if (!found.has(neighbour)) found.set(neighbour, distance + 1);
  }
  return found;
}

export class Reference {
  readonly nodes: Map<string, Properties>;
  readonly edges: readonly Edge[];

  constructor(nodes: readonly Properties[], edges: readonly Edge[]) {
    this.nodes = new Map(nodes.map((node) => [node.id as string, node]));
    this.edges = edges;
  }

  /** Everything that a store holds. */
  static async read({ engine }: TestGraph): Promise<Reference> {
    const nodes = (await engine.read(everyNode)).map(({ node }) => node);
    const edges = await engine.read(everyEdge);
    return new Reference(
      nodes,
      edges.map((edge) => ({ ...edge, id: edge.properties.id as string })),
    );
  }

  /** The part that begins with a prefix: one of several disjoint graphs. */
  part(prefix: string): Reference {
    const isOf = (id: string): boolean => id.split('/')[1]!.startsWith(`${prefix}-`);
    return new Reference(
      [...this.nodes.values()].filter(({ id }) => isOf(id as string)),
      this.edges.filter(({ from }) => isOf(from)),
    );
  }

  #ofType(...types: readonly string[]): Edge[] {
    return this.edges.filter(({ type }) => types.includes(type));
  }

  /** The other ends of a node's edges. */
  #across(edges: readonly Edge[], id: string): string[] {
    return edges.flatMap(({ from, to }) => (from === id ? [to] : to === id ? [from] : []));
  }

  // ------------------------------------------------------------------ walks

  #walked({ relationships = DEFAULT_TYPES, partnershipKinds, asOf, avoid = [] }: Via): Edge[] {
    return this.#ofType(...relationships).filter(
      ({ type, from, to, properties }) =>
        (type !== 'PARTNERS_WITH' || !partnershipKinds || partnershipKinds.includes(properties.kind as string)) &&
        holds(properties, asOf) &&
        !avoid.includes(from) &&
        !avoid.includes(to),
    );
  }

  #isHub({ relationships = DEFAULT_TYPES, avoidHubsOver }: Via, id: string): boolean {
    const degree = this.#ofType(...relationships).filter(({ from, to }) => from === id || to === id).length;
    return avoidHubsOver !== undefined && degree > avoidHubsOver;
  }

  /** The shortest simple paths, by length, then by the identifiers along them. */
  paths(from: string, to: string, count: number, via: Via = {}): { nodes: string[]; relationships: string[] }[] {
    const walked = this.#walked(via);
    const graph = undirected(walked);
    const left = distances(graph, [to]);
    const found: string[][] = [];
    const follow = (path: readonly string[], length: number): void => {
      const last = path.at(-1)!;
      if (path.length - 1 === length) {
        if (last === to) found.push([...path]);
        return;
      }
      if (last === to || (left.get(last) ?? Number.POSITIVE_INFINITY) > length - path.length + 1) return;
      if (last !== from && this.#isHub(via, last)) return;
      for (const next of [...(graph.get(last) ?? [])].sort(byCodePoint)) {
        if (!path.includes(next)) follow([...path, next], length);
      }
    };
    for (let length = 0; length <= (via.maxLength ?? 6) && found.length < count; length++) follow([from], length);
    return found.slice(0, count).map((nodes) => ({
      nodes,
      relationships: nodes.slice(1).map((node, place) => {
        const ends = [nodes[place], node];
        const between = walked.filter((edge) => ends.includes(edge.from) && ends.includes(edge.to));
        return between.map(({ id }) => id).sort(byCodePoint)[0]!;
      }),
    }));
  }

  /** What lies within some steps of the starts: nodes nearest first, and the relationships among them. */
  neighbourhood(of: readonly string[], depth: number, limit: number, via: Via = {}) {
    const walked = this.#walked(via);
    const graph = undirected(walked);
    const reached = distances(graph, of, (id) => of.includes(id) || !this.#isHub(via, id));
    const goesOn = (id: string): boolean => of.includes(id) || !this.#isHub(via, id);
    const near = [...reached].filter(([, distance]) => distance <= depth);
    const edges = (id: string, distance: number): number =>
      [...(graph.get(id) ?? [])].filter((other) => reached.get(other) === distance - 1 && goesOn(other)).length;
    const ordered = near
      .filter(([, distance]) => distance > 0)
      .sort(([a, da], [b, db]) => da - db || edges(b, db) - edges(a, da) || byCodePoint(a, b));
    const all = [...new Set(of), ...ordered.map(([id]) => id)];
    const nodes = all.slice(0, limit);
    const among = walked.filter(({ from, to }) => nodes.includes(from) && nodes.includes(to));
    const pairs = new Set(among.map(({ from, to }) => [from, to].sort(byCodePoint).join(' ')));
    return {
      nodes,
      truncated: all.length > limit,
      relationships: among.map(({ id }) => id).sort(byCodePoint),
      density: nodes.length < 2 ? 0 : pairs.size / ((nodes.length * (nodes.length - 1)) / 2),
    };
  }

  // ------------------------------------------------------------------ networks

  #byName(ids: Iterable<string>): string[] {
    const key = (id: string): string => this.nodes.get(id)!.sortKey as string;
    return [...ids].sort((a, b) => byCodePoint(key(a), key(b)));
  }

  members(network: string, asOf?: string): Set<string> {
    const memberships = this.#ofType('MEMBER_OF').filter(
      ({ to, properties }) => to === network && holds(properties, asOf),
    );
    return new Set(memberships.map(({ from }) => from));
  }

  territories(network: string, asOf?: string): Set<string> {
    const links = this.#ofType('COVERS', 'LOCATED_IN');
    return new Set(
      links.filter(({ from, properties }) => from === network && holds(properties, asOf)).map(({ to }) => to),
    );
  }

  /** A territory and all that it is part of. */
  above(territory: string, asOf?: string): Set<string> {
    const wholes = this.#ofType('PART_OF').filter(
      ({ from, properties }) => from === territory && holds(properties, asOf),
    );
    return new Set([territory, ...wholes.flatMap(({ to }) => [...this.above(to, asOf)])]);
  }

  compare(networks: readonly string[], asOf?: string) {
    const members = new Map(networks.map((id) => [id, this.members(id, asOf)]));
    const ofAll = [...members.values()].reduce((one, other) => one.intersection(other));
    return {
      networks: networks.map((id) => {
        const others = new Set(networks.filter((other) => other !== id).flatMap((other) => [...members.get(other)!]));
        return { id, memberCount: members.get(id)!.size, onlyHereCount: members.get(id)!.difference(others).size };
      }),
      memberOfAll: this.#byName(ofAll),
      pairs: networks.flatMap((a, place) => networks.slice(place + 1).map((b) => this.#pair(a, b, asOf))),
    };
  }

  #pair(a: string, b: string, asOf?: string) {
    const [ofA, ofB] = [this.members(a, asOf), this.members(b, asOf)];
    const common = ofA.intersection(ofB);
    const [onlyA, onlyB] = [ofA.difference(ofB), ofB.difference(ofA)];
    const bridges = this.#ofType('PARTNERS_WITH').filter(
      ({ from, to, properties }) =>
        holds(properties, asOf) && ((onlyA.has(from) && onlyB.has(to)) || (onlyA.has(to) && onlyB.has(from))),
    );
    const strength = ({ properties }: Edge): number => properties.strength as number;
    const about = (id: string): Set<string> =>
      new Set(this.#ofType('ABOUT').flatMap(({ from, to }) => (from === id ? [to] : [])));
    const [onA, onB] = [this.territories(a, asOf), this.territories(b, asOf)];
    const within = (some: Set<string>, others: Set<string>): string[] =>
      [...some].filter((id) => [...this.above(id, asOf)].some((whole) => others.has(whole)));
    return {
      a,
      b,
      jaccard: ofA.union(ofB).size === 0 ? 0 : common.size / ofA.union(ofB).size,
      common: this.#byName(common),
      bridges: bridges
        .sort((one, other) => strength(other) - strength(one) || byCodePoint(one.id, other.id))
        .map(({ id }) => id),
      sharedTopics: this.#byName(about(a).intersection(about(b))),
      sharedTerritories: this.#byName(new Set([...within(onA, onB), ...within(onB, onA)])),
    };
  }

  productionLocality(network: string, asOf?: string) {
    const [members, own] = [this.members(network, asOf), this.territories(network, asOf)];
    const projects = this.#ofType('LABELS', 'PARTICIPATES_IN')
      .filter(({ from, properties }) => from === network && holds(properties, asOf))
      .map(({ to }) => to);
    const filed = this.#ofType('FILED').filter(({ from }) => members.has(from));
    const resulted = this.#ofType('RESULTED_IN').filter(({ from }) => projects.includes(from));
    const patents = [...new Set([...filed, ...resulted].map(({ to }) => to))].filter((id) => {
      const filedOn = this.nodes.get(id)!.filedOn as PartialDate | undefined;
      return !asOf || !filedOn || firstDay(filedOn) <= lastDay(asOf as PartialDate);
    });
    const countries = (id: string): string[] =>
      [...this.above(id, asOf)].filter((whole) => this.nodes.get(whole)!.kind === 'COUNTRY');
    const places = (patent: string): Set<string | null> =>
      new Set(
        this.#ofType('PRODUCED_AT')
          .filter(({ from, properties }) => from === patent && holds(properties, asOf))
          .map(({ to }) => {
            if ([...this.above(to, asOf)].some((whole) => own.has(whole))) return 'local';
            if ([...own].some((id) => this.above(id, asOf).has(to))) return null;
            const ours = [...own].flatMap(countries);
            if (ours.length === 0 || countries(to).length === 0) return null;
            return countries(to).some((country) => ours.includes(country)) ? 'elsewhere' : 'abroad';
          }),
      );
    const counts = { local: 0, elsewhere: 0, abroad: 0 };
    for (const patent of patents) {
      const where = places(patent);
      if (where.has('local')) counts.local++;
      else if (where.has('elsewhere')) counts.elsewhere++;
      else if (where.has('abroad')) counts.abroad++;
    }
    const known = counts.local + counts.elsewhere + counts.abroad;
    return { patents: patents.length, known, ...counts, localShare: known === 0 ? null : counts.local / known };
  }

  // ------------------------------------------------------------------ time

  /** What began and ended in a time, in order. */
  changes(from: string, to: string, networks?: readonly string[], types?: readonly string[]) {
    const [first, last] = [firstDay(from as PartialDate), lastDay(to as PartialDate)];
    const labelled = this.#ofType('LABELS').filter((edge) => networks?.includes(edge.from));
    const touches = ({ from: one, to: other }: Edge): boolean =>
      !networks || networks.includes(one) || networks.includes(other);
    const relationships = this.#ofType(...(types ?? ['MEMBER_OF', 'PARTNERS_WITH', 'SUCCEEDED_BY'])).filter(touches);
    const nodes = types
      ? []
      : [...this.nodes.values()].filter(({ id, type }) => {
          if (type === 'Project') return !networks || labelled.some((edge) => edge.to === id);
          return (type === 'Pole' || type === 'Cluster') && (!networks || networks.includes(id as string));
        });
    const subjects = [...relationships.map(({ properties }) => properties), ...nodes];
    const changes = subjects.flatMap(({ id, since, until }) => [
      ...(since
        ? [{ kind: 'BEGAN', on: since as PartialDate, day: firstDay(since as PartialDate), id: id as string }]
        : []),
      ...(until
        ? [{ kind: 'ENDED', on: until as PartialDate, day: lastDay(until as PartialDate), id: id as string }]
        : []),
    ]);
    // Every month is taken to end on a 31st.
    const day = ({ kind, on, day: its }: (typeof changes)[number]): string =>
      kind === 'ENDED' && on.length === 7 ? `${on}-31` : its;
    return changes
      .filter((change) => change.day >= first && change.day <= last)
      .sort((a, b) => byCodePoint(day(a), day(b)) || byCodePoint(a.kind, b.kind) || byCodePoint(a.id, b.id))
      .map(({ kind, on, id }) => ({ kind, on, id }));
  }

  // ------------------------------------------------------------------ partners

  /** Who is not a partner, best first: Adamic and Adar over common partners, and little more. */
  suggestedPartners(actor: string, asOf?: string) {
    const partnerships = this.#ofType('PARTNERS_WITH').filter(({ properties }) => holds(properties, asOf));
    const inProjects = partnerships.filter(({ properties }) => properties.kind === 'PROJECT');
    const partners = (id: string): Set<string> => new Set(this.#across(partnerships, id));
    const colleagues = (id: string): Set<string> => new Set(this.#across(inProjects, id));
    const allPartners = (id: string): number => (this.nodes.get(id)!.partnerCount as number | undefined) ?? 0;
    const breadth = (id: string): number => (asOf === undefined ? allPartners(id) : partners(id).size);
    const own = partners(actor);
    const between = [...own]
      .filter((id) => breadth(id) <= 1_000)
      .sort((a, b) => breadth(a) - breadth(b) || byCodePoint(a, b))
      .slice(0, 500);
    const candidates = new Set(between.flatMap((id) => [...partners(id)]));
    const traits = (id: string, type: string): Set<string> =>
      new Set(
        this.#ofType(type)
          .filter(({ from, properties }) => from === id && (type === 'ABOUT' || holds(properties, asOf)))
          .map(({ to }) => to),
      );
    return [...candidates.difference(own)]
      .filter((id) => id !== actor)
      .map((id) => {
        const common = between.filter((other) => partners(other).has(id));
        const weight = (other: string): number => 1 / Math.log(partners(other).size);
        const project = common.filter((other) => colleagues(other).has(id) && colleagues(other).has(actor));
        const sum = (ids: readonly string[]): number => ids.reduce((total, other) => total + weight(other), 0);
        return { id, common, project, byPartners: rounded(sum(common) + sum(project) / 2), weight };
      })
      .sort((a, b) => b.byPartners - a.byPartners || byCodePoint(a.id, b.id))
      .slice(0, 200)
      .map(({ id, common, project, byPartners, weight }) => {
        const sharedTopics = [...traits(actor, 'ABOUT').intersection(traits(id, 'ABOUT'))].sort(byCodePoint);
        const sameTerritory = traits(actor, 'LOCATED_IN').intersection(traits(id, 'LOCATED_IN')).size > 0;
        return {
          id,
          score: rounded(byPartners + 0.1 * sharedTopics.length + (sameTerritory ? 0.2 : 0)),
          commonPartners: common.sort((a, b) => weight(b) - weight(a) || byCodePoint(a, b)),
          commonProjectNeighbours: project.length,
          sharedTopics,
          sameTerritory,
        };
      })
      .sort((a, b) => b.score - a.score || byCodePoint(a.id, b.id))
      .slice(0, 50);
  }

  // ------------------------------------------------------------------ the whole

  counts() {
    const most = (counts: Map<string, number>) =>
      [...counts]
        .map(([value, count]) => ({ value, count }))
        .sort((a, b) => b.count - a.count || byCodePoint(a.value, b.value));
    const sources = new Map<string, number>();
    for (const { sources: named } of [...this.nodes.values(), ...this.edges.map(({ properties }) => properties)]) {
      for (const source of (named as string[] | undefined) ?? []) sources.set(source, (sources.get(source) ?? 0) + 1);
    }
    const countOf = (values: readonly string[]): Map<string, number> =>
      new Map([...Map.groupBy(values, (value) => value)].map(([value, all]) => [value, all.length]));
    const dates = [
      ...this.#ofType('MEMBER_OF', 'PARTNERS_WITH', 'SUCCEEDED_BY').map(({ properties }) => properties),
      ...[...this.nodes.values()].filter(({ type }) => ['Project', 'Pole', 'Cluster'].includes(type as string)),
    ].flatMap(({ since, until }) => [since, until].filter((date) => date !== undefined) as PartialDate[]);
    return {
      nodes: most(countOf([...this.nodes.values()].map(({ type }) => type as string))),
      relationships: most(countOf(this.edges.map(({ type }) => type))),
      sources: most(sources),
      from: dates.map(firstDay).sort(byCodePoint)[0] ?? null,
      to: dates.map(lastDay).sort(byCodePoint).at(-1) ?? null,
    };
  }
}
