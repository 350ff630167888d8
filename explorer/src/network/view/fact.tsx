import { graphql, type ResultOf } from '../../api/graphql.ts';
import { NodeLink } from '../../app/parts/node-link.tsx';
import { Period } from '../../app/parts/period.tsx';
import { SOURCE, Sources } from '../../app/parts/sources.tsx';
import { useFormat } from '../../app/words/format.ts';
import { useWords } from '../../app/words/words.ts';
import { WORDS } from '../words.ts';
import { relationWords } from './columns.ts';
import './panel.css';

/** What a fact that joins two nodes says; a partnership's projects are asked for beside it, as many as are shown. */
export const FACT = graphql(
  `
    fragment FactShown on Relationship {
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
      }
      ... on Membership {
        role
        roleLabel
      }
    }
  `,
  [SOURCE],
);

/** A project of a fact. */
export const PROJECT_OF_FACT = graphql(`
  fragment ProjectOfFact on Project {
    id
    name
    start
    end
  }
`);

export interface CommonProject {
  readonly id: string;
  readonly name: string;
  readonly start: string | null;
  readonly end: string | null;
}

interface FactShownProps {
  readonly fact: ResultOf<typeof FACT> & { readonly projects?: readonly CommonProject[] };
  /** Common projects, as many as were asked for: those of the fact, unless others are given. */
  readonly projects?: readonly CommonProject[];
  /** Whether these are the projects of some years: then the number of all is not theirs. */
  readonly isOfYears?: boolean;
}

/** One fact behind an edge: what it is, when, its first projects, and its sources. */
export function FactShown({ fact, projects = fact.projects ?? [], isOfYears = false }: FactShownProps) {
  const words = useWords(WORDS);
  const { number, count, date, list } = useFormat();
  const kind = 'kind' in fact ? fact.kind : null;
  const role = 'roleLabel' in fact ? (fact.roleLabel ?? '') : '';
  const more = 'projectCount' in fact && !isOfYears ? fact.projectCount - projects.length : 0;
  return (
    <div class="network-fact">
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
          {projects.map((project) => (
            <li key={project.id}>
              <NodeLink node={project} /> <Period since={project.start} until={project.end} />
            </li>
          ))}
        </ul>
      )}
      {more > 0 && <p class="small quiet">{words.moreProjects(count(more, words.otherProjects))}</p>}
      <Sources sources={fact.sources} />
    </div>
  );
}
