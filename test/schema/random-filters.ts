import fc from 'fast-check';
import { IDENTIFIER_SCHEMES } from '../../src/domain/identifier.ts';
import type { PartialDate } from '../../src/domain/partial-date.ts';
import { ORGANISATION_KINDS, ORGANISATION_SIZES, POLE_RANKS } from '../../src/domain/vocabulary.ts';
import { MAX_FILTER_CONDITIONS } from '../../src/store/filter.ts';
import type { NetworkFilter } from '../../src/store/network.ts';
import type { OrganisationFilter } from '../../src/store/organisation.ts';
import type { ProjectFilter } from '../../src/store/project.ts';
import {
  defined,
  maybe,
  oneOf,
  type PlainGraph,
  type PlainNode,
  PROGRAMMES,
  point,
  SOURCES,
  YEARS,
} from './random-graph.ts';

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

/** Filters of each list, of every field that it has. */
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
