import { dirname, resolve } from 'node:path';
import type { GraphEngine, Salvaged } from './engine.ts';
import { GraphError } from './errors.ts';

/** The settings of an engine. Only this file knows the engines. */
export type EngineSettings =
  | {
      readonly engine: 'neo4j';
      readonly uri: string;
      readonly user: string;
      readonly password: string;
      readonly database: string;
      /** Whether the database may contain data of others before the first start. */
      readonly shared?: boolean;
    }
  | {
      readonly engine: 'grafeo';
      readonly folder: string;
      /** Open a damaged store with what remains. */
      readonly salvage?: boolean;
    };

/**
 * Opens the engine of the settings. Throws a GraphError LOCKED, UNUSABLE, STORAGE_FULL or UNSUPPORTED, whose message
 * names the remedy.
 */
export async function openEngine(settings: EngineSettings): Promise<GraphEngine> {
  switch (settings.engine) {
    case 'neo4j':
      return (await import('./neo4j/engine.ts')).openNeo4j(settings);
    case 'grafeo':
      return (await import('./grafeo/open.ts')).openGrafeo(settings);
  }
}

/** Throws a GraphError UNUSABLE for an embedded store of which nothing is there. */
async function rejectMissing(settings: EngineSettings): Promise<void> {
  if (settings.engine !== 'grafeo') return;
  const { StoreFiles, statOf } = await import('./grafeo/store-files.ts');
  const { folder, graph, log, record } = new StoreFiles(settings.folder);
  let nearest = resolve(folder);
  while (statOf(nearest) === null) nearest = dirname(nearest);
  // Where a file is in the way, opening says so, and where files are missing beside others.
  if (!statOf(nearest)!.isDirectory() || [graph, log, record].some((path) => statOf(path) !== null)) return;
  throw new GraphError(
    'UNUSABLE',
    `There is no graph in ${settings.folder}: start the server once, or say with GRAPPE_DATA where it is.`,
  );
}

/** The same for work that makes no store: an embedded one that is not there is a GraphError UNUSABLE too. */
export async function openExisting(settings: EngineSettings): Promise<GraphEngine> {
  await rejectMissing(settings);
  return openEngine(settings);
}

/** Accepts a damaged store as it is. Throws a GraphError UNSUPPORTED for a Neo4j, which repairs its own. */
export async function salvageStore(settings: EngineSettings): Promise<Salvaged> {
  await rejectMissing(settings);
  if (settings.engine === 'grafeo') return (await import('./grafeo/open.ts')).salvageGrafeo(settings);
  throw new GraphError('UNSUPPORTED', 'Only an embedded store can be salvaged: leave NEO4J_URI out.');
}
