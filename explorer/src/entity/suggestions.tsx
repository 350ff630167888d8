import { graphql } from '../api/graphql.ts';
import { useAnswer } from '../api/use-answer.ts';
import { NodeKind, NodeLink, NodeLinks } from '../app/parts/node-link.tsx';
import { Panel } from '../app/parts/panel.tsx';
import { QueryLink } from '../app/parts/query-link.tsx';
import { Empty, Failed, Loading } from '../app/parts/states.tsx';
import { useFormat } from '../app/words/format.ts';
import { useWords } from '../app/words/words.ts';
import { ENTITY } from './words.ts';

const SUGGESTED = graphql(`
  query SuggestedPartners($id: ID!, $asOf: PartialDate) {
    actor(id: $id) {
      suggestedPartners(asOf: $asOf, first: 8) {
        score
        commonPartnerCount
        sameTerritory
        actor {
          id
          name
        }
        commonPartners(first: 3) {
          id
          name
        }
        sharedTopics {
          id
          name
        }
      }
    }
  }
`);

/** Partners of its partners that are not its own yet, with the reasons. */
export function Suggestions({ id, asOf }: { readonly id: string; readonly asOf: string | null }) {
  const words = useWords(ENTITY);
  const { count, list } = useFormat();
  const variables = { id, asOf };
  const { data, failure, isLoading, again } = useAnswer(SUGGESTED, variables);
  const found = data?.actor?.suggestedPartners;
  return (
    <Panel id="suggested" title={words.suggested} aside={<QueryLink document={SUGGESTED} variables={variables} />}>
      <p class="quiet">{words.suggestedWhy}</p>
      {failure && <Failed failure={failure} again={again} />}
      {isLoading && !found && <Loading />}
      {found?.length === 0 && <Empty>{words.noSuggestions}</Empty>}
      <ul class="suggestions">
        {found?.map(({ actor, commonPartnerCount, commonPartners, sharedTopics, sameTerritory }) => (
          <li key={actor.id}>
            <NodeLink node={actor} /> <NodeKind id={actor.id} />{' '}
            <a class="small" href={`/path?a=${id}&b=${actor.id}`} aria-label={`${words.howSuggested} ${actor.name}`}>
              {words.howSuggested}
            </a>
            <div class="quiet small">
              {words.whyPartners(count(commonPartnerCount, words.commonPartners))}
              <NodeLinks nodes={commonPartners} />
              {commonPartnerCount > commonPartners.length && '…'}
              {sameTerritory && ` · ${words.sameTerritory}`}
              {sharedTopics.length > 0 && ` · ${words.sharedTopics} : ${list(sharedTopics.map(({ name }) => name))}`}
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
