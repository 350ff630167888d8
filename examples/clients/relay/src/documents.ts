import { graphql } from 'relay-runtime';

/**
 * Documents for the compiler. A build plugin would replace them by what the compiler makes of them; without one, members.ts
 * imports that itself.
 */
export const MembersQuery = graphql`
  query documentsMembersQuery($pole: ID!, $after: String) @throwOnFieldError {
    pole(id: $pole) {
      id
      members(first: 20, after: $after) @connection(key: "Pole_members") {
        totalCount
        edges {
          node {
            id
            name
          }
          roles
          memberships {
            id
            role
          }
        }
      }
    }
    poles(first: 1) {
      totalCount
    }
  }
`;
