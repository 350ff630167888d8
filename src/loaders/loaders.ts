import DataLoader from 'dataloader';
import { IDENTIFIER_FIELDS, type IdentifierField } from '../domain/identifier.ts';
import type { PartialDate } from '../domain/partial-date.ts';
import { firstDay, lastDay } from '../domain/partial-date.ts';
import { FACT_TYPES, LINK_TYPES, RELATIONSHIP_ID_PREFIXES, type RelationshipType } from '../domain/vocabulary.ts';
import type { GraphEngine } from '../graph/engine.ts';
import type { Parameters, Statement } from '../graph/statement.ts';
import type { Ask } from '../store/ask.ts';
import { countOf, facetOf, pageOf, rootCountOf, rootFacetOf, rootPageOf } from '../store/compose.ts';
import { type FacetCount, type FacetRequest, facetCounts } from '../store/facet.ts';
import type { ListEdge, ListRequest } from '../store/list.ts';
import { unpack } from '../store/list.ts';
import { mergedInto, nodesById, nodesByIdentifier, type WholeNode, wholeNode } from '../store/node.ts';
import { projectsInCommon } from '../store/partnership.ts';
import { relationshipsById, type WholeRelationship, wholeRelationship } from '../store/relationship.ts';
import { type Hop, type LinkReference, type WalkConditions, walkStatements } from '../store/traversal.ts';
import { Flights } from './flights.ts';
import { type Page, type PageArguments, Window } from './window.ts';

/** A list of the API: its page, its total and its facets are fetched only when a field asks for them. */
export interface Connection<Edge extends ListEdge> {
  readonly request: ListRequest<Edge>;
  page(): Promise<Page<Edge>>;
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

const TYPE_OF_PREFIX = new Map<string, RelationshipType>(
  [...FACT_TYPES, ...LINK_TYPES].map((type) => [RELATIONSHIP_ID_PREFIXES[type], type]),
);

/** The type that a relationship's identifier names; null when it is no relationship's. */
export function relationshipTypeOf(id: string): RelationshipType | null {
  return TYPE_OF_PREFIX.get(id.slice(0, id.indexOf('/'))) ?? null;
}

/**
 * Everything that a request may fetch, batched by level: whatever the number of parents, one statement per field. One set
 * per request: its cache must not outlive the reader who was allowed to fill it.
 */
export class Loaders {
  readonly flights = new Flights();
  readonly #engine: GraphEngine;
  readonly #signal: AbortSignal;
  readonly #lists = new Map<string, DataLoader<never, never, string>>();

  constructor(engine: GraphEngine, signal: AbortSignal) {
    this.#engine = engine;
    this.#signal = signal;
  }

  /** Runs a statement at once, outside the flights: a step of a walk, on which the next step depends. */
  readonly read: Ask = (statement, parameters = {}) => {
    this.flights.statements++;
    return this.#engine.read(statement, parameters, { signal: this.#signal });
  };

  /** Forgets what was fetched: after a write of this request, nothing of before may answer for what comes after it. */
  forget(): void {
    this.#lists.clear();
    for (const loader of [this.node, this.relationship, this.#survivor, ...Object.values(this.identifier)]) {
      loader.clearAll();
    }
    this.projectsInCommon.clearAll();
  }

  /** Names the state of the graph. */
  version(): Promise<string> {
    return this.#engine.version({ signal: this.#signal });
  }

  /** Runs a statement as part of the flight that is departing. */
  #ask<Row>(statement: Statement<Row>, parameters: Parameters): Promise<Row[]> {
    return this.flights.join(() => this.#engine.read(statement, parameters, { signal: this.#signal }));
  }

  #loader<Key, Value, CacheKey = Key>(
    batch: (keys: readonly Key[]) => Promise<(Value | Error)[]>,
    cacheKeyFn?: (key: Key) => CacheKey,
  ): DataLoader<Key, Value, CacheKey> {
    return new DataLoader<Key, Value, CacheKey>(batch, {
      batchScheduleFn: this.flights.schedule,
      ...(cacheKeyFn ? { cacheKeyFn } : {}),
    });
  }

  /** Whole nodes of any type by identifier; that of a record merged away gives the survivor. Null for an unknown one. */
  readonly node: DataLoader<string, WholeNode | null> = this.#loader(async (ids) => {
    const nodes = new Map((await this.#ask(nodesById, { ids })).map(({ node }) => [node.id, wholeNode(node)]));
    const unknown = ids.filter((id) => !nodes.has(id));
    if (unknown.length > 0) {
      const merged = await this.#ask(mergedInto, { ids: unknown });
      const survivors = [...new Set(merged.map(({ into }) => into))].filter((id) => !nodes.has(id));
      if (survivors.length > 0) {
        for (const { node } of await this.#ask(nodesById, { ids: survivors })) nodes.set(node.id, wholeNode(node));
      }
      for (const { id, into } of merged) if (nodes.has(into)) nodes.set(id, nodes.get(into)!);
    }
    return ids.map((id) => nodes.get(id) ?? null);
  });

  /** The record that an identifier stands for: the survivor of one that was merged away, and otherwise itself. */
  readonly #survivor: DataLoader<string, string> = this.#loader(async (ids) => {
    const merged = new Map((await this.#ask(mergedInto, { ids })).map(({ id, into }) => [id, into]));
    return ids.map((id) => merged.get(id) ?? id);
  });

  /** The nodes that carry registries' identifiers, one loader per registry. */
  readonly identifier: Readonly<Record<IdentifierField, DataLoader<string, WholeNode | null>>> = Object.fromEntries(
    Object.values(IDENTIFIER_FIELDS).map((field) => [
      field,
      this.#loader<string, WholeNode | null>(async (values) => {
        const ids = new Map(
          (await this.#ask(nodesByIdentifier[field], { values })).map(({ value, id }) => [value, id]),
        );
        return Promise.all(values.map((value) => (ids.has(value) ? this.node.load(ids.get(value)!) : null)));
      }),
    ]),
  ) as Record<IdentifierField, DataLoader<string, WholeNode | null>>;

  /** Whole relationships by identifier; null for an unknown one. */
  readonly relationship: DataLoader<string, WholeRelationship | null> = this.#loader(async (ids) => {
    const byType = Map.groupBy(ids, relationshipTypeOf);
    const found = new Map<string, WholeRelationship>();
    await Promise.all(
      [...byType].map(async ([type, some]) => {
        if (type === null) return;
        for (const row of await this.#ask(relationshipsById[type]!, { ids: some })) {
          const relationship = wholeRelationship(type, row);
          found.set(relationship.id, relationship);
        }
      }),
    );
    return ids.map((id) => found.get(id) ?? null);
  });

  /** Identifiers of the projects that two actors have in common, in the order of the projects' names. */
  readonly projectsInCommon: DataLoader<PairKey, readonly string[], string> = this.#loader(
    async (keys) => {
      const pairs = keys.map(({ from, to }, place) => ({ from, to, place }));
      const rows = await this.#ask(projectsInCommon, { pairs });
      const found = new Map(rows.map(({ pair, projects }) => [pair, projects]));
      return keys.map(({ asOf }, place) =>
        [...(found.get(place) ?? [])]
          .filter(([, , from, to]) => asOf === null || (from <= lastDay(asOf) && to >= firstDay(asOf)))
          .sort(([, a], [, b]) => (a < b ? -1 : 1))
          .map(([id]) => id),
      );
    },
    ({ from, to, asOf }) => JSON.stringify([from, to, asOf]),
  );

  /**
   * The relationships by which a walk takes its hops: the one with the smallest identifier that meets its conditions, or
   * null where there is none (any more).
   */
  hops(conditions: WalkConditions): DataLoader<Hop, WholeRelationship | null, string> {
    const { firstBetween, parameters } = walkStatements(conditions);
    return this.#keyed(
      `${firstBetween.name}${JSON.stringify(parameters)}`,
      async (hops) => {
        const placed = hops.map(({ anchor, other }, place) => ({ anchor, other, place }));
        const rows = await this.#ask(firstBetween, { ...parameters, hops: placed });
        const found = new Map(rows.map((row) => [row.place, wholeRelationship(row.type, row)]));
        return hops.map((_, place) => found.get(place) ?? null);
      },
      ({ anchor, other }) => `${anchor} ${other}`,
    );
  }

  /** Whole relationships of a walk's types, from where they begin; null for one that is gone. */
  links(conditions: WalkConditions): DataLoader<LinkReference, WholeRelationship | null, string> {
    const { relationships } = walkStatements(conditions);
    return this.#keyed(
      relationships.name,
      async (links) => {
        const starts = [...new Set(links.map(({ from }) => from))];
        const wanted = Object.fromEntries(links.map(({ id }) => [id, true]));
        const rows = await this.#ask(relationships, { starts, wanted });
        const found = rows.map((row) => wholeRelationship(row.type, row));
        const byId = new Map(found.map((relationship) => [relationship.id, relationship]));
        return links.map(({ id }) => byId.get(id) ?? null);
      },
      ({ id }) => id,
    );
  }

  /**
   * A field that is worked out for many parents at once; `key` names the field with its arguments. `work` is done once
   * per level, for all of its parents, in their order.
   */
  together<Value>(
    key: string,
    work: (parents: readonly string[]) => Promise<readonly Value[]>,
  ): DataLoader<string, Value> {
    return this.#keyed(key, async (parents) => [...(await work(parents))]);
  }

  /** A connection of a parent: its entries in pages. Throws for arguments that no page can answer. */
  connection<Edge extends ListEdge>(request: ListRequest<Edge>, page: PageArguments, parent: string): Connection<Edge> {
    const window = new Window(request, page);
    const statement = pageOf(request.listing, window.shape);
    const pages = this.#list<Page<Edge>>(statement, window.parameters, (rows) => window.page(rows));
    return {
      request,
      page: () => pages.load(parent),
      total: () => this.#totals(request).load(parent),
      facet: (facet) => this.#facets(request, facet).load(parent),
    };
  }

  /** A connection without a parent. Throws for arguments that no page can answer. */
  root<Edge extends ListEdge>(request: ListRequest<Edge>, page: PageArguments): Connection<Edge> {
    const { listing, conditions } = request;
    const window = new Window(request, page);
    const paged = rootPageOf(listing, window.shape);
    return {
      request,
      page: () => this.#rooted(request, paged, window.parameters, (rows) => window.page(rows.map(({ row }) => row))),
      total: () => this.#rooted(request, rootCountOf(listing, conditions), request.parameters, ([row]) => row!.total),
      facet: ({ facet, parameters }) =>
        this.#rooted(
          request,
          rootFacetOf(listing, conditions, facet),
          { ...request.parameters, ...parameters },
          ([row]) => facetCounts(facet, row!.found),
        ),
    };
  }

  /**
   * What a statement without parents finds. Its filter may name records that were merged away: it runs at once with what
   * was written, and again where that turns out to stand for other records.
   */
  async #rooted<Row, Value>(
    request: ListRequest,
    statement: Statement<Row>,
    parameters: Parameters,
    read: (rows: readonly Row[]) => Value,
  ): Promise<Value> {
    const ask = (withParameters: Parameters): Promise<Value> =>
      this.#keyed<Value>(`${statement.name}${JSON.stringify(withParameters)}`, async () => [
        read(await this.#ask(statement, withParameters)),
      ]).load(ROOT);
    const [asWritten, survivors] = await Promise.all([ask(parameters), this.#survivors(request)]);
    return survivors === null ? asWritten : ask({ ...parameters, ...survivors });
  }

  /** The parameters of a filter whose identifiers stand for others; null where none does. */
  async #survivors({ references = [], parameters }: ListRequest): Promise<Parameters | null> {
    const resolved = await Promise.all(
      references.map(async (name) => {
        const ids = parameters[name] as readonly string[];
        return [name, ids, await Promise.all(ids.map((id) => this.#survivor.load(id)))] as const;
      }),
    );
    const changed = resolved.filter(([, ids, survivors]) => survivors.some((id, place) => id !== ids[place]));
    return changed.length === 0 ? null : Object.fromEntries(changed.map(([name, , survivors]) => [name, survivors]));
  }

  /** A short list of a parent, whole up to its bound. */
  list<Edge extends ListEdge>(request: ListRequest<Edge>, bound: number, parent: string): Promise<readonly Edge[]> {
    const { conditions, sort, direction } = request;
    const statement = pageOf(request.listing, { conditions, sort, direction, continued: false });
    const parameters = { ...request.parameters, limit: bound };
    return this.#list<readonly Edge[]>(statement, parameters, (rows) =>
      rows.map((row) => unpack(request, row).edge),
    ).load(parent);
  }

  /** A short list without a parent. */
  async rootList<Edge extends ListEdge>(request: ListRequest<Edge>, bound: number): Promise<readonly Edge[]> {
    const { conditions, sort, direction } = request;
    const statement = rootPageOf(request.listing, { conditions, sort, direction, continued: false });
    const parameters = { ...request.parameters, limit: bound };
    const lists = this.#keyed<readonly Edge[]>(`${statement.name}${JSON.stringify(parameters)}`, async () => {
      const rows = await this.#ask(statement, parameters);
      return [rows.map(({ row }) => unpack(request, row).edge)];
    });
    return lists.load(ROOT);
  }

  #totals(request: ListRequest): DataLoader<string, number> {
    const statement = countOf(request.listing, request.conditions);
    return this.#keyed(`${statement.name}${JSON.stringify(request.parameters)}`, async (parents) => {
      const rows = await this.#ask(statement, { ...request.parameters, parents });
      const totals = new Map(rows.map(({ parent, total }) => [parent, total]));
      return parents.map((parent) => totals.get(parent) ?? 0);
    });
  }

  #facets(request: ListRequest, { facet, parameters }: FacetRequest): DataLoader<string, readonly FacetCount[]> {
    const statement = facetOf(request.listing, request.conditions, facet);
    const asked = { ...request.parameters, ...parameters };
    return this.#keyed(`${statement.name}${JSON.stringify(asked)}`, async (parents) => {
      const rows = await this.#ask(statement, { ...asked, parents });
      const found = new Map(rows.map((row) => [row.parent, row.found]));
      return parents.map((parent) => facetCounts(facet, found.get(parent) ?? []));
    });
  }

  #list<Value>(
    statement: Statement<{ parent: string; rows: readonly (readonly unknown[])[] }>,
    parameters: Parameters,
    read: (rows: readonly (readonly unknown[])[]) => Value,
  ): DataLoader<string, Value> {
    return this.#keyed(`${statement.name}${JSON.stringify(parameters)}`, async (parents) => {
      const rows = await this.#ask(statement, { ...parameters, parents });
      const pages = new Map(rows.map((row) => [row.parent, row.rows]));
      return parents.map((parent) => read(pages.get(parent) ?? []));
    });
  }

  /** The loader of one field with its arguments: the same for all parents of the level, made once. */
  #keyed<Value, Key = string>(
    key: string,
    batch: (parents: readonly Key[]) => Promise<(Value | Error)[]>,
    cacheKeyFn?: (parent: Key) => string,
  ): DataLoader<Key, Value, string> {
    let known = this.#lists.get(key) as DataLoader<Key, Value, string> | undefined;
    if (!known) {
      known = this.#loader<Key, Value, string>(batch, cacheKeyFn);
      this.#lists.set(key, known as DataLoader<never, never, string>);
    }
    return known;
  }
}

/** The loaders of one request; the signal calls off what they have asked when the reader leaves. */
export function createLoaders(engine: GraphEngine, signal: AbortSignal): Loaders {
  return new Loaders(engine, signal);
}
