import { type ExportDocument, kindsOf, periodOf } from './document.ts';

/** How a text begins that spreadsheets run: also behind a full-width sign, a tab or a line break. */
const RUNS = /^[=+\-@\t\r\n＝＋－＠]/;

/** A cell: quoted where it must be; a text that a spreadsheet would run has an apostrophe before it. */
function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = RUNS.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const row = (values: readonly (string | number | null)[]): string => `${values.map(cell).join(',')}\r\n`;

/** The nodes, one a row. Gephi reads the columns Id and Label. */
export function* nodesCsv({ graph, columns, communityOf, positionOf }: ExportDocument): Generator<string> {
  yield row([
    ...['Id', 'Label', 'type', 'kind'],
    ...(communityOf ? ['community'] : []),
    ...columns.map(({ name }) => name),
    ...(positionOf ? ['x', 'y'] : []),
  ]);
  for (const [number, { id, name, type, kind }] of graph.nodes.entries()) {
    yield row([
      ...[id, name, type, kind],
      ...(communityOf ? [communityOf(number)] : []),
      ...columns.map(({ of }) => of(number)),
      ...(positionOf?.(number) ?? []),
    ]);
  }
}

/** The edges, one a row, as Gephi reads them. */
export function* edgesCsv({ graph }: ExportDocument): Generator<string> {
  yield row(['Source', 'Target', 'Type', 'Id', 'Label', 'Weight', 'projects', 'since', 'until']);
  const { from, to, projects, strength } = graph.pairs;
  const ids = graph.nodes.map(({ id }) => cell(id));
  for (let pair = 0; pair < graph.pairCount; pair++) {
    const { since, until } = periodOf(graph, pair);
    const kinds = cell(kindsOf(graph, pair).join(' '));
    const ends = `${ids[from[pair]!]},${ids[to[pair]!]}`;
    yield `${ends},Undirected,${pair},${kinds},${strength[pair]},${projects[pair]},${since ?? ''},${until ?? ''}\r\n`;
  }
}

/** The sources of the file, one a row: the other tables have no place for them. */
export function* sourcesCsv({ sources }: ExportDocument): Generator<string> {
  yield row(['id', 'title', 'publisher', 'url', 'licence', 'facts']);
  for (const { id, title, publisher, url, licence, facts } of sources) {
    yield row([id, title, publisher, url, licence, facts]);
  }
}

/** The relationships, one a row: several may join the same two nodes. */
export function* relationshipsCsv({ graph }: ExportDocument): Generator<string> {
  yield row(['source', 'target', 'type', 'kind', 'since', 'until']);
  const { from, to, start } = graph.pairs;
  const { type, kind, since, until, isForward } = graph.relationships;
  for (let pair = 0; pair < graph.pairCount; pair++) {
    const ends = [graph.nodes[from[pair]!]!.id, graph.nodes[to[pair]!]!.id];
    for (let at = start[pair]!; at < start[pair + 1]!; at++) {
      const directed = isForward[at] === 1 ? ends : ends.toReversed();
      yield row([...directed, graph.types[type[at]!]!, kind[at]!, since[at]!, until[at]!]);
    }
  }
}
