import type { ExportDocument } from './document.ts';
import { jsonProperty } from './json-text.ts';

/** An object without what is not known. */
const known = (values: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));

/** The relationships of a pair; `reversed`: it leads from the target to the source. */
function relationshipsOf({ graph }: ExportDocument, pair: number): string {
  const { type, kind, since, until, strength, projects, isForward } = graph.relationships;
  let found = '';
  for (let at = graph.pairs.start[pair]!; at < graph.pairs.start[pair + 1]!; at++) {
    const period = `${jsonProperty('since', since[at]!)}${jsonProperty('until', until[at]!)}`;
    // Another relationship than a partnership counts 1, and has no projects.
    const counted =
      graph.types[type[at]!] === 'PARTNERS_WITH' ? `,"strength":${strength[at]},"projects":${projects[at]}` : '';
    const end = isForward[at] === 1 ? '}' : ',"reversed":true}';
    found += `${found === '' ? '' : ','}{"type":"${graph.types[type[at]!]}"${jsonProperty('kind', kind[at]!)}${period}${counted}${end}`;
  }
  return found;
}

/**
 * The node-link JSON that networkx writes and reads (node_link_graph), which d3 and the like take as it is: nodes with
 * their columns, edges by the identifiers of their ends, each with its relationships and their periods.
 */
export function* nodeLinkJson(document: ExportDocument): Generator<string> {
  const { graph, columns, communityOf, positionOf, title, description, sources, madeOn } = document;
  const about = { title, description, date: madeOn, sources: sources.map((source) => known({ ...source })) };
  yield `{"directed":false,"multigraph":false,"graph":${JSON.stringify(about)},\n"nodes":[`;
  for (const [number, { id, name, type, kind }] of graph.nodes.entries()) {
    const position = positionOf?.(number);
    const node = known({
      ...{ id, name, type, kind, community: communityOf?.(number) ?? null },
      ...Object.fromEntries(columns.map((column) => [column.name, column.of(number)])),
      ...(position ? { x: position[0], y: position[1] } : {}),
    });
    yield `${number === 0 ? '' : ','}\n${JSON.stringify(node)}`;
  }
  yield '],\n"edges":[';
  const { from, to, projects, strength } = graph.pairs;
  const ids = graph.nodes.map(({ id }) => JSON.stringify(id));
  for (let pair = 0; pair < graph.pairCount; pair++) {
    const relationships = relationshipsOf(document, pair);
    const ends = `"source":${ids[from[pair]!]},"target":${ids[to[pair]!]}`;
    yield `${pair === 0 ? '' : ','}\n{${ends},"weight":${strength[pair]},"projects":${projects[pair]},"relationships":[${relationships}]}`;
  }
  yield ']}\n';
}
