import { graphql, type ResultOf } from '../../api/graphql.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { NodeLink } from '../../app/parts/node-link.tsx';
import { Period } from '../../app/parts/period.tsx';
import { QueryLink } from '../../app/parts/query-link.tsx';
import { SOURCE, Sources } from '../../app/parts/sources.tsx';
import { Failed, Loading } from '../../app/parts/states.tsx';
import { useFormat } from '../../app/words/format.ts';
import { useWords } from '../../app/words/words.ts';
import type { Network } from '../graph/network.ts';
import { WORDS } from '../words.ts';
import { relationWords } from './columns.ts';
import { SidePanel } from './side-panel.tsx';

/** Projects of a partnership that are listed. */
const LISTED = 12;

const EDGE = graphql(
  `
    query Edge($of: [ID!]!, $types: [RelationshipType!]!) {
      neighbourhood(of: $of, depth: 0, via: { relationships: $types }) {
        relationshipCount
        relationships(first: 50) {
          nodes {
            id
            type
            since
            until
            attestedOn
            sources {
              ...SourceShown
            }
            ... on Partnership {
              kind
              label
              parties
              projectCount
              strength
              projects(first: 12) {
                id
                name
                start
                end
              }
            }
            ... on Membership {
              role
              roleLabel
            }
            ... on Participation {
              participation: role
            }
          }
        }
      }
    }
  `,
  [SOURCE],
);

type Fact = NonNullable<ResultOf<typeof EDGE>['neighbourhood']>['relationships']['nodes'][number];

/** One fact behind an edge: what it is, when, its projects, and its sources. */
export function FactShown({ fact }: { readonly fact: Fact }) {
  const words = useWords(WORDS);
  const { number, date, list } = useFormat();
  const kind = 'kind' in fact ? fact.kind : null;
  const role = 'roleLabel' in fact ? (fact.roleLabel ?? '') : '';
  const projects = 'projects' in fact ? fact.projects : [];
  const more = 'projectCount' in fact ? fact.projectCount - projects.length : 0;
  return (
    <li class="network-fact">
      <p>
        <strong>{relationWords([{ type: fact.type, kind }], words)}</strong>
        {'label' in fact && fact.label ? ` « ${fact.label} »` : ''}
        {role && ` (${role})`}{' '}
        <Period since={fact.since} until={fact.until} saysUndated={fact.attestedOn.length === 0} />
      </p>
      {fact.attestedOn.length > 0 && (
        <p class="small quiet">
          {words.attestedOn} {list(fact.attestedOn.map(date))}
        </p>
      )}
      {'parties' in fact && fact.parties !== null && <p class="small quiet">{words.parties(number(fact.parties))}</p>}
      {projects.length > 0 && (
        <ul class="network-projects">
          {projects.slice(0, LISTED).map((project) => (
            <li key={project.id}>
              <NodeLink node={project} /> <Period since={project.start} until={project.end} />
            </li>
          ))}
        </ul>
      )}
      {more > 0 && <p class="small quiet">{words.moreProjects(number(more))}</p>}
      <Sources sources={fact.sources} />
    </li>
  );
}

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
            <FactShown key={fact.id} fact={fact} />
          ))}
        </ul>
      )}
      {types.length > 0 && <QueryLink document={EDGE} variables={variables} />}
    </SidePanel>
  );
}
