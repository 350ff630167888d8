import { quotedList } from '../src/domain/field-value.ts';
import type { PartialDate } from '../src/domain/partial-date.ts';
import { ACTOR_TYPES, NETWORK_TYPES, type PartnershipKind } from '../src/domain/vocabulary.ts';
import { networks } from '../src/store/network.ts';
import { organisations } from '../src/store/organisation.ts';
import type { SnapshotType } from '../src/store/snapshot.ts';
import {
  type Days,
  daysBetween,
  EVERYTHING_AMONG,
  type Expansion,
  type Selection,
} from '../src/subgraphs/selection.ts';
import { MAX_DEPTH, MAX_NAMED_NODES } from '../src/traversal/bounds.ts';
import type { Neighbourhood } from '../src/traversal/neighbourhood.ts';
import { asOfArgument } from './as-of.ts';
import { builder } from './builder.ts';
import type { RequestContext } from './context.ts';
import { PartnershipKind as PartnershipKindEnum } from './enums.ts';
import { badInput } from './errors.ts';
import { NetworkFilter, OrganisationFilter, PeriodInput } from './filter.ts';
import type { FoundSubgraph } from './found-subgraph.ts';
import { Subgraph } from './subgraph.ts';
import { checkedResolution, communityInputFields, daysOfPeriod } from './subgraph-parameters.ts';

/** Expansions of a selection at the most. */
const MAX_EXPANSIONS = 50;
/** The relationships of a subgraph when none are named. */
const DEFAULT_TYPES = ['PARTNERS_WITH'] as const;

const EdgeType = builder.enumType('SubgraphRelationship', {
  description: 'Types of relationships that a selected subgraph may have.',
  values: {
    PARTNERS_WITH: { description: 'Two actors are partners.' },
    MEMBER_OF: { description: 'An actor belongs to a network.' },
    PARTICIPATES_IN: { description: 'An actor takes part in a project. The projects are nodes, too.' },
    LABELS: { description: 'A network has labelled a project. The projects are nodes, too.' },
    AFFILIATED_WITH: { description: 'An organisation is part of another, or run by it.' },
    SUCCEEDED_BY: { description: 'A network came out of another.' },
  } as const satisfies Partial<Record<SnapshotType, object>>,
});

const AroundInput = builder.inputType('AroundInput', {
  description: 'The surroundings of some nodes.',
  fields: (t) => ({
    of: t.idList({ required: true, description: `The nodes in the middle, from 1 to ${MAX_NAMED_NODES}.` }),
    depth: t.int({
      required: true,
      defaultValue: 1,
      description: `Maximum distance from the nearest of them, from 0 to ${MAX_DEPTH}.`,
    }),
  }),
});

const ExpansionInput = builder.inputType('ExpansionInput', {
  description: 'Some nodes, with their neighbours along some relationships.',
  fields: (t) => ({
    of: t.idList({ required: true, description: `The nodes, from 1 to ${MAX_NAMED_NODES}.` }),
    relationships: t.field({
      type: [EdgeType],
      description:
        'Their neighbours along relationships of these types, which are then among those of the subgraph. Default: no neighbours.',
    }),
  }),
});

const CommunityInput = builder.inputType('CommunityInput', {
  description: 'One of the communities of what the other conditions select.',
  fields: (t) => ({
    number: t.int({ required: true, description: 'Its number, as Community.number gives it.' }),
    ...communityInputFields(t),
  }),
});

export const GraphSelection = builder.inputType('GraphSelection', {
  description:
    'A part of the graph: actors, and the relationships among them. All conditions must be met. Without conditions: all actors and their partnerships.',
  fields: (t) => ({
    organisations: t.field({
      type: OrganisationFilter,
      description: 'Only the organisations that match. With networks beside it: these and the networks that match.',
    }),
    networks: t.field({
      type: NetworkFilter,
      description:
        'Only the networks that match. With organisations beside it: these and the organisations that match.',
    }),
    membersOf: t.idList({
      description: `Only members of any of these networks, on some day of asOf or period. From 1 to ${MAX_NAMED_NODES}.`,
    }),
    around: t.field({
      type: AroundInput,
      description:
        'Only nodes within some steps of these along the selected relationships, whatever nodes lie between.',
    }),
    relationships: t.field({
      type: [EdgeType],
      description: `Types of relationships. At least one. Default: ${DEFAULT_TYPES.join(', ')}.`,
    }),
    partnershipKinds: t.field({
      type: [PartnershipKindEnum],
      description: 'Kinds of partnerships. At least one. Default: all.',
    }),
    asOf: t.field({ type: 'PartialDate', description: `${asOfArgument} Not together with period.` }),
    period: t.field({
      type: PeriodInput,
      description:
        'Only facts valid on some day of this period. Facts without a known end count as still valid. Not together with asOf.',
    }),
    minStrength: t.float({
      description:
        'Only pairs of nodes whose strength is at least this, as NodePair.strength is: over all dates. At least 0.',
    }),
    minCommonProjects: t.int({
      description: 'Only pairs of nodes with at least so many projects in common, over all dates. At least 0.',
    }),
    inCommunity: t.field({
      type: CommunityInput,
      description:
        'Only the nodes of one community of what the other conditions select, by its number there. also and without come after it.',
    }),
    also: t.field({
      type: [ExpansionInput],
      description: `Further nodes, whatever the other conditions say of them; relationships are among all nodes. At most ${MAX_EXPANSIONS}.`,
    }),
    without: t.idList({
      description: `Nodes that are left out, whatever selects them. At most ${MAX_NAMED_NODES}.`,
    }),
    connectedOnly: t.boolean({
      required: true,
      defaultValue: false,
      description: 'Whether nodes without a neighbour in the selection are left out.',
    }),
  }),
});

type GivenSelection = typeof GraphSelection.$inferInput;

/** A list that names something at least once, without repeats; null where it is not given. */
function atLeastOne<Value>(name: string, values: readonly Value[] | null | undefined): readonly Value[] | null {
  if (!values) return null;
  if (values.length === 0) throw badInput(`${name}: the list is empty; name at least one, or leave it out.`);
  return [...new Set(values)];
}

function atLeast(name: string, value: number | null | undefined): number {
  if (value !== null && value !== undefined && value < 0) throw badInput(`${name}: ${value} is less than 0.`);
  return value ?? 0;
}

/** Nodes of some types by identifier, each by the identifier that it has now. Throws for those that do not exist. */
async function existing(
  name: string,
  given: readonly string[],
  types: readonly string[],
  { loaders }: RequestContext,
): Promise<string[]> {
  if (given.length < 1 || given.length > MAX_NAMED_NODES) {
    throw badInput(`${name}: ${given.length} identifiers were given; from 1 to ${MAX_NAMED_NODES} can be.`);
  }
  const nodes = await Promise.all(given.map((id) => loaders.node.load(id)));
  const unknown = given.filter((_, place) => nodes[place] === null || !types.includes(nodes[place]!.type));
  if (unknown.length > 0) {
    const what = types === NETWORK_TYPES ? 'network' : 'actor or project';
    throw badInput(`${name}: there is no ${what} ${quotedList(unknown)}.`);
  }
  return [...new Set(nodes.map((node) => node!.id))];
}

function daysOf({ asOf, period }: GivenSelection): Days | null {
  if (!asOf && !period) return null;
  if (asOf && period) throw badInput('asOf and period: give one of them.');
  return asOf ? daysBetween(asOf, asOf) : daysOfPeriod('period', period!);
}

type Filters = Pick<GivenSelection, 'organisations' | 'networks'>;

/** The identifiers of the actors that filters match; null without a filter. */
async function matching({ organisations: some, networks: others }: Filters, { loaders }: RequestContext) {
  if (!some && !others) return null;
  const found = await Promise.all([
    some ? loaders.rootIds(organisations({ filter: some })) : [],
    others ? loaders.rootIds(networks('Network', { filter: others })) : [],
  ]);
  return new Set(found.flat());
}

/** The same selection, of what its filters match in the present graph. */
export async function foundAgain(selection: Selection, context: RequestContext): Promise<Selection> {
  return selection.amongOf ? { ...selection, among: await matching(selection.amongOf, context) } : selection;
}

/** Further nodes of a selection, by identifiers of nodes that exist. */
async function expansionsOf({ also }: GivenSelection, context: RequestContext): Promise<Expansion[]> {
  if (also && also.length > MAX_EXPANSIONS) {
    throw badInput(`also: ${also.length} entries were given; the maximum is ${MAX_EXPANSIONS}.`);
  }
  return Promise.all(
    (also ?? []).map(async ({ of, relationships }) => ({
      of: await existing('also: of', of, [...ACTOR_TYPES, 'Project'], context),
      types: [...new Set((relationships ?? []) as SnapshotType[])],
    })),
  );
}

/** The same selection of the nodes of one community alone. Throws for a number that no community has. */
async function withinCommunity(
  { inCommunity }: GivenSelection,
  selection: Selection,
  { subgraphs }: RequestContext,
): Promise<Selection> {
  if (!inCommunity) return selection;
  const { number, ...given } = inCommunity;
  const graph = await subgraphs.select(selection);
  const { order, starts } = await subgraphs.measures(graph).communities(checkedResolution(given));
  const count = starts.length - 1;
  if (number < 0 || number >= count) {
    throw badInput(`inCommunity: number: there is no community ${number}; there are ${count}, from 0.`);
  }
  const members = order.subarray(starts[number]!, starts[number + 1]!);
  const { types, partnershipKinds, days, minStrength, minProjects, connectedOnly } = selection;
  return {
    ...EVERYTHING_AMONG,
    ...{ types, partnershipKinds, days, minStrength, minProjects, connectedOnly },
    among: new Set(Array.from(members, (node) => graph.nodes[node]!.id)),
  };
}

/** The selection that an input describes. Throws for one that cannot be. */
export async function selectionOf(given: GivenSelection, context: RequestContext): Promise<Selection> {
  const types = atLeastOne('relationships', given.relationships) ?? DEFAULT_TYPES;
  const { around, membersOf } = given;
  if (around && (around.depth < 0 || around.depth > MAX_DEPTH)) {
    throw badInput(`around: depth: ${around.depth} is not between 0 and ${MAX_DEPTH}.`);
  }
  const conditions = {
    ...EVERYTHING_AMONG,
    types: types as readonly SnapshotType[],
    partnershipKinds: atLeastOne('partnershipKinds', given.partnershipKinds) as readonly PartnershipKind[] | null,
    days: daysOf(given),
    minStrength: atLeast('minStrength', given.minStrength),
    minProjects: atLeast('minCommonProjects', given.minCommonProjects),
    connectedOnly: given.connectedOnly,
    isOfActors: true,
  };
  const [among, networkIds, middle, also, without] = await Promise.all([
    matching(given, context),
    membersOf ? existing('membersOf', membersOf, NETWORK_TYPES, context) : null,
    around ? existing('around: of', around.of, [...ACTOR_TYPES, 'Project'], context) : null,
    expansionsOf(given, context),
    given.without?.length ? existing('without', given.without, [...ACTOR_TYPES, 'Project'], context) : [],
  ]);
  const near = middle && { of: middle, depth: around!.depth };
  const found = await withinCommunity(
    given,
    {
      ...conditions,
      among,
      ...(among && { amongOf: { organisations: given.organisations, networks: given.networks } }),
      membersOf: networkIds,
      near,
    },
    context,
  );
  if (also.length === 0) return { ...found, without };
  const all = [...new Set([...found.types, ...also.flatMap((expansion) => expansion.types)])];
  return { ...found, types: all, nodeTypes: found.types, also, without };
}

/** A reading that begins when it is first asked for, and is done once. */
function once<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let found: Promise<Value> | undefined;
  return () => {
    found ??= read();
    return found;
  };
}

/** The subgraph that a selection describes; `request` is what was asked, and identifies its lists. */
function subgraphOf(selection: Selection, request: unknown, context: RequestContext): FoundSubgraph {
  const { types, partnershipKinds, days } = selection;
  return {
    ...{ part: null, request, selection, days },
    conditions: { types, partnershipKinds, asOf: null },
    selected: once(() => context.subgraphs.select(selection)),
    during: (others) => subgraphOf({ ...selection, days: others }, [request, others.from, others.to], context),
  };
}

/** The subgraph of a neighbourhood that a traversal has found. */
export function subgraphOfNeighbourhood(part: Neighbourhood, request: unknown, context: RequestContext): FoundSubgraph {
  const { types, partnershipKinds, asOf } = part.walk;
  const selection: Selection = {
    ...EVERYTHING_AMONG,
    types: types as readonly SnapshotType[],
    partnershipKinds,
    days: asOf === null ? null : daysBetween(asOf, asOf),
    among: new Set(part.nodes.map(({ id }) => id)),
  };
  return { ...subgraphOf(selection, request, context), part, conditions: part.walk };
}

/** The members of any of some networks, and the partnerships among them; at a date, or at any. */
export function subgraphOfMembers(
  networks: readonly string[],
  asOf: PartialDate | null,
  context: RequestContext,
): FoundSubgraph {
  const selection: Selection = {
    ...EVERYTHING_AMONG,
    ...{ types: DEFAULT_TYPES, among: null, isOfActors: true, membersOf: networks },
    days: asOf === null ? null : daysBetween(asOf, asOf),
  };
  return subgraphOf(selection, { membersOf: networks, asOf }, context);
}

builder.queryField('subgraph', (t) =>
  t.field({
    type: Subgraph,
    description:
      'A part of the graph with its measures: who collaborates with whom, in which communities, who is central. Answered from the graph in memory. An unknown identifier is an error that names it.',
    extensions: { cost: { weight: 500 } },
    args: { select: t.arg({ type: GraphSelection, required: true, description: 'Which part of the graph.' }) },
    resolve: async (_, { select }, context) => subgraphOf(await selectionOf(select, context), select, context),
  }),
);
