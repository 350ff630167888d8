import type { GraphEngine } from './engine.ts';

/** Which engine holds the graph: the only place that knows is this file. */
export type EngineSettings =
  | {
      readonly engine: 'neo4j';
      readonly uri: string;
      readonly user: string;
      readonly password: string;
      readonly database: string;
    }
  | { readonly engine: 'grafeo'; readonly folder: string };

/** Opens the engine that the settings name. Throws a GraphError LOCKED or UNSUPPORTED that says what to do instead. */
export async function openEngine(settings: EngineSettings): Promise<GraphEngine> {
  switch (settings.engine) {
    case 'neo4j':
      return (await import('./neo4j/engine.ts')).openNeo4j(settings);
    case 'grafeo':
      return (await import('./grafeo/engine.ts')).openGrafeo(settings);
  }
}
