import { graphql } from '../api/graphql.ts';
import { useAnswer } from '../api/use-answer.ts';
import { NodeLink } from '../app/parts/node-link.tsx';
import { Page } from '../app/parts/page.tsx';
import { Panel } from '../app/parts/panel.tsx';
import { Period } from '../app/parts/period.tsx';
import { QueryLink } from '../app/parts/query-link.tsx';
import { Failed, Loading } from '../app/parts/states.tsx';
import { useFormat } from '../app/words/format.ts';
import { useWords } from '../app/words/words.ts';
import { START } from './words.ts';

const POLES = graphql(`
  query Poles($first: Int!) {
    poles(first: $first) {
      totalCount
      nodes {
        id
        name
        city
        since
        until
      }
    }
  }
`);
const VARIABLES = { first: 200 };

/** Where to begin. */
export function Start() {
  const words = useWords(START);
  const { number } = useFormat();
  const { data, failure, isLoading, again } = useAnswer(POLES, VARIABLES);
  return (
    <Page title={words.title}>
      <Panel title={words.poles} count={data?.poles ? number(data.poles.totalCount) : undefined}>
        {failure && <Failed failure={failure} again={again} />}
        {isLoading && !data && <Loading />}
        <ul class="names">
          {data?.poles?.nodes.map((pole) => (
            <li key={pole.id}>
              <NodeLink node={pole} /> <Period since={pole.since} until={pole.until} />
            </li>
          ))}
        </ul>
        <QueryLink document={POLES} variables={VARIABLES} />
      </Panel>
    </Page>
  );
}

export { Start as Page };
