import type { TerritoryLevel as Level } from '../src/domain/vocabulary.ts';
import type { Connection } from '../src/loaders/loaders.ts';
import { participantTerritoryFacet, programmeFacet, startYearFacet } from '../src/store/facet.ts';
import type { ListEdge } from '../src/store/list.ts';
import { builder } from './builder.ts';
import type { connectionOf } from './connection.ts';
import { boundedSize, COST, Facet, facetOrder, facetSize, labelled, MAX_YEARS, territoryArguments } from './facets.ts';

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
