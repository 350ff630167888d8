import { View, type ViewSource } from '../changes/view.ts';
import { constantPart, type Key, keyOf } from '../domain/key.ts';
import type { GraphEngine } from '../graph/engine.ts';
import type { Position } from '../graph/page.ts';
import type { Parameters } from '../graph/statement.ts';
import type { Slices } from '../scheduling/slices.ts';
import type { Ask } from '../store/ask.ts';
import type { ListRequest } from '../store/list.ts';
import type { Direction, Listing, PageShape, SortKey } from '../store/listing.ts';
import { orderOf, placesOf, rootPageAmong, rootPageOf, wholeType } from '../store/root-statements.ts';
import { type Place, SortedKeys } from './sorted-keys.ts';

/** How a page reads, and how it learns the version of the graph: as part of the request that asks for it. */
export interface Asking {
  readonly ask: Ask;
  readonly version: () => Promise<string>;
  /** The processor time of the request. */
  readonly slices: Slices;
}

/** Reads a page of a list without a parent, as packed rows. */
export type RootPages = (
  shape: PageShape,
  parameters: Parameters,
  asking: Asking,
) => Promise<readonly (readonly unknown[])[]>;

/** Pages that the engine sorts, a statement for each. */
function sortedByEngine({ listing }: ListRequest): RootPages {
  return async (shape, parameters, { ask }) => {
    const [page] = await ask(rootPageOf(listing, shape), parameters);
    return page!.rows;
  };
}

/** How often a page begins anew because something was committed while it was read. */
const MAX_TRIES = 3;
/**
 * How many times as many nodes as the page may hold are looked at, in the order of the list, for those that meet a
 * filter: few at first, since a filter that has to look at all nodes is often one that most of them meet.
 */
const LOOKS = [4, 40];
/** The same where a filter has a start that leads to so many nodes that one in four is likely to be among them. */
const LOOKS_BEFORE_START = [4];

/** A list of a whole type, with all that its entries must meet. */
type Whole = Pick<ListRequest, 'listing' | 'conditions'> & { readonly expected?: number };

/** How often a page looks further, given how many nodes there are. */
function looksAt({ conditions, expected }: Whole, size: number): readonly number[] {
  if (expected !== undefined) return 4 * expected >= size ? LOOKS_BEFORE_START : [];
  return conditions.length === 0 ? [1] : LOOKS;
}

/**
 * Pages of a whole type whose order is in memory: only what stands on the page is read. They are never stale: a
 * page counts only if the graph was at one version from before its entries were looked up until after they were read.
 * Otherwise it is looked up again, and at last sorted by the engine, as is one that a filter leaves too few for.
 */
function sortedHere(whole: Whole, orders: View<SortedKeys>, byEngine: RootPages): RootPages {
  return async (shape, parameters, asking) => {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const version = await asking.version();
      const order = await orders.current(version);
      const rows = await lookedUp(whole, order, shape, parameters, asking.ask);
      if ((await asking.version()) !== version) continue;
      if (rows === null) break;
      return rows;
    }
    return byEngine(shape, parameters, asking);
  };
}

/** The rows of a page by what an order tells; null when too few of the nodes that were looked at meet the filter. */
async function lookedUp(
  whole: Whole,
  order: SortedKeys,
  shape: PageShape,
  parameters: Parameters,
  ask: Ask,
): Promise<readonly (readonly unknown[])[] | null> {
  const limit = parameters.limit as number;
  const after = shape.continued ? positionIn(parameters) : null;
  const statement = rootPageAmong(whole.listing, { ...shape, conditions: whole.conditions });
  for (const times of looksAt(whole, order.size)) {
    const candidates = order.following(after, shape.ties === 'ASC' ? 'forward' : 'backward', times * limit);
    const [page] = await ask(statement, { ...parameters, candidates });
    const { rows } = page!;
    if (rows.length === limit || candidates.length < times * limit) return rows;
  }
  return null;
}

function positionIn({ after0, after1 }: Parameters): Position {
  return (after1 === undefined ? [after0] : [after0, after1]) as Position;
}

/** A copy in which equal texts are one: an import gives thousands of nodes the same date. */
function shared<Value>(values: readonly Value[]): Value[] {
  const known = new Map<Value, Value>();
  return values.map((value) => {
    if (typeof value !== 'string') return value;
    const one = known.get(value) ?? value;
    known.set(value, one);
    return one;
  });
}

/** Touched nodes that are put in their place one by one; after more, a type is sorted anew as fast. */
const MOST_TOUCHED = 500;

function orderIn(
  engine: GraphEngine,
  listing: Listing,
  sort: SortKey | null,
  direction: Direction,
): ViewSource<SortedKeys> {
  return {
    most: MOST_TOUCHED,
    load: async (options) => {
      const [row] = await engine.read(orderOf(listing, sort, direction), {}, options);
      return new SortedKeys([...row!.keys], sort && shared(row!.values!), direction);
    },
    renew: async (order, touched, options) => {
      const places = new Map<string, Place | null>(touched.map((id) => [id, null]));
      for (const { id, belongs, key, value } of await engine.read(placesOf(listing, sort), { ids: touched }, options)) {
        if (belongs) places.set(id, { value, key });
        else places.delete(id);
      }
      order.renew(places);
    },
  };
}

type Order = Pick<ListRequest, 'listing' | 'sort' | 'direction'>;

/** How lists without a parent are read, and the orders of whole types in memory: each from the first time it is asked for. */
export class RootLists {
  readonly #engine: GraphEngine;
  readonly #orders = new Map<Key, View<SortedKeys>>();

  constructor(engine: GraphEngine) {
    this.#engine = engine;
  }

  /** Pages of a list: sorted by the engine where that costs what a page has, and otherwise by the order in memory. */
  pages(request: ListRequest): RootPages {
    const byEngine = sortedByEngine(request);
    const whole = request.unstarted ?? request;
    if (request.sort?.isOfRequest || this.#engine.readsInOrder || wholeType(whole.listing) === null) return byEngine;
    return sortedHere(whole, this.#orderOf({ ...request, listing: whole.listing }), byEngine);
  }

  /** The order of a type. By name, it is read from either end. */
  #orderOf({ listing, sort, direction }: Order): View<SortedKeys> {
    const itsDirection = sort === null ? 'ASC' : direction;
    const description = { listing: constantPart(listing), sort: sort && constantPart(sort), direction: itsDirection };
    const key = keyOf('order', description);
    const order = this.#orders.get(key) ?? new View(this.#engine, orderIn(this.#engine, listing, sort, itsDirection));
    this.#orders.set(key, order);
    return order;
  }
}
