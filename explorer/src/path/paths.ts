import { graphql, type ResultOf, type VariablesOf } from '../api/graphql.ts';
import { Network, type NetworkEdge, type NetworkNode } from '../network/graph/network.ts';
import { FACT } from '../network/view/fact.tsx';

/** Steps that a path has at the most. */
export const MOST_STEPS = 6;

/** Paths between two nodes, each step with its fact. */
export const PATHS = graphql(
  `
    query Paths($a: ID!, $b: ID!, $count: Int!, $via: TraversalInput!) {
      paths(from: $a, to: $b, count: $count, via: $via) {
        length
        nodes {
          id
          name
          ... on Organisation {
            kind
          }
        }
        relationships {
          ...FactShown
          ... on Partnership {
            projects(first: 3) {
              id
              name
              start
              end
            }
          }
        }
      }
    }
  `,
  [FACT],
);

export type FoundPath = NonNullable<ResultOf<typeof PATHS>['paths']>[number];
type Via = VariablesOf<typeof PATHS>['via'];

/** Types of relationships that paths follow, and that they follow when nobody chooses. */
export const PATH_TYPES = [
  ...['PARTNERS_WITH', 'MEMBER_OF', 'PARTICIPATES_IN', 'LABELS', 'AFFILIATED_WITH', 'SUCCEEDED_BY'],
] as const;
export const USUAL_TYPES: readonly string[] = PATH_TYPES.filter((type) => type !== 'AFFILIATED_WITH');

/** The conditions that an address sets. */
export function viaOf(
  { types, hubs }: { readonly types: readonly string[]; readonly hubs: number | null },
  year: number | null,
): Via {
  return {
    maxLength: MOST_STEPS,
    relationships: (types.length > 0 ? types : USUAL_TYPES) as never,
    ...(hubs === null ? {} : { avoidHubsOver: hubs }),
    ...(year === null ? {} : { asOf: String(year) }),
  };
}

const TYPE_OF_PREFIX: Readonly<Record<string, string>> = {
  ...{ organisation: 'Organisation', pole: 'Pole', cluster: 'Cluster', project: 'Project' },
};

/** Units between one step of a path and the next, and between one path and the next. */
const [STEP, ROW] = [100, 42];

/** Paths as a network: both ends at the sides, what lies between by its step, one path below the other. */
export function networkOfPaths(paths: readonly FoundPath[]): Network {
  const numbers = new Map<string, number>();
  const nodes: NetworkNode[] = [];
  const places: { x: number; y: number; count: number }[] = [];
  const edges = new Map<string, NetworkEdge & { readonly relationships: FoundPath['relationships'] }>();
  const longest = Math.max(1, ...paths.map(({ length }) => length));
  for (const [row, path] of paths.entries()) {
    for (const [step, node] of path.nodes.entries()) {
      let number = numbers.get(node.id);
      if (number === undefined) {
        number = nodes.length;
        numbers.set(node.id, number);
        const type = TYPE_OF_PREFIX[node.id.slice(0, node.id.indexOf('/'))] ?? 'Project';
        const kind = 'kind' in node ? node.kind : null;
        nodes.push({ id: node.id, name: node.name ?? node.id, type, kind, region: null, community: null, values: {} });
        places.push({ x: 0, y: 0, count: 0 });
      }
      const place = places[number]!;
      place.x += (step * longest * STEP) / path.length || 0;
      place.y += (row - (paths.length - 1) / 2) * ROW;
      place.count++;
    }
    for (const [step, fact] of path.relationships.entries()) {
      const [from, to] = [path.nodes[step]!, path.nodes[step + 1]!].map(({ id }) => numbers.get(id)!) as [
        number,
        number,
      ];
      const key = [from, to].sort((a, b) => a - b).join(' ');
      if (edges.has(key)) continue;
      const kind = 'kind' in fact ? fact.kind : null;
      const projects = 'projectCount' in fact ? fact.projectCount : 0;
      const relationship = { ...fact, kind, since: fact.since, until: fact.until, strength: 1, projects };
      edges.set(key, { from, to, weight: 1, projects, relationships: [relationship] as never });
    }
  }
  // What several paths share lies between them.
  return new Network(nodes, [...edges.values()], (node) => {
    const { x, y, count } = places[node]!;
    return [x / count, y / count];
  });
}
