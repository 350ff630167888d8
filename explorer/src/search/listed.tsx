import type { TadaDocumentNode } from 'gql.tada';
import type { ComponentChildren } from 'preact';
import type { ResultOf } from '../api/graphql.ts';
import { useAnswer } from '../api/use-answer.ts';
import { useAddress } from '../app/address.ts';
import { ListCsv } from '../app/parts/list-csv.tsx';
import { NodeLink } from '../app/parts/node-link.tsx';
import { type ListPage, type PageArguments, Pager, usePaging } from '../app/parts/pager.tsx';
import { Period } from '../app/parts/period.tsx';
import { QueryLink } from '../app/parts/query-link.tsx';
import { Empty, Failed, Loading } from '../app/parts/states.tsx';
import { type Column, Table } from '../app/parts/table.tsx';
import { useFormat } from '../app/words/format.ts';
import { VOCABULARY } from '../app/words/vocabulary.ts';
import { useWords } from '../app/words/words.ts';
import { FILTERS, type ListedType, NO_CONDITIONS, NO_FILTERS, ORDERS_OF, type Order, orderOf } from './address.ts';
import { FacetGroup, type FacetShown, Years } from './facet-group.tsx';
import { networkFilter, organisationFilter, projectFilter } from './filter.ts';
import { NETWORKS, ORGANISATIONS, PROJECTS, SOURCES } from './queries.ts';
import { SEARCH } from './words.ts';

interface ListProps<Data, Variables, Facets, Row> {
  readonly document: TadaDocumentNode<Data, Variables>;
  readonly variables: Omit<NoInfer<Variables>, keyof PageArguments>;
  readonly read: (data: Data) => (ListPage<Row> & { readonly facets: Facets }) | null;
  readonly columns: readonly Column<NoInfer<Row>>[];
  readonly keyOf: (row: Row) => string;
  readonly type: ListedType;
  readonly facets: (facets: NoInfer<Facets>) => ComponentChildren;
}

/** Where facets have room beside the list; else they are above it, and closed, so that the list is seen. */
const isWide = matchMedia('(min-width: 60rem)');

/** A list with facets beside it. */
function List<Data, Variables extends object, Facets, Row extends object>(
  props: ListProps<Data, Variables, Facets, Row>,
) {
  const { document, variables, read, columns, keyOf, type, facets } = props;
  const words = useWords(SEARCH);
  const { count } = useFormat();
  const address = useAddress(FILTERS);
  const paging = usePaging('page', 25);
  const orders: readonly Order[] = ORDERS_OF[type];
  const asked = { ...variables, ...paging.arguments } as unknown as Variables;
  const { data, failure, isLoading, again } = useAnswer(document, asked);
  const page = data && read(data);
  const isNarrowed = Object.keys(NO_FILTERS).some((name) => address.with({}).includes(`${name}=`));
  return (
    <div class="listed">
      <aside class="facets" aria-label={words.refine}>
        <details open={isWide.matches || isNarrowed}>
          <summary>{words.refine}</summary>
          {page && facets(page.facets)}
          <SourceFilter />
          {isNarrowed && (
            <p>
              <a href={address.with(NO_FILTERS)}>{words.clear}</a>
            </p>
          )}
        </details>
      </aside>
      <div>
        {failure && <Failed failure={failure} again={again} />}
        {isLoading && !page && <Loading />}
        {page && (
          <p class="quiet small found-head">
            <span role="status">{count(page.totalCount, words.results)}</span>
            {address.values.q !== '' && <span>{words.filterNote}</span>}
            <label>
              <span class="unseen">{words.order}</span>
              <select
                value={orderOf(type, address.values.order)}
                onChange={({ currentTarget: { value } }) =>
                  address.set({ order: value === orders[0] ? '' : (value as Order) })
                }
              >
                {orders.map((name) => (
                  <option key={name} value={name}>
                    {words.orders[name]}
                  </option>
                ))}
              </select>
            </label>
            <ListCsv title={words.title} document={document} variables={variables} read={read} most={200} />
            <QueryLink document={document} variables={asked} />
          </p>
        )}
        {page?.totalCount === 0 && (
          <Empty>
            {words.nothingFiltered}{' '}
            {address.values.q !== '' && <a href={address.with({ ...NO_CONDITIONS, type: '' })}>{words.inAll}</a>}
          </Empty>
        )}
        {page && page.edges.length > 0 && (
          <Table caption={words.title} columns={columns} rows={page.edges} keyOf={keyOf} isLoading={isLoading} />
        )}
        {page && <Pager paging={paging} total={page.totalCount} shown={page.edges.length} info={page.pageInfo} />}
      </div>
    </div>
  );
}

/** A facet whose values are a list in the address. */
function Facet(props: { title: string; name: 'in' | 'topic' | 'kind' | 'of'; facets: readonly FacetShown[] }) {
  const address = useAddress(FILTERS);
  const selected = address.values[props.name];
  const toggled = (value: string): string => {
    const next = selected.includes(value) ? selected.filter((one) => one !== value) : [...selected, value];
    return address.with({ [props.name]: next });
  };
  return <FacetGroup title={props.title} facets={props.facets} selected={selected} toggled={toggled} />;
}

function YearFacet({ facets }: { readonly facets: readonly FacetShown[] }) {
  const words = useWords(SEARCH);
  const { values, set } = useAddress(FILTERS);
  return <Years title={words.year} facets={facets} from={values.from} to={values.to} set={set} />;
}

/** The source that records come from, among those that the graph uses most. */
function SourceFilter() {
  const words = useWords(SEARCH);
  const { count } = useFormat();
  const { values, set } = useAddress(FILTERS);
  const { data } = useAnswer(SOURCES, NONE);
  const sources = data?.statistics.sources ?? [];
  const isOther = values.source !== '' && !sources.some(({ value }) => value === values.source);
  return (
    <fieldset class="facet">
      <legend>{words.source}</legend>
      <select
        aria-label={words.source}
        value={values.source}
        onChange={({ currentTarget }) => set({ source: currentTarget.value })}
      >
        <option value="">{words.anySource}</option>
        {isOther && <option value={values.source}>{values.source}</option>}
        {sources.map(({ value, label, count: facts }) => (
          <option key={value} value={value}>
            {`${label} (${count(facts, words.facts)})`}
          </option>
        ))}
      </select>
    </fieldset>
  );
}
const NONE = {};

const NETWORK_ORDERS = {
  since: { field: 'SINCE', direction: 'DESC' },
  members: { field: 'MEMBER_COUNT', direction: 'DESC' },
} as const;

type NetworkRow = NonNullable<ResultOf<typeof NETWORKS>['list']>['edges'][number];

function Networks({ kind }: { readonly kind: 'POLE' | 'CLUSTER' }) {
  const words = useWords(SEARCH);
  const { values } = useAddress(FILTERS);
  const { number } = useFormat();
  const type = kind === 'POLE' ? 'pole' : 'cluster';
  const order = orderOf(type, values.order);
  const filter = networkFilter(values, kind);
  const columns: Column<NetworkRow>[] = [
    { name: words.name, cell: ({ node }) => <NodeLink node={node} /> },
    { name: words.seat, isExtra: true, cell: ({ node }) => node.city },
    { name: words.period, cell: ({ node }) => <Period since={node.since} until={node.until} saysUndated /> },
  ];
  // What the list is sorted by is shown.
  if (order === 'members') {
    const cell = ({ node: { members } }: NetworkRow) => members && number(members.totalCount);
    columns.push({ name: words.counted.members, isNumber: true, cell });
  }
  return (
    <List
      document={NETWORKS}
      variables={{
        filter,
        orderBy: order === 'name' ? null : NETWORK_ORDERS[order],
        members: order === 'members',
      }}
      read={(data) => data.list}
      keyOf={({ node }: NetworkRow) => node.id}
      type={type}
      columns={columns}
      facets={(facets) => (
        <>
          <Facet title={words.region} name="in" facets={facets.territories} />
          <Facet title={words.sector} name="topic" facets={facets.sectors} />
          <YearFacet facets={facets.years} />
          <Facet title={words.technology} name="topic" facets={facets.technologies} />
        </>
      )}
    />
  );
}

const ORGANISATION_ORDERS = {
  partners: { field: 'PARTNER_COUNT', direction: 'DESC' },
  projects: { field: 'PROJECT_COUNT', direction: 'DESC' },
  networks: { field: 'NETWORK_COUNT', direction: 'DESC' },
} as const;

type OrganisationRow = NonNullable<ResultOf<typeof ORGANISATIONS>['list']>['edges'][number];

function Organisations() {
  const words = useWords(SEARCH);
  const { number } = useFormat();
  const { organisationKind } = useWords(VOCABULARY);
  const { values } = useAddress(FILTERS);
  const filter = organisationFilter(values);
  const order = orderOf('organisation', values.order);
  const columns: Column<OrganisationRow>[] = [
    { name: words.name, cell: ({ node }) => <NodeLink node={node} /> },
    { name: words.kind, cell: ({ node }) => <span class="quiet">{organisationKind[node.kind]}</span> },
    { name: words.seat, isExtra: true, cell: ({ node }) => node.city },
  ];
  if (order !== 'name') {
    // What the list is sorted by is shown.
    columns.push({
      name: words.counted[order],
      isNumber: true,
      cell: ({ node }) => {
        const total = { partners: node.partners, projects: node.projects, networks: node.memberships }[order]
          ?.totalCount;
        return total === undefined ? null : number(total);
      },
    });
  }
  return (
    <List
      document={ORGANISATIONS}
      variables={{
        filter,
        orderBy: order === 'name' ? null : ORGANISATION_ORDERS[order],
        partners: order === 'partners',
        projects: order === 'projects',
        networks: order === 'networks',
      }}
      read={(data) => data.list}
      keyOf={({ node }: OrganisationRow) => node.id}
      type="organisation"
      columns={columns}
      facets={(facets) => (
        <>
          <Facet
            title={words.kind}
            name="kind"
            facets={facets.kinds.map((facet) => ({
              ...facet,
              label: organisationKind[facet.value as keyof typeof organisationKind] ?? facet.label,
            }))}
          />
          <Facet title={words.region} name="in" facets={facets.territories} />
          <Facet title={words.sector} name="topic" facets={facets.sectors} />
          <Facet title={words.affiliation} name="of" facets={facets.affiliations} />
        </>
      )}
    />
  );
}

function Projects() {
  const words = useWords(SEARCH);
  const address = useAddress(FILTERS);
  const { programme } = address.values;
  const filter = projectFilter(address.values);
  // Null is the latest first.
  const orderBy =
    orderOf('project', address.values.order) === 'since' ? null : ({ field: 'NAME', direction: 'ASC' } as const);
  return (
    <List
      document={PROJECTS}
      variables={{ filter, orderBy }}
      read={(data) => data.list}
      keyOf={({ node }) => node.id}
      type="project"
      columns={[
        {
          name: words.name,
          cell: ({ node }) => (
            <>
              <NodeLink node={node} />
              {node.title && node.title !== node.name && <div class="quiet small clamp">{node.title}</div>}
            </>
          ),
        },
        { name: words.programme, isExtra: true, cell: ({ node }) => node.programme },
        { name: words.period, cell: ({ node }) => <Period since={node.start} until={node.end} saysUndated /> },
      ]}
      facets={(facets) => (
        <>
          <YearFacet facets={facets.years} />
          <Facet title={words.regionOfProject} name="in" facets={facets.territories} />
          <FacetGroup
            title={words.programme}
            facets={facets.programmes.map((facet) => ({ ...facet, label: facet.value }))}
            selected={programme === '' ? [] : [programme]}
            toggled={(value) => address.with({ programme: value === programme ? '' : value })}
          />
        </>
      )}
    />
  );
}

/** The list of one type. */
export function Listed({ type }: { readonly type: ListedType }) {
  if (type === 'organisation') return <Organisations />;
  if (type === 'project') return <Projects />;
  return <Networks kind={type === 'pole' ? 'POLE' : 'CLUSTER'} />;
}
