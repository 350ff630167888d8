import { describedWithSources, type ExportDocument, kindsOf } from './document.ts';

/** VOSviewer's and VOSviewer Online's JSON: items by number from 1, links with a strength, clusters from 1. */
export function* vosviewer(document: ExportDocument): Generator<string> {
  const { graph, columns, communityOf, positionOf, title } = document;
  yield `{"info":${JSON.stringify({ title, description: describedWithSources(document) })},"network":{"items":[`;
  for (const [number, { id, name, type, kind }] of graph.nodes.entries()) {
    const community = communityOf?.(number) ?? null;
    const position = positionOf?.(number);
    const weights = columns
      .map((column) => [column.name, column.of(number)] as const)
      .filter(([, value]) => typeof value === 'number');
    const item = {
      ...{ id: number + 1, label: name, description: `${id} (${kind ?? type})` },
      ...(community === null ? {} : { cluster: community + 1 }),
      ...(position ? { x: position[0], y: position[1] } : {}),
      weights: { Links: graph.degree(number), ...Object.fromEntries(weights) },
    };
    yield `${number === 0 ? '' : ',\n'}${JSON.stringify(item)}`;
  }
  yield '],"links":[';
  const { from, to, strength } = graph.pairs;
  for (let pair = 0; pair < graph.pairCount; pair++) {
    const link = {
      ...{ source_id: from[pair]! + 1, target_id: to[pair]! + 1, strength: strength[pair] },
      description: kindsOf(graph, pair).join(' '),
    };
    yield `${pair === 0 ? '' : ',\n'}${JSON.stringify(link)}`;
  }
  yield ']}}\n';
}
