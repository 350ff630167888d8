import { ask, type Failure } from '../api/ask.ts';
import { graphql, type VariablesOf } from '../api/graphql.ts';
import { authorization } from '../api/token.ts';
import type { GraphSelection } from '../selection/selection.ts';
import { networkOfCommunities } from './graph/communities.ts';
import { type FileSource, type NodeLinkFile, networkOf } from './graph/file.ts';
import type { Network } from './graph/network.ts';

/** Nodes that are drawn as nodes; where there are more, communities are. */
export const READABLE_NODES = 2_000;
/** Nodes that are drawn at all, where somebody insists. */
export const MOST_NODES = 5_000;
/** Communities that are drawn, and links between them. */
export const MOST_COMMUNITIES = 150;

/** The part of the graph, counted, and the files that have it: of all, and of what positions are settled for. */
export const PART = graphql(`
  query NetworkWithBase($select: GraphSelection!, $base: GraphSelection!, $rankings: [RankingMeasure!], $resolution: Float!) {
    subgraph(select: $select) {
      nodeCount
      edgeCount
      relationshipCount
      isolatedCount
      export(format: NODE_LINK_JSON, regions: true, rankings: $rankings, resolution: $resolution) {
        url
      }
    }
    base: subgraph(select: $base) {
      nodeCount
      export(format: NODE_LINK_JSON, communities: false, positions: true) {
        url
      }
    }
  }
`);

/** The same where nothing was added: one file has all. */
export const WHOLE_PART = graphql(`
  query Network($select: GraphSelection!, $rankings: [RankingMeasure!], $resolution: Float!) {
    subgraph(select: $select) {
      nodeCount
      edgeCount
      relationshipCount
      isolatedCount
      export(format: NODE_LINK_JSON, positions: true, regions: true, rankings: $rankings, resolution: $resolution) {
        url
      }
    }
  }
`);

/** The communities of a part that has too many nodes to be read, and the edges between them. */
export const COMMUNITIES = graphql(`
  query Communities($select: GraphSelection!, $resolution: Float!, $first: Int!) {
    subgraph(select: $select) {
      nodeCount
      edgeCount
      isolatedCount
      communities(resolution: $resolution) {
        count
        modularity
        communities(first: $first) {
          nodes {
            number
            size
            name
          }
        }
        links(first: 1000) {
          from {
            number
          }
          to {
            number
          }
          edgeCount
          strength
        }
      }
    }
  }
`);

type Rankings = NonNullable<VariablesOf<typeof WHOLE_PART>['rankings']>;

/** What is asked for. */
export interface NetworkRequest {
  /** The conditions, without nodes that were added. */
  readonly select: GraphSelection;
  /** Nodes that were added, with their neighbours along some relationships. */
  readonly also: NonNullable<GraphSelection['also']>;
  readonly rankings: Rankings;
  readonly resolution: number;
  /** Whether more than READABLE_NODES are drawn as nodes, up to MOST_NODES. */
  readonly all: boolean;
}

/** What a request selects, with nodes that were added, and further ones. */
export const selectedBy = (
  { select, also }: Pick<NetworkRequest, 'select' | 'also'>,
  more: NetworkRequest['also'] = [],
): GraphSelection => ({ ...select, also: [...(select.also ?? []), ...also, ...more] });

/** A network with what is known of the whole part. */
export interface LoadedNetwork {
  readonly network: Network;
  /** Whether its nodes are communities. */
  readonly isOfCommunities: boolean;
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly isolatedCount: number;
  /** The communities of the part, and how many nodes those have that are not drawn; null where nodes are drawn. */
  readonly communities: { readonly count: number; readonly drawn: number; readonly nodesLeftOut: number } | null;
  /** Where the facts come from, those of most facts first. */
  readonly sources: readonly FileSource[];
}

export type Loaded = LoadedNetwork | { readonly failure: Failure };

/** Answers of late, so that going back shows what was there at once. */
const recent = new Map<string, LoadedNetwork>();
const REMEMBERED = 6;

async function fileAt(url: string, signal: AbortSignal): Promise<NodeLinkFile | { failure: Failure }> {
  for (let tries = 1; ; tries++) {
    const response = await fetch(url, { signal, headers: { ...authorization() } }).catch((error: unknown) => {
      if (signal.aborted) throw error;
      return null;
    });
    if (response === null) return { failure: { code: 'OFFLINE', message: '' } };
    if (response.ok) return (await response.json()) as NodeLinkFile;
    const retryAfter = Number(response.headers.get('retry-after') ?? 0);
    if (response.status !== 503 || retryAfter === 0 || tries === 10) {
      const body = (await response.json().catch(() => null)) as { errors?: { message: string }[] } | null;
      return { failure: { code: 'EXPORT_EXPIRED', message: body?.errors?.[0]?.message ?? response.statusText } };
    }
    await new Promise((resolve) => setTimeout(resolve, retryAfter * 1_000));
  }
}

/** The communities of what the conditions select: nodes that were added belong to none, as inCommunity of the API has it. */
async function communitiesOf({ select, resolution }: NetworkRequest, signal: AbortSignal): Promise<Loaded> {
  const variables = { select: { ...select, also: [] }, resolution, first: MOST_COMMUNITIES };
  let answer = await ask(COMMUNITIES, variables, { signal });
  // Of a large part the first question may take too long; what it has computed is stored.
  if (answer.failure?.code === 'TIMEOUT') answer = await ask(COMMUNITIES, variables, { signal });
  if (answer.failure) return answer;
  const { communities: found, ...counts } = answer.data.subgraph!;
  const shown = found.communities.nodes;
  const inThem = shown.reduce((sum, { size }) => sum + size, 0);
  const nodesLeftOut = counts.nodeCount - counts.isolatedCount - inThem;
  return {
    ...counts,
    network: networkOfCommunities(shown, found.links),
    isOfCommunities: true,
    communities: { count: found.count, drawn: shown.length, nodesLeftOut },
    sources: [],
  };
}

type Base = { readonly export: { readonly url: string } } | null;

/** Loads a network: one request and its file, or one more for communities. Rejects only when the signal is aborted. */
export async function loadNetwork(request: NetworkRequest, signal: AbortSignal): Promise<Loaded> {
  const key = JSON.stringify(request);
  const known = recent.get(key);
  if (known) return known;
  const { select, also, rankings, resolution, all } = request;
  const variables = { select: selectedBy(request), rankings, resolution };
  const isExpanded = also.length > 0;
  const answer = isExpanded
    ? await ask(PART, { ...variables, base: select }, { signal })
    : await ask(WHOLE_PART, variables, { signal });
  if (answer.failure) return answer;
  const part = answer.data.subgraph!;
  const base = 'base' in answer.data ? (answer.data.base as Base) : null;
  const { nodeCount, edgeCount, isolatedCount } = part;
  const counts = { nodeCount, edgeCount, isolatedCount };
  let found: Loaded;
  if (nodeCount > (all ? MOST_NODES : READABLE_NODES)) {
    found = await communitiesOf(request, signal);
  } else {
    const [file, placed] = await Promise.all([
      fileAt(part.export.url, signal),
      base ? fileAt(base.export.url, signal) : undefined,
    ]);
    if ('failure' in file) return file;
    if (placed && 'failure' in placed) return placed;
    found = {
      ...counts,
      network: networkOf(file, placed),
      isOfCommunities: false,
      communities: null,
      sources: file.graph.sources,
    };
  }
  if (!('failure' in found)) {
    recent.set(key, found);
    for (const oldest of [...recent.keys()].slice(0, -REMEMBERED)) recent.delete(oldest);
  }
  return found;
}

/** Forgets the answers of late: the graph has changed. */
export const forgetNetworks = (): void => recent.clear();
