import type DataLoader from 'dataloader';
import { constantPart, type Key, keyOf } from '../domain/key.ts';
import type { Parameters } from '../graph/statement.ts';
import type { PageArguments } from '../paging/arguments.ts';
import type { Requester } from '../scheduling/requester.ts';
import type { Ask } from '../store/ask.ts';
import { type FacetCount, type FacetRequest, facetCounts } from '../store/facet.ts';
import {
  EVERYTHING,
  type ListEdge,
  type ListRequest,
  listPart,
  membersPart,
  rowReader,
  selectedOf,
  type Wanted,
} from '../store/list.ts';
import { directionsOf, type Facet, type Selected } from '../store/listing.ts';
import { pageOf } from '../store/parent-statements.ts';
import { atOnce } from './batches.ts';
import { GatheredReaders } from './gathered-readers.ts';
import { ifNamed, survivingParameters } from './named-records.ts';
import { parentFacets, parentPages, parentTotals } from './parent-lists.ts';
import type { Reading } from './reading.ts';
import { RecordLoaders } from './record-loaders.ts';
import type { LoadersGraph, Work } from './request-reader.ts';
import { rootFacet, rootIds, rootPage, rootTotal } from './root-lists.ts';
import { type Page, Window } from './window.ts';

/** A list of the API: its page, its total and its facets are fetched only when a field asks for them. */
export interface Connection<Edge extends ListEdge> {
  readonly request: ListRequest<Edge>;
  /** The page, with what is wanted of its entries; everything by default. */
  page(wanted?: Wanted): Promise<Page<Edge>>;
  total(): Promise<number>;
  /** Counts the actors of the whole list, each once. */
  facet(facet: FacetRequest): Promise<readonly FacetCount[]>;
}

/** The one parent of a list that has none. */
const ROOT = '';

/** A question about a list without a parent, of which the parameters may turn out to be others than were written. */
interface RootQuestion<Value> {
  readonly key: (asked: ListRequest) => Key;
  readonly answer: (asked: ListRequest, reading: Reading) => Promise<Value>;
}

const facetKey = (request: ListRequest, facet: Facet, own: Parameters): Key =>
  keyOf('facet', { of: membersPart(request), facet: constantPart(facet), own });

const listKey = (request: ListRequest, bound: number): Key => keyOf('list', { list: listPart(request), bound });

/**
 * Everything that a request may fetch, batched by level: whatever the number of parents, one statement per field. One set
 * per request; what is cached beyond it is cached under the version of the graph.
 */
export class Loaders extends RecordLoaders {
  readonly #gathered = new GatheredReaders();
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
    const window = new Window(request, page);
    const met = (entries: number): void => {
      if (entries > 0) this.#met.add(parent);
    };
    return {
      request,
      page: async (wanted = EVERYTHING) => {
        const found = await this.#withSurvivors(request, async (asked) => {
          const key = keyOf('page readers', window.part(asked.parameters));
          const pages = await this.#gathered.serve(key, wanted, (all) => this.#pages(asked, window, all));
          return pages.load(parent);
        });
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

  /** Pages of a list of many parents, with what is wanted of their entries. */
  #pages<Edge extends ListEdge>(
    request: ListRequest<Edge>,
    window: Window<Edge>,
    wanted: Wanted,
  ): DataLoader<string, Page<Edge>, string> {
    const { listing } = request;
    const { shape } = window;
    const parameters = window.parameters(request.parameters);
    const selected = selectedOf(listing, wanted);
    const load: Work<string, Page<Edge>> = async (parents, ask, note) => {
      const reading = this.reading(ask, note);
      const asked = { request, shape: { ...shape, selected }, parameters, parents };
      // The edges are made in the batch too: a list that takes long to make would ask the next level later than the others.
      return this.batches.join(async () => {
        const rows = await parentPages(asked, reading);
        const pages = new Map(rows.map((row) => [row.parent, row.rows]));
        for (const page of pages.values()) this.#remember(page, selected);
        const pageFrom = window.reader(selected);
        this.slices.begin();
        return this.slices.map(parents, (parent) => pageFrom(pages.get(parent) ?? [], parent));
      });
    };
    return this.loader(keyOf('page', { ...window.part(request.parameters), selected }), load, { way: atOnce });
  }

  /** A connection without a parent. Throws for arguments that no page can answer. */
  root<Edge extends ListEdge>(request: ListRequest<Edge>, page: PageArguments): Connection<Edge> {
    const window = new Window(request, page);
    const pageWith = (wanted: Wanted): Promise<Page<Edge>> => {
      const selected = selectedOf(request.listing, wanted);
      const shape = { ...window.shape, selected };
      return this.#rooted(request, {
        key: ({ parameters }) => keyOf('page', { ...window.part(parameters), selected }),
        answer: async (asked, reading) => {
          const rows = await rootPage(asked, shape, window.parameters(asked.parameters), reading);
          return window.reader(selected)(rows, ROOT);
        },
      });
    };
    return {
      request,
      page: (wanted = EVERYTHING) => this.#gathered.serve(keyOf('page readers', window.part()), wanted, pageWith),
      total: () =>
        this.#rooted(request, {
          key: (asked) => keyOf('total', membersPart(asked)),
          answer: rootTotal,
        }),
      facet: ({ facet, parameters: own }) =>
        this.#rooted(request, {
          key: (asked) => facetKey(asked, facet, own),
          answer: async (asked, reading) => facetCounts(facet, await rootFacet(asked, facet, own, reading)),
        }),
    };
  }

  /** The identifiers of all entries of a list without a parent, in no order. */
  rootIds(request: ListRequest): Promise<readonly string[]> {
    return this.#rooted(request, { key: (asked) => keyOf('ids', membersPart(asked)), answer: rootIds });
  }

  /** What a question without parents finds, which counts as one statement. */
  #rooted<Value>(request: ListRequest, { key, answer }: RootQuestion<Value>): Promise<Value> {
    return this.#withSurvivors(request, (asked) =>
      this.loader<string, Value>(
        key(asked),
        async (_, ask, note) => [await this.batches.join(() => answer(asked, this.reading(ask, note)))],
        { way: atOnce },
      ).load(ROOT),
    );
  }

  /**
   * What a question about a list finds. Its filter may name records that were merged away: it is asked at once with what was
   * written, and again where that turns out to stand for other records.
   */
  async #withSurvivors<Value, Edge extends ListEdge>(
    request: ListRequest<Edge>,
    found: (asked: ListRequest<Edge>) => Promise<Value>,
  ): Promise<Value> {
    const asked = ifNamed(request, this.survivor, found(request));
    const [asWritten, survivors] = await Promise.all([asked, survivingParameters(request, this.survivor)]);
    return survivors === null ? asWritten : found({ ...request, parameters: { ...request.parameters, ...survivors } });
  }

  /** A short list of a parent, whole up to its bound. */
  list<Edge extends ListEdge>(request: ListRequest<Edge>, bound: number, parent: string): Promise<readonly Edge[]> {
    const { listing, conditions, sort } = request;
    const read = async (parents: readonly string[], ask: Ask): Promise<readonly (readonly Edge[])[]> => {
      const selected = selectedOf(listing, EVERYTHING);
      const order = { sort, ...directionsOf(request, false) };
      const shape = { conditions, ...order, continued: false, selected };
      const rows = await ask(pageOf(listing, shape), { ...request.parameters, limit: bound, parents });
      for (const row of rows) this.#remember(row.rows, selected);
      const found = new Map(rows.map((row) => [row.parent, row.rows]));
      const { edgeOf } = rowReader(request, selected);
      this.slices.begin();
      return this.slices.map(parents, (each) => (found.get(each) ?? []).map((row) => edgeOf(row, each)));
    };
    // As of pages, the edges are made in the batch.
    const load: Work<string, readonly Edge[]> = (parents, ask) => this.batches.join(() => read(parents, ask));
    return this.loader(listKey(request, bound), load, { way: atOnce }).load(parent);
  }

  #totals(request: ListRequest): DataLoader<string, number> {
    return this.loader(
      keyOf('total', membersPart(request)),
      (parents, ask, note) => this.batches.join(() => parentTotals(request, parents, this.reading(ask, note))),
      { way: atOnce },
    );
  }

  #facets(request: ListRequest, { facet, parameters }: FacetRequest): DataLoader<string, readonly FacetCount[]> {
    const count = async (parents: readonly string[], reading: Reading): Promise<FacetCount[][]> => {
      const found = await parentFacets(request, facet, parameters, parents, reading);
      return found.map((rows) => facetCounts(facet, rows));
    };
    const load: Work<string, readonly FacetCount[]> = (parents, ask, note) =>
      this.batches.join(() => count(parents, this.reading(ask, note)));
    return this.loader(facetKey(request, facet, parameters), load, { way: atOnce });
  }

  /** Relationships that were shown may be asked for next: notes a node at one of their ends. */
  #remember(rows: readonly (readonly unknown[])[], { summary, related }: Selected): void {
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
