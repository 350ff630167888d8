import { graphql, type ResultOf } from '../api/graphql.ts';
import { SOURCE } from '../app/parts/sources.tsx';

/** What is disputed or inferred about a node. */
export const CLAIM = graphql(
  `
    fragment ClaimShown on Claim {
      id
      field
      value
      note
      inferred
      preferred
      sources {
        ...SourceShown
      }
    }
  `,
  [SOURCE],
);

/** A published figure. */
export const INDICATOR = graphql(
  `
    fragment IndicatorShown on Indicator {
      id
      measure
      from
      to
      value
      unit
      note
      sources {
        ...SourceShown
      }
    }
  `,
  [SOURCE],
);

/** A pole, a cluster or an organisation, without its lists, whose totals it has. */
export const ACTOR = graphql(
  `
    query ActorShown($id: ID!, $asOf: PartialDate) {
      actor(id: $id) {
        __typename
        id
        name
        acronym
        aliases
        city
        website
        version
        updatedAt
        identifiers {
          scheme
          value
        }
        territory(asOf: $asOf) {
          id
          name
          partOf(asOf: $asOf) {
            id
            name
          }
        }
        topics {
          id
          name
          scheme
        }
        claims {
          ...ClaimShown
        }
        sources {
          ...SourceShown
        }
        indicators(first: 100) {
          totalCount
          nodes {
            ...IndicatorShown
          }
        }
        memberships(first: 1, asOf: $asOf) {
          totalCount
        }
        partners(first: 1, asOf: $asOf) {
          totalCount
        }
        projects(first: 1, asOf: $asOf) {
          totalCount
        }
        ... on Network {
          description
          descriptionEn: description(language: EN)
          since
          until
          foundedOn
          dissolvedOn
          covers(asOf: $asOf) {
            id
            name
          }
          labels {
            id
            topic {
              id
              name
            }
            term
            conditions
            since
            until
            sources {
              ...SourceShown
            }
          }
          predecessors {
            id
            kind
            since
            node: from {
              id
              name
            }
            sources {
              ...SourceShown
            }
          }
          successors {
            id
            kind
            since
            node: to {
              id
              name
            }
            sources {
              ...SourceShown
            }
          }
          membersKnown(asOf: $asOf) {
            recorded
            reported
            reportedOn
            note
            sources {
              ...SourceShown
            }
          }
          members(first: 1, asOf: $asOf) {
            totalCount
          }
          labelledProjects(first: 1, asOf: $asOf) {
            totalCount
          }
        }
        ... on Pole {
          rank
        }
        ... on Organisation {
          kind
          size
          public
          founded: foundedOn
          mergedFrom {
            id
            name
            at
            by
          }
          affiliations(first: 1, asOf: $asOf) {
            totalCount
          }
          affiliated(first: 1, asOf: $asOf) {
            totalCount
          }
          patents(first: 1) {
            totalCount
          }
        }
      }
    }
  `,
  [SOURCE, CLAIM, INDICATOR],
);

export type ActorShown = NonNullable<ResultOf<typeof ACTOR>['actor']>;
export type NetworkShown = Extract<ActorShown, { __typename: 'Pole' | 'Cluster' }>;
export type ClaimShown = ResultOf<typeof CLAIM>;
export type IndicatorShown = ResultOf<typeof INDICATOR>;
