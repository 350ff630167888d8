import type { TadaDocumentNode } from 'gql.tada';
import { textOf } from '../../api/document.ts';
import { SHELL } from '../words/shell.ts';
import { useWords } from '../words/words.ts';
import { HAS_GRAPHIQL } from './graphiql.tsx';

interface QueryLinkProps<Variables> {
  // biome-ignore lint/suspicious/noExplicitAny: whatever it answers
  readonly document: TadaDocumentNode<any, Variables>;
  readonly variables: NoInfer<Variables>;
}

/** Opens the query behind a view in GraphiQL, with its variables; nothing where there is none. */
export function QueryLink<Variables extends object>({ document, variables }: QueryLinkProps<Variables>) {
  const words = useWords(SHELL);
  if (!HAS_GRAPHIQL) return null;
  const search = new URLSearchParams({ query: textOf(document), variables: JSON.stringify(variables, null, 2) });
  return (
    <a class="query" href={`/graphql?${search}`} target="_blank" rel="noopener">
      {words.openInGraphiql}
    </a>
  );
}
