/**
 * urql: a list page after page, and a subscription that goes on after the last change it has seen.
 * GRAPPE_URL=http://127.0.0.1:4000 GRAPPE_TOKEN=grappe_… node changes.ts
 */
import { Client, cacheExchange, fetchExchange, gql } from '@urql/core';

const { GRAPPE_URL = 'http://127.0.0.1:4000', GRAPPE_TOKEN } = process.env;

const client = new Client({
  url: `${GRAPPE_URL}/graphql`,
  exchanges: [cacheExchange, fetchExchange],
  preferGetMethod: false,
  // Subscriptions are server-sent events at the same address.
  fetchSubscriptions: true,
  fetchOptions: { headers: GRAPPE_TOKEN === undefined ? {} : { authorization: `Bearer ${GRAPPE_TOKEN}` } },
});

interface Members {
  readonly pole: {
    readonly members: {
      readonly nodes: readonly { readonly id: string; readonly name: string }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  } | null;
}

const MEMBERS = gql<Members, { pole: string; after: string | null }>`
  query Members($pole: ID!, $after: String) {
    pole(id: $pole) {
      members(first: 20, after: $after) {
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
`;

async function* members(pole: string): AsyncGenerator<{ readonly id: string; readonly name: string }> {
  for (let after: string | null = null; ; ) {
    const { data, error } = await client.query(MEMBERS, { pole, after }).toPromise();
    if (error) throw error;
    if (!data?.pole) return;
    yield* data.pole.members.nodes;
    if (!data.pole.members.pageInfo.hasNextPage) return;
    after = data.pole.members.pageInfo.endCursor;
  }
}

interface Change {
  readonly sequence: number;
  readonly action: string;
}
const CHANGES = gql<{ readonly graphChanged: Change }, { after: number | null; touching: string[] }>`
  subscription Changes($after: Int, $touching: [ID!]) {
    graphChanged(after: $after, touching: $touching) {
      sequence
      action
    }
  }
`;

/** The next change after one, from a stream of its own: as after a connection that was cut. */
function nextChange(after: number | null): Promise<Change> {
  const { promise, resolve, reject } = Promise.withResolvers<Change>();
  const { unsubscribe } = client
    .subscription(CHANGES, { after, touching: ['organisation/edf'] })
    .subscribe(({ data, error }) => {
      if (error) reject(error);
      if (data) resolve(data.graphChanged);
    });
  // A turn later: urql throws an AbortError that nobody can catch when it is left between two events that came together.
  return promise.finally(() => void setTimeout(unsubscribe));
}

const RENAME = gql`
  mutation Rename($id: ID!, $acronym: String!) {
    organisationUpdate(id: $id, input: { acronym: $acronym }) {
      problems {
        message
      }
    }
  }
`;
const LATEST = gql<
  { readonly organisation: { readonly history: { readonly nodes: readonly Change[] } } | null },
  { id: string }
>`
  query Latest($id: ID!) {
    organisation(id: $id) {
      history(first: 1) {
        nodes {
          sequence
          action
        }
      }
    }
  }
`;

let count = 0;
for await (const _ of members('pole/aerospace-valley')) count++;

let resumed: string[] | null = null;
if (GRAPPE_TOKEN !== undefined) {
  const { data } = await client.query(LATEST, { id: 'organisation/edf' }).toPromise();
  const seen = data?.organisation?.history.nodes[0]?.sequence ?? 0;
  for (const acronym of ['ÉDF', 'EDF']) {
    const { error } = await client.mutation(RENAME, { id: 'organisation/edf', acronym }).toPromise();
    if (error) throw error;
  }
  const first = await nextChange(seen);
  const second = await nextChange(first.sequence);
  resumed = second.sequence > first.sequence ? [first.action, second.action] : null;
}
console.log(JSON.stringify({ members: count, resumed }));
process.exit();
