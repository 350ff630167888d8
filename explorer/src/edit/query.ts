import { graphql, type ResultOf } from '../api/graphql.ts';
import { SOURCE } from '../app/parts/sources.tsx';

/** What forms show of a record, and the sources that they offer. */
export const EDITED = graphql(
  `
    query Edited($id: ID!) {
      actor(id: $id) {
        __typename
        id
        name
        version
        acronym
        website
        city
        sources {
          ...SourceShown
        }
        memberships(first: 100) {
          edges {
            node {
              id
              name
            }
            memberships(first: 50) {
              id
              role
              since
              until
            }
          }
        }
        ... on Network {
          since
          until
          foundedOn
          dissolvedOn
          description
          members(first: 200) {
            edges {
              node {
                id
                name
              }
              memberships(first: 50) {
                id
                role
                since
                until
              }
            }
          }
        }
        ... on Organisation {
          founded: foundedOn
        }
      }
      statistics {
        sources {
          value
          label
        }
      }
    }
  `,
  [SOURCE],
);

/** A record that is edited. */
export type Edited = NonNullable<ResultOf<typeof EDITED>['actor']>;
