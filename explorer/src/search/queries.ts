import { graphql, type VariablesOf } from '../api/graphql.ts';
import { PAGE } from '../app/parts/pager.tsx';
import { HIT } from '../find/hit.tsx';

const FACET = graphql(`
  fragment FacetShown on Facet {
    value
    label
    count
  }
`);

/** What a text is found in, and how much of each type. */
export const HITS = graphql(
  `
    query Hits($text: String!, $first: Int!, $types: [SearchType!]) {
      search(text: $text, first: $first, types: $types) {
        totalCount
        edges {
          ...HitShown
        }
      }
    }
  `,
  [HIT],
);

export const TOTALS = graphql(`
  query HitTotals($text: String!) {
    pole: search(text: $text, first: 1, types: [POLE]) {
      totalCount
    }
    cluster: search(text: $text, first: 1, types: [CLUSTER]) {
      totalCount
    }
    organisation: search(text: $text, first: 1, types: [ORGANISATION]) {
      totalCount
    }
    project: search(text: $text, first: 1, types: [PROJECT]) {
      totalCount
    }
    territory: search(text: $text, first: 1, types: [TERRITORY]) {
      totalCount
    }
    topic: search(text: $text, first: 1, types: [TOPIC]) {
      totalCount
    }
  }
`);

/** What a search finds, by identifiers. */
export const HIT_IDS = graphql(`
  query HitIds($text: String!, $types: [SearchType!], $after: String) {
    search(text: $text, types: $types, first: 200, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
      }
    }
  }
`);

/** The projects that filters leave, by identifiers. */
export const PROJECT_IDS = graphql(`
  query ProjectIds($filter: ProjectFilter, $after: String) {
    projects(filter: $filter, first: 200, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
      }
    }
  }
`);

/** Networks with their facets. */
export const NETWORKS = graphql(
  `
  query NetworksFound(
    $filter: NetworkFilter
    $orderBy: NetworkOrder
    $members: Boolean!
    $first: Int
    $after: String
    $last: Int
    $before: String
  ) {
    list: networks(
      filter: $filter
      orderBy: $orderBy
      first: $first
      after: $after
      last: $last
      before: $before
    ) {
      totalCount
      undatedCount
      pageInfo {
        ...PageShown
      }
      facets {
        territories(level: REGION, first: 30) {
          ...FacetShown
        }
        sectors: topics(scheme: SECTOR, first: 30) {
          ...FacetShown
        }
        technologies: topics(scheme: TECHNOLOGY, first: 30) {
          ...FacetShown
        }
        years: sinceYears(order: VALUE) {
          ...FacetShown
        }
      }
      edges {
        node {
          id
          name
          city
          since
          until
          members(first: 1) @include(if: $members) {
            totalCount
          }
        }
      }
    }
  }
`,
  [PAGE, FACET],
);

export const ORGANISATIONS = graphql(
  `
  query OrganisationsFound(
    $filter: OrganisationFilter
    $orderBy: OrganisationOrder
    $partners: Boolean!
    $projects: Boolean!
    $networks: Boolean!
    $first: Int
    $after: String
    $last: Int
    $before: String
  ) {
    list: organisations(
      filter: $filter
      orderBy: $orderBy
      first: $first
      after: $after
      last: $last
      before: $before
    ) {
      totalCount
      pageInfo {
        ...PageShown
      }
      facets {
        kinds: organisationKinds {
          ...FacetShown
        }
        territories(level: REGION, first: 30) {
          ...FacetShown
        }
        sectors: topics(scheme: SECTOR, first: 30) {
          ...FacetShown
        }
        affiliations(first: 20) {
          ...FacetShown
        }
      }
      edges {
        node {
          id
          name
          city
          kind
          partners(first: 1) @include(if: $partners) {
            totalCount
          }
          projects(first: 1) @include(if: $projects) {
            totalCount
          }
          memberships(first: 1) @include(if: $networks) {
            totalCount
          }
        }
      }
    }
  }
`,
  [PAGE, FACET],
);

export const PROJECTS = graphql(
  `
  query ProjectsFound(
    $filter: ProjectFilter
    $orderBy: ProjectOrder
    $first: Int
    $after: String
    $last: Int
    $before: String
  ) {
    list: projects(
      filter: $filter
      orderBy: $orderBy
      first: $first
      after: $after
      last: $last
      before: $before
    ) {
      totalCount
      pageInfo {
        ...PageShown
      }
      facets {
        programmes(first: 30) {
          ...FacetShown
        }
        territories(level: REGION, first: 30) {
          ...FacetShown
        }
        years: startYears(order: VALUE) {
          ...FacetShown
        }
      }
      edges {
        node {
          id
          name
          title
          programme
          start
          end
        }
      }
    }
  }
`,
  [PAGE, FACET],
);

/** The sources that facts come from, the most frequent first. */
export const SOURCES = graphql(
  `
  query SourcesUsed {
    statistics {
      sources {
        ...FacetShown
      }
    }
  }
`,
  [FACET],
);

export type NetworkFilter = NonNullable<VariablesOf<typeof NETWORKS>['filter']>;
export type OrganisationFilter = NonNullable<VariablesOf<typeof ORGANISATIONS>['filter']>;
export type ProjectFilter = NonNullable<VariablesOf<typeof PROJECTS>['filter']>;
