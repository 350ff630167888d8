import { graphql } from './gql/gql.ts';

export const MEMBERS = graphql(/* GraphQL */ `
  query MembersOfAPole($pole: ID!, $after: String) {
    pole(id: $pole) {
      name
      since
      members(first: 20, after: $after) {
        totalCount
        nodes {
          id
          name
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);
