import type { Cell, Table } from './csv.ts';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isListOfFields = (value: unknown): value is readonly Fields[] =>
  Array.isArray(value) && value.length > 0 && value.every(isFields);
const cellOf = (value: unknown): Cell =>
  typeof value === 'number' || value == null
    ? (value ?? null)
    : Array.isArray(value)
      ? value.join('; ')
      : String(value);

/** The columns of an entry: its fields and those within them by their paths; of sources the titles and addresses. */
function columnsOf(entry: Fields, before = ''): [name: string, value: Cell][] {
  return Object.entries(entry).flatMap(([name, value]): [string, Cell][] => {
    if (name === '__typename') return [];
    const path = before + name;
    if (name === 'sources' && Array.isArray(value)) {
      const sources = value as readonly Fields[];
      return [
        [`${before}sources`, sources.map(({ title }) => title).join('; ')],
        [`${before}source_urls`, sources.flatMap(({ url }) => (url ? [url] : [])).join('; ')],
      ];
    }
    if (isListOfFields(value)) return [[path, value.map(({ name: called, id }) => String(called ?? id)).join('; ')]];
    // Of an edge the node comes without a prefix: it is what the row is about.
    return isFields(value) ? columnsOf(value, name === 'node' ? before : `${path}_`) : [[path, cellOf(value)]];
  });
}

/** A list of facts within an entry, each with its sources: memberships, partnerships. */
const factsIn = (entry: Fields): string | undefined =>
  Object.keys(entry).find(
    (name) => name !== 'sources' && isListOfFields(entry[name]) && 'sources' in (entry[name] as Fields[])[0]!,
  );

/**
 * The edges of a connection as a table with the names of the API: one row a fact, with its period and sources, or one row an
 * edge where it has no facts.
 */
export function tableOfEdges(edges: readonly object[]): Table {
  const rows = (edges as readonly Fields[]).flatMap((edge) => {
    const name = factsIn(edge);
    if (name === undefined) return [new Map(columnsOf(edge))];
    const { [name]: facts, ...others } = edge;
    return (facts as readonly Fields[]).map((fact) => new Map([...columnsOf(others), ...columnsOf(fact)]));
  });
  const first = ['id', 'name'];
  const names = new Set(rows.flatMap((row) => [...row.keys()]));
  const columns = [...first.filter((name) => names.has(name)), ...[...names].filter((name) => !first.includes(name))];
  return { columns, rows: rows.map((row) => columns.map((name) => row.get(name) ?? null)) };
}
