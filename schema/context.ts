import type { GraphEngine } from '../src/graph/engine.ts';
import { createLoaders, type Loaders } from '../src/loaders/loaders.ts';
import { type NameSearch, nameSearchOf } from '../src/search/name-search.ts';

/** What resolvers may reach: loaders, and nothing else that fetches. */
export interface RequestContext {
  readonly loaders: Loaders;
  /** The name index, in step with the graph. */
  readonly search: NameSearch;
  /** Aborted when the reader leaves or the time is up. */
  readonly signal: AbortSignal;
}

/** The context of one request. */
export function createContext(engine: GraphEngine, signal: AbortSignal): RequestContext {
  return { loaders: createLoaders(engine, signal), search: nameSearchOf(engine), signal };
}
