import type { PartialDate } from '../domain/partial-date.ts';
import type { Direction, Listing } from './compose.ts';
import { byName, Conditions, type ListRequest, NODE_HOLDS, nodeEdge, ordered, type SortKeys } from './list.ts';

/** How lists of projects may be ordered; unknown values come first when ascending. */
export const projectSortKeys: SortKeys<'NAME' | 'START' | 'FUNDING'> = {
  NAME: null,
  START: { name: 'start', text: "coalesce(b.since, '')", type: 'string' },
  FUNDING: { name: 'funding', text: 'coalesce(b.funding, 0)', type: 'number' },
};

/** The order of a list of projects. */
export interface ProjectOrder {
  readonly field: keyof typeof projectSortKeys;
  readonly direction: Direction;
}

const PROJECTS: Listing = { name: 'projects', pattern: '(b:Project)', columns: '' };
const LABELLED: Listing = {
  name: 'labelled projects',
  pattern: '(a:Entity {id: parent})-[r:LABELS]->(b)',
  columns: 'r.id',
};
const LABELLERS: Listing = { name: 'labellers', pattern: '(a:Entity {id: parent})<-[r:LABELS]-(b)', columns: 'r.id' };

const LATEST_FIRST: ProjectOrder = { field: 'START', direction: 'DESC' };

/** All projects, the latest first unless another order is asked. */
export function projects(filter: { readonly orderBy?: ProjectOrder | null | undefined }): ListRequest {
  return ordered(byName(PROJECTS, nodeEdge), projectSortKeys, filter.orderBy ?? LATEST_FIRST);
}

/** The projects that a network has labelled. */
export function labelledProjects(filter: {
  readonly asOf?: PartialDate | null | undefined;
  readonly orderBy?: ProjectOrder | null | undefined;
}): ListRequest {
  const request = byName(LABELLED, nodeEdge, new Conditions().asOf(NODE_HOLDS, filter.asOf));
  return ordered(request, projectSortKeys, filter.orderBy ?? LATEST_FIRST);
}

/** The networks that have labelled a project. */
export function labellers(): ListRequest {
  return byName(LABELLERS, nodeEdge);
}
