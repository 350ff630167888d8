import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createContext } from '../../schema/context.ts';
import { createGraph } from '../../schema/graph.ts';
import { writeExport } from '../../schema/graph-exports.ts';
import { ConfigError } from '../config/reader.ts';
import type { Config } from '../config.ts';
import { makeFolder } from '../graph/make-folder.ts';
import { openExisting } from '../graph/open.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../subgraphs/exports/formats.ts';
import { EVERYTHING_AMONG } from '../subgraphs/selection.ts';
import { completeFile, writtenFile } from '../transfer/written-file.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { withEngine } from './with-engine.ts';

/** The format that a command names: `gexf`, `edges-csv`. Throws a ConfigError that names those that there are. */
function formatOf(given: string): ExportFormat {
  const name = given.toUpperCase().replaceAll('-', '_');
  if (name in EXPORT_FORMATS) return name as ExportFormat;
  const names = Object.keys(EXPORT_FORMATS).map((each) => each.toLowerCase().replaceAll('_', '-'));
  throw new ConfigError([{ variable: '--format', value: given, expected: `one of ${names.join(', ')} is needed.` }]);
}

/**
 * `grappe export --format`: writes the actors that have partners, and their partnerships, as one file; as SKG-IF, which knows
 * no partnerships, all actors and their projects. The file gets its name when it is complete.
 */
export async function runPartnershipExport(
  config: Config,
  { folder, format, signal }: { readonly folder: string; readonly format: string; readonly signal: AbortSignal },
  say: (line: string) => void,
): Promise<ExitCode> {
  const named = formatOf(format);
  const ofProjects = named === 'SKG_IF';
  const order = {
    format: named,
    selection: {
      ...EVERYTHING_AMONG,
      ...{ types: [ofProjects ? ('PARTICIPATES_IN' as const) : ('PARTNERS_WITH' as const)], among: null },
      ...{ isOfActors: true, connectedOnly: !ofProjects },
    },
    communities: { resolution: 1, weights: 'STRENGTH' as const, seed: 1 },
    rankings: ['DEGREE' as const, 'WEIGHTED_DEGREE' as const, 'PAGE_RANK' as const],
    positions: null,
    regions: false,
    title: 'Grappe',
    description: ofProjects
      ? 'Actors, and the projects in which they take part.'
      : 'Actors that have partners, and their partnerships; communities by Leiden.',
  };
  return withEngine(
    config,
    async (engine) => {
      makeFolder(folder);
      const graph = createGraph(engine, { snapshotBytes: Number.MAX_SAFE_INTEGER });
      await graph.snapshot!.load({ signal });
      const file = await writeExport(order, createContext(graph, signal));
      const path = join(folder, file.name);
      await completeFile(path, (part) => pipeline(file.parts, writtenFile(part), { signal }));
      say(`${path} written.`);
      return EXIT.fine;
    },
    { open: openExisting },
  );
}
