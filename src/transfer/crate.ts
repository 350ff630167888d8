import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readCsv } from './csv.ts';
import type { ExportSummary } from './export.ts';

/** The file that describes a folder of data, by the RO-Crate specification 1.1. */
export const CRATE_FILE = 'ro-crate-metadata.json';

const UNKNOWN_LICENCE = 'The sources name no licence: ask them before you publish these data again.';

/** The rows of a written file by column. */
async function rowsOf(path: string): Promise<Readonly<Record<string, string>>[]> {
  const rows: Record<string, string>[] = [];
  let names: readonly string[] | null = null;
  for await (const row of readCsv(path)) {
    if (!('cells' in row)) continue;
    if (names === null) names = row.cells;
    else rows.push(Object.fromEntries(names.map((name, at) => [name, row.cells[at] ?? ''])));
  }
  return rows;
}

/**
 * Describes an export by RO-Crate 1.1: its files with their sizes, its date, and the sources of its data with their
 * licences. Repositories such as Zenodo and Recherche Data Gouv read it.
 *
 * @param exportedOn The day of the export, as 2026-11-29.
 */
export async function crateOf(
  folder: string,
  { files, rows, isOfOneMoment }: ExportSummary,
  exportedOn: string,
): Promise<object> {
  const sources = await rowsOf(join(folder, 'sources.csv'));
  const licences = [...new Set(sources.map(({ licence }) => licence).filter(Boolean))].sort();
  const parts = await Promise.all(
    files.map(async ({ file, rows: count }) => ({
      ...{ '@id': file, '@type': 'File', name: file, encodingFormat: 'text/csv' },
      description: `${count} rows; docs/import.md of Grappe describes the columns.`,
      contentSize: String((await stat(join(folder, file))).size),
    })),
  );
  const sourceId = (id: string | undefined): string => `#${id}`;
  return {
    '@context': 'https://w3id.org/ro/crate/1.1/context',
    '@graph': [
      {
        ...{ '@id': CRATE_FILE, '@type': 'CreativeWork', about: { '@id': './' } },
        conformsTo: { '@id': 'https://w3id.org/ro/crate/1.1' },
      },
      {
        ...{ '@id': './', '@type': 'Dataset', name: 'A graph of innovation networks', datePublished: exportedOn },
        description: `Poles, clusters, their organisations, projects and partnerships, dated and sourced: ${rows} rows in ${files.length} tables, exported from Grappe.${isOfOneMoment ? '' : ' The graph was changed during the export: the tables may be of different moments.'}`,
        license: licences.length === 0 ? UNKNOWN_LICENCE : licences.join('; '),
        hasPart: parts.map(({ '@id': id }) => ({ '@id': id })),
        isBasedOn: sources.map(({ id }) => ({ '@id': sourceId(id) })),
      },
      ...parts,
      ...sources.map(({ id, title, publisher, url, publishedOn, licence }) => ({
        ...{ '@id': sourceId(id), '@type': 'CreativeWork', name: title },
        ...(publisher ? { publisher } : {}),
        ...(url ? { url } : {}),
        ...(publishedOn ? { datePublished: publishedOn } : {}),
        license: licence || UNKNOWN_LICENCE,
      })),
    ],
  };
}
