import type { GraphQLResolveInfo } from 'graphql';
import type { CommittedAddition } from '../src/changes/addition.ts';
import type { Following } from '../src/changes/following.ts';
import type { Author } from '../src/domain/role.ts';
import { createEditor, type Editor } from '../src/editing/editor.ts';
import { createLoaders, type Loaders } from '../src/loaders/loaders.ts';
import type { Requester } from '../src/scheduling/requester.ts';
import type { NameSearch } from '../src/search/name-search.ts';
import type { ChangeEntry } from '../src/store/changelog.ts';
import type { ExportLinks } from '../src/subgraphs/exports/links.ts';
import { Subgraphs } from '../src/subgraphs/subgraphs.ts';
import type { Graph } from './graph.ts';

/** How much an answer may still hold. */
export interface AnswerBudget {
  /** Counts the items of a list that `info` is resolved for. Throws when they are too many, or the time is up. */
  take(items: readonly unknown[], info: GraphQLResolveInfo): void;
  /** Starts again, for the next event of a subscription. */
  renew(): void;
}

/** How clients reach the server. */
export interface ServedAt {
  /** Its address, without a slash at the end. */
  readonly url: string;
  /** Other origins whose pages may read the files of links. */
  readonly fileReaders: readonly string[];
}

/** What resolvers may reach: loaders, and nothing else that fetches; an editor, and nothing else that writes. */
export interface RequestContext {
  readonly loaders: Loaders;
  /** Selected parts of the graph, and their measures. */
  readonly subgraphs: Subgraphs;
  /** Links to files of these. */
  readonly exports: ExportLinks;
  /** The name index, in step with the graph. */
  readonly search: NameSearch;
  /** Aborted when the reader leaves or the time is up. */
  readonly signal: AbortSignal;
  /** Who asks; null for someone who has not said. */
  readonly author: Author | null;
  /** Changes the graph in the author's name. The schema's rights are checked before (rights.ts). */
  readonly edit: Editor;
  /** Counts what lists bring into the answer, and ends the execution when it is too much. The server adds it. */
  readonly budget?: AnswerBudget;
  /** How the client reached the server. The server adds it. */
  readonly servedAt?: ServedAt;
  /** Tells of changes as they are committed, by whichever process. */
  readonly follow: (following: Omit<Following, 'signal'>) => Promise<AsyncIterableIterator<ChangeEntry>>;
}

/** The context of one request to a graph; without an author it may read. Its statements are admitted for the requester. */
export function createContext(
  graph: Graph,
  signal: AbortSignal,
  author: Author | null = null,
  requester?: Requester,
): RequestContext {
  const { engine, names, changes, snapshot, hints, subgraphs } = graph;
  const loaders = createLoaders(graph, signal, requester);
  const onChange = (addition: CommittedAddition | null): void => {
    changes.hurry();
    snapshot?.wrote(addition);
  };
  const watch = loaders.batches.counting;
  return {
    loaders,
    subgraphs: new Subgraphs(subgraphs, loaders, signal),
    exports: subgraphs.links,
    search: names,
    signal,
    author,
    edit: createEditor(engine, author?.name ?? null, { signal, requester, hints, onChange, watch }),
    follow: (following) => changes.listen({ ...following, signal }),
  };
}
