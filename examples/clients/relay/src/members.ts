/**
 * Relay: documents that its compiler has checked and named, pages in its store, nodes by their global identifiers.
 * GRAPPE_URL=http://127.0.0.1:4000 node members.ts, after relay-compiler
 */
import {
  ConnectionHandler,
  Environment,
  fetchQuery,
  type GraphQLResponse,
  type GraphQLTaggedNode,
  Network,
  RecordSource,
  Store,
} from 'relay-runtime';
import MembersQuery, { type documentsMembersQuery } from './__generated__/documentsMembersQuery.graphql.ts';

const url = `${process.env.GRAPPE_URL ?? 'http://127.0.0.1:4000'}/graphql`;

const environment = new Environment({
  store: new Store(new RecordSource()),
  network: Network.create(async ({ id }, variables) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ documentId: id, variables }),
    });
    return (await response.json()) as GraphQLResponse;
  }),
});

const ask = (variables: documentsMembersQuery['variables']): Promise<documentsMembersQuery['response'] | undefined> =>
  fetchQuery<documentsMembersQuery>(environment, MembersQuery as GraphQLTaggedNode, variables).toPromise();

const pole = 'pole/aerospace-valley';
let after: string | null = null;
do {
  await ask({ pole, after });
  const page = environment.getStore().getSource().get(`client:${pole}:__Pole_members_connection:pageInfo`);
  after = page?.hasNextPage === true ? String(page.endCursor) : null;
} while (after !== null);

let members = 0;
environment.commitUpdate((store) => {
  const record = store.get(pole);
  const connection = record && ConnectionHandler.getConnection(record, 'Pole_members');
  members = connection?.getLinkedRecords('edges')?.length ?? 0;
});
console.log(JSON.stringify({ members }));
