import { ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import { type ExportDocument, kindsOf, periodOf, sourcesInWords } from './document.ts';

/** A column of a table: its value in each row. */
interface Column {
  readonly name: string;
  readonly type: 'STRING' | 'INT32' | 'DOUBLE';
  readonly of: (row: number) => string | number | null;
}

/** Rows of a row group: so few that a group is written in some milliseconds. With 5,000 it was 30, and the file a twentieth smaller. */
const GROUP = 2_000;

/** Takes the bytes that were written since the last time. */
function taken(writer: ByteWriter): Uint8Array {
  const bytes = writer.getBytes().slice();
  writer.index = 0;
  return bytes;
}

/** A table as Parquet, group by group; what the file is stands in its metadata. */
function* table(columns: readonly Column[], rows: number, document: ExportDocument): Generator<Uint8Array> {
  const { title, description, madeOn } = document;
  const about = { title, description, sources: sourcesInWords(document), date: madeOn };
  const writer = new ByteWriter();
  const parquet = new ParquetWriter({
    writer,
    schema: schemaFromColumnData({ columnData: columns.map(({ name, type }) => ({ name, type, data: [] })) }),
    kvMetadata: Object.entries(about).map(([key, value]) => ({ key, value })),
    createdBy: 'Grappe',
  });
  for (let start = 0; start < rows; start += GROUP) {
    const length = Math.min(GROUP, rows - start);
    const columnData = columns.map(({ name, of }) => ({
      name,
      data: Array.from({ length }, (_, row) => of(start + row)),
    }));
    void parquet.write({ columnData, rowGroupSize: GROUP });
    yield taken(writer);
  }
  void parquet.finish();
  yield taken(writer);
}

const PARQUET_TYPES = { integer: 'INT32', double: 'DOUBLE', string: 'STRING' } as const;

/** The nodes, one a row. */
export function nodesParquet(document: ExportDocument): Iterable<Uint8Array> {
  const { graph, columns, communityOf, positionOf } = document;
  const text = (name: 'id' | 'name' | 'type' | 'kind'): Column => ({
    ...{ name, type: 'STRING' },
    of: (row) => graph.nodes[row]![name],
  });
  const all: Column[] = [text('id'), text('name'), text('type'), text('kind')];
  if (communityOf) all.push({ name: 'community', type: 'INT32', of: communityOf });
  for (const { name, type, of } of columns) all.push({ name, type: PARQUET_TYPES[type], of });
  if (positionOf) {
    for (const [index, name] of ['x', 'y'].entries()) {
      all.push({ name, type: 'DOUBLE', of: (row) => positionOf(row)[index]! });
    }
  }
  return table(all, graph.nodes.length, document);
}

/** The edges, one a row. */
export function edgesParquet(document: ExportDocument): Iterable<Uint8Array> {
  const { graph } = document;
  const { from, to, projects, strength } = graph.pairs;
  const all: Column[] = [
    { name: 'source', type: 'STRING', of: (row) => graph.nodes[from[row]!]!.id },
    { name: 'target', type: 'STRING', of: (row) => graph.nodes[to[row]!]!.id },
    { name: 'weight', type: 'DOUBLE', of: (row) => strength[row]! },
    { name: 'projects', type: 'INT32', of: (row) => projects[row]! },
    { name: 'kinds', type: 'STRING', of: (row) => kindsOf(graph, row).join(' ') },
    { name: 'since', type: 'STRING', of: (row) => periodOf(graph, row).since },
    { name: 'until', type: 'STRING', of: (row) => periodOf(graph, row).until },
  ];
  return table(all, graph.pairCount, document);
}
