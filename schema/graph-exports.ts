import { type NodeRecord, nodeRecord, nodesById } from '../src/store/node.ts';
import { documentOf } from '../src/subgraphs/exports/columns.ts';
import { type ExportedSource, type ExportedTopics, inParts } from '../src/subgraphs/exports/document.ts';
import { EXPORT_FORMATS } from '../src/subgraphs/exports/formats.ts';
import type { ExportOrder } from '../src/subgraphs/exports/order.ts';
import type { SelectedGraph } from '../src/subgraphs/selected-graph.ts';
import { createContext, type RequestContext } from './context.ts';
import type { Graph } from './graph.ts';
import { foundAgain } from './subgraph-selection.ts';

/** A file that is written while it is read. */
export interface GraphExport {
  readonly name: string;
  readonly contentType: string;
  readonly parts: AsyncIterable<string | Uint8Array>;
}

const NO_COLUMNS = { communities: null, rankings: [], positions: null } as const;

/** The sources of a selected graph, as their records describe them. */
async function sourcesOf(
  { sources }: SelectedGraph,
  { loaders }: Pick<RequestContext, 'loaders'>,
): Promise<ExportedSource[]> {
  const records = await Promise.all(sources.map(({ id }) => loaders.node.load(id)));
  return sources.map(({ id, facts }, at) => {
    const { name = id, publisher = null, url = null, licence = null } = records[at] ?? {};
    return { id, facts, title: name, publisher, url, licence };
  });
}

/** The names of the régions of each node's seat, as its community's `territories` count them. */
async function regionsOf(
  selected: SelectedGraph,
  { subgraphs, loaders }: Pick<RequestContext, 'subgraphs' | 'loaders'>,
): Promise<(node: number) => string | null> {
  const { labels, offsets, values } = await subgraphs.attribute(selected, 'REGION');
  const names = await Promise.all(labels.map(async (id) => (await loaders.node.load(id))?.name ?? id));
  return (node) => {
    const own = Array.from(values.subarray(offsets[node]!, offsets[node + 1]!), (value) => names[value]!);
    return own.length === 0 ? null : own.sort().join(', ');
  };
}

/** Records of nodes, read at once and not stored: a file has each once. */
async function recordsOf(
  ids: readonly string[],
  { loaders }: Pick<RequestContext, 'loaders'>,
): Promise<ReadonlyMap<string, NodeRecord>> {
  const rows = await loaders.read(nodesById, { ids });
  return new Map(rows.map(({ node }) => [node.id, nodeRecord(node)]));
}

/** The topics of each node, as its community's `topics` count them. */
async function topicsOf(
  selected: SelectedGraph,
  context: Pick<RequestContext, 'subgraphs' | 'loaders'>,
): Promise<ExportedTopics> {
  const { labels, offsets, values } = await context.subgraphs.attribute(selected, 'TOPIC');
  const records = await recordsOf(labels, context);
  return {
    records: labels.flatMap((id) => records.get(id) ?? []),
    of: (node) => Array.from(values.subarray(offsets[node]!, offsets[node + 1]!), (value) => labels[value]!),
  };
}

/** The file of an order, of the graph as it is now. What is computed is computed before the first line. */
export async function writeExport(
  order: ExportOrder,
  context: Pick<RequestContext, 'subgraphs' | 'loaders'>,
): Promise<GraphExport> {
  const { subgraphs, loaders } = context;
  // A file takes seconds: questions go first.
  loaders.slices.priority = 'background';
  const { ending, contentType, hasColumns, write } = EXPORT_FORMATS[order.format];
  const selected = await subgraphs.select(order.selection);
  const sources = await sourcesOf(selected, context);
  const regionOf = hasColumns && order.regions ? await regionsOf(selected, context) : null;
  const document = await documentOf(hasColumns ? order : { ...order, ...NO_COLUMNS }, selected, {
    ...{ measures: subgraphs.measures(selected), sources, regionOf },
    recordsOf: (ids) => recordsOf(ids, context),
    topicsOf: () => topicsOf(selected, context),
  });
  async function* parts(): AsyncGenerator<string | Uint8Array> {
    for await (const part of inParts(await write(document))) {
      yield part;
      if (loaders.slices.isOver) await loaders.slices.next();
    }
  }
  return { name: `grappe-${document.madeOn}${ending}`, contentType, parts: parts() };
}

/** The file of a link that `export` gave; null where it has expired. */
export async function openExport(graph: Graph, token: string, signal: AbortSignal): Promise<GraphExport | null> {
  const order = await graph.subgraphs.links.find(token);
  if (order === null) return null;
  const context = createContext(graph, signal);
  return writeExport({ ...order, selection: await foundAgain(order.selection, context) }, context);
}
