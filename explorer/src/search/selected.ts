import type { GraphSelection } from '../selection/selection.ts';
import type { ListedType } from './address.ts';
import { type FilterValues, networkFilter, organisationFilter } from './filter.ts';

/** Nodes that the API takes at a time. */
const MOST_NODES = 100;

/** All that a list of actors has on all its pages, with the partnerships and memberships between them. */
export function listedSelection(values: FilterValues, type: Exclude<ListedType, 'project'>): GraphSelection {
  const relationships = ['PARTNERS_WITH' as const, 'MEMBER_OF' as const];
  return type === 'organisation'
    ? { organisations: organisationFilter(values), relationships, connectedOnly: false }
    : { networks: networkFilter(values, type === 'pole' ? 'POLE' : 'CLUSTER'), relationships, connectedOnly: false };
}

/**
 * The actors and projects whose links the page shows as results, projects with those who take part in them; null where there are
 * none: places and topics are no nodes of a network.
 */
export function shownSelection(): GraphSelection | null {
  const links = document.querySelectorAll('main .hits > li > a:first-of-type, main .listed tbody tr > :first-child a');
  const ids = [...new Set(Array.from(links, (link) => link.getAttribute('href')?.slice(1) ?? ''))];
  const some = (types: RegExp): string[] => ids.filter((id) => types.test(id)).slice(0, MOST_NODES);
  const [actors, projects] = [some(/^(?:pole|cluster|organisation)\//), some(/^project\//)];
  if (actors.length + projects.length === 0) return null;
  const withOthers = { of: projects, relationships: ['PARTICIPATES_IN' as const, 'LABELS' as const] };
  return {
    around: { of: actors.length > 0 ? actors : projects, depth: 0 },
    ...(projects.length > 0 ? { also: [withOthers] } : {}),
    // Projects bring theirs: with these here too, all projects of the actors would be nodes.
    relationships: ['PARTNERS_WITH', 'MEMBER_OF'],
    connectedOnly: false,
  };
}
