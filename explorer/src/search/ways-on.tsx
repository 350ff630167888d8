import { graphql } from '../api/graphql.ts';
import { useAnswer } from '../api/use-answer.ts';
import { MOST_NAMED, NOTHING_SELECTED, type SelectionValues } from '../selection/selection.ts';
import { WaysOn } from '../selection/ways-on.tsx';
import type { ListedType } from './address.ts';
import { type FilterValues, networkFilter } from './filter.ts';

const IDS = graphql(`
  query NetworkIds($filter: NetworkFilter, $first: Int) {
    networks(filter: $filter, first: $first) {
      totalCount
      nodes {
        id
      }
    }
  }
`);

/** The organisations of a list as a selection; null where it has conditions that a selection does not know. */
export function selectionOfOrganisations(values: FilterValues): SelectionValues | null {
  if (values.q !== '' || values.source !== '' || values.topic.length > 0 || values.of.length > 0) return null;
  return { ...NOTHING_SELECTED, orgs: values.kind, regions: values.in, connected: true };
}

/** Links from a list to the network and the map of those it names on all its pages: of networks, with their members. */
export function ListWaysOn({ values, type }: { readonly values: FilterValues; readonly type: ListedType }) {
  const kind = type === 'pole' ? 'POLE' : type === 'cluster' ? 'CLUSTER' : null;
  const variables = kind === null ? null : { filter: networkFilter(values, kind), first: MOST_NAMED };
  const found = useAnswer(IDS, variables).data?.networks;
  if (type === 'organisation') {
    const selection = selectionOfOrganisations(values);
    return selection && <WaysOn selection={selection} />;
  }
  if (!found || found.totalCount === 0 || found.totalCount > MOST_NAMED) return null;
  const networks = found.nodes.map(({ id }) => id);
  return <WaysOn selection={{ ...NOTHING_SELECTED, members: networks }} networks={networks} />;
}
