/**
 * Apollo Client: pages in its cache, documents named by their hash, problems of a mutation.
 * GRAPPE_URL=http://127.0.0.1:4000 GRAPPE_TOKEN=grappe_… node members.ts
 */
import { createHash } from 'node:crypto';
import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { relayStylePagination } from '@apollo/client/utilities';

const { GRAPPE_URL = 'http://127.0.0.1:4000', GRAPPE_TOKEN } = process.env;

const cache = new InMemoryCache({
  // Interfaces and unions: all types are in the schema, by `{ __schema { types { name possibleTypes { name } } } }`.
  possibleTypes: { Actor: ['Organisation', 'Pole', 'Cluster'], Network: ['Pole', 'Cluster'] },
  typePolicies: {
    // A list is one however many of its pages are there; its other arguments make it another list.
    Pole: { fields: { members: relayStylePagination(['role', 'asOf', 'orderBy', 'filter']) } },
  },
});

const link = ApolloLink.from([
  new PersistedQueryLink({
    sha256: (document) => createHash('sha256').update(document).digest('hex'),
    useGETForHashedQueries: true,
  }),
  new HttpLink({
    uri: `${GRAPPE_URL}/graphql`,
    headers: GRAPPE_TOKEN === undefined ? {} : { authorization: `Bearer ${GRAPPE_TOKEN}` },
  }),
]);

const client = new ApolloClient({ cache, link });

const MEMBERS = gql`
  query Members($pole: ID!, $after: String) {
    pole(id: $pole) {
      id
      members(first: 20, after: $after) {
        totalCount
        edges {
          node {
            id
            name
          }
          roles
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`;

interface Members {
  readonly pole: {
    readonly members: {
      readonly totalCount: number;
      readonly edges: readonly { readonly node: { readonly id: string }; readonly roles: readonly string[] }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  };
}

const options = { query: MEMBERS, variables: { pole: 'pole/aerospace-valley' } };
const query = client.watchQuery<Members>(options);
const subscription = query.subscribe(() => {});
let { data } = await client.query<Members>(options);
for (let page = data?.pole.members.pageInfo; page?.hasNextPage; page = data?.pole.members.pageInfo) {
  ({ data } = await query.fetchMore({ variables: { after: page.endCursor } }));
}
subscription.unsubscribe();
// The cache has joined the pages.
const { totalCount, edges } = client.readQuery<Members>(options)!.pole.members;

// A request that fails as a whole throws; `extensions.code` is for programs.
const failed = await client
  .query({ query: gql`query Wrong { pole(id: "organisation/edf") { id } }` })
  .then(() => null)
  .catch((error: unknown) => (CombinedGraphQLErrors.is(error) ? error.errors[0]?.extensions?.code : error));

// What a person can put right comes as problems beside the data, with the place in the input.
const JOIN = gql`
  mutation Join($input: MembershipStartInput!) {
    membershipStart(input: $input) {
      membership {
        id
      }
      problems {
        code
        message
        path
      }
    }
  }
`;
interface Joined {
  readonly membershipStart: {
    readonly problems: readonly { readonly code: string; readonly path: readonly string[] }[];
  };
}
const input = { member: 'organisation/nobody', network: 'pole/aerospace-valley', sources: ['source/grappe-editorial'] };
const joined =
  GRAPPE_TOKEN === undefined ? null : await client.mutate<Joined>({ mutation: JOIN, variables: { input } });

console.log(
  JSON.stringify({
    members: edges.length,
    totalCount,
    error: failed,
    problems: joined?.data?.membershipStart.problems ?? null,
  }),
);
