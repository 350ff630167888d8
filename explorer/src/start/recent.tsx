import { graphql } from '../api/graphql.ts';
import { useAnswer } from '../api/use-answer.ts';
import { NodeKind, NodeLink, typeOf } from '../app/parts/node-link.tsx';
import { Panel } from '../app/parts/panel.tsx';
import { QueryLink } from '../app/parts/query-link.tsx';
import { Empty, Failed, Loading } from '../app/parts/states.tsx';
import { useFormat } from '../app/words/format.ts';
import { useWords } from '../app/words/words.ts';
import { START } from './words.ts';

const RECENT = graphql(`
  query Recent($from: PartialDate!, $to: PartialDate!) {
    changes(from: $from, to: $to, nodes: [NETWORK], types: [MEMBER_OF, SUCCEEDED_BY], last: 12) {
      nodes {
        kind
        on
        subject {
          id
          name
          ... on Relationship {
            from {
              id
              name
            }
            to {
              id
              name
            }
          }
        }
      }
    }
  }
`);

/** Years that the list looks back. */
const LOOK_BACK = 6;
const THIS_YEAR = new Date().getFullYear();
const VARIABLES = { from: String(THIS_YEAR - LOOK_BACK), to: String(THIS_YEAR) };

/** What began and ended in the world of late, the latest first. */
export function Recent() {
  const words = useWords(START);
  const { date } = useFormat();
  const { data, failure, isLoading, again } = useAnswer(RECENT, VARIABLES);
  const found = data?.changes?.nodes.toReversed();
  return (
    <Panel title={words.recent} aside={<QueryLink document={RECENT} variables={VARIABLES} />}>
      {failure && <Failed failure={failure} again={again} />}
      {isLoading && !found && <Loading />}
      {found?.length === 0 && <Empty />}
      <ul class="recent">
        {found?.map(({ kind, on, subject }) => (
          <li key={`${kind} ${subject.id}`}>
            <span class="quiet">{date(on)}</span>
            <span>
              {'from' in subject ? (
                <>
                  <NodeLink node={subject.from} /> {words.verbs[typeOf(subject.id) === 'succession' ? 'BECAME' : kind]}{' '}
                  <NodeLink node={subject.to} />
                </>
              ) : (
                <>
                  {words.label[kind]} <NodeLink node={subject} /> <NodeKind id={subject.id} />
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
      <p class="quiet small">{words.recentNote}</p>
    </Panel>
  );
}
