import { once } from 'node:events';
import { chmod, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { stringify } from 'csv-stringify/sync';
import { propertyOf } from '../domain/field.ts';
import { fieldsOf, RECORD_TYPE_OF } from '../domain/record-fields.ts';
import { RELATIONSHIP_SHAPES } from '../domain/relationship.ts';
import type { NodeType } from '../domain/vocabulary.ts';
import type { GraphEngine } from '../graph/engine.ts';
import { longRead } from '../graph/long-read.ts';
import { makeFolder } from '../graph/make-folder.ts';
import type { GraphValue, Statement } from '../graph/statement.ts';
import { usersRights } from '../graph/users-rights.ts';
import { type DeletedRecord, deletedAfter } from '../store/deleted.ts';
import { type ExportedNode, type ExportedRelationship, nodesToExport, relationshipsToExport } from '../store/export.ts';
import { type MergeRecord, mergedAfter } from '../store/merge.ts';
import { escapeItem } from './columns.ts';
import { FILES } from './files.ts';
import { columnsOf } from './template.ts';
import { writtenFile } from './written-file.ts';

/** The progress of an export. */
export interface ExportProgress {
  readonly file: string;
  /** Rows written so far, of all files. */
  readonly rows: number;
}

export interface ExportOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ExportProgress) => void;
}

/** The result of an export. */
export interface ExportSummary {
  readonly rows: number;
  readonly files: readonly { readonly file: string; readonly rows: number }[];
  /** False if the graph changed during the export, so that the files may show different moments. */
  readonly isOfOneMoment: boolean;
}

/** A row of a file, as values by column. */
type ExportRow = Readonly<Record<string, unknown>>;
interface Table {
  readonly pages: (engine: GraphEngine, signal: AbortSignal | undefined) => AsyncGenerator<ExportRow[], void, void>;
}

/** A page of 5,000 rows with their links takes a second; on a busy database more. */
const PAGE_TIMEOUT_MS = 120_000;
const PART = '.part';

const idCell = (list: unknown): string =>
  ((list ?? []) as readonly (readonly [string])[])
    .map(([id]) => id)
    .sort()
    .join(';');

const datedIdCell = (list: unknown): string =>
  ((list ?? []) as readonly (readonly [id: string, since: string | null, until: string | null])[])
    .map(([id, since, until]) => (since === null && until === null ? id : `${id}@${since ?? ''}..${until ?? ''}`))
    .sort()
    .join(';');

function pagesOf<Row>(statement: Statement<Row>, keyOf: (row: Row) => string, toRow: (row: Row) => ExportRow): Table {
  return {
    async *pages(engine, signal) {
      const options = { signal, timeoutMs: PAGE_TIMEOUT_MS };
      for await (const rows of longRead(engine, statement, keyOf, '', {}, options)) yield rows.map(toRow);
    },
  };
}

/** The cells of a node by field: its properties under the names of the fields, and the nodes that its record lists. */
function cellsOf(type: NodeType, node: ExportedNode): ExportRow {
  return Object.fromEntries(
    fieldsOf(RECORD_TYPE_OF[type]).map(([name, field]) => {
      if (field.kind === 'dated references') return [name, datedIdCell(node[name])];
      const property = name in node ? null : propertyOf(name, field);
      return [name, property === null ? idCell(node[name]) : node.properties[property]];
    }),
  );
}

const nodes = (type: NodeType, more: ExportRow = {}): Table =>
  pagesOf(
    nodesToExport[type],
    ({ properties }) => properties.id,
    (node) => ({ ...cellsOf(type, node), id: node.properties.id, ...more }),
  );

const relationships = (type: keyof typeof relationshipsToExport): Table => {
  const { from, to } = RELATIONSHIP_SHAPES[type];
  return pagesOf(
    relationshipsToExport[type],
    ({ properties }) => properties.id,
    (row: ExportedRelationship) => ({ ...row.properties, [from.name]: row.from, [to.name]: row.to }),
  );
};

/** Several tables, one after the other. */
const joined = (...tables: readonly Table[]): Table => ({
  async *pages(engine, signal) {
    for (const table of tables) yield* table.pages(engine, signal);
  },
});

/** The rows of each file. */
const TABLES: Readonly<Record<string, Table>> = {
  'sources.csv': nodes('Source'),
  'territories.csv': nodes('Territory'),
  'topics.csv': nodes('Topic'),
  'networks.csv': joined(nodes('Cluster', { type: 'CLUSTER' }), nodes('Pole', { type: 'POLE' })),
  'organisations.csv': nodes('Organisation'),
  'memberships.csv': relationships('MEMBER_OF'),
  'affiliations.csv': relationships('AFFILIATED_WITH'),
  'partnerships.csv': relationships('PARTNERS_WITH'),
  'successions.csv': relationships('SUCCEEDED_BY'),
  'labels.csv': relationships('HOLDS_LABEL'),
  'projects.csv': nodes('Project'),
  'participations.csv': relationships('PARTICIPATES_IN'),
  'patents.csv': nodes('Patent'),
  'productions.csv': relationships('PRODUCED_AT'),
  'indicators.csv': nodes('Indicator'),
  'claims.csv': nodes('Claim'),
  'territory_parts.csv': relationships('PART_OF'),
  'merges.csv': pagesOf(
    mergedAfter,
    ({ id }) => id,
    ({ id, ...merge }: MergeRecord) => ({ ...merge, merged: id }),
  ),
  'deletions.csv': pagesOf(
    deletedAfter,
    ({ id }) => id,
    ({ id, ...deletion }: DeletedRecord) => ({ ...deletion, deleted: id }),
  ),
};

/** A value exactly as the import reads it back: formulas are not escaped for spreadsheets. */
function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return (value as readonly GraphValue[]).map((item) => escapeItem(String(item))).join(';');
  return String(value);
}

/** Rows as CSV. A cell with line breaks is quoted. */
const csv = (rows: readonly (readonly string[])[]): string =>
  stringify(rows as string[][], { record_delimiter: 'windows', quoted_match: /[\r\n]/ });

async function writeTable(
  engine: GraphEngine,
  table: Table,
  columns: readonly string[],
  path: string,
  signal: AbortSignal | undefined,
  onRows: (rows: number) => void,
): Promise<number> {
  const stream = writtenFile(path);
  const written = finished(stream);
  // A failure is thrown below, where this is awaited.
  written.catch(() => {});
  let count = 0;
  try {
    const write = async (text: string): Promise<void> => {
      if (!stream.write(text)) await Promise.race([once(stream, 'drain'), written]);
    };
    await write(csv([columns]));
    for await (const rows of table.pages(engine, signal)) {
      signal?.throwIfAborted();
      await write(csv(rows.map((row) => columns.map((column) => cell(row[column])))));
      count += rows.length;
      onRows(count);
    }
  } finally {
    stream.end();
    await written;
  }
  return count;
}

/**
 * Writes the entire graph into a folder, in the files that an import reads, each in the order of identifiers: equal
 * graphs give equal files, and an import into an empty store restores the graph. Memory: one page. The files appear
 * together at the end, so that an interrupted export leaves none.
 */
export async function exportFolder(
  engine: GraphEngine,
  folder: string,
  { signal, onProgress }: ExportOptions = {},
): Promise<ExportSummary> {
  const rights = usersRights();
  const isNew = makeFolder(folder);
  if (rights !== null && isNew) await chmod(folder, rights.folder);
  const before = await engine.version({ signal });
  const files: { file: string; rows: number }[] = [];
  let rows = 0;
  try {
    for (const format of FILES) {
      const { file } = format;
      const names = columnsOf(format);
      const path = join(folder, file + PART);
      const count = await writeTable(engine, TABLES[file]!, names, path, signal, (some) =>
        onProgress?.({ file, rows: rows + some }),
      );
      rows += count;
      files.push({ file, rows: count });
    }
    for (const { file } of FILES) {
      if (rights !== null) await chmod(join(folder, file + PART), rights.file);
      await rename(join(folder, file + PART), join(folder, file));
    }
  } catch (error) {
    for (const { file } of FILES) await rm(join(folder, file + PART), { force: true });
    throw error;
  }
  return { rows, files, isOfOneMoment: (await engine.version({ signal })) === before };
}
