import { graphql } from '../api/graphql.ts';
import { PAGE } from '../app/parts/pager.tsx';
import { SOURCE } from '../app/parts/sources.tsx';
import { CLAIM } from './actor-query.ts';

/** A topic, and those who have it. */
export const TOPIC = graphql(
  `
    query TopicShown($id: ID!) {
      topic(id: $id) {
        id
        name
        scheme
        altLabels
        labelEn: prefLabel(language: EN)
        definition
        definitionEn: definition(language: EN)
        broader {
          id
          name
        }
        narrower(first: 50) {
          totalCount
          nodes {
            id
            name
          }
        }
        actors(first: 1) {
          totalCount
        }
        networks: actors(kind: [POLE, CLUSTER], first: 100) {
          nodes {
            id
          }
        }
        organisations: actors(kind: [ORGANISATION], first: 100) {
          nodes {
            id
          }
        }
        claims {
          ...ClaimShown
        }
        sources {
          ...SourceShown
        }
      }
    }
  `,
  [CLAIM, SOURCE],
);

/** How many projects have a topic that exists, and the networks that have it as a label. */
export const OTHERS = graphql(`
  query OthersOfTopic($id: ID!) {
    projects(first: 1, filter: { topic: [$id] }) {
      totalCount
    }
    networks(first: 100, filter: { label: [$id], includeUndated: true }) {
      totalCount
      nodes {
        id
      }
    }
  }
`);

/** The networks that have or had a label. */
export const LABELLED = graphql(
  `
  query NetworksOfLabel($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
    networks(
      filter: { label: [$id], includeUndated: true }
      first: $first
      after: $after
      last: $last
      before: $before
    ) {
      totalCount
      pageInfo {
        ...PageShown
      }
      edges {
        node {
          id
          name
          city
          since
          until
        }
      }
    }
  }
`,
  [PAGE],
);

/** Actors with a topic. */
export const ACTORS = graphql(
  `
  query ActorsOfTopic($id: ID!, $kind: [ActorKind!], $first: Int, $after: String, $last: Int, $before: String) {
    topic(id: $id) {
      actors(kind: $kind, first: $first, after: $after, last: $last, before: $before) {
        totalCount
        pageInfo {
          ...PageShown
        }
        edges {
          node {
            id
            name
            city
          }
        }
      }
    }
  }
`,
  [PAGE],
);
