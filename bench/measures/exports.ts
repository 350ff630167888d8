// node bench/measures/exports.ts [nodes] [edges]: edges that each format writes in a second of processor, and how memory grows.
import { inParts } from '../../src/subgraphs/exports/document.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../../src/subgraphs/exports/formats.ts';
import { SelectedGraph } from '../../src/subgraphs/selected-graph.ts';
import { planted, selected } from './planted.ts';

const [nodes = 100_000, edges = 1_000_000] = process.argv.slice(2).map(Number);
const graph = new SelectedGraph(selected(planted(nodes, edges)));
const document = {
  ...{ graph, communityOf: (node: number) => node % 200, positionOf: null, title: 'Planted', description: 'A bench.' },
  columns: [{ name: 'degree', type: 'integer' as const, of: (node: number) => graph.degree(node) }],
  ...{ sources: [], madeOn: '2026-11-29' },
  recordsOf: async () => new Map(),
  topicsOf: async () => ({ records: [], of: () => [] }),
};
const WITHOUT_EDGES: ReadonlySet<ExportFormat> = new Set(['NODES_CSV', 'NODES_PARQUET', 'SOURCES_CSV', 'SKG_IF']);

const MB = 1_048_576;
console.log(`${graph.nodes.length} nodes, ${graph.pairCount} edges`);
console.log('format               seconds  edges a second  largest part  memory grew by');
for (const [name, { write }] of Object.entries(EXPORT_FORMATS)) {
  if (WITHOUT_EDGES.has(name as ExportFormat)) continue;
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  const start = process.cpuUsage();
  let [largest, most] = [0, 0];
  for await (const part of inParts(await write(document))) {
    largest = Math.max(largest, part.length);
    most = Math.max(most, process.memoryUsage.rss());
  }
  const { user, system } = process.cpuUsage(start);
  const seconds = (user + system) / 1e6;
  const figures = [
    seconds.toFixed(2).padStart(7),
    Math.round(graph.pairCount / seconds)
      .toLocaleString('en')
      .padStart(15),
    `${(largest / MB).toFixed(2)} MB`.padStart(13),
    `${Math.max(0, (most - before) / MB).toFixed(0)} MB`.padStart(15),
  ];
  console.log(`${name.padEnd(20)} ${figures.join(' ')}`);
}
