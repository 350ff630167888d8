import { type ExportDocument, kindsOf, periodOf, sourcesInWords } from './document.ts';
import { xmlText } from './xml.ts';

const key = (id: string, of: 'node' | 'edge' | 'graph', type: string): string =>
  `<key id="${of[0]}_${id}" for="${of}" attr.name="${id}" attr.type="${type}"/>\n`;
const data = (id: string, value: string | number | null): string =>
  value === null ? '' : `<data key="${id}">${xmlText(String(value))}</data>`;

/** GraphML, which igraph, networkx and Cytoscape read. */
export function* graphml(document: ExportDocument): Generator<string> {
  const { graph, columns, communityOf, positionOf, title, description, madeOn } = document;
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n';
  for (const name of ['title', 'description', 'sources', 'date']) yield key(name, 'graph', 'string');
  for (const name of ['name', 'type', 'kind']) yield key(name, 'node', 'string');
  if (communityOf) yield key('community', 'node', 'int');
  for (const { name, type } of columns) yield key(name, 'node', type === 'integer' ? 'int' : type);
  if (positionOf) yield key('x', 'node', 'double') + key('y', 'node', 'double');
  yield key('weight', 'edge', 'double') + key('projects', 'edge', 'int');
  for (const name of ['kinds', 'since', 'until']) yield key(name, 'edge', 'string');
  yield `<graph edgedefault="undirected">\n${data('g_title', title)}${data('g_description', description)}${data('g_sources', sourcesInWords(document))}${data('g_date', madeOn)}\n`;
  for (const [number, { id, name, type, kind }] of graph.nodes.entries()) {
    const values = [
      ...[data('n_name', name), data('n_type', type), data('n_kind', kind)],
      communityOf ? data('n_community', communityOf(number)) : '',
      ...columns.map((column) => data(`n_${column.name}`, column.of(number))),
    ];
    const position = positionOf?.(number);
    if (position) values.push(data('n_x', position[0]), data('n_y', position[1]));
    yield `<node id="${xmlText(id)}">${values.join('')}</node>\n`;
  }
  const { from, to, projects, strength } = graph.pairs;
  const ids = graph.nodes.map(({ id }) => xmlText(id));
  for (let pair = 0; pair < graph.pairCount; pair++) {
    const { since, until } = periodOf(graph, pair);
    const [source, target] = [ids[from[pair]!]!, ids[to[pair]!]!];
    const kinds = data('e_kinds', kindsOf(graph, pair).join(' '));
    yield `<edge source="${source}" target="${target}"><data key="e_weight">${strength[pair]}</data><data key="e_projects">${projects[pair]}</data>${kinds}${data('e_since', since)}${data('e_until', until)}</edge>\n`;
  }
  yield '</graph>\n</graphml>\n';
}
