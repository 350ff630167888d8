import { graphql, type ResultOf } from '../../api/graphql.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { NodeLink } from '../../app/parts/node-link.tsx';
import { QueryLink } from '../../app/parts/query-link.tsx';
import { Failed, Loading } from '../../app/parts/states.tsx';
import { useFormat } from '../../app/words/format.ts';
import { useWords } from '../../app/words/words.ts';
import { isValidIn, strengthIn, validIn } from '../graph/periods.ts';
import type { Picture } from '../graph/picture.ts';
import { WORDS } from '../words.ts';
import { type CommonProject, FACT, FactShown, PROJECT_OF_FACT } from './fact.tsx';
import { SidePanel } from './side-panel.tsx';

const EDGE = graphql(
  `
    query Edge(
      $of: [ID!]!
      $types: [RelationshipType!]!
      $asOf: PartialDate
      $versus: PartialDate
      $isPair: Boolean!
    ) {
      neighbourhood(of: $of, depth: 0, via: { relationships: $types }) {
        relationshipCount
        relationships(first: 50) {
          nodes {
            ...FactShown
            ... on Partnership {
              projects(first: 12, asOf: $asOf) {
                ...ProjectOfFact
              }
              projectsThen: projects(first: 12, asOf: $versus) @include(if: $isPair) {
                ...ProjectOfFact
              }
            }
          }
        }
      }
    }
  `,
  [FACT, PROJECT_OF_FACT],
);

type FoundFact = NonNullable<ResultOf<typeof EDGE>['neighbourhood']>['relationships']['nodes'][number];

/** The projects of a fact in one year or in two, each once. */
function projectsOf(fact: FoundFact): readonly CommonProject[] {
  if (!('projects' in fact)) return [];
  const all = [
    ...(fact.projects as readonly CommonProject[]),
    ...((fact.projectsThen ?? []) as readonly CommonProject[]),
  ];
  return [...new Map(all.map((project) => [project.id, project])).values()];
}

interface EdgePanelProps {
  readonly picture: Pick<Picture, 'network' | 'year' | 'versus'>;
  readonly edge: number;
  readonly onClose: () => void;
}

/** What is behind an edge in the years that are chosen: every fact that joins the two, with its sources; others below. */
export function EdgePanel({ picture: { network, year, versus }, edge, onClose }: EdgePanelProps) {
  const words = useWords(WORDS);
  const { number, count } = useFormat();
  const { from, to, relationships } = network.edges[edge]!;
  const ends = [network.nodes[from]!, network.nodes[to]!] as const;
  const types = [...new Set(relationships.map(({ type }) => type))];
  const variables = {
    ...{ of: ends.map(({ id }) => id), types: types as never, isPair: versus !== null },
    ...{ asOf: year === null ? null : String(year), versus: versus === null ? null : String(versus) },
  };
  const { data, failure, isLoading, again } = useAnswer(EDGE, types.length === 0 ? null : variables);
  const found = data?.neighbourhood;
  const facts = found?.relationships.nodes ?? [];
  const years = [year, versus].filter((one) => one !== null);
  const isShown = (fact: FoundFact): boolean => years.length === 0 || years.some((one) => isValidIn(fact, one));
  const others = facts.filter((fact) => !isShown(fact));
  const shown = (some: readonly FoundFact[]) => (
    <ul class="network-facts">
      {some.map((fact) => (
        <li key={fact.id}>
          <FactShown fact={fact} projects={projectsOf(fact)} isOfYears={years.length > 0} />
        </li>
      ))}
    </ul>
  );
  return (
    <SidePanel
      opened={ends.map(({ id }) => id).join(' ')}
      kind={words.edge}
      title={
        <>
          <NodeLink node={ends[0]} /> <span class="quiet">—</span> <NodeLink node={ends[1]} />
        </>
      }
      onClose={onClose}
    >
      {(years.length === 0 ? [null] : years).map((one) => (
        <p key={one}>
          {words.strengthIn(
            number(strengthIn(network.edges[edge]!, one), { maximumSignificantDigits: 3 }),
            one === null ? words.allDates : String(one),
          )}{' '}
          · {count(validIn(relationships, one).length, words.facts)}
        </p>
      ))}
      {failure && <Failed failure={failure} again={again} />}
      {isLoading && !found && types.length > 0 && <Loading />}
      {found && shown(facts.filter(isShown))}
      {others.length > 0 && (
        <details>
          <summary>{words.otherFacts(count(others.length, words.facts))}</summary>
          {shown(others)}
        </details>
      )}
      {types.length > 0 && <QueryLink document={EDGE} variables={variables} />}
    </SidePanel>
  );
}
