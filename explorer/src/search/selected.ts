import { ask } from '../api/ask.ts';
import type { GraphSelection } from '../selection/selection.ts';
import type { Gathered } from '../take-away/exports.tsx';
import type { ListedType } from './address.ts';
import { type FilterValues, networkFilter, organisationFilter, projectFilter } from './filter.ts';
import { HIT_IDS, PROJECT_IDS } from './queries.ts';

/** Results of a search, or projects, that a file of the graph has at the most: the first of them. */
export const MOST_RESULTS = 2_000;
/** Nodes that the API names in one part of a selection. */
const MOST_NODES = 100;
/** Types of results that are nodes of a network: places and topics are not. */
const TYPES = ['POLE', 'CLUSTER', 'ORGANISATION', 'PROJECT'] as const;

/** All that a list of actors has on all its pages, with the partnerships and memberships between them. */
export function listedSelection(values: FilterValues, type: Exclude<ListedType, 'project'>): GraphSelection {
  const relationships = ['PARTNERS_WITH' as const, 'MEMBER_OF' as const];
  return type === 'organisation'
    ? { organisations: organisationFilter(values), relationships, connectedOnly: false }
    : { networks: networkFilter(values, type === 'pole' ? 'POLE' : 'CLUSTER'), relationships, connectedOnly: false };
}

interface IdPage {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly { readonly id: string }[];
}

/** One page after a cursor: of a search, or of the projects that filters leave. */
async function pageOf(values: FilterValues, after: string | null): Promise<IdPage> {
  const answer =
    values.type === 'project'
      ? await ask(PROJECT_IDS, { filter: projectFilter(values), after })
      : await ask(HIT_IDS, { text: values.q, types: [...TYPES], after });
  if (answer.failure) throw new Error(answer.failure.message);
  const { data } = answer;
  const found = 'projects' in data ? data.projects : data.search;
  if (!found) throw new Error('');
  return found;
}

/** Named actors and projects, projects with those who take part in them. */
function selectionOfIds(ids: readonly string[]): GraphSelection {
  const parts = (type: RegExp): string[][] => {
    const some = ids.filter((id) => type.test(id));
    return Array.from({ length: Math.ceil(some.length / MOST_NODES) }, (_, part) =>
      some.slice(part * MOST_NODES, (part + 1) * MOST_NODES),
    );
  };
  const [actors, projects] = [parts(/^(?:pole|cluster|organisation)\//), parts(/^project\//)];
  return {
    around: { of: (actors[0] ?? projects[0])!, depth: 0 },
    also: [
      ...actors.slice(1).map((of) => ({ of })),
      ...projects.map((of) => ({ of, relationships: ['PARTICIPATES_IN' as const, 'LABELS' as const] })),
    ],
    // Projects bring theirs: with these here too, all projects of the actors would be nodes.
    relationships: ['PARTNERS_WITH', 'MEMBER_OF'],
    connectedOnly: false,
  };
}

/**
 * All that a search or a filter of projects finds, with its total, read page by page up to MOST_RESULTS. Null as selection where
 * nothing is found. Throws with the server's message.
 */
export async function foundSelection(values: FilterValues): Promise<Gathered> {
  const ids: string[] = [];
  for (let after: string | null = null; ; ) {
    const page = await pageOf(values, after);
    ids.push(...page.nodes.map(({ id }) => id));
    after = page.pageInfo.endCursor;
    if (page.pageInfo.hasNextPage && ids.length < MOST_RESULTS) continue;
    const taken = ids.slice(0, MOST_RESULTS);
    return {
      select: taken.length === 0 ? null : selectionOfIds(taken),
      count: taken.length,
      total: page.totalCount,
    };
  }
}
