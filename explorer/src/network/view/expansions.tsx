import { graphql } from '../../api/graphql.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useFormat } from '../../app/words/format.ts';
import { useWords } from '../../app/words/words.ts';
import { RELATIONSHIP_TYPES, type RelationshipType } from '../address.ts';
import { type NetworkRequest, READABLE_NODES, selectedBy } from '../load.ts';
import { WORDS } from '../words.ts';

/** How many nodes a part has, and would have with the neighbours of a node along each type of relationship. */
const EXPANSIONS = graphql(`
  query Expansions(
    $now: GraphSelection!
    $partners: GraphSelection!
    $members: GraphSelection!
    $participations: GraphSelection!
    $labels: GraphSelection!
    $affiliations: GraphSelection!
    $successions: GraphSelection!
  ) {
    now: subgraph(select: $now) {
      nodeCount
    }
    PARTNERS_WITH: subgraph(select: $partners) {
      nodeCount
    }
    MEMBER_OF: subgraph(select: $members) {
      nodeCount
    }
    PARTICIPATES_IN: subgraph(select: $participations) {
      nodeCount
    }
    LABELS: subgraph(select: $labels) {
      nodeCount
    }
    AFFILIATED_WITH: subgraph(select: $affiliations) {
      nodeCount
    }
    SUCCEEDED_BY: subgraph(select: $successions) {
      nodeCount
    }
  }
`);

interface ExpansionsProps {
  readonly id: string;
  readonly request: NetworkRequest;
  readonly onExpand: (entry: string) => void;
}

/** The neighbours of a node that are not in the picture, by relationship, with the number that each would add. */
export function Expansions({ id, request, onExpand }: ExpansionsProps) {
  const words = useWords(WORDS);
  const { number, count } = useFormat();
  const along = (type: RelationshipType) => selectedBy(request, [{ of: [id], relationships: [type] }]);
  const { data } = useAnswer(EXPANSIONS, {
    now: selectedBy(request),
    partners: along('PARTNERS_WITH'),
    members: along('MEMBER_OF'),
    participations: along('PARTICIPATES_IN'),
    labels: along('LABELS'),
    affiliations: along('AFFILIATED_WITH'),
    successions: along('SUCCEEDED_BY'),
  });
  if (!data) return null;
  const now = data.now?.nodeCount ?? 0;
  const all = RELATIONSHIP_TYPES.map((type) => [type, (data[type]?.nodeCount ?? now) - now] as const);
  const some = all.filter(([, added]) => added > 0);
  return (
    <div class="network-expansions">
      <h3>{words.expand}</h3>
      {some.length === 0 && <p class="small quiet">{words.expandNothing}</p>}
      {some.map(([type, added]) => {
        const isTooMany = now + added > READABLE_NODES;
        const would = count(now + added, words.nodes);
        return (
          <button
            type="button"
            key={type}
            title={
              isTooMany ? words.tooMany(would) : words.addsHint(count(added, words.nodes), words.expandAlong[type])
            }
            onClick={() => onExpand(`${id}~${type}`)}
          >
            {words.expandAlong[type]} <span class="quiet">{words.adds(number(added))}</span>
            {isTooMany && <span class="unseen">{words.tooMany(would)}</span>}
          </button>
        );
      })}
    </div>
  );
}
