import DataLoader from 'dataloader';
import type { IdentifierField } from '../domain/identifier.ts';
import { constantPart, type Key, keyOf, keyWithin, shortened } from '../domain/key.ts';
import type { PartialDate } from '../domain/partial-date.ts';
import { firstDay, lastDay } from '../domain/partial-date.ts';
import { FACT_TYPES, LINK_TYPES, RELATIONSHIP_ID_PREFIXES, type RelationshipType } from '../domain/vocabulary.ts';
import type { GraphEngine } from '../graph/engine.ts';
import type { Parameters, Statement } from '../graph/statement.ts';
import type { VersionProbe } from '../graph/version-probe.ts';
import type { Requester } from '../scheduling/requester.ts';
import { Slices } from '../scheduling/slices.ts';
import type { CurrentSnapshot } from '../snapshot/current.ts';
import { EdgeMask } from '../snapshot/mask.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { Ask, TaskContext, Walker } from '../store/ask.ts';
import { directionsOf, type Facet, pageOf, rootCountOf, rootFacetOf, type Selected } from '../store/compose.ts';
import { type EndpointHints, findRelationships } from '../store/endpoint-hints.ts';
import { type FacetCount, type FacetRequest, facetCounts } from '../store/facet.ts';
import { activeNetworks } from '../store/label.ts';
import {
  bothWanted,
  coversWanted,
  EVERYTHING,
  type ListEdge,
  type ListRequest,
  listPart,
  membersPart,
  rowReader,
  selectedOf,
  type Wanted,
} from '../store/list.ts';
import { unknownIn } from '../store/named.ts';
import { mergedInto, type NodeRecord, nodeRecord, nodesById, nodesByIdentifier, typesById } from '../store/node.ts';
import { type NodeSummary, summariesById, summaryOf } from '../store/node-summary.ts';
import { projectsInCommon } from '../store/partnership.ts';
import { type RelationshipRecord, relationshipRecord } from '../store/relationship.ts';
import { type Hop, type LinkReference, type TraversalConditions, traversalStatements } from '../store/traversal.ts';
import { Batches } from './batches.ts';
import { type Batch, CacheReader } from './cache-reader.ts';
import { parentFacets, parentPages, parentTotals, type Reading } from './parent-lists.ts';
import type { ResultCache } from './result-cache.ts';
import type { Asking, RootLists } from './root-lists.ts';
import { type Page, type PageArguments, Window } from './window.ts';

/** A list of the API: its page, its total and its facets are fetched only when a field asks for them. */
export interface Connection<Edge extends ListEdge> {
  readonly request: ListRequest<Edge>;
  /** The page, with what is wanted of its entries: everything, unless told. */
  page(wanted?: Wanted): Promise<Page<Edge>>;
  total(): Promise<number>;
  /** Counts the actors of the whole list, each once. */
  facet(facet: FacetRequest): Promise<readonly FacetCount[]>;
}

/** Two actors and a date: whose common projects are asked for. */
export interface PairKey {
  readonly from: string;
  readonly to: string;
  readonly asOf: PartialDate | null;
}

/** The one parent of a list that has none. */
const ROOT = '';

/** How a statement goes out: with a flight, or at once. */
type Way = <Result>(question: () => Promise<Result>) => Promise<Result>;

/** The way of what goes out by itself, or as a part of something that has joined a flight already. */
const atOnce: Way = (question) => question();

/** Answers for many items at once, in their order; `ask` is the way by which it reads, `note` takes versions of other reads. */
type Work<Item, Value> = (
  items: readonly Item[],
  ask: Ask,
  note: (version: string) => void,
) => Promise<readonly (Value | Error)[]>;

const TYPE_OF_PREFIX = new Map<string, RelationshipType>(
  [...FACT_TYPES, ...LINK_TYPES].map((type) => [RELATIONSHIP_ID_PREFIXES[type], type]),
);

/** The type that a relationship's identifier names; null when it is no relationship's. */
export function relationshipTypeOf(id: string): RelationshipType | null {
  return TYPE_OF_PREFIX.get(id.slice(0, id.indexOf('/'))) ?? null;
}

/** The one version that readings were of; null where they were of several, of one that nobody could tell, or of none. */
function onlyVersion([version = null, ...others]: Iterable<string | null>): string | null {
  return others.length === 0 ? version : null;
}

/** A question about a list without a parent, of which the parameters may turn out to be others than were written. */
interface RootQuestion<Value> {
  readonly key: (asked: ListRequest) => Key;
  readonly answer: (asked: ListRequest, asking: Asking) => Promise<Value>;
}

const facetKey = (request: ListRequest, facet: Facet, own: Parameters): Key =>
  keyOf('facet', { of: membersPart(request), facet: constantPart(facet), own });

const listKey = (request: ListRequest, bound: number): Key => keyOf('list', { list: listPart(request), bound });

/** What a walk's relationships must meet, as a part of keys. */
const conditionsPart = ({ types, partnershipKinds, asOf }: TraversalConditions): object => ({
  types: new Set(types),
  partnershipKinds,
  asOf,
});

/** What readers of the same part of a list are served by. */
interface Gathered {
  wanted: Wanted;
  /** Whether the readers of the level are still telling what they want. */
  isOpen: boolean;
  readonly served: Promise<unknown>;
}

/** What loaders read a graph by: its engine, and what the process remembers of it. */
export interface LoadersGraph {
  readonly engine: GraphEngine;
  readonly versions: VersionProbe;
  readonly results: ResultCache | null;
  readonly snapshot: CurrentSnapshot | null;
  readonly hints: EndpointHints | null;
  readonly rootLists: RootLists;
}

/**
 * Everything that a request may fetch, batched by level: whatever the number of parents, one statement per field. One set
 * per request; what is kept beyond it is kept under the version of the graph.
 */
export class Loaders {
  readonly batches = new Batches();
  /** The processor time of this request. */
  readonly slices: Slices;
  readonly #graph: LoadersGraph;
  readonly #engine: GraphEngine;
  /** When this request began, or last wrote: what it reads is of then or later. */
  #startedAt = performance.now();
  readonly #signal: AbortSignal;
  readonly #requester: Requester | undefined;
  readonly #loaders = new Map<Key, DataLoader<never, never, string>>();
  readonly #gathered = new Map<Key, Gathered>();
  readonly #walks = new Map<Key, Promise<unknown>>();
  readonly #cache: CacheReader | null;
  readonly #hints: EndpointHints | null;
  /** Parents of whose lists something came: so they are there. */
  readonly #met = new Set<string>();
  /** The versions of the graph that this request's readings were of; null is one that nobody could tell. */
  readonly #versions = new Set<string | null>();

  constructor(graph: LoadersGraph, signal: AbortSignal, requester: Requester | undefined) {
    const { engine, results, hints } = graph;
    this.#graph = graph;
    this.#engine = engine;
    this.#signal = signal;
    this.#requester = requester;
    this.slices = new Slices(signal);
    const { departure } = this.batches;
    this.#cache = results && new CacheReader(results, { join: this.#joinProbe, departure });
    this.#hints = hints;
  }

  /** Runs a question about the version of the graph as part of the batch that goes out next. */
  readonly #joinProbe: Way = (probe) => {
    this.batches.statements++;
    return this.batches.join(probe);
  };

  /** Runs a statement at once, outside the roundTrips: a step of a walk, on which the next step depends. */
  readonly read: Ask = (statement, parameters = {}) => this.#read(statement, parameters);

  /** By what a traversal reads the graph. */
  get walker(): Walker {
    return {
      ...this.task,
      inMemory: async (conditions) => {
        const snapshot = await this.snapshot();
        return snapshot && new EdgeMask(snapshot, conditions);
      },
    };
  }

  /**
   * The snapshot if it equals the graph as it was when this request came, or later; else null, and the database has to be
   * asked. To be read before the next await.
   */
  async snapshot(): Promise<Snapshot | null> {
    const { snapshot: current, versions } = this.#graph;
    if (current === null || current.version === null) return null;
    const version = versions.since(this.#startedAt) ?? (await versions.probe());
    const found = current.at(version);
    if (found) this.#versions.add(version);
    return found;
  }

  /** For work of more than one statement: they go out at once, outside the roundTrips. */
  get task(): TaskContext {
    return { ask: this.read, slices: this.slices };
  }

  /** What a walk finds, sought once under its key. It goes with the flight that departs next, and lands with it. */
  walked<Found>(key: Key, walk: (walker: Walker) => Promise<Found>): Promise<Found> {
    const known = this.#walks.get(key) as Promise<Found> | undefined;
    if (known) return known;
    const found = this.batches.departure().then(() => this.batches.join(() => walk(this.walker)));
    this.#walks.set(key, found);
    return found;
  }

  /** Forgets what was fetched: after a write of this request, nothing of before may answer for what comes after it. */
  forget(): void {
    for (const loader of this.#loaders.values()) loader.clearAll();
    this.#gathered.clear();
    this.#walks.clear();
    this.#met.clear();
    this.#graph.versions.forget();
    this.#cache?.forget();
    this.#startedAt = performance.now();
  }

  /** Whether a list of a node has shown that it is there, under this very identifier. */
  hasMet(id: string): boolean {
    return this.#met.has(id);
  }

  /** Takes records as a write of this request has left them: they need not be read again. */
  know(written: {
    readonly nodes: readonly NodeRecord[];
    readonly relationships: readonly RelationshipRecord[];
  }): void {
    for (const node of written.nodes) this.node.prime(node.id, node);
    for (const relationship of written.relationships) {
      this.relationship.prime(relationship.id, relationship);
      this.#hints?.note(relationship.id, relationship.from);
    }
  }

  /** Takes summaries that came with something else: they need not be read again. */
  knowSummaries(summaries: readonly NodeSummary[]): void {
    for (const summary of summaries) this.summary.prime(summary.id, summary);
  }

  /** Names the state of the graph. */
  async version(): Promise<string> {
    const version = await this.#engine.version({ signal: this.#signal });
    this.#versions.add(version);
    return version;
  }

  /** Something was read that is not of these loaders: of which version it is, nobody can tell. */
  readElsewhere(): void {
    this.#versions.add(null);
  }

  /** The one version of the graph that all of this request's readings were of; null when there is no such one. */
  get answeredAt(): string | null {
    return onlyVersion(this.#versions);
  }

  async #read<Row>(
    statement: Statement<Row>,
    parameters: Parameters,
    onVersion?: (version: string | null) => void,
  ): Promise<Row[]> {
    const askedAt = performance.now();
    this.batches.statements++;
    return this.#engine.read(statement, parameters, {
      signal: this.#signal,
      requester: this.#requester,
      onVersion: (version) => {
        this.#versions.add(version);
        if (version !== null) this.#saw(version, askedAt);
        onVersion?.(version);
      },
    });
  }

  #saw(version: string, askedAt: number): void {
    if (this.#cache) this.#cache.saw(version, askedAt);
    else this.#graph.versions.saw(version, askedAt);
  }

  /** How lists of parents are read: by statements, and from the snapshot, whose version is noted. */
  #reading(ask: Ask, note: (version: string) => void): Reading {
    return { ask, fromSnapshot: (parents, read) => this.#fromSnapshot(parents, read, note) };
  }

  async #fromSnapshot<Value>(
    parents: readonly string[],
    read: (snapshot: Snapshot, parent: string) => Value,
    note: (version: string) => void,
  ): Promise<readonly Value[] | null> {
    const snapshot = await this.snapshot();
    const current = this.#graph.snapshot;
    if (snapshot === null || current === null) return null;
    const version = current.version!;
    const values: Value[] = [];
    this.slices.begin();
    for (const parent of parents) {
      if (this.slices.isOver) {
        await this.slices.next();
        if (current.version !== version || current.at(version) !== snapshot) return null;
      }
      values.push(read(snapshot, parent));
    }
    note(version);
    return values;
  }

  /** How what is held in the process is asked for beside the engine. */
  #asking(ask: Ask): Asking {
    return { ask, version: () => this.version(), slices: this.slices };
  }

  /** Does a batch's work and tells of which version it is. */
  async #batch<Item, Value>(way: Way, work: Work<Item, Value>, items: readonly Item[]): Promise<Batch<Value>> {
    const versions = new Set<string | null>();
    const ask: Ask = (statement, parameters = {}) =>
      way(() => this.#read(statement, parameters, (version) => void versions.add(version)));
    const values = await work(items, ask, (version) => void versions.add(version));
    return { values, version: onlyVersion(versions) };
  }

  /**
   * The one loader of a key: the same for all parents of a level, and what it brings is kept under that key. So the key must
   * hold all that decides what `work` does; `itemKey` tells the items of the loader apart.
   */
  #loader<Item, Value>(
    key: Key,
    work: Work<Item, Value>,
    { itemKey = String, way = this.batches.join }: { itemKey?: (item: Item) => string; way?: Way } = {},
  ): DataLoader<Item, Value, string> {
    const known = this.#loaders.get(key) as DataLoader<Item, Value, string> | undefined;
    if (known) return known;
    const shortKey = shortened(key);
    const load = async (items: readonly Item[]): Promise<readonly (Value | Error)[]> => {
      if (!this.#cache) return (await this.#batch(way, work, items)).values;
      const keys = items.map((item) => keyWithin(shortKey, itemKey(item)));
      const some = (places: readonly number[]): readonly Item[] => places.map((place) => items[place]!);
      return this.#cache.through<Value>(
        keys,
        (places) => this.#batch(way, work, some(places)),
        (version) => void this.#versions.add(version),
      );
    };
    const made = new DataLoader<Item, Value, string>(load, {
      batchScheduleFn: this.batches.schedule,
      cacheKeyFn: itemKey,
    });
    this.#loaders.set(key, made as unknown as DataLoader<never, never, string>);
    return made;
  }

  /** Node records of any type by identifier; that of a record merged away gives the survivor. Null for an unknown one. */
  readonly node: DataLoader<string, NodeRecord | null, string> = this.#loader(keyOf('node'), async (ids, ask) => {
    const nodes = new Map((await ask(nodesById, { ids })).map(({ node }) => [node.id, nodeRecord(node)]));
    const unknown = ids.filter((id) => !nodes.has(id));
    if (unknown.length > 0) {
      const merged = await ask(mergedInto, { ids: unknown });
      const survivors = [...new Set(merged.map(({ into }) => into))].filter((id) => !nodes.has(id));
      if (survivors.length > 0) {
        for (const { node } of await ask(nodesById, { ids: survivors })) nodes.set(node.id, nodeRecord(node));
      }
      for (const { id, into } of merged) if (nodes.has(into)) nodes.set(id, nodes.get(into)!);
    }
    return ids.map((id) => nodes.get(id) ?? null);
  });

  /** What lists show of nodes, by identifier; null for an unknown one. */
  readonly summary: DataLoader<string, NodeSummary | null, string> = this.#loader(
    keyOf('summary'),
    async (ids, ask) => {
      const summaries = (await ask(summariesById, { ids })).map((row) => summaryOf(row.summary));
      const found = new Map(summaries.map((summary) => [summary.id, summary]));
      return ids.map((id) => found.get(id) ?? null);
    },
  );

  /** The record that an identifier names: the survivor of one that was merged away. Null for an unknown one. */
  readonly #survivor: DataLoader<string, string | null, string> = this.#loader(keyOf('survivor'), async (ids, ask) => {
    const found = new Map((await ask(typesById, { ids })).map(({ id }) => [id, id]));
    const missing = ids.filter((id) => !found.has(id));
    if (missing.length > 0) for (const { id, into } of await ask(mergedInto, { ids: missing })) found.set(id, into);
    return ids.map((id) => found.get(id) ?? null);
  });

  /** The node that carries a registry's identifier, as tidied; null when none does. */
  async identified(field: IdentifierField, value: string): Promise<NodeRecord | null> {
    const ids = this.#loader<string, string | null>(keyOf('identifier', { field }), async (values, ask) => {
      const found = new Map((await ask(nodesByIdentifier[field], { values })).map((row) => [row.value, row.id]));
      return values.map((each) => found.get(each) ?? null);
    });
    const id = await ids.load(value);
    return id === null ? null : this.node.load(id);
  }

  /** Relationship records by identifier; null for an unknown one. */
  readonly relationship: DataLoader<string, RelationshipRecord | null, string> = this.#loader(
    keyOf('relationship'),
    async (ids, ask) => {
      const byType = Map.groupBy(ids, relationshipTypeOf);
      const found = new Map<string, RelationshipRecord>();
      await Promise.all(
        [...byType].map(async ([type, some]) => {
          if (type === null) return;
          for (const row of await findRelationships(type, some, this.#hints, ask)) {
            const relationship = relationshipRecord(type, row);
            found.set(relationship.id, relationship);
          }
        }),
      );
      return ids.map((id) => found.get(id) ?? null);
    },
  );

  /** Identifiers of the projects that two actors have in common, in the order of the projects' names. */
  readonly projectsInCommon: DataLoader<PairKey, readonly string[], string> = this.#loader(
    keyOf('projects in common'),
    async (keys, ask) => {
      const pairs = keys.map(({ from, to }, place) => ({ from, to, place }));
      const rows = await ask(projectsInCommon, { pairs });
      const found = new Map(rows.map(({ pair, projects }) => [pair, projects]));
      return keys.map(({ asOf }, place) =>
        [...(found.get(place) ?? [])]
          .filter(([, , from, to]) => asOf === null || (from <= lastDay(asOf) && to >= firstDay(asOf)))
          .sort(([, a], [, b]) => (a < b ? -1 : 1))
          .map(([id]) => id),
      );
    },
    { itemKey: ({ from, to, asOf }) => keyOf('pair', { from, to, asOf }) },
  );

  /**
   * The relationships by which a walk takes its hops: the one with the smallest identifier that meets its conditions, or
   * null where there is none (any more).
   */
  hops(conditions: TraversalConditions): DataLoader<Hop, RelationshipRecord | null, string> {
    const { firstBetween, parameters } = traversalStatements(conditions);
    return this.#loader(
      keyOf('hops', conditionsPart(conditions)),
      async (hops, ask) => {
        const placed = hops.map(({ from, to }, place) => ({ from, to, place }));
        const rows = await ask(firstBetween, { ...parameters, hops: placed });
        const found = new Map(rows.map((row) => [row.place, relationshipRecord(row.type, row)]));
        return hops.map((_, place) => found.get(place) ?? null);
      },
      { itemKey: ({ from, to }) => keyOf('pair', { from, to }) },
    );
  }

  /** Relationship records of a walk's types, from where they begin; null for one that is gone. */
  links(conditions: TraversalConditions): DataLoader<LinkReference, RelationshipRecord | null, string> {
    const { relationships } = traversalStatements(conditions);
    return this.#loader(
      keyOf('links', conditionsPart(conditions)),
      async (links, ask) => {
        const starts = [...new Set(links.map(({ from }) => from))];
        const wanted = Object.fromEntries(links.map(({ id }) => [id, true]));
        const rows = await ask(relationships, { starts, wanted });
        const found = rows.map((row) => relationshipRecord(row.type, row));
        const byId = new Map(found.map((relationship) => [relationship.id, relationship]));
        return links.map(({ id }) => byId.get(id) ?? null);
      },
      { itemKey: ({ from, id }) => keyOf('pair', { from, id }) },
    );
  }

  /** Whether each network is active on some day of a date. */
  isActive(asOf: PartialDate): DataLoader<string, boolean, string> {
    return this.#loader(keyOf('is active', { asOf }), async (ids, ask) => {
      const active = new Set(
        (await ask(activeNetworks, { ids, first: firstDay(asOf), last: lastDay(asOf) })).map(({ id }) => id),
      );
      return ids.map((id) => active.has(id));
    });
  }

  /**
   * A field that is worked out for many parents at once; `key` holds its arguments. `work` is done once per level, for all
   * of its parents, in their order; it reads at once, outside the roundTrips.
   */
  together<Value>(
    key: Key,
    work: (parents: readonly string[], ask: Ask, slices: Slices) => Promise<readonly Value[]>,
  ): DataLoader<string, Value, string> {
    return this.#loader(key, (parents: readonly string[], ask) => work(parents, ask, this.slices), { way: atOnce });
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
        const key = keyOf('page readers', window.part());
        const pages = await this.#gather(key, wanted, (all) => this.#pages(request, window, all));
        const found = await this.#ifNamed(request, pages.load(parent));
        met(found.edges.length);
        return found;
      },
      total: async () => {
        const found = await this.#ifNamed(request, this.#totals(request).load(parent));
        met(found);
        return found;
      },
      facet: async (facet) => {
        const found = await this.#ifNamed(request, this.#facets(request, facet).load(parent));
        met(found.length);
        return found;
      },
    };
  }

  /**
   * What serves all who want something of the same part of a list in the same turn of the event loop, so that one
   * statement does; whoever asks later is served by it too, where it brings what he wants.
   */
  #gather<Served>(key: Key, wanted: Wanted, serve: (wanted: Wanted) => Served | Promise<Served>): Promise<Served> {
    const known = this.#gathered.get(key);
    if (known && (known.isOpen || coversWanted(known.wanted, wanted))) {
      if (known.isOpen) known.wanted = bothWanted(known.wanted, wanted);
      return known.served as Promise<Served>;
    }
    const served = Promise.resolve().then(() => {
      gathered.isOpen = false;
      return serve(gathered.wanted);
    });
    const gathered: Gathered = { wanted, isOpen: true, served };
    this.#gathered.set(key, gathered);
    return served;
  }

  /** Pages of a list of many parents, with what is wanted of their entries. */
  #pages<Edge extends ListEdge>(
    request: ListRequest<Edge>,
    window: Window<Edge>,
    wanted: Wanted,
  ): DataLoader<string, Page<Edge>, string> {
    const { listing } = request;
    const { shape } = window;
    const parameters = window.parameters();
    const selected = selectedOf(listing, wanted);
    const load: Work<string, Page<Edge>> = async (parents, ask, note) => {
      const reading = this.#reading(ask, note);
      const rows = await this.batches.join(() =>
        parentPages(listing, { ...shape, selected }, parameters, parents, reading),
      );
      const pages = new Map(rows.map((row) => [row.parent, row.rows]));
      for (const page of pages.values()) this.#remember(page, selected);
      const pageFrom = window.reader(selected);
      this.slices.begin();
      return this.slices.map(parents, (parent) => pageFrom(pages.get(parent) ?? [], parent));
    };
    return this.#loader(keyOf('page', { ...window.part(), selected }), load, { way: atOnce });
  }

  /** A connection without a parent. Throws for arguments that no page can answer. */
  root<Edge extends ListEdge>(asked: ListRequest<Edge>, page: PageArguments): Connection<Edge> {
    const request = this.#engine.joins && asked.joined ? { ...asked, ...asked.joined } : asked;
    const { listing, conditions } = request;
    const window = new Window(request, page);
    const readPage = this.#graph.rootLists.pages(request);
    const pageWith = (wanted: Wanted): Promise<Page<Edge>> => {
      const selected = selectedOf(listing, wanted);
      const shape = { ...window.shape, selected };
      return this.#rooted(request, {
        key: ({ parameters }) => keyOf('page', { ...window.part(parameters), selected }),
        answer: async ({ parameters }, asking) =>
          window.reader(selected)(await readPage(shape, window.parameters(parameters), asking), ROOT),
      });
    };
    return {
      request,
      page: (wanted = EVERYTHING) => this.#gather(keyOf('page readers', window.part()), wanted, pageWith),
      total: () =>
        this.#rooted(request, {
          key: (asked) => keyOf('total', membersPart(asked)),
          answer: async ({ parameters }, { ask }) => {
            const [row] = await ask(rootCountOf(listing, conditions), parameters);
            return row!.total;
          },
        }),
      facet: ({ facet, parameters: own }) =>
        this.#rooted(request, {
          key: (asked) => facetKey(asked, facet, own),
          answer: async ({ parameters }, { ask }) => {
            const [row] = await ask(rootFacetOf(listing, conditions, facet), { ...parameters, ...own });
            return facetCounts(facet, row!.found);
          },
        }),
    };
  }

  /**
   * What a question without parents finds, which counts as one statement. Its filter may name records that were merged
   * away: it is asked at once with what was written, and again where that turns out to stand for other records.
   */
  async #rooted<Value>(request: ListRequest, { key, answer }: RootQuestion<Value>): Promise<Value> {
    const found = (asked: ListRequest): Promise<Value> =>
      this.#loader<string, Value>(
        key(asked),
        async (_, ask) => [await this.batches.join(() => answer(asked, this.#asking(ask)))],
        { way: atOnce },
      ).load(ROOT);
    const asked = this.#ifNamed(request, found(request));
    const [asWritten, survivors] = await Promise.all([asked, this.#survivors(request)]);
    return survivors === null ? asWritten : found({ ...request, parameters: { ...request.parameters, ...survivors } });
  }

  /** What is found, if all records that the question names are there. Throws a FilterError that names those that are not. */
  async #ifNamed<Value>({ named = [] }: ListRequest, found: Promise<Value>): Promise<Value> {
    if (named.length === 0) return found;
    const [value] = await Promise.all([
      found,
      ...named.map(async (each) => {
        const survivors = await Promise.all(each.ids.map((id) => this.#survivor.load(id)));
        const unknown = each.ids.filter((_, place) => survivors[place] === null);
        if (unknown.length > 0) throw unknownIn(each, unknown);
      }),
    ]);
    return value;
  }

  /** The parameters of a question whose identifiers stand for others; null where none does. */
  async #survivors({ references = [], parameters }: ListRequest): Promise<Parameters | null> {
    const resolved = await Promise.all(
      references.map(async (name) => {
        const ids = parameters[name] as readonly string[];
        const survivors = await Promise.all(ids.map(async (id) => (await this.#survivor.load(id)) ?? id));
        return [name, ids, survivors] as const;
      }),
    );
    const changed = resolved.filter(([, ids, survivors]) => survivors.some((id, place) => id !== ids[place]));
    return changed.length === 0 ? null : Object.fromEntries(changed.map(([name, , survivors]) => [name, survivors]));
  }

  /** A short list of a parent, whole up to its bound. */
  list<Edge extends ListEdge>(request: ListRequest<Edge>, bound: number, parent: string): Promise<readonly Edge[]> {
    const { listing, conditions, sort } = request;
    const lists = this.#loader<string, readonly Edge[]>(listKey(request, bound), async (parents, ask) => {
      const selected = selectedOf(listing, EVERYTHING);
      const order = { sort, ...directionsOf(request, false) };
      const shape = { conditions, ...order, continued: false, selected };
      const rows = await ask(pageOf(listing, shape), { ...request.parameters, limit: bound, parents });
      for (const row of rows) this.#remember(row.rows, selected);
      const found = new Map(rows.map((row) => [row.parent, row.rows]));
      const { edgeOf } = rowReader(request, selected);
      this.slices.begin();
      return this.slices.map(parents, (each) => (found.get(each) ?? []).map((row) => edgeOf(row, each)));
    });
    return lists.load(parent);
  }

  #totals(request: ListRequest): DataLoader<string, number> {
    return this.#loader(
      keyOf('total', membersPart(request)),
      (parents, ask, note) => this.batches.join(() => parentTotals(request, parents, this.#reading(ask, note))),
      { way: atOnce },
    );
  }

  #facets(request: ListRequest, { facet, parameters }: FacetRequest): DataLoader<string, readonly FacetCount[]> {
    const count = async (parents: readonly string[], reading: Reading): Promise<FacetCount[][]> => {
      const found = await parentFacets(request, facet, parameters, parents, reading);
      return found.map((rows) => facetCounts(facet, rows));
    };
    const load: Work<string, readonly FacetCount[]> = (parents, ask, note) =>
      this.batches.join(() => count(parents, this.#reading(ask, note)));
    return this.#loader(facetKey(request, facet, parameters), load, { way: atOnce });
  }

  /** Relationships that were shown may be asked for next: notes a node at one of their ends. */
  #remember(rows: readonly (readonly unknown[])[], { summary, related }: Selected): void {
    const idAt = related.indexOf('id');
    if (this.#hints === null || idAt < 0) return;
    for (const row of rows) {
      for (const relationship of row[summary.length] as readonly (readonly unknown[])[]) {
        this.#hints.note(relationship[idAt] as string, row[0] as string);
      }
    }
  }
}

/** The loaders of one request to a graph; the signal calls off what they have asked when the reader leaves. */
export function createLoaders(graph: LoadersGraph, signal: AbortSignal, requester?: Requester): Loaders {
  return new Loaders(graph, signal, requester);
}
