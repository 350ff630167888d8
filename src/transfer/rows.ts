import type { DatedReference } from '../domain/field.ts';
import { missingProblem } from '../domain/field-value.ts';
import { tidyText } from '../domain/text.ts';
import type { ResolvedInput } from '../editing/to-records.ts';
import { readCell } from './columns.ts';
import type { FoundFile } from './folder.ts';
import type { ReferenceResolver } from './references.ts';

/** A row as it was read: its values by field, the references to resolve, and its problems. */
export interface ReadRow {
  readonly line: number;
  readonly values: Record<string, ResolvedInput[string]>;
  readonly references: { readonly column: string; readonly written: readonly DatedReference[] }[];
  readonly problems: { readonly column: string; readonly reason: string }[];
  /** It names a record that has been merged away. */
  ofMerged: boolean;
}

function readColumn(row: ReadRow, name: string, cell: string, { format }: FoundFile): void {
  const field = format.columns[name]!;
  if (cell === '') {
    if (field.isRequired) row.problems.push({ column: name, reason: missingProblem(format.recordType, name) });
    row.values[name] = null;
    return;
  }
  const read = readCell(name, field, cell);
  if ('problem' in read) row.problems.push({ column: name, reason: read.problem });
  else if (field.kind === 'dated references') {
    row.references.push({ column: name, written: read.value as readonly DatedReference[] });
  } else if (field.kind === 'reference' || field.kind === 'references') {
    const written = (
      Array.isArray(read.value) ? read.value : read.value === null ? [] : [read.value]
    ) as readonly string[];
    row.references.push({ column: name, written: written.map((id) => ({ id, since: null, until: null })) });
  } else row.values[name] = read.value as ResolvedInput[string];
}

/** Reads the cells of a row. References are not resolved yet. An empty cell empties the field. */
export function readRow(line: number, cells: readonly string[], file: FoundFile): ReadRow {
  const row: ReadRow = { line, values: {}, references: [], problems: [], ofMerged: false };
  if (cells.length !== file.header.length) {
    const reason = `The row has ${cells.length} cells; the header names ${file.header.length} columns.`;
    row.problems.push({ column: '', reason });
    return row;
  }
  for (let index = 0; index < cells.length; index++) {
    const name = file.header[index]!;
    if (name !== null) readColumn(row, name, tidyText(cells[index]!), file);
  }
  return row;
}

const distinct = (ids: readonly string[]): readonly string[] => (ids.length < 2 ? ids : [...new Set(ids)]);

/** Replaces the written references of a row by identifiers. */
export function resolveRow(row: ReadRow, { format }: FoundFile, resolver: ReferenceResolver): void {
  for (const { column: name, written } of row.references) {
    const field = format.columns[name]!;
    if (!('types' in field) || field.kind === 'id') continue;
    const resolved: DatedReference[] = [];
    for (const reference of written) {
      const resolution = resolver.resolve(reference.id, field.types);
      if ('problem' in resolution) row.problems.push({ column: name, reason: resolution.problem });
      else {
        resolved.push(resolution.id === reference.id ? reference : { ...reference, id: resolution.id });
        if (resolution.isMerged && field.kind === 'reference') row.ofMerged = true;
      }
    }
    if (field.kind === 'reference') row.values[name] = resolved[0]?.id ?? null;
    else if (field.kind === 'references') row.values[name] = distinct(resolved.map(({ id }) => id));
    else row.values[name] = resolved;
  }
}
