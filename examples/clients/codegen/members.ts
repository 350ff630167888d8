/**
 * The application: it sends the identifiers of its documents, by GET, and has their types.
 * GRAPPE_URL=http://127.0.0.1:4000 node members.ts
 */
import { MEMBERS } from './documents.ts';
import type { MembersOfAPoleQuery, MembersOfAPoleQueryVariables } from './gql/graphql.ts';

const url = `${process.env.GRAPPE_URL ?? 'http://127.0.0.1:4000'}/graphql`;
const { hash } = (MEMBERS as unknown as { readonly __meta__: { readonly hash: string } }).__meta__;

async function ask(variables: MembersOfAPoleQueryVariables): Promise<MembersOfAPoleQuery> {
  const parameters = new URLSearchParams({ documentId: hash, variables: JSON.stringify(variables) });
  const response = await fetch(`${url}?${parameters}`, { headers: { accept: 'application/graphql-response+json' } });
  const { data, errors } = (await response.json()) as { data: MembersOfAPoleQuery; errors?: { message: string }[] };
  if (errors) throw new Error(errors[0]?.message);
  return data;
}

let count = 0;
for (let after: string | null = null; ; ) {
  const { pole }: MembersOfAPoleQuery = await ask({ pole: 'pole/aerospace-valley', after });
  if (!pole) break;
  count += pole.members.nodes.length;
  if (!pole.members.pageInfo.hasNextPage) break;
  after = pole.members.pageInfo.endCursor ?? null;
}
console.log(JSON.stringify({ members: count, isNamed: hash.startsWith('sha256:') }));
