import { graphql } from '../../api/graphql.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { NodeLink } from '../../app/parts/node-link.tsx';
import { QueryLink } from '../../app/parts/query-link.tsx';
import { Failed, Loading } from '../../app/parts/states.tsx';
import { useFormat } from '../../app/words/format.ts';
import { useWords } from '../../app/words/words.ts';
import type { Network } from '../graph/network.ts';
import { WORDS } from '../words.ts';
import { FACT, FactShown } from './fact.tsx';
import { SidePanel } from './side-panel.tsx';

const EDGE = graphql(
  `
    query Edge($of: [ID!]!, $types: [RelationshipType!]!) {
      neighbourhood(of: $of, depth: 0, via: { relationships: $types }) {
        relationshipCount
        relationships(first: 50) {
          nodes {
            ...FactShown
            ... on Partnership {
              projects(first: 12) {
                id
                name
                start
                end
              }
            }
          }
        }
      }
    }
  `,
  [FACT],
);

interface EdgePanelProps {
  readonly network: Network;
  readonly edge: number;
  readonly onClose: () => void;
}

/** What is behind an edge: every fact that joins the two, with its sources. */
export function EdgePanel({ network, edge, onClose }: EdgePanelProps) {
  const words = useWords(WORDS);
  const { number, count } = useFormat();
  const { from, to, weight, relationships } = network.edges[edge]!;
  const ends = [network.nodes[from]!, network.nodes[to]!] as const;
  const types = [...new Set(relationships.map(({ type }) => type))];
  const variables = { of: ends.map(({ id }) => id), types: types as never };
  const { data, failure, isLoading, again } = useAnswer(EDGE, types.length === 0 ? null : variables);
  const found = data?.neighbourhood;
  return (
    <SidePanel
      kind={words.edge}
      title={
        <>
          <NodeLink node={ends[0]} /> <span class="quiet">—</span> <NodeLink node={ends[1]} />
        </>
      }
      onClose={onClose}
    >
      <p>
        {words.strength} {number(weight, { maximumSignificantDigits: 3 })}
        {found && ` · ${count(found.relationshipCount, words.facts)}`}
      </p>
      {failure && <Failed failure={failure} again={again} />}
      {isLoading && !found && types.length > 0 && <Loading />}
      {found && (
        <ul class="network-facts">
          {found.relationships.nodes.map((fact) => (
            <li key={fact.id}>
              <FactShown fact={fact} />
            </li>
          ))}
        </ul>
      )}
      {types.length > 0 && <QueryLink document={EDGE} variables={variables} />}
    </SidePanel>
  );
}
