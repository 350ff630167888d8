import type { TadaDocumentNode } from 'gql.tada';
import type { ComponentChildren } from 'preact';
import { useAnswer } from '../../api/use-answer.ts';
import { useFormat } from '../words/format.ts';
import { ListCsv } from './list-csv.tsx';
import { type ListPage, type PageArguments, Pager, usePaging } from './pager.tsx';
import { Panel } from './panel.tsx';
import { QueryLink } from './query-link.tsx';
import { Empty, Failed, Loading } from './states.tsx';
import { type Column, Table } from './table.tsx';

interface ListPanelProps<Data, Variables, Row> {
  /** The name of the list in the address. */
  readonly name: string;
  readonly title: string;
  readonly document: TadaDocumentNode<Data, Variables>;
  /** Without the arguments of the page. */
  readonly variables: Omit<NoInfer<Variables>, keyof PageArguments>;
  readonly read: (data: Data) => ListPage<Row> | null | undefined;
  readonly columns: readonly Column<NoInfer<Row>>[];
  readonly keyOf: (row: Row) => string;
  readonly size?: number;
  /** Beside the title: filters, links. */
  readonly controls?: ComponentChildren;
  readonly intro?: ComponentChildren;
  readonly empty?: ComponentChildren;
}

/** A list of the API under a heading, page by page, with its total and the query behind it. */
export function ListPanel<Data, Variables extends object, Row extends object>({
  name,
  title,
  document,
  variables,
  read,
  columns,
  keyOf,
  size = 10,
  controls,
  intro,
  empty,
}: ListPanelProps<Data, Variables, Row>) {
  const { number } = useFormat();
  const paging = usePaging(name, size);
  const asked = { ...variables, ...paging.arguments } as unknown as Variables;
  const { data, failure, isLoading, again } = useAnswer(document, asked);
  const page = data && read(data);
  return (
    <Panel
      id={name}
      title={title}
      count={page ? number(page.totalCount) : undefined}
      aside={
        <>
          {controls}
          {page && page.totalCount > 0 && (
            <ListCsv title={title} document={document} variables={variables} read={read} />
          )}
          <QueryLink document={document} variables={asked} />
        </>
      }
    >
      {intro}
      {failure && <Failed failure={failure} again={again} />}
      {isLoading && !page && <Loading />}
      {page?.totalCount === 0 && <Empty>{empty}</Empty>}
      {page && page.edges.length > 0 && (
        <Table caption={title} columns={columns} rows={page.edges} keyOf={keyOf} isLoading={isLoading} />
      )}
      {page && <Pager paging={paging} total={page.totalCount} shown={page.edges.length} info={page.pageInfo} />}
    </Panel>
  );
}
