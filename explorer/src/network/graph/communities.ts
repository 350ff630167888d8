import { Network, type NetworkEdge, type NetworkNode } from './network.ts';
import { placeBodies } from './place.ts';

/** A community as the API gives it. */
interface GivenCommunity {
  readonly number: number;
  readonly size: number;
  readonly name: string;
}

/** Edges between two communities as the API gives them. */
interface GivenLink {
  readonly from: { readonly number: number };
  readonly to: { readonly number: number };
  readonly edgeCount: number;
  readonly strength: number;
}

/** The identifier of a community in a network of communities. */
export const communityId = (number: number): string => `community/${number}`;

/** A network whose nodes are communities, named by what tells them from the rest. */
export function networkOfCommunities(communities: readonly GivenCommunity[], links: readonly GivenLink[]): Network {
  const nodes = communities.map(
    ({ number, size, name }): NetworkNode => ({
      id: communityId(number),
      ...{ name, type: 'Community', kind: null, region: null, community: number },
      values: { members: size },
    }),
  );
  const numbers = new Map(communities.map(({ number }, place) => [number, place]));
  const edges = links.flatMap(({ from, to, edgeCount, strength }): NetworkEdge[] => {
    const [one, other] = [numbers.get(from.number), numbers.get(to.number)];
    if (one === undefined || other === undefined) return [];
    return [{ from: one, to: other, weight: strength, projects: edgeCount, relationships: [] }];
  });
  const placed = placeBodies(
    communities.map(({ size }) => ({ radius: Math.sqrt(size) + 2 })),
    edges,
  );
  return new Network(nodes, edges, (node) => [placed[node]!.x, placed[node]!.y]);
}
