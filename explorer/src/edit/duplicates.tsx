import { graphql, type ResultOf } from '../api/graphql.ts';
import { useAnswer } from '../api/use-answer.ts';
import { viewer } from '../api/viewer.ts';
import { NodeLink } from '../app/parts/node-link.tsx';
import { Page } from '../app/parts/page.tsx';
import { QueryLink } from '../app/parts/query-link.tsx';
import { Empty, Failed, Loading } from '../app/parts/states.tsx';
import { useStore } from '../app/store.ts';
import { useFormat } from '../app/words/format.ts';
import { VOCABULARY, wordIn } from '../app/words/vocabulary.ts';
import { useWords } from '../app/words/words.ts';
import './edit.css';
import { useMutation } from './form.tsx';
import { ProblemText } from './problem-words.tsx';
import { EDIT } from './words.ts';

const TWIN = graphql(`
  fragment Twin on Actor {
    __typename
    id
    name
    acronym
    city
    aliases
    identifiers {
      scheme
      value
    }
    partners(first: 1) {
      totalCount
    }
    projects(first: 1) {
      totalCount
    }
    memberships(first: 1) {
      totalCount
    }
    ... on Organisation {
      kind
    }
  }
`);

const CANDIDATES = graphql(
  `
    query DuplicateCandidates($first: Int!) {
      duplicateCandidates(first: $first) {
        score
        reasons
        a {
          ...Twin
        }
        b {
          ...Twin
        }
      }
    }
  `,
  [TWIN],
);

const MERGE = graphql(`
  mutation Merge($id: ID!, $others: [ID!]!) {
    organisationMerge(id: $id, others: $others) {
      organisation {
        id
      }
      problems {
        code
        message
        path
      }
    }
  }
`);

type Twin = ResultOf<typeof TWIN>;
const VARIABLES = { first: 15 };

/** Two records side by side, field by field, and a button that merges one into the other. */
function Pair({ a, b, reasons }: { readonly a: Twin; readonly b: Twin; readonly reasons: readonly string[] }) {
  const words = useWords(EDIT);
  const { organisationKind, identifierScheme } = useWords(VOCABULARY);
  const { list, number } = useFormat();
  const who = useStore(viewer);
  const { run, problems, failure, isBusy } = useMutation();
  const merge = (survivor: Twin, other: Twin): void => {
    if (confirm(words.confirmMerge(survivor.name, other.name))) {
      void run(MERGE, { id: survivor.id, others: [other.id] });
    }
  };
  const canMerge = who?.role === 'ADMIN' && a.__typename === 'Organisation' && b.__typename === 'Organisation';
  const rows: readonly (readonly [string, (twin: Twin) => string])[] = [
    [words.acronym, ({ acronym }) => acronym ?? ''],
    [words.kind, (twin) => ('kind' in twin ? organisationKind[twin.kind] : '')],
    [words.city, ({ city }) => city ?? ''],
    [
      'ROR, SIREN…',
      ({ identifiers }) => identifiers.map(({ scheme, value }) => `${identifierScheme[scheme]} ${value}`).join(', '),
    ],
    [words.facts.memberships, ({ memberships }) => number(memberships.totalCount)],
    [words.facts.partners, ({ partners }) => number(partners.totalCount)],
    [words.facts.projects, ({ projects }) => number(projects.totalCount)],
  ];
  return (
    <li>
      <p class="quiet small">{list(reasons.map((reason) => wordIn(words.reasons, reason)))}</p>
      <div class="scrolls">
        <table>
          <caption class="unseen">{words.compareTable}</caption>
          <thead>
            <tr>
              <td />
              {[a, b].map((twin) => (
                <th key={twin.id} scope="col">
                  <NodeLink node={twin} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows
              .filter(([, read]) => read(a) !== '' || read(b) !== '')
              .map(([name, read]) => (
                <tr key={name}>
                  <th scope="row" class="quiet small">
                    {name}
                  </th>
                  <td>{read(a)}</td>
                  <td>{read(b)}</td>
                </tr>
              ))}
            {canMerge && (
              <tr>
                <td />
                {(
                  [
                    [a, b],
                    [b, a],
                  ] as const
                ).map(([survivor, other]) => (
                  <td key={survivor.id}>
                    <button type="button" disabled={isBusy} onClick={() => merge(survivor, other)}>
                      {words.keepThis}
                      <span class="unseen"> : {survivor.id}</span>
                    </button>
                  </td>
                ))}
              </tr>
            )}
          </tbody>
        </table>
      </div>
      {problems.map((problem) => (
        <p key={problem.message} class="problem" role="alert">
          <ProblemText problem={problem} />
        </p>
      ))}
      {failure && <Failed failure={failure} />}
    </li>
  );
}

/** Records that may be one, each pair side by side. */
export function Duplicates() {
  const words = useWords(EDIT);
  const who = useStore(viewer);
  const { data, failure, isLoading, again } = useAnswer(CANDIDATES, VARIABLES);
  const found = data?.duplicateCandidates;
  return (
    <Page title={words.duplicates} actions={<QueryLink document={CANDIDATES} variables={VARIABLES} />}>
      <p class="lead">{words.duplicatesWhy}</p>
      {who && who.role !== 'ADMIN' && (
        <p class="quiet">
          {words.adminOnly} <a href="/account">{words.signIn}</a>
        </p>
      )}
      {failure && <Failed failure={failure} again={again} />}
      {isLoading && !found && <Loading />}
      {found?.length === 0 && <Empty>{words.noDuplicates}</Empty>}
      <ul class="pairs">
        {found?.map(({ a, b, reasons }) => (
          <Pair key={`${a.id} ${b.id}`} a={a} b={b} reasons={reasons} />
        ))}
      </ul>
    </Page>
  );
}

export { Duplicates as Page };
