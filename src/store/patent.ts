import type { PartialDate } from '../domain/partial-date.ts';
import { type FactEdge, factEdge } from './fact-edge.ts';
import {
  byName,
  Conditions,
  FACT_COLUMNS,
  type ListRequest,
  nodeEdge,
  ordered,
  RELATIONSHIP_HOLDS,
  type SortKeys,
} from './list.ts';
import type { Direction, Listing } from './listing.ts';

const PATENTS: Listing = { name: 'patents', pattern: '(b:Patent)', columns: null };
const OF_ORGANISATION: Listing = {
  name: 'patents of an organisation',
  pattern: '(a:Entity {id: parent})-[r:FILED]->(b)',
  columns: ['id'],
};
const OF_PROJECT: Listing = {
  name: 'patents of a project',
  pattern: '(a:Entity {id: parent})-[r:RESULTED_IN]->(b)',
  columns: ['id'],
};
const APPLICANTS: Listing = { name: 'applicants', pattern: '(a:Entity {id: parent})<-[r:FILED]-(b)', columns: ['id'] };
const PROJECTS: Listing = {
  name: 'projects of a patent',
  pattern: '(a:Entity {id: parent})<-[r:RESULTED_IN]-(b)',
  columns: ['id'],
};
const PRODUCTIONS: Listing = {
  name: 'productions',
  pattern: '(a:Entity {id: parent})-[r:PRODUCED_AT]->(b)',
  columns: [...FACT_COLUMNS, 'by'],
  each: 'relationship',
};

const SORT_KEYS: SortKeys<'FILED_ON' | 'NUMBER'> = {
  FILED_ON: { name: 'filed on', text: "coalesce(b.filedOn, '')", type: 'string' },
  NUMBER: { name: 'number', text: 'b.number', type: 'string' },
};

const PRODUCTION = factEdge('PRODUCED_AT', 'out');

/** All patents, the latest first unless another order is asked. */
export function patents(filter: {
  readonly orderBy?: { readonly field: keyof typeof SORT_KEYS; readonly direction: Direction } | null | undefined;
}): ListRequest {
  return ordered(byName(PATENTS, nodeEdge), SORT_KEYS, filter.orderBy ?? { field: 'FILED_ON', direction: 'DESC' });
}

/** The patents that an organisation filed, the latest first unless another order is asked. */
export function patentsOfOrganisation(filter: {
  readonly orderBy?: { readonly field: keyof typeof SORT_KEYS; readonly direction: Direction } | null | undefined;
}): ListRequest {
  return ordered(
    byName(OF_ORGANISATION, nodeEdge),
    SORT_KEYS,
    filter.orderBy ?? { field: 'FILED_ON', direction: 'DESC' },
  );
}

/** The patents that a project resulted in. */
export function patentsOfProject(): ListRequest {
  return byName(OF_PROJECT, nodeEdge);
}

/** Who filed a patent. */
export function applicants(): ListRequest {
  return byName(APPLICANTS, nodeEdge);
}

/** The projects that a patent came out of. */
export function projectsOfPatent(): ListRequest {
  return byName(PROJECTS, nodeEdge);
}

/** Where what a patent protects is made. */
export function productions(asOf: PartialDate | null | undefined): ListRequest<FactEdge> {
  return byName(PRODUCTIONS, PRODUCTION, new Conditions().asOf(RELATIONSHIP_HOLDS, asOf));
}
