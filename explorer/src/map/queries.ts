import { graphql } from '../api/graphql.ts';

/** The départements, with the régions that they are part of: those of a date, or all. */
export const DEPARTEMENTS = graphql(`
  query Departements($asOf: PartialDate) {
    territories(level: DEPARTMENT, first: 200) {
      nodes {
        id
        code
        name
        partOf(asOf: $asOf) {
          id
          name
          level
          until
        }
      }
    }
  }
`);

const COUNTED = graphql(`
  fragment Counted on Facet {
    value
    count
  }
`);

const SEATED = graphql(`
  fragment Seated on Actor {
    id
    name
    city
    location(asOf: $asOf) {
      latitude
      longitude
    }
    territory(asOf: $asOf) {
      id
      name
    }
  }
`);

/** Networks of a kind by territory. */
export const NETWORKS_BY_TERRITORY = graphql(
  `
    query NetworksByTerritory($level: TerritoryLevel!, $filter: NetworkFilter, $asOf: PartialDate) {
      networks(first: 1, filter: $filter) {
        totalCount
        facets {
          territories(level: $level, first: 200, asOf: $asOf) {
            ...Counted
          }
        }
      }
    }
  `,
  [COUNTED],
);

/** Organisations by territory. */
export const ORGANISATIONS_BY_TERRITORY = graphql(
  `
    query OrganisationsByTerritory($level: TerritoryLevel!, $filter: OrganisationFilter, $asOf: PartialDate) {
      organisations(first: 1, filter: $filter) {
        totalCount
        facets {
          territories(level: $level, first: 200, asOf: $asOf) {
            ...Counted
          }
        }
      }
    }
  `,
  [COUNTED],
);

/** Projects by territory of those who take part. */
export const PROJECTS_BY_TERRITORY = graphql(
  `
    query ProjectsByTerritory($level: TerritoryLevel!, $filter: ProjectFilter, $asOf: PartialDate) {
      projects(first: 1, filter: $filter) {
        totalCount
        facets {
          territories(level: $level, first: 200, asOf: $asOf) {
            ...Counted
          }
        }
      }
    }
  `,
  [COUNTED],
);

/** The nodes of a part of the graph by territory. */
export const SELECTION_BY_TERRITORY = graphql(
  `
    query SelectionByTerritory($level: TerritoryLevel!, $select: GraphSelection!) {
      subgraph(select: $select) {
        nodeCount
        territories(level: $level, first: 200) {
          ...Counted
        }
      }
    }
  `,
  [COUNTED],
);

/** The networks of a territory, with their coordinates. */
export const NETWORKS_IN = graphql(
  `
    query NetworksIn($filter: NetworkFilter, $first: Int!, $after: String, $asOf: PartialDate) {
      networks(filter: $filter, first: $first, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          ...Seated
        }
      }
    }
  `,
  [SEATED],
);

/** The organisations of a territory, with their coordinates: those with most projects first. */
export const ORGANISATIONS_IN = graphql(
  `
    query OrganisationsIn($filter: OrganisationFilter, $first: Int!, $after: String, $asOf: PartialDate) {
      organisations(
        filter: $filter
        first: $first
        after: $after
        orderBy: { field: PROJECT_COUNT, direction: DESC }
      ) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          ...Seated
        }
      }
    }
  `,
  [SEATED],
);

/** The projects in which somebody of a territory takes part. */
export const PROJECTS_IN = graphql(`
  query ProjectsIn($filter: ProjectFilter, $first: Int!, $after: String) {
    projects(filter: $filter, first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        name
        since: start
        until: end
      }
    }
  }
`);

/** The nodes of a part of the graph, with their coordinates. */
export const SELECTION_IN = graphql(
  `
    query SelectionIn($select: GraphSelection!, $first: Int!, $after: String, $asOf: PartialDate) {
      subgraph(select: $select) {
        nodes(first: $first, after: $after) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          nodes {
            id
            ...Seated
          }
        }
      }
    }
  `,
  [SEATED],
);
