import { LRUCache } from 'lru-cache';
import { compareTexts, idOfSortKey } from '../domain/fold.ts';
import type { GraphEngine } from '../graph/engine.ts';
import type { Parameters } from '../graph/statement.ts';
import { type Listing, type PackedPage, type ParentPageShape, pageOf } from '../store/compose.ts';
import { countedPageOf, isCrowd, LOOKS, mayBeCrowd, pageAmong, soughtPageOf } from '../store/crowd.ts';
import { NETWORKS } from '../store/network.ts';
import { ORGANISATIONS } from '../store/organisation.ts';
import type { Mirror } from './mirror.ts';
import { type Asking, orderOfType } from './root-pages.ts';
import type { SortedKeys } from './sorted-keys.ts';

/** Reads pages of a list of some parents: one row per parent. */
export type ParentPages = (
  shape: ParentPageShape,
  parameters: Parameters,
  parents: readonly string[],
  asking: Asking,
) => Promise<readonly PackedPage[]>;

/** Crowds that are remembered, of all lists of a graph. */
const MOST_CROWDS = 1_000;

/** How many entries the lists of some parents had when they were last sorted: those that may be crowds. */
const crowds = new WeakMap<GraphEngine, LRUCache<string, number>>();

function crowdsOf(engine: GraphEngine): LRUCache<string, number> {
  const known = crowds.get(engine) ?? new LRUCache<string, number>({ max: MOST_CROWDS });
  crowds.set(engine, known);
  return known;
}

/** All actors in the order of their names, as their two types hold them. */
class Actors {
  readonly #organisations: Mirror<SortedKeys>;
  readonly #networks: Mirror<SortedKeys>;

  constructor(engine: GraphEngine) {
    this.#organisations = orderOfType(engine, ORGANISATIONS, null);
    this.#networks = orderOfType(engine, NETWORKS, null);
  }

  /** How many organisations there are. */
  async count(version: string): Promise<number> {
    return (await this.#organisations.asOf(version)).size;
  }

  /**
   * Identifiers of all actors who stand at a position or follow it, up to the place where so many organisations have been
   * passed; `isAll` tells whether nobody follows them.
   */
  async following(
    version: string,
    { direction, continued }: ParentPageShape,
    after: string,
    count: number,
  ): Promise<{ readonly ids: readonly string[]; readonly isAll: boolean }> {
    const position = continued ? [after] : null;
    const organisations = (await this.#organisations.asOf(version)).keysFollowing(position, direction, count);
    const order = await this.#networks.asOf(version);
    const networks = order.keysFollowing(position, direction, order.size);
    const isAll = organisations.length < count;
    const last = organisations.at(-1);
    const sign = direction === 'ASC' ? 1 : -1;
    const within = isAll ? networks : networks.filter((key) => sign * compareTexts(key, last!) < 0);
    // The one at the position itself may have more relationships than were shown.
    return { ids: [...(continued ? [after] : []), ...organisations, ...within].map(idOfSortKey), isAll };
  }
}

/**
 * Pages by an engine that sorts lists whole. A parent with a crowd is known by the time when its page was sorted; after
 * that the page is sought among the actors that are next in the order held here. As in root-pages, a page counts only if
 * the graph was at one version from before the looks until after them.
 */
function soughtHere(engine: GraphEngine, listing: Listing): ParentPages {
  const known = crowdsOf(engine);
  const actors = new Actors(engine);
  const seek = async (
    shape: ParentPageShape,
    parameters: Parameters,
    parent: string,
    { ask, version }: Asking,
  ): Promise<PackedPage | null> => {
    const limit = parameters.limit as number;
    const before = await version();
    const entries = known.get(`${listing.name} ${parent}`)!;
    const organisations = await actors.count(before);
    if (!isCrowd(entries, limit, organisations)) return null;
    // At first as many as are likely to do; a filter may want more.
    for (const looks of [Math.ceil((2 * limit * organisations) / entries), LOOKS * limit]) {
      const { ids, isAll } = await actors.following(before, shape, String(parameters.after0), looks);
      const [page] = await ask(pageAmong(listing, shape), { ...parameters, parent, candidates: ids });
      if ((await version()) !== before) return null;
      if (page!.rows.length === limit || isAll) return { parent, rows: page!.rows };
    }
    return null;
  };
  return async (shape, parameters, parents, asking) => {
    const [parent, ...others] = parents;
    if (others.length > 0) return asking.ask(pageOf(listing, shape), { ...parameters, parents });
    const name = `${listing.name} ${parent}`;
    const sought = known.has(name) ? await seek(shape, parameters, parent!, asking) : null;
    if (sought !== null) return [sought];
    const pages = await asking.ask(countedPageOf(listing, shape), { ...parameters, parents });
    for (const { entries } of pages) if (isCrowd(entries, 1, 0)) known.set(name, entries);
    return pages;
  };
}

/** Pages of a parent's list: sorted, but for those of a crowd, which are sought in the order of names. */
export function parentPagesOf(engine: GraphEngine, listing: Listing): ParentPages {
  const here = engine.readsInOrder || listing.crowded !== true ? null : soughtHere(engine, listing);
  return async (shape, parameters, parents, asking) => {
    const isSought = parents.length === 1 && mayBeCrowd(listing, shape);
    if (isSought && here !== null) return here(shape, parameters, parents, asking);
    return asking.ask((isSought ? soughtPageOf : pageOf)(listing, shape), { ...parameters, parents });
  };
}
