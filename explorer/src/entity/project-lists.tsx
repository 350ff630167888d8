import { graphql, type ResultOf, type VariablesOf } from '../api/graphql.ts';
import { ListPanel } from '../app/parts/list-panel.tsx';
import { NodeLink } from '../app/parts/node-link.tsx';
import { PAGE } from '../app/parts/pager.tsx';
import { Period } from '../app/parts/period.tsx';
import { SOURCE, Sources } from '../app/parts/sources.tsx';
import type { Column } from '../app/parts/table.tsx';
import { useFormat } from '../app/words/format.ts';
import { VOCABULARY } from '../app/words/vocabulary.ts';
import { useWords } from '../app/words/words.ts';
import { Evidence, Periods } from './evidence.tsx';
import { ENTITY } from './words.ts';

/** A project in a list. */
export const PROJECT_ROW = graphql(`
  fragment ProjectRow on Project {
    id
    name
    title
    programme
    start
    end
  }
`);

const FILTERED = graphql(
  `
    query ProjectsFiltered($filter: ProjectFilter!, $first: Int, $after: String, $last: Int, $before: String) {
      projects(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
        totalCount
        pageInfo {
          ...PageShown
        }
        edges {
          node {
            ...ProjectRow
          }
        }
      }
    }
  `,
  [PAGE, PROJECT_ROW],
);

const PROJECTS = graphql(
  `
    query ProjectsOf($id: ID!, $asOf: PartialDate, $first: Int, $after: String, $last: Int, $before: String) {
      actor(id: $id) {
        projects(asOf: $asOf, first: $first, after: $after, last: $last, before: $before) {
          totalCount
          pageInfo {
            ...PageShown
          }
          edges {
            roles
            node {
              ...ProjectRow
            }
            participations {
              since
              until
              attestedOn
              sources {
                ...SourceShown
              }
            }
          }
        }
      }
    }
  `,
  [PAGE, PROJECT_ROW, SOURCE],
);

const LABELLED = graphql(
  `
  query LabelledProjects($id: ID!, $asOf: PartialDate, $first: Int, $after: String, $last: Int, $before: String) {
    network(id: $id) {
      labelledProjects(asOf: $asOf, first: $first, after: $after, last: $last, before: $before) {
        totalCount
        pageInfo {
          ...PageShown
        }
        edges {
          node {
            ...ProjectRow
            sources {
              ...SourceShown
            }
          }
        }
      }
    }
  }
`,
  [PAGE, PROJECT_ROW, SOURCE],
);

const AFFILIATIONS = graphql(
  `
    query Affiliations($id: ID!, $asOf: PartialDate, $first: Int, $after: String, $last: Int, $before: String) {
      organisation(id: $id) {
        affiliations(asOf: $asOf, first: $first, after: $after, last: $last, before: $before) {
          totalCount
          pageInfo {
            ...PageShown
          }
          edges {
            node {
              id
              name
              kind
            }
            affiliations {
              since
              until
              attestedOn
              sources {
                ...SourceShown
              }
            }
          }
        }
      }
    }
  `,
  [PAGE, SOURCE],
);

const AFFILIATED = graphql(
  `
    query Affiliated($id: ID!, $asOf: PartialDate, $first: Int, $after: String, $last: Int, $before: String) {
      organisation(id: $id) {
        affiliated(asOf: $asOf, first: $first, after: $after, last: $last, before: $before) {
          totalCount
          pageInfo {
            ...PageShown
          }
          edges {
            node {
              id
              name
              kind
            }
            affiliations {
              since
              until
              attestedOn
              sources {
                ...SourceShown
              }
            }
          }
        }
      }
    }
  `,
  [PAGE, SOURCE],
);

const PATENTS = graphql(
  `
  query PatentsOf($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
    organisation(id: $id) {
      patents(first: $first, after: $after, last: $last, before: $before) {
        totalCount
        pageInfo {
          ...PageShown
        }
        edges {
          node {
            id
            number
            title
            filedOn
          }
        }
      }
    }
  }
`,
  [PAGE],
);

interface ListProps {
  readonly id: string;
  readonly asOf: string | null;
}

type ProjectRow = ResultOf<typeof PROJECT_ROW>;

/** A project by its name, with its title below where that says more. */
export function ProjectName({ project }: { readonly project: ProjectRow }) {
  return (
    <>
      <NodeLink node={project} />
      {project.title && project.title !== project.name && <div class="quiet small clamp">{project.title}</div>}
    </>
  );
}

/** The projects that an actor takes part in. */
export function Projects({ id, asOf }: ListProps) {
  const words = useWords(ENTITY);
  const { participationRole } = useWords(VOCABULARY);
  const { list } = useFormat();
  return (
    <ListPanel
      name="projects"
      title={words.projects}
      document={PROJECTS}
      variables={{ id, asOf }}
      read={({ actor }) => actor?.projects}
      keyOf={({ node }) => node.id}
      columns={[
        { name: words.project, cell: ({ node }) => <ProjectName project={node} /> },
        { name: words.role, isExtra: true, cell: ({ roles }) => list(roles.map((role) => participationRole[role])) },
        { name: words.programme, isExtra: true, cell: ({ node }) => node.programme },
        { name: words.period, cell: ({ node }) => <Period since={node.start} until={node.end} saysUndated /> },
        { name: words.sources, cell: ({ participations }) => <Evidence facts={participations} /> },
      ]}
    />
  );
}

/** The projects that a network has labelled. */
export function LabelledProjects({ id, asOf }: ListProps) {
  const words = useWords(ENTITY);
  return (
    <ListPanel
      name="labelled"
      title={words.labelledProjects}
      document={LABELLED}
      variables={{ id, asOf }}
      read={({ network }) => network?.labelledProjects}
      keyOf={({ node }) => node.id}
      columns={[
        { name: words.project, cell: ({ node }) => <ProjectName project={node} /> },
        { name: words.programme, isExtra: true, cell: ({ node }) => node.programme },
        { name: words.period, cell: ({ node }) => <Period since={node.start} until={node.end} saysUndated /> },
        { name: words.sources, cell: ({ node }) => <Sources sources={node.sources} /> },
      ]}
    />
  );
}

type AffiliationRow = NonNullable<ResultOf<typeof AFFILIATED>['organisation']>['affiliated']['edges'][number];

/** The organisations that one is part of (`up`), or that are part of it. */
export function Affiliations({ id, asOf, isUp }: ListProps & { readonly isUp: boolean }) {
  const words = useWords(ENTITY);
  const { organisationKind } = useWords(VOCABULARY);
  const columns: readonly Column<AffiliationRow>[] = [
    { name: words.organisation, cell: ({ node }) => <NodeLink node={node} /> },
    {
      name: words.kindColumn,
      isExtra: true,
      cell: ({ node }) => <span class="quiet">{organisationKind[node.kind]}</span>,
    },
    { name: words.period, cell: ({ affiliations }) => <Periods facts={affiliations} /> },
    { name: words.sources, cell: ({ affiliations }) => <Evidence facts={affiliations} /> },
  ];
  const shared = { variables: { id, asOf }, columns, keyOf: ({ node }: AffiliationRow) => node.id };
  return isUp ? (
    <ListPanel
      {...shared}
      name="affiliations"
      title={words.affiliations}
      document={AFFILIATIONS}
      read={({ organisation }) => organisation?.affiliations}
    />
  ) : (
    <ListPanel
      {...shared}
      name="affiliated"
      title={words.affiliated}
      document={AFFILIATED}
      read={({ organisation }) => organisation?.affiliated}
    />
  );
}

/** The patents that an organisation has filed. */
export function Patents({ id }: { readonly id: string }) {
  const words = useWords(ENTITY);
  const { date } = useFormat();
  return (
    <ListPanel
      name="patents"
      title={words.patents}
      document={PATENTS}
      variables={{ id }}
      read={({ organisation }) => organisation?.patents}
      keyOf={({ node }) => node.id}
      columns={[
        {
          name: words.patent,
          cell: ({ node }) => <NodeLink node={{ id: node.id, name: node.title ?? node.number }} />,
        },
        { name: words.number, cell: ({ node }) => node.number },
        { name: words.filedOn, cell: ({ node }) => node.filedOn && date(node.filedOn) },
      ]}
    />
  );
}

interface FilteredProps {
  readonly title: string;
  readonly filter: VariablesOf<typeof FILTERED>['filter'];
  /** The address of the same list on the page of searches. */
  readonly search: string;
}

/** The projects that match a filter, and the way to sort and narrow them down. */
export function FilteredProjects({ title, filter, search }: FilteredProps) {
  const words = useWords(ENTITY);
  return (
    <ListPanel
      name="projects"
      title={title}
      document={FILTERED}
      variables={{ filter }}
      controls={<a href={search}>{words.sortAndNarrow}</a>}
      read={(data) => data.projects}
      keyOf={({ node }) => node.id}
      columns={[
        { name: words.project, cell: ({ node }) => <ProjectName project={node} /> },
        { name: words.programme, isExtra: true, cell: ({ node }) => node.programme },
        { name: words.period, cell: ({ node }) => <Period since={node.start} until={node.end} saysUndated /> },
      ]}
    />
  );
}
