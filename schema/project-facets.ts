import type { TerritoryLevel as Level } from '../src/domain/vocabulary.ts';
import type { Connection } from '../src/loaders/loaders.ts';
import {
  groupValues,
  type ProjectGrouping,
  participantTerritoryFacet,
  programmeFacet,
  projectGroups,
  startYearFacet,
} from '../src/store/facet.ts';
import type { ListEdge } from '../src/store/list.ts';
import { builder } from './builder.ts';
import type { connectionOf } from './connection.ts';
import {
  boundedSize,
  COST,
  Facet,
  facetOrder,
  facetSize,
  groupedBy,
  groupSize,
  labelled,
  MAX_GROUPS,
  MAX_YEARS,
  territoryArguments,
} from './facets.ts';

const GroupBy = builder.enumType('ProjectGrouping', {
  description: 'By what projects are grouped.',
  values: {
    PROGRAMME: { description: 'The programme or call that funds them.' },
    START_YEAR: { description: 'The year in which they started.' },
  } as const,
});

interface ProjectGroup {
  readonly programme: string | null;
  readonly startYear: number | null;
  readonly count: number;
}

const ProjectGroupType = builder.objectRef<ProjectGroup>('ProjectGroup').implement({
  description: 'Number of projects that have the same values.',
  fields: (t) => ({
    programme: t.exposeString('programme', {
      nullable: true,
      description: 'The programme or call. Null: unknown, or not grouped by it.',
    }),
    startYear: t.exposeInt('startYear', {
      nullable: true,
      description: 'The year of their start. Null: unknown, or not grouped by it.',
    }),
    count: t.exposeInt('count', { description: 'Number of projects.' }),
  }),
});

async function groupsOf(
  connection: Connection<ListEdge>,
  asked: readonly ProjectGrouping[],
  first: number,
): Promise<ProjectGroup[]> {
  const by = groupedBy(asked);
  const found = await connection.facet(projectGroups(by, boundedSize(first, MAX_GROUPS)));
  return found.map((group) => {
    const values = groupValues(group);
    const named = (one: ProjectGrouping): string | null => values[by.indexOf(one)] ?? null;
    const year = named('START_YEAR');
    return { programme: named('PROGRAMME'), startYear: year === null ? null : Number(year), count: group.count };
  });
}

/** Counts by value over a list of projects. */
const ProjectFacets = builder.objectRef<Connection<ListEdge>>('ProjectFacets').implement({
  description: 'Counts by value over the whole list, not only the page. Counted only when requested.',
  fields: (t) => ({
    programmes: t.field({
      type: [Facet],
      description: 'Number of projects by the programme or call that funds them. Unknown ones are left out.',
      args: { first: facetSize(t.arg), order: facetOrder(t.arg) },
      extensions: COST,
      resolve: (connection, { first, order }) => labelled(connection, programmeFacet(boundedSize(first)), order),
    }),
    territories: t.field({
      type: [Facet],
      description:
        'Number of projects by territory of the seats of those who take part, at one level. A project counts once for each territory that contains one of these seats. Without a date: territories of today.',
      args: territoryArguments(t.arg),
      extensions: COST,
      resolve: (connection, { level, first, asOf, order }) =>
        labelled(
          connection,
          participantTerritoryFacet(
            { level: level as Level, first: boundedSize(first), asOf: asOf ?? null },
            connection.request,
          ),
          order,
        ),
    }),
    startYears: t.field({
      type: [Facet],
      maximum: MAX_YEARS,
      description: 'Number of projects by the year in which they started. Unknown years are left out.',
      args: { order: facetOrder(t.arg) },
      extensions: COST,
      resolve: (connection, { order }) => labelled(connection, startYearFacet(), order),
    }),
    groups: t.field({
      type: [ProjectGroupType],
      description: 'Number of projects by several values at once, largest groups first. Unknown values are a group.',
      args: {
        by: t.arg({ type: [GroupBy], required: true, description: 'By what. At least one value.' }),
        first: groupSize(t.arg),
      },
      extensions: COST,
      resolve: (connection, { by, first }) => groupsOf(connection, by, first),
    }),
  }),
});

/** Adds facets to a connection of projects. */
export function addProjectFacets<Edge extends ListEdge>(connection: ReturnType<typeof connectionOf<Edge>>): void {
  builder.objectField(connection, 'facets', (t) =>
    t.field({
      type: ProjectFacets,
      description: 'Counts by value over all projects of the list, not only the page.',
      resolve: (list) => list,
    }),
  );
}
