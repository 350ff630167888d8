/**
 * gql.tada: documents whose types are inferred from the schema, without generated code for each of them.
 * GRAPPE_URL=http://127.0.0.1:4000 node facts.ts
 *
 * graphql-env.d.ts has the schema: `npx gql-tada generate-output` writes it from /schema.graphql; here the tests do.
 */

import { initGraphQLTada, type ResultOf, type VariablesOf } from 'gql.tada';
import { print } from 'graphql';
import type { introspection } from './graphql-env.d.ts';

/** Scalars are texts; PartialDate has three forms. */
type PartialDate = `${number}` | `${number}-${number}` | `${number}-${number}-${number}`;

const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: { PartialDate: PartialDate; DateTime: string; URL: string };
}>();

const FACTS = graphql(`
  query Facts($pole: ID!, $asOf: PartialDate) {
    pole(id: $pole) {
      since
      members(first: 2, asOf: $asOf) {
        edges {
          node {
            __typename
            name
          }
          roles
          memberships {
            since
            until
            sources {
              title
              url
            }
          }
        }
      }
    }
  }
`);

async function ask(variables: VariablesOf<typeof FACTS>): Promise<ResultOf<typeof FACTS>> {
  const response = await fetch(`${process.env.GRAPPE_URL ?? 'http://127.0.0.1:4000'}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: print(FACTS), variables }),
  });
  const { data, errors } = (await response.json()) as { data: ResultOf<typeof FACTS>; errors?: { message: string }[] };
  if (errors) throw new Error(errors[0]?.message);
  return data;
}

const { pole } = await ask({ pole: 'pole/aerospace-valley', asOf: '2015-06' });
// Types are those of the schema: what can be null is, and an unknown field does not compile.
const since: PartialDate | null | undefined = pole?.since;
const edges = pole?.members.edges ?? [];
const titles: readonly string[] = edges.flatMap(({ memberships }) =>
  memberships.flatMap(({ sources }) => sources.map(({ title }) => title)),
);
console.log(JSON.stringify({ since, members: edges.length, types: edges.map(({ node }) => node.__typename), titles }));
