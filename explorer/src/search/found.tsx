import { useAnswer } from '../api/use-answer.ts';
import { useAddress } from '../app/address.ts';
import { NodeKind, NodeLink } from '../app/parts/node-link.tsx';
import { QueryLink } from '../app/parts/query-link.tsx';
import { Empty, Failed, Loading } from '../app/parts/states.tsx';
import { useFormat } from '../app/words/format.ts';
import { useWords } from '../app/words/words.ts';
import { Detail, Why } from '../find/hit.tsx';
import { FILTERS, LISTED } from './address.ts';
import { HITS } from './queries.ts';
import { SEARCH } from './words.ts';

const SEARCH_TYPES = { territory: 'TERRITORY', topic: 'TOPIC' } as const;
const STEP = 25;
/** As many as the API gives at a time. */
const MOST = 200;

/** The best hits of a search, each with the reason why it was found. */
export function Found() {
  const words = useWords(SEARCH);
  const { number, count } = useFormat();
  const address = useAddress(FILTERS);
  const { q, type } = address.values;
  const first = Math.min(address.values.shown ?? STEP, MOST);
  const types = type === 'territory' || type === 'topic' ? [SEARCH_TYPES[type]] : null;
  const variables = q === '' ? null : { text: q, first, types };
  const { data, failure, isLoading, again } = useAnswer(HITS, variables);
  const found = data?.search;
  if (variables === null) return <p class="quiet">{words.hint}</p>;
  return (
    <div class="found">
      {failure && <Failed failure={failure} again={again} />}
      {isLoading && !found && <Loading />}
      {found?.totalCount === 0 && (
        <>
          <Empty>
            {words.nothing(q)} {words.tips}
          </Empty>
          <p>
            {words.browse}{' '}
            {LISTED.map((name, place) => (
              <span key={name}>
                {place > 0 && ' · '}
                <a href={`/search?type=${name}`}>{words.types[name]}</a>
              </span>
            ))}
          </p>
        </>
      )}
      {found && found.totalCount > 0 && (
        <>
          <p class="quiet small found-head">
            {found.edges.length < found.totalCount
              ? words.bestOf(number(found.edges.length), number(found.totalCount))
              : count(found.totalCount, words.results)}
            <QueryLink document={HITS} variables={variables} />
          </p>
          <ol class="hits">
            {found.edges.map((hit) => (
              <li key={hit.node.id}>
                <NodeLink node={hit.node} />
                <Why hit={hit} text={q} />
                <Detail hit={hit} />
                <NodeKind id={hit.node.id} />
              </li>
            ))}
          </ol>
          {found.edges.length < found.totalCount && first < MOST && (
            <a class="button" href={address.with({ shown: first + STEP })}>
              {words.more}
            </a>
          )}
        </>
      )}
    </div>
  );
}
