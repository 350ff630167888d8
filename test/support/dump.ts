import { RELATIONSHIP_TYPES } from '../../src/domain/vocabulary.ts';
import type { GraphEngine } from '../../src/graph/engine.ts';
import { type GraphValue, statement } from '../../src/graph/statement.ts';
import type { Reference } from './reference.ts';

type Properties = Record<string, GraphValue>;

/** An entire graph, except its log: every node with its labels, every relationship with its ends, by identifier. */
export interface Dump {
  readonly nodes: Readonly<Record<string, Properties>>;
  readonly edges: Readonly<Record<string, Properties>>;
}

const allNodes = statement<{ node: Properties; labels: string[] }>(
  'allNodes',
  'MATCH (n:Entity) RETURN properties(n) AS node, labels(n) AS labels',
);
const allEdges = RELATIONSHIP_TYPES.map((type) =>
  statement<{ from: string; to: string; type: string; edge: Properties }>(
    `all_${type}`,
    `MATCH (a)-[r:${type}]->(b) RETURN a.id AS from, b.id AS to, '${type}' AS type, properties(r) AS edge`,
  ),
);

/** What only the run of time decides. */
const PASSING = ['createdAt', 'updatedAt'];
const COUNTS = ['partnerCount', 'projectCount', 'memberCount'];

const lasting = (properties: Properties, passing: readonly string[]): Properties =>
  Object.fromEntries(Object.entries(properties).filter(([name]) => !passing.includes(name)));

/** Reads everything. An actor that was never counted counts none. */
export async function dumpOf(engine: GraphEngine): Promise<Dump> {
  const nodes = (await engine.read(allNodes)).map(({ node, labels }): [string, Properties] => {
    const isActor = ['Organisation', 'Pole', 'Cluster'].includes(String(node.type));
    const counts = isActor ? Object.fromEntries(COUNTS.map((name) => [name, node[name] ?? 0])) : {};
    return [String(node.id), { ...lasting(node, PASSING), ...counts, labels: [...labels].sort() }];
  });
  const edges = (await Promise.all(allEdges.map((one) => engine.read(one)))).flat();
  return {
    nodes: Object.fromEntries(nodes.sort(([a], [b]) => (a < b ? -1 : 1))),
    edges: Object.fromEntries(
      edges
        .map(({ edge, ...ends }): [string, Properties] => [String(edge.id), { ...edge, ...ends }])
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  };
}

/** Everything that a graph of the reference must hold, when it was imported in one go. */
export function dumpExpected(reference: Reference): Dump {
  const nodes = [...reference.nodes.values()].map((thing): [string, Properties] => {
    const network = thing.type === 'Pole' || thing.type === 'Cluster' ? ['Network'] : [];
    const labels = ['Entity', thing.type, ...network].sort();
    return [thing.id, { ...(reference.stored(thing) as Properties), version: 1, labels }];
  });
  const edges = reference.edges.map(({ id, type, from, to, fields, valid }): [string, Properties] => {
    const given = Object.entries(fields).filter(([, value]) => !(Array.isArray(value) && value.length === 0));
    const properties = { ...(Object.fromEntries(given) as Properties), validFrom: valid.from, validTo: valid.to };
    return [id, { id, ...properties, from: from.id, to: to.id, type }];
  });
  return {
    nodes: Object.fromEntries(nodes.sort(([a], [b]) => (a < b ? -1 : 1))),
    edges: Object.fromEntries(edges.sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** A dump without versions, which depend on the number of steps that made the graph. */
export function withoutVersions({ nodes, edges }: Dump): Dump {
  const strip = (records: Dump['nodes']): Dump['nodes'] =>
    Object.fromEntries(Object.entries(records).map(([id, record]) => [id, lasting(record, ['version'])]));
  return { nodes: strip(nodes), edges: strip(edges) };
}
