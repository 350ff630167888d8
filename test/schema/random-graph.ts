import fc from 'fast-check';
import { fold, sortKeyOf } from '../../src/domain/fold.ts';
import { IDENTIFIER_FIELDS, IDENTIFIER_SCHEMES } from '../../src/domain/identifier.ts';
import { firstDay, lastDay, type PartialDate } from '../../src/domain/partial-date.ts';
import { spanOf } from '../../src/domain/period.ts';
import {
  type NodeType,
  ORGANISATION_KINDS,
  ORGANISATION_SIZES,
  POLE_RANKS,
  type RelationshipType,
} from '../../src/domain/vocabulary.ts';
import type { GraphEngine } from '../../src/graph/engine.ts';
import { type GraphValue, statement } from '../../src/graph/statement.ts';
import { MAX_FILTER_CONDITIONS } from '../../src/store/filter.ts';
import type { PeriodInput } from '../../src/store/filter-fields.ts';
import type { Near } from '../../src/store/near.ts';
import type { NetworkFilter } from '../../src/store/network.ts';
import type { OrganisationFilter } from '../../src/store/organisation.ts';
import type { ProjectFilter } from '../../src/store/project.ts';
import { createNodes, createRelationships } from '../../src/store/write.ts';

/** A node as a store keeps it; what is left out is null there. */
export interface PlainNode {
  readonly id: string;
  readonly type: NodeType;
  readonly name: string;
  readonly sortKey: string;
  readonly createdAt: string;
  readonly [property: string]: GraphValue;
}

/** A relationship as a store keeps it, with its ends. */
export interface PlainRelationship {
  readonly type: RelationshipType;
  readonly from: string;
  readonly to: string;
  readonly id: string;
  readonly since?: PartialDate;
  readonly validFrom: string;
  readonly validTo: string;
  readonly [property: string]: GraphValue | undefined;
}

/** A graph in memory, which both engines must match. */
export interface PlainGraph {
  readonly nodes: readonly PlainNode[];
  readonly relationships: readonly PlainRelationship[];
}

const NAMES = [
  'Énergie',
  'energie',
  "L'Énergie",
  'Eau',
  'École',
  'ecole des eaux',
  'Métal',
  'Œuvre',
  'C++',
  'Bio-Pôle',
];
const YEARS = ['2003', '2005', '2007', '2007-05', '2009-11-20', '2011'] as PartialDate[];
const PROGRAMMES = ['Carnot', 'LabCom', 'Éco-Énergie'];
const SOURCES = [0, 1, 2].map((number) => `source/${number}`);
const SOURCE = { type: 'Source', createdAt: '2026-01-01T00:00:00.000Z', version: 1 } as const;
const LEVELS = ['COUNTRY', 'REGION', 'DEPARTMENT', 'COMMUNE'] as const;
const SCHEMES = ['SECTOR', 'MARKET'] as const;

const maybe = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(arbitrary, { nil: undefined });
const oneOf = <Value>(values: readonly Value[]): fc.Arbitrary<Value> => fc.constantFrom(...values);
const period = fc.record({ since: maybe(oneOf(YEARS.slice(0, 4))), until: maybe(oneOf(YEARS.slice(3))) });

function defined<Fields extends object>(fields: Fields): { [Field in keyof Fields]: NonNullable<Fields[Field]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

const valid = ({ since, until }: { since?: PartialDate | undefined; until?: PartialDate | undefined }) => {
  const { from, to } = spanOf({ since: since ?? null, until: until ?? null });
  return { ...defined({ since, until }), validFrom: from, validTo: to };
};

function nodes(prefix: string, type: NodeType, fields: fc.Arbitrary<object>, min: number, max: number) {
  const one = fc.record({
    name: oneOf(NAMES),
    fields,
    sources: maybe(fc.uniqueArray(oneOf(SOURCES), { maxLength: 2 })),
  });
  return fc.array(one, { minLength: min, maxLength: max, size: 'max' }).map((all) =>
    all.map(({ name, fields: own, sources }, number): PlainNode => {
      const id = `${prefix}/${number}-eau`;
      const createdAt = `2026-01-0${1 + (number % 3)}T00:00:00.000Z`;
      return { id, type, name, sortKey: sortKeyOf(name, id), createdAt, version: 1, ...defined({ sources }), ...own };
    }),
  );
}

const count = maybe(fc.nat(4));
const point = fc.record({ latitude: oneOf([48.85, 43.6, 45.76]), longitude: oneOf([2.35, 1.44, 4.84]) });
const identifiers = fc.subarray(Object.values(IDENTIFIER_FIELDS), { maxLength: 2 });

const organisations = nodes(
  'organisation',
  'Organisation',
  fc
    .record({
      kind: oneOf(ORGANISATION_KINDS.slice(0, 3)),
      public: maybe(fc.boolean()),
      size: maybe(oneOf(ORGANISATION_SIZES)),
      partnerCount: count,
      projectCount: count,
      at: maybe(point),
    })
    .map(({ at, ...fields }) => ({ ...defined(fields), ...at })),
  6,
  11,
);

const network = fc
  .record({ period, rank: maybe(oneOf(POLE_RANKS)), memberCount: count })
  .map(({ period: itsPeriod, ...fields }) => ({ ...defined(fields), ...valid(itsPeriod) }));

const project = fc
  .record({ since: maybe(oneOf(YEARS)), programme: maybe(oneOf(PROGRAMMES)), funding: maybe(fc.nat(3)) })
  .map(({ since, ...fields }) => ({ ...defined(fields), ...valid({ since }) }));

const territories = nodes(
  'territory',
  'Territory',
  maybe(point).map((at) => ({ validFrom: '0000-01-01', validTo: '9999-12-31', ...at })),
  6,
  9,
);
const topics = nodes(
  'topic',
  'Topic',
  oneOf(SCHEMES).map((kind) => ({ kind })),
  2,
  5,
);

interface Ends {
  readonly from: number;
  readonly to: number;
  readonly period: { since?: PartialDate | undefined; until?: PartialDate | undefined };
  readonly sources: string[];
  readonly role: string;
}

const ends: fc.Arbitrary<Ends> = fc.record({
  from: fc.nat(30),
  to: fc.nat(30),
  period,
  sources: fc.subarray(SOURCES),
  role: oneOf(['MEMBER', 'BOARD']),
});
const many = (max: number) => fc.array(ends, { minLength: Math.floor(max / 3), maxLength: max, size: 'max' });

/** Joins nodes by their numbers, whatever these are; nothing is joined to itself. */
function joined(
  type: RelationshipType,
  sources: readonly PlainNode[],
  targets: readonly PlainNode[],
  pairs: readonly Ends[],
  own: (pair: Ends) => object = () => ({}),
): PlainRelationship[] {
  if (sources.length === 0 || targets.length === 0) return [];
  return pairs.flatMap((pair, number) => {
    const from = sources[pair.from % sources.length]!.id;
    const to = targets[pair.to % targets.length]!.id;
    if (from === to) return [];
    const id = `${type.toLowerCase()}/${number}`;
    return [{ type, from, to, id, sources: pair.sources, ...valid(pair.period), ...own(pair) }];
  });
}

/** Each number's node is under one of those before it, at most four steps below the first. */
function under(type: RelationshipType, all: readonly PlainNode[], pairs: readonly Ends[], levels: readonly number[]) {
  return pairs.flatMap((pair, number) => {
    const at = 1 + (pair.from % Math.max(1, all.length - 1));
    const above = all.filter((_, place) => levels[place]! === levels[at]! - 1);
    const whole = above[pair.to % Math.max(1, above.length)];
    if (all[at] === undefined || whole === undefined) return [];
    const id = `${type.toLowerCase()}/${number}`;
    return [{ type, from: all[at].id, to: whole.id, id, sources: [], ...valid(pair.period) }];
  });
}

const TERRITORY_LEVELS = [0, 1, 1, 2, 2, 3, 3, 3, 3];
const ORGANISATION_LEVELS = [0, 0, 1, 1, 2, 2, 3, 3, 4, 1, 1];

/** A graph of some thirty nodes of every type that lists show, with gaps wherever a source may have them. */
export const graphs: fc.Arbitrary<PlainGraph> = fc
  .record({
    identifiers: fc.array(identifiers, { minLength: 11, maxLength: 11 }),
    organisations,
    poles: nodes('pole', 'Pole', network, 2, 4),
    clusters: nodes('cluster', 'Cluster', network, 1, 3),
    projects: nodes('project', 'Project', project, 3, 7),
    territories,
    topics,
    memberOf: many(16),
    partners: many(16),
    participates: many(14),
    labels: many(6),
    locatedIn: many(14),
    covers: many(8),
    holdsLabel: many(5),
    about: many(14),
    partOf: many(14),
    broader: many(4),
    affiliatedWith: many(10),
  })
  .map((made) => {
    const withIdentifiers = made.organisations.map((node, number) => ({
      ...node,
      ...Object.fromEntries(made.identifiers[number]!.map((field) => [field, `${field}-${number}`])),
    }));
    const levelled = made.territories.map((node, number) => ({ ...node, kind: LEVELS[TERRITORY_LEVELS[number]!]! }));
    const networks = [...made.poles, ...made.clusters];
    const actors = [...withIdentifiers, ...networks];
    const relationships = [
      ...joined('MEMBER_OF', actors, networks, made.memberOf, ({ role }) => ({ role })),
      ...joined('PARTNERS_WITH', actors, actors, made.partners, ({ from }) => ({
        kind: 'SUPPLY',
        strength: 1 / (1 + (from % 3)),
        projectCount: from % 2,
      })),
      ...joined('PARTICIPATES_IN', actors, made.projects, made.participates, () => ({ role: 'PARTNER' })),
      ...joined('LABELS', networks, made.projects, made.labels),
      ...joined('LOCATED_IN', actors, levelled, made.locatedIn),
      ...joined('COVERS', networks, levelled, made.covers),
      ...joined('HOLDS_LABEL', networks, made.topics, made.holdsLabel),
      ...joined('ABOUT', [...actors, ...made.projects], made.topics, made.about),
      ...under('PART_OF', levelled, made.partOf, TERRITORY_LEVELS),
      ...under('AFFILIATED_WITH', withIdentifiers, made.affiliatedWith, ORGANISATION_LEVELS),
      ...under('BROADER', made.topics, made.broader, [0, 1, 2, 3, 4]),
    ];
    const sources = SOURCES.map((id): PlainNode => ({ ...SOURCE, id, name: id, sortKey: sortKeyOf(id, id) }));
    return { nodes: [...actors, ...made.projects, ...levelled, ...made.topics, ...sources], relationships };
  });

const wipe = statement<never>('wipe', 'MATCH (n) WHERE NOT n:Counter DETACH DELETE n');
/** A change of which the log has no entry: a reader of it reads everything again. */
const skipEntry = statement<never>(
  'skipEntry',
  "MERGE (c:Counter {id: 'change'}) ON CREATE SET c.value = 1 ON MATCH SET c.value = c.value + 1",
);

/** Replaces the stored graph by another one as it is: no rule is checked. */
export async function fill(engine: GraphEngine, { nodes: all, relationships }: PlainGraph): Promise<void> {
  await engine.write(async (transaction) => {
    await transaction.run(wipe);
    await transaction.run(skipEntry);
    for (const [type, rows] of Map.groupBy(all, ({ type: its }) => its)) {
      await transaction.run(createNodes[type], { rows });
    }
    for (const [type, some] of Map.groupBy(relationships, ({ type: its }) => its)) {
      const rows = some.map(({ type: _, from, to, ...properties }) => ({ from, to, properties: properties as never }));
      await transaction.run(createRelationships[type], { rows });
    }
  });
}

// ---------------------------------------------------------------- filters

const idsOf = (prefix: string, most: number): fc.Arbitrary<string[]> =>
  fc.array(
    fc.nat(most).map((number) => `${prefix}/${number}-eau`),
    { minLength: 1, maxLength: 4, size: 'max' },
  );
const range = fc
  .tuple(maybe(fc.nat(4)), maybe(fc.nat(4)))
  .map(([a, b]) => (a !== undefined && b !== undefined && a > b ? { min: b, max: a } : defined({ min: a, max: b })));
const dates = oneOf(['2002', '2005-06', '2007', '2010-01-01', '2012'] as PartialDate[]);
const parts = oneOf(['eau', 'ENERG', 'écol', 'œ', 'c+', ' ', '!', 'bio pole', 'organisation', 'm']);
const record = {
  nameContains: parts,
  nameStartsWith: parts,
  topic: idsOf('topic', 5),
  sourcedBy: fc.subarray(SOURCES, { minLength: 1 }),
};

/** Values of every field of a filter, so that none is left untested. */
type FilterValues<Filter> = {
  readonly [Field in Exclude<keyof Filter, 'and' | 'or' | 'not' | 'asOf'>]-?: fc.Arbitrary<unknown>;
} & { readonly asOf?: fc.Arbitrary<unknown> };

/** Filters of some fields, with filters inside them. */
function filters<Filter extends object>(fields: FilterValues<Filter>): fc.Arbitrary<Filter> {
  const of: Readonly<Record<string, fc.Arbitrary<unknown>>> = fields;
  const names = Object.keys(fields);
  const leaf = fc
    .oneof(
      { arbitrary: fc.constant([]), weight: 1 },
      { arbitrary: fc.tuple(oneOf(names)), weight: 6 },
      { arbitrary: fc.uniqueArray(oneOf(names), { minLength: 2, maxLength: 2 }), weight: 2 },
    )
    .chain((chosen) => fc.record(Object.fromEntries(chosen.map((name) => [name, of[name]!]))));
  const tree = fc.letrec<{ filter: object }>((of) => ({
    filter: fc.oneof(
      { maxDepth: 2, depthSize: 'small', withCrossShrink: true },
      { arbitrary: leaf, weight: 3 },
      {
        arbitrary: fc
          .tuple(
            leaf,
            fc.record(
              {
                and: fc.array(of('filter'), { minLength: 1, maxLength: 2 }),
                or: fc.array(of('filter'), { minLength: 1, maxLength: 3 }),
                not: of('filter'),
              },
              { requiredKeys: [] },
            ),
          )
          .map(([own, inside]) => ({ ...own, ...inside })),
        weight: 2,
      },
    ),
  }));
  return (tree.filter as fc.Arbitrary<Filter>).filter((filter) => conditionsIn(filter) <= MAX_FILTER_CONDITIONS);
}

const JOINING = ['and', 'or', 'not'];
const FACTS = ['memberships', 'members', 'partnerships', 'participations', 'participants'];

function conditionsIn(filter: object): number {
  return Object.entries(filter).reduce((sum, [field, value]) => {
    if (FACTS.includes(field)) {
      const inside = Object.values(value as object).reduce(
        (all, each) => all + Math.max(1, Object.keys(each).length),
        0,
      );
      return sum + Math.max(1, inside);
    }
    if (!JOINING.includes(field))
      return sum + (['asOf', 'includeUndated', 'includeAffiliated'].includes(field) ? 0 : 1);
    return sum + [value].flat().reduce((inside: number, each: object) => inside + conditionsIn(each), 0);
  }, 0);
}

const circles = fc.tuple(point, oneOf([1, 5, 250, 400, 900])).map(([at, km]) => ({ ...at, km }));

const actorIds = fc.oneof(idsOf('organisation', 11), idsOf('pole', 4));
const networkIds = fc.oneof(idsOf('pole', 4), idsOf('cluster', 3));

const duringPeriod = fc
  .record({ from: maybe(oneOf(YEARS.slice(0, 3))), to: maybe(oneOf(YEARS.slice(3))) })
  .map(defined);
const otherEnd = {
  actorKind: fc.subarray(['Organisation', 'Pole', 'Cluster'], { minLength: 1 }),
  organisationKind: fc.subarray(ORGANISATION_KINDS.slice(0, 3), { minLength: 1 }),
};

/** Conditions on the relationships of a step: on one of these fields or two. */
function factFilters(fields: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<object> {
  const of: typeof fields = { ...fields, during: duringPeriod };
  const one = fc
    .uniqueArray(oneOf(Object.keys(of)), { maxLength: 2 })
    .chain((chosen) => fc.record(Object.fromEntries(chosen.map((name) => [name, of[name]!]))));
  return oneOf(['some', 'none', 'every']).chain((quantifier) => one.map((filter) => ({ [quantifier]: filter })));
}
const roles = fc.subarray(['MEMBER', 'BOARD', 'FOUNDER'], { minLength: 1 });
const membershipFilters = factFilters({ role: roles, network: networkIds });

export const organisationFilters = filters<OrganisationFilter>({
  ...record,
  kind: fc.subarray(ORGANISATION_KINDS.slice(0, 4), { minLength: 1 }),
  public: fc.boolean(),
  size: fc.subarray([...ORGANISATION_SIZES], { minLength: 1 }),
  memberOf: networkIds,
  partnerOf: actorIds,
  includeAffiliated: fc.boolean(),
  affiliatedWith: idsOf('organisation', 11),
  directlyAffiliatedWith: idsOf('organisation', 11),
  locatedIn: idsOf('territory', 9),
  near: circles,
  partnerCount: range,
  projectCount: range,
  networkCount: range,
  memberships: membershipFilters,
  partnerships: factFilters({
    kind: fc.subarray(['SUPPLY', 'OTHER'], { minLength: 1 }),
    partner: actorIds,
    ...otherEnd,
  }),
  participations: factFilters({
    role: fc.subarray(['PARTNER', 'COORDINATOR'], { minLength: 1 }),
    project: idsOf('project', 7),
  }),
  hasIdentifier: fc.subarray([...IDENTIFIER_SCHEMES], { minLength: 1 }),
  asOf: dates,
});

const periods = fc.record({ from: maybe(oneOf(YEARS.slice(0, 4))), to: maybe(oneOf(YEARS.slice(3))) }).map(defined);

export const networkFilters = filters<NetworkFilter>({
  ...record,
  kind: fc.subarray(['Organisation', 'Pole', 'Cluster'], { minLength: 1 }),
  covers: idsOf('territory', 9),
  locatedIn: idsOf('territory', 9),
  near: circles,
  rank: fc.subarray([...POLE_RANKS], { minLength: 1 }),
  hasMembers: fc.boolean(),
  memberCount: range,
  members: factFilters({ role: roles, member: actorIds, ...otherEnd }),
  memberships: membershipFilters,
  label: idsOf('topic', 5),
  startsIn: periods,
  endsIn: periods,
  activeAsOf: dates,
  includeUndated: fc.boolean(),
  asOf: dates,
});

export const projectFilters = filters<ProjectFilter>({
  ...record,
  programme: fc.subarray([...PROGRAMMES, 'CARNOT', 'éco-énergie', 'unknown'], { minLength: 1 }),
  participant: actorIds,
  includeAffiliated: fc.boolean(),
  participants: factFilters({
    role: fc.subarray(['PARTNER', 'COORDINATOR'], { minLength: 1 }),
    participant: actorIds,
    ...otherEnd,
  }),
  labelledBy: networkIds,
  locatedIn: idsOf('territory', 9),
  startsIn: periods,
});

/** Whether a date lies in a period, or may; one that is not known lies in the period without ends alone. */
function isIn(date: PartialDate | null, { from, to }: PeriodInput): boolean {
  if (!from && !to) return true;
  return date !== null && (!from || lastDay(date) >= firstDay(from)) && (!to || firstDay(date) <= lastDay(to));
}

const CAPITALS = { Organisation: 'ORGANISATION', Pole: 'POLE', Cluster: 'CLUSTER' } as Record<string, string>;
/** A filter as a client writes it: kinds of actors have names of their own there. */
export const written = (filter: object): object =>
  JSON.parse(JSON.stringify(filter), (_, value) => (typeof value === 'string' ? (CAPITALS[value] ?? value) : value));

/** A filter that names nodes of a graph alone, where it was made for graphs of any size. */
export function known<Filter extends object>(filter: Filter, { nodes: all }: PlainGraph): Filter {
  const counts = new Map([...Map.groupBy(all, prefixOf)].map(([prefix, some]) => [prefix, some.length]));
  return JSON.parse(JSON.stringify(filter), (_, value) => {
    const [, prefix, number] = (typeof value === 'string' && /^(\w+)\/(\d+)-eau$/.exec(value)) || [];
    return prefix === undefined ? value : `${prefix}/${Number(number) % counts.get(prefix)!}-eau`;
  });
}

const prefixOf = ({ id }: PlainNode): string => id.slice(0, id.indexOf('/'));
const lowered = (texts: readonly string[]): string[] => texts.map((text) => text.toLowerCase());

type AnyFilter = OrganisationFilter & NetworkFilter & ProjectFilter;

const holds = ({ validFrom, validTo }: { validFrom: string; validTo: string }, asOf: PartialDate | null): boolean =>
  asOf === null || (validFrom <= lastDay(asOf) && validTo >= firstDay(asOf));

type Point = typeof point extends fc.Arbitrary<infer Made> ? Made : never;

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
