import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import type { GraphEngine } from '../../graph/engine.ts';
import { importFolder } from '../import.ts';
import type { ImportOptions, ImportSummary } from '../import-options.ts';
import { readAnr, readDgpie } from './anr.ts';
import type { Connector, ConnectorOptions, Converted } from './connector.ts';
import { readCordis } from './cordis.ts';
import { graphOf, type MatchedGraph } from './matched-graph.ts';
import { readRnsr } from './rnsr.ts';
import { readRor } from './ror.ts';
import { readSirene } from './sirene.ts';

/** The published lists that can be imported as they are. */
export const CONNECTORS = {
  ...{ ror: readRor, anr: readAnr, dgpie: readDgpie },
  ...{ cordis: readCordis, rnsr: readRnsr, sirene: readSirene },
} as const satisfies Record<string, Connector>;
export type ConnectorName = keyof typeof CONNECTORS;

/** What was found in a published file. */
export type Found = Omit<Converted, 'files'>;

/** What an import of a published file did, beside what every import says. */
export interface ConnectorSummary extends Found {
  readonly summary: ImportSummary;
}

/**
 * Reads a published file for what it says about a graph, and writes that as the files of an import into a folder, which is
 * deleted once `use` is done with it. Throws a CsvFileError for a file that is not of the format.
 */
export async function withConverted<Result>(
  name: ConnectorName,
  { file, graph, ...options }: ConnectorOptions & { readonly file: string; readonly graph: MatchedGraph },
  use: (folder: string, found: Found) => Promise<Result>,
): Promise<Result> {
  const { files, ...found } = await CONNECTORS[name](file, graph, options);
  const folder = await mkdtemp(join(tmpdir(), `grappe-${name}-`));
  try {
    for (const [csv, rows] of Object.entries(files)) {
      if (rows.length === 0) continue;
      const columns = Object.keys(rows[0]!);
      await writeFile(join(folder, csv), stringify([columns, ...rows.map((row) => columns.map((one) => row[one]))]));
    }
    return await use(folder, found);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Imports a published file by the same rules as any other import. Throws a CsvFileError for a file that is not of the format. */
export function importPublished(
  engine: GraphEngine,
  name: ConnectorName,
  file: string,
  { identifiers, ...options }: ImportOptions & ConnectorOptions = {},
): Promise<ConnectorSummary> {
  const published = { file, graph: graphOf(engine), signal: options.signal, identifiers };
  return withConverted(name, published, async (folder, found) => ({
    ...found,
    summary: await importFolder(engine, folder, { by: `import --from ${name}`, ...options }),
  }));
}
