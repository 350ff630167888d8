import { fold } from '../../src/domain/fold.ts';
import { IDENTIFIER_FIELDS, type IDENTIFIER_SCHEMES } from '../../src/domain/identifier.ts';
import { firstDay, lastDay, type PartialDate } from '../../src/domain/partial-date.ts';
import type { NodeType, RelationshipType } from '../../src/domain/vocabulary.ts';
import type { GraphValue } from '../../src/graph/statement.ts';
import type { PeriodInput } from '../../src/store/filter-fields.ts';
import type { Near } from '../../src/store/near.ts';
import type { NetworkFilter } from '../../src/store/network.ts';
import type { OrganisationFilter } from '../../src/store/organisation.ts';
import type { ProjectFilter } from '../../src/store/project.ts';
import type { PlainGraph, PlainNode } from './random-graph.ts';

/** Whether a date lies in a period, or may; one that is not known lies in the period without ends alone. */
function isIn(date: PartialDate | null, { from, to }: PeriodInput): boolean {
  if (!from && !to) return true;
  return date !== null && (!from || lastDay(date) >= firstDay(from)) && (!to || firstDay(date) <= lastDay(to));
}

const lowered = (texts: readonly string[]): string[] => texts.map((text) => text.toLowerCase());

type AnyFilter = OrganisationFilter & NetworkFilter & ProjectFilter;

const holds = ({ validFrom, validTo }: { validFrom: string; validTo: string }, asOf: PartialDate | null): boolean =>
  asOf === null || (validFrom <= lastDay(asOf) && validTo >= firstDay(asOf));

interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

/** The distance of two points, by the angle between them as seen from the middle of the earth. */
function kilometres(a: Point, b: Point): number {
  const onSphere = ({ latitude, longitude }: Point): number[] => {
    const [north, east] = [latitude, longitude].map((degrees) => (degrees * Math.PI) / 180) as [number, number];
    return [Math.cos(north) * Math.cos(east), Math.cos(north) * Math.sin(east), Math.sin(north)];
  };
  const [one, other] = [onSphere(a), onSphere(b)];
  return (
    6_371 *
    Math.acos(
      Math.min(
        1,
        one.reduce((sum, part, axis) => sum + part * other[axis]!, 0),
      ),
    )
  );
}

/** Plain questions about a graph in memory. */
export class Reference {
  readonly graph: PlainGraph;
  readonly byId: ReadonlyMap<string, PlainNode>;

  constructor(graph: PlainGraph) {
    this.graph = graph;
    this.byId = new Map(graph.nodes.map((node) => [node.id, node]));
  }

  /** Ends of the relationships of a node that hold: those that it points at, or that point at it. */
  ends(id: string, type: RelationshipType, direction: 'to' | 'from', asOf: PartialDate | null = null): string[] {
    const other = direction === 'to' ? 'from' : 'to';
    return this.graph.relationships
      .filter((each) => each.type === type && each[other] === id && holds(each, asOf))
      .map((each) => each[direction]);
  }

  /** A node and all above it. */
  #upward(ids: readonly string[], type: RelationshipType, asOf: PartialDate | null): Set<string> {
    const reached = new Set(ids);
    for (const id of reached) for (const above of this.ends(id, type, 'to', asOf)) reached.add(above);
    return reached;
  }

  /** Territories in which an actor has its seat, and those around them. */
  places(id: string, asOf: PartialDate | null): Set<string> {
    return this.#upward(this.ends(id, 'LOCATED_IN', 'to', asOf), 'PART_OF', asOf);
  }

  /** Whether a node meets a filter: two-valued, field by field. */
  meets(node: PlainNode, filter: Partial<AnyFilter>, outer: PartialDate | null = null): boolean {
    const asOf = filter.asOf ?? outer;
    const { id } = node;
    const among = (ids: readonly string[], found: Iterable<string>): boolean =>
      [...found].some((each) => ids.includes(each));
    const within = (value: GraphValue | undefined, { min, max }: { min?: number | null; max?: number | null }) =>
      Number(value ?? 0) >= (min ?? -Infinity) && Number(value ?? 0) <= (max ?? Infinity);
    const inside = (value: GraphValue | undefined, values: readonly string[]): boolean =>
      typeof value === 'string' && values.includes(value);
    const checks: { [Field in keyof AnyFilter]-?: (value: never) => boolean } = {
      and: (all: AnyFilter[]) => all.every((each) => this.meets(node, each, asOf)),
      or: (any: AnyFilter[]) => any.some((each) => this.meets(node, each, asOf)),
      not: (one: AnyFilter) => !this.meets(node, one, asOf),
      asOf: () => true,
      nameContains: (text: string) => fold(text) !== '' && fold(node.name).includes(fold(text)),
      nameStartsWith: (text: string) => fold(text) !== '' && fold(node.name).startsWith(fold(text)),
      sourcedBy: (ids: string[]) => among(ids, (node.sources as string[] | undefined) ?? []),
      topic: (ids: string[]) => among(ids, this.#upward(this.ends(id, 'ABOUT', 'to', asOf), 'BROADER', null)),
      kind: (kinds: string[]) => inside(node.type === 'Organisation' ? node.kind : node.type, kinds),
      public: (value: boolean) => node.public === value,
      size: (sizes: string[]) => inside(node.size, sizes),
      memberOf: (ids: string[]) => among(ids, this.ends(id, 'MEMBER_OF', 'to', asOf)),
      partnerOf: (ids: string[]) => {
        const ends = (['to', 'from'] as const).flatMap((side) => this.ends(id, 'PARTNERS_WITH', side, asOf));
        return among(ids, filter.includeAffiliated ? this.#upward(ends, 'AFFILIATED_WITH', asOf) : ends);
      },
      includeAffiliated: () => true,
      affiliatedWith: (ids: string[]) =>
        among(ids, this.#upward(this.ends(id, 'AFFILIATED_WITH', 'to', asOf), 'AFFILIATED_WITH', asOf)),
      directlyAffiliatedWith: (ids: string[]) => among(ids, this.ends(id, 'AFFILIATED_WITH', 'to', asOf)),
      // Of a project: the seats of those who take part.
      locatedIn: (ids: string[]) => {
        const seated = node.type === 'Project' ? this.ends(id, 'PARTICIPATES_IN', 'from') : [id];
        return seated.some((each) => among(ids, this.places(each, asOf)));
      },
      near: (circle: Near) => this.#pointsOf(node, asOf).some((at) => kilometres(at, circle) <= circle.km),
      partnerCount: (its: object) => within(node.partnerCount, its),
      projectCount: (its: object) => within(node.projectCount, its),
      memberCount: (its: object) =>
        within(asOf === null ? node.memberCount : new Set(this.ends(id, 'MEMBER_OF', 'from', asOf)).size, its),
      networkCount: (its: object) => within(new Set(this.ends(id, 'MEMBER_OF', 'to', asOf)).size, its),
      memberships: (asked: object) => this.#facts(id, 'MEMBER_OF', ['to'], asOf, asked),
      members: (asked: object) => this.#facts(id, 'MEMBER_OF', ['from'], asOf, asked),
      partnerships: (asked: object) => this.#facts(id, 'PARTNERS_WITH', ['to', 'from'], asOf, asked),
      participations: (asked: object) => this.#facts(id, 'PARTICIPATES_IN', ['to'], asOf, asked),
      participants: (asked: object) => this.#facts(id, 'PARTICIPATES_IN', ['from'], asOf, asked),
      hasIdentifier: (schemes: (typeof IDENTIFIER_SCHEMES)[number][]) =>
        schemes.some((scheme) => node[IDENTIFIER_FIELDS[scheme]] !== undefined),
      covers: (ids: string[]) =>
        among(ids, [...this.ends(id, 'COVERS', 'to', asOf), ...this.ends(id, 'LOCATED_IN', 'to', asOf)]),
      rank: (ranks: string[]) => inside(node.rank, ranks),
      hasMembers: (value: boolean) => Number(node.memberCount ?? 0) > 0 === value,
      label: (ids: string[]) => among(ids, this.ends(id, 'HOLDS_LABEL', 'to', asOf)),
      activeAsOf: (date: PartialDate) => this.#isActive(node, date, filter.includeUndated === true),
      includeUndated: () => true,
      programme: (programmes: string[]) =>
        typeof node.programme === 'string' && lowered(programmes).includes(node.programme.toLowerCase()),
      participant: (ids: string[]) => {
        const ends = this.ends(id, 'PARTICIPATES_IN', 'from');
        return among(ids, filter.includeAffiliated ? this.#upward(ends, 'AFFILIATED_WITH', null) : ends);
      },
      labelledBy: (ids: string[]) => among(ids, this.ends(id, 'LABELS', 'from')),
      startsIn: (period: PeriodInput) => isIn((node.since as PartialDate | undefined) ?? null, period),
      endsIn: (period: PeriodInput) => isIn((node.until as PartialDate | undefined) ?? null, period),
    };
    return (Object.keys(filter) as (keyof AnyFilter)[]).every((field) => checks[field](filter[field] as never));
  }

  /** Whether some, none or every relationship of a node at a date meets conditions on it and on its other end. */
  #facts(
    id: string,
    type: RelationshipType,
    sides: readonly ('to' | 'from')[],
    asOf: PartialDate | null,
    asked: object,
  ) {
    const facts = sides.flatMap((side) =>
      this.graph.relationships
        .filter((each) => each.type === type && each[side === 'to' ? 'from' : 'to'] === id && holds(each, asOf))
        .map((fact) => ({ fact, end: this.byId.get(fact[side])! })),
    );
    const meets = ({ fact, end }: (typeof facts)[number], filter: object): boolean =>
      Object.entries(filter).every(([field, value]) => {
        if (field === 'during') {
          const { from, to } = value as PeriodInput;
          return (!to || fact.validFrom <= lastDay(to)) && (!from || fact.validTo >= firstDay(from));
        }
        const own =
          { actorKind: end.type, organisationKind: end.kind, role: fact.role, kind: fact.kind }[field] ?? null;
        const isOfEnd = ['network', 'member', 'partner', 'project', 'participant'].includes(field);
        return (value as unknown[]).includes(isOfEnd ? end.id : own);
      });
    return Object.entries(asked).every(([quantifier, filter]) => {
      const met = facts.filter((each) => meets(each, filter)).length;
      return quantifier === 'some' ? met > 0 : met === (quantifier === 'none' ? 0 : facts.length);
    });
  }

  /** Its own coordinates, else those of territories of its seat. */
  #pointsOf(node: PlainNode, asOf: PartialDate | null): Point[] {
    const located = [node, ...this.ends(node.id, 'LOCATED_IN', 'to', asOf).map((id) => this.byId.get(id)!)];
    const known = (node.latitude === undefined ? located.slice(1) : [node]) as unknown as Point[];
    return known.filter(({ latitude }) => latitude !== undefined);
  }

  /** By its labels; and by its own period where it is a cluster, or a pole of which no label has a date. */
  #isActive(node: PlainNode, date: PartialDate, includeUndated: boolean): boolean {
    const isDated = ({ validFrom }: { validFrom: string }): boolean => validFrom > '0000-01-01';
    const own = node as unknown as { validFrom: string; validTo: string };
    const labels = this.graph.relationships.filter(({ type, from }) => type === 'HOLDS_LABEL' && from === node.id);
    const dated = labels.filter(isDated);
    if (own.validTo < firstDay(date)) return false;
    if (dated.some((label) => holds(label, date))) return true;
    if (!isDated(own)) return includeUndated && dated.length === 0;
    return (node.type === 'Cluster' || dated.length === 0) && holds(own, date);
  }

  /** The nodes of some types that meet a filter, in order. */
  list(types: readonly NodeType[], filter: object, key: SortBy | null, direction: 'ASC' | 'DESC'): PlainNode[] {
    const found = this.graph.nodes.filter((node) => types.includes(node.type) && this.meets(node, filter));
    const sign = direction === 'ASC' ? 1 : -1;
    const asOf = (filter as { asOf?: PartialDate }).asOf ?? null;
    const byName = (a: PlainNode, b: PlainNode): number => (a.sortKey < b.sortKey ? -1 : 1);
    if (key === null) return found.sort((a, b) => sign * byName(a, b));
    return found.sort((a, b) => {
      const [x, y] = [key(a, this, asOf), key(b, this, asOf)];
      return x === y ? byName(a, b) : sign * (x < y ? -1 : 1);
    });
  }
}

/** By what a list is ordered before its names. */
export type SortBy = (node: PlainNode, reference: Reference, asOf: PartialDate | null) => string | number;
