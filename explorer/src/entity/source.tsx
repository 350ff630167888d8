import { graphql } from '../api/graphql.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Facts } from '../app/parts/facts.tsx';
import { ListPanel } from '../app/parts/list-panel.tsx';
import { NodeKind, NodeLink } from '../app/parts/node-link.tsx';
import { PAGE } from '../app/parts/pager.tsx';
import { Panel } from '../app/parts/panel.tsx';
import { QueryLink } from '../app/parts/query-link.tsx';
import type { Column } from '../app/parts/table.tsx';
import { useFormat } from '../app/words/format.ts';
import { useWords } from '../app/words/words.ts';
import { FilteredProjects } from './project-lists.tsx';
import { Awaited, RecordPage } from './record.tsx';
import { ENTITY } from './words.ts';

const SOURCE_RECORD = graphql(`
  query SourceRecord($id: ID!) {
    source(id: $id) {
      id
      title
      url
      publisher
      publishedOn
      consultedOn
      licence
      cite
    }
  }
`);

/** How much a source that exists says. */
const COUNTS = graphql(`
  query CountsOfSource($id: ID!) {
    networks(first: 1, filter: { sourcedBy: [$id], includeUndated: true }) {
      totalCount
    }
    organisations(first: 1, filter: { sourcedBy: [$id] }) {
      totalCount
    }
    projects(first: 1, filter: { sourcedBy: [$id] }) {
      totalCount
    }
  }
`);

const NETWORKS = graphql(
  `
  query NetworksOfSource($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
    networks(
      filter: { sourcedBy: [$id], includeUndated: true }
      first: $first
      after: $after
      last: $last
      before: $before
    ) {
      totalCount
      pageInfo {
        ...PageShown
      }
      edges {
        node {
          id
          name
          city
        }
      }
    }
  }
`,
  [PAGE],
);

const ORGANISATIONS = graphql(
  `
  query OrganisationsOfSource($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
    organisations(
      filter: { sourcedBy: [$id] }
      orderBy: { field: PARTNER_COUNT, direction: DESC }
      first: $first
      after: $after
      last: $last
      before: $before
    ) {
      totalCount
      pageInfo {
        ...PageShown
      }
      edges {
        node {
          id
          name
          city
        }
      }
    }
  }
`,
  [PAGE],
);

interface ActorRow {
  readonly node: { readonly id: string; readonly name: string; readonly city: string | null };
}

/** A document: how to cite it, where to read it, and what rests on it. */
export function SourceRecord({ id }: { readonly id: string }) {
  const words = useWords(ENTITY);
  const { date, number } = useFormat();
  const asked = useAnswer(SOURCE_RECORD, { id });
  const counted = useAnswer(COUNTS, asked.data?.source ? { id } : null);
  const { networks, organisations, projects } = counted.data ?? {};
  const columns: readonly Column<ActorRow>[] = [
    { name: words.actor, cell: ({ node }) => <NodeLink node={node} /> },
    { name: words.kindColumn, cell: ({ node }) => <NodeKind id={node.id} /> },
    { name: words.seatColumn, isExtra: true, cell: ({ node }) => node.city },
  ];
  const shared = { variables: { id }, columns, keyOf: ({ node }: ActorRow) => node.id };
  const lists = [
    ['networks', words.networksHere, networks?.totalCount],
    ['organisations', words.organisationsHere, organisations?.totalCount],
    ['projects', words.projectsHere, projects?.totalCount],
  ] as const;
  const shown = lists.filter(([, , total]) => (total ?? 0) > 0);
  const has = (name: string): boolean => shown.some(([known]) => known === name);
  return (
    <Awaited id={id} asked={asked} read={({ source }) => source}>
      {(source) => (
        <RecordPage
          id={id}
          name={source.title}
          subtitle={source.publisher}
          actions={
            source.url && (
              <a class="button" href={source.url} target="_blank" rel="noopener noreferrer">
                {words.openDocument}
              </a>
            )
          }
          parts={[
            { id: 'summary', title: words.summary },
            ...shown.map(([name, title, total]) => ({ id: name, title, count: number(total!) })),
          ]}
        >
          <Panel id="summary" title={words.summary} aside={<QueryLink document={SOURCE_RECORD} variables={{ id }} />}>
            <p class="lead" lang="fr">
              {source.cite}
            </p>
            <Facts
              facts={[
                [words.publisher, source.publisher],
                [words.published, source.publishedOn && date(source.publishedOn)],
                [words.consulted, source.consultedOn && date(source.consultedOn)],
                [words.licence, source.licence],
                [words.id, <code key="id">{source.id}</code>],
              ]}
            />
          </Panel>
          {has('networks') && (
            <ListPanel
              {...shared}
              name="networks"
              title={words.networksHere}
              document={NETWORKS}
              read={(data) => data.networks}
            />
          )}
          {has('organisations') && (
            <ListPanel
              {...shared}
              name="organisations"
              title={words.organisationsHere}
              document={ORGANISATIONS}
              controls={<a href={`/search?type=organisation&source=${id}`}>{words.sortAndNarrow}</a>}
              read={(data) => data.organisations}
            />
          )}
          {has('projects') && (
            <FilteredProjects
              title={words.projectsHere}
              filter={{ sourcedBy: [id] }}
              search={`/search?type=project&source=${id}`}
            />
          )}
        </RecordPage>
      )}
    </Awaited>
  );
}
