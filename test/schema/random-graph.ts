import fc from 'fast-check';
import { sortKeyOf } from '../../src/domain/fold.ts';
import { IDENTIFIER_FIELDS } from '../../src/domain/identifier.ts';
import type { PartialDate } from '../../src/domain/partial-date.ts';
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
/** Values that nodes and relationships have; filters ask for them. */
export const YEARS = ['2003', '2005', '2007', '2007-05', '2009-11-20', '2011'] as PartialDate[];
export const PROGRAMMES = ['Carnot', 'LabCom', 'Éco-Énergie'];
export const SOURCES = [0, 1, 2].map((number) => `source/${number}`);
const SOURCE = { type: 'Source', createdAt: '2026-01-01T00:00:00.000Z', version: 1 } as const;
const LEVELS = ['COUNTRY', 'REGION', 'DEPARTMENT', 'COMMUNE'] as const;
const SCHEMES = ['SECTOR', 'MARKET'] as const;

/** A value, or none. */
export const maybe = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(arbitrary, { nil: undefined });
/** One of some values. */
export const oneOf = <Value>(values: readonly Value[]): fc.Arbitrary<Value> => fc.constantFrom(...values);
const period = fc.record({ since: maybe(oneOf(YEARS.slice(0, 4))), until: maybe(oneOf(YEARS.slice(3))) });

/** Fields without those that have no value. */
export function defined<Fields extends object>(
  fields: Fields,
): { [Field in keyof Fields]: NonNullable<Fields[Field]> } {
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
/** A point in one of three cities, or between them. */
export const point = fc.record({ latitude: oneOf([48.85, 43.6, 45.76]), longitude: oneOf([2.35, 1.44, 4.84]) });
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
