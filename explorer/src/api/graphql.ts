import type { initGraphQLTada } from 'gql.tada';
import { documentOf } from './document.ts';
import type { introspection } from './introspection.gen.ts';

export type { ResultOf, VariablesOf } from 'gql.tada';

interface Setup {
  introspection: introspection;
  // Masking would hide from a page what it has just asked for.
  disableMasking: true;
  scalars: { DateTime: string; PartialDate: string; URL: string };
}

/**
 * A query or a fragment, typed by the schema: a field that the schema lacks fails the tests. Fragments that it uses follow
 * as a list. Nothing is parsed in the browser.
 *
 * @example const POLE = graphql(`query Pole($id: ID!) { pole(id: $id) { name } }`);
 */
export const graphql = documentOf as unknown as ReturnType<typeof initGraphQLTada<Setup>>;
