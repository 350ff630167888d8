import { graphql } from '../api/graphql.ts';
import { useAnswer } from '../api/use-answer.ts';
import { text, useAddress } from '../app/address.ts';
import { NodeKind, NodeLink } from '../app/parts/node-link.tsx';
import { Page } from '../app/parts/page.tsx';
import { Empty, Failed, Loading } from '../app/parts/states.tsx';
import { useWords } from '../app/words/words.ts';
import { SEARCH } from './words.ts';

const HITS = graphql(`
  query Hits($text: String!, $first: Int!) {
    search(text: $text, first: $first) {
      totalCount
      edges {
        matchedFields
        node {
          id
          name
        }
      }
    }
  }
`);

const PARAMETERS = { q: text() };

/** What a text is found in. */
export function Search() {
  const words = useWords(SEARCH);
  const { values, set } = useAddress(PARAMETERS);
  const { data, failure, isLoading, again } = useAnswer(HITS, values.q === '' ? null : { text: values.q, first: 20 });
  return (
    <Page title={words.title}>
      <input
        type="search"
        aria-label={words.title}
        value={values.q}
        onInput={({ currentTarget }) => set({ q: currentTarget.value }, { replace: true })}
      />
      {failure && <Failed failure={failure} again={again} />}
      {isLoading && !data && <Loading />}
      {data?.search?.totalCount === 0 && <Empty>{words.nothing(values.q)}</Empty>}
      <ul>
        {data?.search?.edges.map(({ node }) => (
          <li key={node.id}>
            <NodeLink node={node} /> <NodeKind id={node.id} />
          </li>
        ))}
      </ul>
    </Page>
  );
}

export { Search as Page };
