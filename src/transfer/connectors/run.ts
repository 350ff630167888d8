import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import type { GraphEngine } from '../../graph/engine.ts';
import { type ImportOptions, type ImportSummary, importFolder } from '../import.ts';
import { readAnr, readDgpie } from './anr.ts';
import type { Connector, ConnectorOptions, Converted } from './connector.ts';
import { readCordis } from './cordis.ts';
import { readRnsr } from './rnsr.ts';
import { readRor } from './ror.ts';
import { readSirene } from './sirene.ts';

/** The published lists that can be imported as they are. */
export const CONNECTORS = {
  ...{ ror: readRor, anr: readAnr, dgpie: readDgpie },
  ...{ cordis: readCordis, rnsr: readRnsr, sirene: readSirene },
} as const satisfies Record<string, Connector>;
export type ConnectorName = keyof typeof CONNECTORS;

/** What an import of a published file did, beside what every import says. */
export interface ConnectorSummary extends Omit<Converted, 'files'> {
  readonly summary: ImportSummary;
}

/**
 * Imports a published file: it is read for what it says about this graph, which is written as the files of an import into
 * a folder that is deleted afterwards, and imported by the same rules as any other. Throws a CsvFileError for a file that
 * is not of the format.
 */
export async function importPublished(
  engine: GraphEngine,
  name: ConnectorName,
  file: string,
  { identifiers, ...options }: ImportOptions & ConnectorOptions = {},
): Promise<ConnectorSummary> {
  const { files, ...counts } = await CONNECTORS[name](file, engine, { signal: options.signal, identifiers });
  const folder = await mkdtemp(join(tmpdir(), `grappe-${name}-`));
  try {
    for (const [csv, rows] of Object.entries(files)) {
      if (rows.length === 0) continue;
      const columns = Object.keys(rows[0]!);
      await writeFile(join(folder, csv), stringify([columns, ...rows.map((row) => columns.map((one) => row[one]))]));
    }
    return { ...counts, summary: await importFolder(engine, folder, { by: `import --from ${name}`, ...options }) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
