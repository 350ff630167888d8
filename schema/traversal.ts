import { quotedList } from '../src/domain/field-value.ts';
import { keyOf } from '../src/domain/key.ts';
import { FACT_TYPES, LINK_TYPES, type PartnershipKind, type RelationshipType } from '../src/domain/vocabulary.ts';
import type { Walker } from '../src/store/ask.ts';
import type { Walk } from '../src/store/traversal.ts';
import { ACTOR_EDGE_TYPES } from '../src/store/traversal.ts';
import {
  DEFAULT_PATH_LENGTH,
  MAX_DEPTH,
  MAX_EXPANDED_NODES,
  MAX_NAMED_NODES,
  MAX_NEIGHBOURHOOD,
  MAX_PATH_LENGTH,
  MAX_PATHS,
} from '../src/traversal/bounds.ts';
import { neighbourhood } from '../src/traversal/neighbourhood.ts';
import { type FoundPath, type PathsRequest, shortestPaths } from '../src/traversal/paths.ts';
import { asOfArgument } from './as-of.ts';
import { builder } from './builder.ts';
import type { RequestContext } from './context.ts';
import { PartnershipKind as PartnershipKindEnum, RelationshipTypeEnum } from './enums.ts';
import { badInput } from './errors.ts';
import type { FoundSubgraph } from './found-subgraph.ts';
import { Path } from './path.ts';
import { Subgraph } from './subgraph.ts';
import { subgraphOfNeighbourhood } from './subgraph-selection.ts';

/** The types that are followed only when they are named. */
const OTHER_TYPES = [...FACT_TYPES, ...LINK_TYPES].filter(
  (type) => !(ACTOR_EDGE_TYPES as readonly string[]).includes(type),
);

export const TraversalInput = builder.inputType('TraversalInput', {
  description: 'Conditions on the relationships and nodes that a traversal follows.',
  fields: (t) => ({
    relationships: t.field({
      type: [RelationshipTypeEnum],
      description: `Types of relationships to follow, in either direction. At least one. Default: ${ACTOR_EDGE_TYPES.join(', ')}. Others: ${OTHER_TYPES.join(', ')}.`,
    }),
    partnershipKinds: t.field({
      type: [PartnershipKindEnum],
      description: 'Kinds of partnerships to follow. At least one. Default: all.',
    }),
    asOf: t.field({ type: 'PartialDate', description: asOfArgument }),
    maxLength: t.int({
      defaultValue: DEFAULT_PATH_LENGTH,
      description: `Maximum number of relationships in a path, from 1 to ${MAX_PATH_LENGTH}. neighbourhood uses depth instead.`,
    }),
    avoidHubsOver: t.int({
      description:
        'Do not pass through nodes with more relationships than this of the followed types, of any kind and date. At least 1. Such a node may still be an end of a path, or an outermost node of a neighbourhood.',
    }),
    avoid: t.idList({
      description: `Nodes to avoid. Naming a start or end node is an error. Maximum: ${MAX_NAMED_NODES}.`,
    }),
  }),
});

type Via = typeof TraversalInput.$inferInput | null | undefined;

function atLeastOne<Value>(name: string, values: readonly Value[] | null | undefined): readonly Value[] | null {
  if (!values) return null;
  if (values.length === 0) throw badInput(`${name}: the list is empty; name at least one, or leave it out.`);
  return [...new Set(values)];
}

function within(name: string, value: number, least: number, most: number): number {
  if (value < least || value > most) throw badInput(`${name}: ${value} is not between ${least} and ${most}.`);
  return value;
}

/** Nodes by identifier, each as it is called now. Throws for those that there are not, naming them. */
async function called(ids: readonly string[], { loaders }: RequestContext): Promise<string[]> {
  const nodes = await Promise.all(ids.map((id) => loaders.node.load(id)));
  const unknown = ids.filter((_, index) => nodes[index] === null);
  if (unknown.length > 0) {
    throw badInput(`There is no node ${quotedList(unknown)}: use identifiers as the id fields return them.`);
  }
  return nodes.map((node) => node!.id);
}

/** The walk that an input describes; what it avoids by the identifiers that are written. */
function walkOf(via: Via): Walk {
  const types = atLeastOne('relationships', via?.relationships) ?? ACTOR_EDGE_TYPES;
  const partnershipKinds = atLeastOne('partnershipKinds', via?.partnershipKinds) as readonly PartnershipKind[] | null;
  const avoidHubsOver = via?.avoidHubsOver ?? null;
  if (avoidHubsOver !== null && avoidHubsOver < 1) throw badInput(`avoidHubsOver: ${avoidHubsOver} is less than 1.`);
  const avoided = via?.avoid ?? [];
  if (avoided.length > MAX_NAMED_NODES) {
    throw badInput(`avoid: ${avoided.length} identifiers were given; the maximum is ${MAX_NAMED_NODES}.`);
  }
  return {
    types: types as readonly RelationshipType[],
    partnershipKinds,
    asOf: via?.asOf ?? null,
    avoid: new Set(avoided),
    avoidHubsOver,
  };
}

/** A question that a walk answers. */
interface Question<Found> {
  /** What tells it from others of the same walk between the same ends. */
  readonly name: readonly (string | number)[];
  readonly seek: (walker: Walker, walk: Walk, ends: readonly string[]) => Promise<Found>;
  /** Whether what was found tells that all ends are there. */
  readonly tellsOfEnds: (found: Found) => boolean;
}

/** What a walk has found, and from which nodes, by the identifiers that they have now. */
interface Walked<Found> {
  readonly found: Found;
  readonly ends: readonly string[];
}

/**
 * Walks from some nodes. They are taken at once for what is written, unless some are to be avoided: what is found tells
 * most often that they are there. Only where it does not are they looked up, and the traversal starts again from those that
 * have another identifier now. Throws for nodes that there are not.
 */
async function walkFrom<Found>(
  named: readonly string[],
  via: Via,
  context: RequestContext,
  { name: question, seek, tellsOfEnds }: Question<Found>,
): Promise<Walked<Found>> {
  const find = (walk: Walk, ends: readonly string[]): Promise<Found> => {
    const key = keyOf('walk', { question, ends, walk });
    return context.loaders.walked(key, (walker) => seek(walker, walk, ends));
  };
  const walk = walkOf(via);
  const atOnce = walk.avoid.size === 0 ? { found: await find(walk, named), ends: named } : null;
  if (atOnce && tellsOfEnds(atOnce.found)) return atOnce;
  const now = await called([...named, ...walk.avoid], context);
  const ends = now.slice(0, named.length);
  if (atOnce && ends.every((id, index) => id === named[index])) return atOnce;
  const avoid = new Set(now.slice(named.length));
  const both = ends.find((id) => avoid.has(id));
  if (both !== undefined) throw badInput(`avoid: "${both}" is the start or the end: leave it out of avoid.`);
  return { found: await find({ ...walk, avoid }, ends), ends };
}

async function pathsOf(
  { from, to, count }: Omit<PathsRequest, 'maxLength'>,
  via: Via,
  context: RequestContext,
): Promise<FoundPath[]> {
  const maxLength = within('maxLength', via?.maxLength ?? DEFAULT_PATH_LENGTH, 1, MAX_PATH_LENGTH);
  const { loaders } = context;
  const { found } = await walkFrom([from, to], via, context, {
    name: ['paths', count, maxLength],
    seek: (walker, walk, ends) => {
      const request = { from: ends[0]!, to: ends[1]!, count, maxLength };
      return shortestPaths(walker, walk, request);
    },
    // From a node to itself there is a path without looking.
    tellsOfEnds: (paths) => paths.length > 0 && from !== to,
  });
  for (const { summaries } of found) loaders.knowSummaries(summaries);
  return found;
}

async function neighbourhoodOf(
  of: readonly string[],
  depth: number,
  limit: number,
  via: Via,
  context: RequestContext,
): Promise<FoundSubgraph> {
  if (of.length < 1 || of.length > MAX_NAMED_NODES) {
    throw badInput(`of: ${of.length} identifiers were given; from 1 to ${MAX_NAMED_NODES} can be.`);
  }
  within('depth', depth, 0, MAX_DEPTH);
  within('limit', limit, 1, MAX_NEIGHBOURHOOD);
  const { found, ends } = await walkFrom(of, via, context, {
    name: ['neighbourhood', depth, limit],
    seek: (walker, walk, starts) => neighbourhood(walker, walk, { of: starts, depth, limit }),
    tellsOfEnds: ({ startsMet }) => startsMet,
  });
  context.loaders.knowSummaries(found.summaries);
  return subgraphOfNeighbourhood(found, [ends, depth, limit, via ?? null], context);
}

/** How much of the graph a search for paths may read, said where it is asked for. */
const BOUND = `A search that would expand more than ${MAX_EXPANDED_NODES.toLocaleString('en')} nodes ends with the error TRAVERSAL_TOO_LARGE.`;
const UNKNOWN = 'An unknown identifier is an error that names it.';

builder.queryFields((t) => ({
  shortestPath: t.field({
    type: Path,
    nullable: true,
    description: `A shortest path between two nodes. Of several, the one whose identifiers come first: the same as the first of paths. Null when there is none within maxLength. From a node to itself its length is 0. ${UNKNOWN} ${BOUND}`,
    extensions: { cost: { weight: 500 } },
    args: {
      from: t.arg.id({ required: true, description: 'Start node.' }),
      to: t.arg.id({ required: true, description: 'End node.' }),
      via: t.arg({ type: TraversalInput, description: 'Conditions on the path.' }),
    },
    resolve: async (_, { from, to, via }, context) => (await pathsOf({ from, to, count: 1 }, via, context))[0] ?? null,
  }),
  paths: t.field({
    type: [Path],
    description: `The shortest paths between two nodes, none visiting a node twice. Shortest first, then by the identifiers along them. Parallel relationships count as one path. Fewer than count when there are no more within maxLength. From a node to itself there is one path of length 0. ${UNKNOWN} ${BOUND}`,
    maximum: MAX_PATHS,
    extensions: { cost: { weight: 1_000 } },
    args: {
      from: t.arg.id({ required: true, description: 'Start node.' }),
      to: t.arg.id({ required: true, description: 'End node.' }),
      count: t.arg.int({ required: true, defaultValue: 5, description: `Number of paths, from 1 to ${MAX_PATHS}.` }),
      via: t.arg({ type: TraversalInput, description: 'Conditions on the paths.' }),
    },
    resolve: (_, { from, to, count, via }, context) =>
      pathsOf({ from, to, count: within('count', count, 1, MAX_PATHS) }, via, context),
  }),
  neighbourhood: t.field({
    type: Subgraph,
    description: `All nodes within depth steps of the start nodes, these included, nearest first, up to limit nodes. truncated says whether nodes were left out. Contains every relationship of the followed types among these nodes. ${UNKNOWN}`,
    extensions: { cost: { weight: 500 } },
    args: {
      of: t.arg.idList({ required: true, description: `Start nodes, from 1 to ${MAX_NAMED_NODES}.` }),
      depth: t.arg.int({
        required: true,
        defaultValue: 1,
        description: `Maximum distance from the nearest start node, from 0 to ${MAX_DEPTH}.`,
      }),
      limit: t.arg.int({
        required: true,
        defaultValue: 200,
        description: `Maximum number of nodes, from 1 to ${MAX_NEIGHBOURHOOD.toLocaleString('en')}. At equal distance, nodes connected to more nodes of the level before come first, then by identifier.`,
      }),
      via: t.arg({ type: TraversalInput, description: 'Conditions on the traversal. maxLength is ignored.' }),
    },
    resolve: (_, { of, depth, limit, via }, context) => neighbourhoodOf(of, depth, limit, via, context),
  }),
}));
