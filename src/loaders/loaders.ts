import type DataLoader from 'dataloader';
import { constantPart, type Key, keyOf } from '../domain/key.ts';
import type { Parameters } from '../graph/statement.ts';
import { type PageArguments, readPageArguments } from '../paging/arguments.ts';
import type { Requester } from '../scheduling/requester.ts';
import { type FacetCount, type FacetRequest, facetCounts } from '../store/facet.ts';
import {
  EVERYTHING,
  isAlike,
  type ListEdge,
  type ListRequest,
  membersPart,
  type Projection,
  selectedOf,
} from '../store/list.ts';
import type { Listing, PackedRows, Selected } from '../store/listing.ts';
import { atOnce } from './batches.ts';
import { GatheredReaders } from './gathered-readers.ts';
import { type AskedLists, facets, ids, pages, ROOT, totals } from './lists.ts';
import { ifNamed, namesRecords, survivingParameters } from './named-records.ts';
import type { Reading } from './reading.ts';
import { RecordLoaders } from './record-loaders.ts';
import type { LoadersGraph, Work } from './request-reader.ts';
import { type Page, Window } from './window.ts';

/** A list of the API: its page, its total and its facets are fetched only when a field asks for them. */
export interface Connection<Edge extends ListEdge> {
  readonly request: ListRequest<Edge>;
  /** The page, with what is brought of its entries; everything by default. */
  page(projection?: Projection): Promise<Page<Edge>>;
  total(): Promise<number>;
  /** Counts the actors of the whole list, each once. */
  facet(facet: FacetRequest): Promise<readonly FacetCount[]>;
}

/**
 * Everything that a request may fetch, batched by level: whatever the number of parents, one statement per field. One set
 * per request; what is cached beyond it is cached under the version of the graph.
 */
export class Loaders extends RecordLoaders {
  readonly #gathered = new GatheredReaders();
  /** Of each listing the last one asked for. */
  readonly #lastWindows = new Map<Listing, { readonly page: PageArguments; readonly window: Window<ListEdge> }>();
  /** Parents of whose lists something came: so they are there. */
  readonly #met = new Set<string>();

  override forget(): void {
    super.forget();
    this.#gathered.clear();
    this.#met.clear();
  }

  /** Whether a list of a node has shown that it is there, under this very identifier. */
  hasMet(id: string): boolean {
    return this.#met.has(id);
  }

  /** A connection of a parent: its entries in pages. Throws for arguments that no page can answer. */
  connection<Edge extends ListEdge>(request: ListRequest<Edge>, page: PageArguments, parent: string): Connection<Edge> {
    const window = this.#window(request, page);
    const met = (entries: number): void => {
      if (entries > 0) this.#met.add(parent);
    };
    return {
      request,
      page: async (projection = EVERYTHING) => {
        const found = await this.#page(window, projection, parent);
        met(found.edges.length);
        return found;
      },
      total: async () => {
        const found = await this.#withSurvivors(request, (asked) => this.#totals(asked).load(parent));
        met(found);
        return found;
      },
      facet: async (facet) => {
        const found = await this.#withSurvivors(request, (asked) => this.#facets(asked, facet).load(parent));
        met(found.length);
        return found;
      },
    };
  }

  /** The window of a request: the same for all parents of a level, whose resolvers are called one after the other. */
  #window<Edge extends ListEdge>(request: ListRequest<Edge>, page: PageArguments): Window<Edge> {
    const last = this.#lastWindows.get(request.listing);
    if (last?.window.request === (request as ListRequest) && isAlike(last.page, page)) {
      return last.window as unknown as Window<Edge>;
    }
    const window = new Window(request, readPageArguments(page));
    this.#lastWindows.set(request.listing, { page, window: window as unknown as Window<ListEdge> });
    return window;
  }

  /** A connection without a parent. Throws for arguments that no page can answer. */
  root<Edge extends ListEdge>(request: ListRequest<Edge>, page: PageArguments): Connection<Edge> {
    return this.connection(request, page, ROOT);
  }

  /** A short list of a parent, whole up to its bound. */
  async list<Edge extends ListEdge>(
    request: ListRequest<Edge>,
    bound: number,
    parent: string,
  ): Promise<readonly Edge[]> {
    const window = new Window(request, { backward: false, size: bound, cursor: null });
    return (await this.#page(window, { ...EVERYTHING, positions: false }, parent)).edges;
  }

  /** The identifiers of all entries of a list without a parent, in no order. */
  rootIds(request: ListRequest): Promise<readonly string[]> {
    return this.#withSurvivors(request, (asked) => {
      const key = keyOf('ids', membersPart(asked));
      return this.#lists(key, asked, asked.parameters, ids).load(ROOT);
    });
  }

  #page<Edge extends ListEdge>(window: Window<Edge>, projection: Projection, parent: string): Promise<Page<Edge>> {
    return this.#withSurvivors(window.request, async (asked) => {
      const key = window.readersKey(asked.parameters);
      const pages = await this.#gathered.serve(key, projection, (all) => this.#pages(asked, window, all));
      return pages.load(parent);
    });
  }

  /** Pages of a list of many parents, with what is brought of their entries. */
  #pages<Edge extends ListEdge>(
    request: ListRequest<Edge>,
    window: Window<Edge>,
    projection: Projection,
  ): DataLoader<string, Page<Edge>, string> {
    const selected = selectedOf(request.listing, projection);
    const key = keyOf('page', { ...window.part(request.parameters), selected });
    // The edges are made in the batch too: a list that takes long to make would ask the next level later than the others.
    return this.#lists(key, request, window.parameters(request.parameters), async (asked, reading) => {
      const found = await pages(asked, { ...window.shape, selected }, reading);
      for (const rows of found) this.#remember(rows, selected);
      const pageFrom = window.reader(selected);
      this.slices.begin();
      return this.slices.map(found.entries(), ([index, rows]) => pageFrom(rows, asked.parents[index]!));
    });
  }

  #totals(request: ListRequest): DataLoader<string, number> {
    return this.#lists(keyOf('total', membersPart(request)), request, request.parameters, totals);
  }

  #facets(request: ListRequest, { facet, parameters }: FacetRequest): DataLoader<string, readonly FacetCount[]> {
    const key = keyOf('facet', { of: membersPart(request), facet: constantPart(facet), own: parameters });
    return this.#lists(key, request, { ...request.parameters, ...parameters }, async (asked, reading) =>
      (await facets(asked, facet, reading)).map((rows) => facetCounts(facet, rows)),
    );
  }

  /** A loader of a part of a list, by its parents: what `read` finds in one batch, in their order. */
  #lists<Value>(
    key: Key,
    request: ListRequest,
    parameters: Parameters,
    read: (asked: AskedLists, reading: Reading) => Promise<readonly Value[]>,
  ): DataLoader<string, Value, string> {
    const load: Work<string, Value> = (parents, ask, note) =>
      this.batches.join(() => read({ request, parameters, parents }, this.reading(ask, note)));
    return this.loader(key, load, { way: atOnce });
  }

  /**
   * What a question about a list finds. Its filter may name records that were merged away: it is asked at once with what was
   * written, and again where that turns out to stand for other records.
   */
  #withSurvivors<Value, Edge extends ListEdge>(
    request: ListRequest<Edge>,
    found: (asked: ListRequest<Edge>) => Promise<Value>,
  ): Promise<Value> {
    return namesRecords(request) ? this.#ofSurvivors(request, found) : found(request);
  }

  async #ofSurvivors<Value, Edge extends ListEdge>(
    request: ListRequest<Edge>,
    found: (asked: ListRequest<Edge>) => Promise<Value>,
  ): Promise<Value> {
    const asked = ifNamed(request, this.survivor, found(request));
    const [asWritten, survivors] = await Promise.all([asked, survivingParameters(request, this.survivor)]);
    return survivors === null ? asWritten : found({ ...request, parameters: { ...request.parameters, ...survivors } });
  }

  /** Relationships that were shown may be asked for next: notes a node at one of their ends. */
  #remember(rows: PackedRows, { summary, related }: Selected): void {
    const idAt = related.indexOf('id');
    if (this.hints === null || idAt < 0) return;
    for (const row of rows) {
      for (const relationship of row[summary.length] as readonly (readonly unknown[])[]) {
        this.hints.note(relationship[idAt] as string, row[0] as string);
      }
    }
  }
}

/** The loaders of one request to a graph; the signal calls off what they have asked when the reader leaves. */
export function createLoaders(graph: LoadersGraph, signal: AbortSignal, requester?: Requester): Loaders {
  return new Loaders(graph, signal, requester);
}
