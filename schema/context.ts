import type { Author } from '../src/domain/role.ts';
import { createEditor, type Editor } from '../src/editing/editor.ts';
import { type Following, followerOf } from '../src/editing/follow.ts';
import type { GraphEngine } from '../src/graph/engine.ts';
import type { KeptResults } from '../src/loaders/kept-results.ts';
import { createLoaders, type Loaders } from '../src/loaders/loaders.ts';
import type { Requester } from '../src/scheduling/requester.ts';
import { type NameSearch, nameSearchOf } from '../src/search/name-search.ts';
import type { ChangeEntry } from '../src/store/change.ts';

/** What resolvers may reach: loaders, and nothing else that fetches; an editor, and nothing else that writes. */
export interface RequestContext {
  readonly loaders: Loaders;
  /** The name index, in step with the graph. */
  readonly search: NameSearch;
  /** Aborted when the reader leaves or the time is up. */
  readonly signal: AbortSignal;
  /** Who asks; null for someone who has not said. */
  readonly author: Author | null;
  /** Changes the graph in the author's name. The schema's rights are checked before (rights.ts). */
  readonly edit: Editor;
  /** Tells of changes as they are committed, by whichever process. */
  readonly follow: (following: Omit<Following, 'signal'>) => Promise<AsyncIterableIterator<ChangeEntry>>;
}

/**
 * The context of one request; without an author it may read. What is kept across requests answers where it is given. The
 * requester is whom the engine admits its statements for.
 */
export function createContext(
  engine: GraphEngine,
  signal: AbortSignal,
  author: Author | null = null,
  kept: KeptResults | null = null,
  requester?: Requester,
): RequestContext {
  const loaders = createLoaders(engine, signal, kept, requester);
  return {
    loaders,
    search: nameSearchOf(engine),
    signal,
    author,
    edit: createEditor(engine, author?.name ?? null, { signal, requester, watch: loaders.flights.counting }),
    follow: (following) => followerOf(engine).listen({ ...following, signal }),
  };
}
