import { documentOf } from '../src/subgraphs/exports/columns.ts';
import { inParts } from '../src/subgraphs/exports/document.ts';
import { EXPORT_FORMATS } from '../src/subgraphs/exports/formats.ts';
import type { ExportOrder } from '../src/subgraphs/exports/links.ts';
import { createContext, type RequestContext } from './context.ts';
import type { Graph } from './graph.ts';

/** A file that is written while it is read. */
export interface GraphExport {
  readonly name: string;
  readonly contentType: string;
  readonly parts: AsyncIterable<string | Uint8Array>;
}

/** The file of an order, of the graph as it is now. What is computed is computed before the first line. */
export async function writeExport(
  order: ExportOrder,
  { subgraphs, loaders }: Pick<RequestContext, 'subgraphs' | 'loaders'>,
): Promise<GraphExport> {
  const selected = await subgraphs.select(order.selection);
  const document = await documentOf(order, selected, subgraphs.measures(selected));
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
