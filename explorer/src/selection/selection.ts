import type { VariablesOf } from '../api/graphql.ts';
import { graphql } from '../api/graphql.ts';
import { flag, integer, list, type Parameter } from '../app/address.ts';

/** A number that is not negative; null when it is absent or no such number. */
const amount: Parameter<number | null> = {
  read: (given) => (given !== null && /^\d{1,6}(?:\.\d{1,4})?$/.test(given) ? Number(given) : null),
  write: (value) => (value === null ? null : String(value)),
};

/** A part of the graph as the address has it: the network view, the map, measures and files read the same. */
export const SELECTION = {
  /** Members of any of these networks. */
  members: list,
  /** What lies around these nodes, within so many steps. */
  around: list,
  /** The same, as links from elsewhere write it. */
  ids: list,
  depth: integer,
  /** These nodes alone. */
  nodes: list,
  /** One community of what the others select, and how fine communities are. */
  community: integer,
  resolution: amount,
  /** Types of relationships, kinds of partnerships, and pairs of at least this strength. */
  types: list,
  kinds: list,
  strength: amount,
  /** Kinds of organisations, and territories of their seats. */
  orgs: list,
  regions: list,
  /** Whether nodes without a neighbour are left out. */
  connected: flag,
  /** What is valid on some day of this year. */
  year: integer,
} as const;

/** As many nodes or networks as one selection names. */
export const MOST_NAMED = 100;

/** The names of the parameters that say which part of the graph is meant. */
export const SELECTION_NAMES = Object.keys(SELECTION) as (keyof typeof SELECTION)[];

type Read<Parameter> = Parameter extends { read(text: string | null): infer Value } ? Value : never;
/** A selection as read from an address. */
export type SelectionValues = { readonly [Name in keyof typeof SELECTION]: Read<(typeof SELECTION)[Name]> };

// Only its types are used: the API's words for a selection.
const SELECT = graphql(`
  query Select($select: GraphSelection!) {
    subgraph(select: $select) {
      nodeCount
    }
  }
`);
/** The API's GraphSelection. */
export type GraphSelection = VariablesOf<typeof SELECT>['select'];
type Type = NonNullable<GraphSelection['relationships']>[number];

/** The nodes whose surroundings an address selects. */
export const middleOf = ({ around, ids }: Pick<SelectionValues, 'around' | 'ids'>): readonly string[] => [
  ...new Set([...around, ...ids]),
];

/** The types of relationships that an address selects: without any, partnerships, and the memberships of a network. */
export function typesOf(values: Pick<SelectionValues, 'types' | 'around' | 'ids' | 'members'>): readonly Type[] {
  if (values.types.length > 0) return values.types as Type[];
  const isNetwork = [...middleOf(values), ...values.members].some((id) => /^(?:pole|cluster)\//.test(id));
  return isNetwork ? ['PARTNERS_WITH', 'MEMBER_OF'] : ['PARTNERS_WITH'];
}

/** Whether an address names no part of the graph: it is all collaborations then, without nodes that have none. */
export const isWhole = ({ around, ids, members, nodes, orgs, regions }: SelectionValues): boolean =>
  [around, ids, members, nodes, orgs, regions].every((chosen) => chosen.length === 0);

/** What the API shall select. `within` narrows it to territories, as a click on the map does. */
export function selectionOf(values: SelectionValues, within: readonly string[] = []): GraphSelection {
  const { depth, members, nodes, community, resolution, kinds, strength, connected, orgs, regions } = values;
  const [middle, types] = [middleOf(values), typesOf(values)];
  const when = values.year === null ? {} : { asOf: String(values.year) };
  const where = {
    ...(regions.length > 0 ? { locatedIn: [...regions] } : {}),
    ...(within.length > 0 ? { and: [{ locatedIn: [...within] }] } : {}),
  };
  const isNarrowed = regions.length + within.length > 0;
  // A project is a node with those who take part in it: whatever else these took part in is not meant.
  const projects = middle.filter((id) => id.startsWith('project/'));
  const also: NonNullable<GraphSelection['also']> = [
    ...(projects.length > 0 ? [{ of: projects, relationships: ['PARTICIPATES_IN' as const, 'LABELS' as const] }] : []),
    ...(middle.length > 0 && nodes.length > 0 ? [{ of: [...nodes] }] : []),
  ];
  return {
    ...(nodes.length > 0 ? { around: { of: [...nodes], depth: 0 } } : {}),
    ...(middle.length > 0 ? { around: { of: [...middle], depth: projects.length > 0 ? 0 : (depth ?? 1) } } : {}),
    ...(also.length > 0 ? { also } : {}),
    ...(members.length > 0 ? { membersOf: [...members] } : {}),
    ...(isNarrowed || orgs.length > 0
      ? { organisations: { ...where, ...when, ...(orgs.length > 0 ? { kind: orgs as never } : {}) } }
      : {}),
    ...(isNarrowed && orgs.length === 0 ? { networks: where } : {}),
    ...when,
    ...(types.length === 1 && types[0] === 'PARTNERS_WITH' ? {} : { relationships: [...types] }),
    ...(kinds.length > 0 ? { partnershipKinds: kinds as never } : {}),
    ...(strength === null ? {} : { minStrength: strength }),
    ...(community === null ? {} : { inCommunity: { number: community, resolution: resolution ?? 1 } }),
    connectedOnly: connected || isWhole(values),
  };
}

/** The selection of an address without any. */
export const NOTHING_SELECTED = Object.fromEntries(
  SELECTION_NAMES.map((name) => [name, SELECTION[name].read(null)]),
) as unknown as SelectionValues;

/** A link to a page that shows a selection: `linkTo('/network', values, { colour: 'community' })`. */
export function linkTo(
  path: string,
  values: Partial<SelectionValues>,
  others: Readonly<Record<string, string>> = {},
): string {
  const search = new URLSearchParams();
  for (const name of SELECTION_NAMES) {
    const value = values[name];
    const written = value === undefined ? null : SELECTION[name].write(value as never);
    if (written !== null) search.set(name, written);
  }
  for (const [name, value] of Object.entries(others)) search.set(name, value);
  const query = search.toString();
  return query === '' ? path : `${path}?${query}`;
}
