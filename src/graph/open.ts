import type { GraphEngine, Salvaged } from './engine.ts';
import { GraphError } from './errors.ts';

/** Which engine holds the graph: the only place that knows is this file. */
export type EngineSettings =
  | {
      readonly engine: 'neo4j';
      readonly uri: string;
      readonly user: string;
      readonly password: string;
      readonly database: string;
      /** Whether the database may hold what is not Grappe's before its first start. */
      readonly shared?: boolean;
    }
  | {
      readonly engine: 'grafeo';
      readonly folder: string;
      /** Open a damaged store with what is left of it. */
      readonly salvage?: boolean;
    };

/** Opens the engine that the settings name. Throws a GraphError LOCKED, UNUSABLE, STORAGE_FULL or UNSUPPORTED that says what to do instead. */
export async function openEngine(settings: EngineSettings): Promise<GraphEngine> {
  switch (settings.engine) {
    case 'neo4j':
      return (await import('./neo4j/engine.ts')).openNeo4j(settings);
    case 'grafeo':
      return (await import('./grafeo/open.ts')).openGrafeo(settings);
  }
}

/** Accepts a damaged store as it is. Throws a GraphError UNSUPPORTED for a Neo4j, which mends its own. */
export async function salvageStore(settings: EngineSettings): Promise<Salvaged> {
  if (settings.engine === 'grafeo') return (await import('./grafeo/open.ts')).salvageGrafeo(settings);
  throw new GraphError('UNSUPPORTED', 'Only an embedded store can be salvaged: leave NEO4J_URI out.');
}
