import { documentOf } from '../src/subgraphs/exports/columns.ts';
import { type ExportedSource, inParts } from '../src/subgraphs/exports/document.ts';
import { EXPORT_FORMATS } from '../src/subgraphs/exports/formats.ts';
import type { ExportOrder } from '../src/subgraphs/exports/links.ts';
import type { SelectedGraph } from '../src/subgraphs/selected-graph.ts';
import { createContext, type RequestContext } from './context.ts';
import type { Graph } from './graph.ts';

/** A file that is written while it is read. */
export interface GraphExport {
  readonly name: string;
  readonly contentType: string;
  readonly parts: AsyncIterable<string | Uint8Array>;
}

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

/** The file of an order, of the graph as it is now. What is computed is computed before the first line. */
export async function writeExport(
  order: ExportOrder,
  context: Pick<RequestContext, 'subgraphs' | 'loaders'>,
): Promise<GraphExport> {
  const { subgraphs, loaders } = context;
  const selected = await subgraphs.select(order.selection);
  const sources = await sourcesOf(selected, context);
  const document = await documentOf(order, selected, { measures: subgraphs.measures(selected), sources });
  const { ending, contentType, write } = EXPORT_FORMATS[order.format];
  async function* parts(): AsyncGenerator<string | Uint8Array> {
    for (const part of inParts(write(document))) {
      yield part;
      if (loaders.slices.isOver) await loaders.slices.next();
    }
  }
  return { name: `grappe-${document.madeOn}${ending}`, contentType, parts: parts() };
}

/** The file of a link that `export` gave; null where it has expired. */
export async function openExport(graph: Graph, token: string, signal: AbortSignal): Promise<GraphExport | null> {
  const order = graph.subgraphs.links.find(token);
  return order && writeExport(order, createContext(graph, signal));
}
