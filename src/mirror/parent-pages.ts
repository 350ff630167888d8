import type { GraphEngine } from '../graph/engine.ts';
import type { Parameters } from '../graph/statement.ts';
import { type Listing, type PackedPage, type PageShape, pageOf } from '../store/compose.ts';
import { earlyFor, earlyPagesOf, mayBeCrowd, pageAmong, soughtPageOf } from '../store/crowd.ts';
import { LISTED_PROPERTIES } from '../store/node-summary.ts';
import type { Asking } from './root-pages.ts';
import { type Ties, tiesAt } from './ties.ts';
import { toldByTies } from './told-by-ties.ts';

/** Reads pages of a list of some parents: one row per parent. */
export type ParentPages = (
  shape: PageShape,
  parameters: Parameters,
  parents: readonly string[],
  asking: Asking,
) => Promise<readonly PackedPage[]>;

type Tie = NonNullable<Listing['tie']>;

/** The first entries of a parent's list, of which the ties tell all that is selected: what lists show of each actor. */
function pageByTies(
  ties: Ties,
  { type, which }: Tie,
  { selected, direction }: PageShape,
  parent: string,
  limit: number,
): PackedPage {
  const places = selected.summary.map((property) => LISTED_PROPERTIES.indexOf(property));
  const ids = ties.following(parent, type, which, { from: null, direction, limit });
  const nodes = ids.map((id) => ties.listed(id)!);
  return { parent, rows: nodes.map((listed) => places.map((place) => listed[place])) };
}

/** Nodes that are looked at, for each that a page may hold, where a condition leaves some out. */
const LOOKS = 4;

/**
 * Who stands on the page of one parent, or comes before those who do not, where to read them costs less than to sort the
 * whole list: each is looked for at the far end, among all of that actor's own ties. Null where it costs more.
 */
function candidatesByTies(
  ties: Ties,
  { type, which }: Tie,
  { conditions, continued, direction }: PageShape,
  { limit, after0 }: Parameters,
  parent: string,
): { readonly ids: readonly string[]; readonly isAll: boolean } | null {
  // What stands at the position itself is found too.
  const wanted = (conditions.length === 0 ? 1 : LOOKS) * (limit as number) + Number(continued);
  const from = continued ? String(after0) : null;
  const found = ties.following(parent, type, which, { from, direction, limit: wanted });
  const cost = found.reduce((sum, id) => sum + ties.degree(id, [type]), 0);
  if (cost >= ties.degree(parent, [type], which)) return null;
  return { ids: found, isAll: found.length < wanted };
}

/** The pages that ties tell, or lead to; null where they do not, or where something was committed meanwhile. */
async function pagesByTies(
  engine: GraphEngine,
  listing: Listing,
  shape: PageShape,
  parameters: Parameters,
  parents: readonly string[],
  asking: Asking,
): Promise<readonly PackedPage[] | null> {
  const { ask, version } = asking;
  const { tie } = listing;
  if (tie === undefined || shape.sort !== null) return null;
  const before = await version();
  const ties = tiesAt(engine, before);
  if (ties === null) return null;
  const limit = parameters.limit as number;
  const { selected, conditions, continued } = shape;
  const isTold = selected.related.length === 0;
  if (isTold && conditions.length === 0 && !continued) {
    return toldByTies(engine, parents, asking, (now, parent) => pageByTies(now, tie, shape, parent, limit));
  }
  const [parent, ...others] = parents;
  const candidates = others.length === 0 ? candidatesByTies(ties, tie, shape, parameters, parent!) : null;
  if (candidates === null) return null;
  const [page] = await ask(pageAmong(listing, shape), { ...parameters, parent: parent!, candidates: candidates.ids });
  const isFound = page!.rows.length === limit || candidates.isAll;
  return isFound && (await version()) === before ? [{ parent: parent!, rows: page!.rows }] : null;
}

/**
 * Pages of a parent's list. An engine with an order of names is asked, for a parent alone by a text that seeks the page of
 * a crowd among all actors. For any other the ties that are held here tell the page, or where to look for it; where they
 * do not, it sorts the list.
 */
export function parentPagesOf(engine: GraphEngine, listing: Listing): ParentPages {
  return async (shape, parameters, parents, asking) => {
    if (engine.readsInOrder) {
      if (!mayBeCrowd(listing, shape)) return asking.ask(pageOf(listing, shape), { ...parameters, parents });
      if (parents.length === 1) return asking.ask(soughtPageOf(listing, shape), { ...parameters, parents });
      const early = earlyFor(parents.length, parameters.limit as number);
      return asking.ask(earlyPagesOf(listing, shape), { ...parameters, parents, early });
    }
    return (
      (await pagesByTies(engine, listing, shape, parameters, parents, asking)) ??
      asking.ask(pageOf(listing, shape), { ...parameters, parents })
    );
  };
}
