import { graphql } from '../api/graphql.ts';
import { useAnswer } from '../api/use-answer.ts';
import { useAddress } from '../app/address.ts';
import { Page } from '../app/parts/page.tsx';
import { QueryLink } from '../app/parts/query-link.tsx';
import { Empty, Failed } from '../app/parts/states.tsx';
import { useFormat } from '../app/words/format.ts';
import { useWords } from '../app/words/words.ts';
import { isWhole, linkTo, middleOf } from '../selection/selection.ts';
import { SelectionPanel } from '../selection/selection-panel.tsx';
import { PICTURE, SHOWN } from './address.ts';
import { selectedBy, WHOLE_PART } from './load.ts';
import { requestOf, useNetwork } from './use-network.ts';
import { NetworkView } from './view/network-view.tsx';
import { SelectionForm } from './view/selection-form.tsx';
import { WORDS } from './words.ts';

const NAMES = graphql(`
  query Names($ids: [ID!]!) {
    nodes(ids: $ids) {
      id
      name
    }
  }
`);

/** Names that a title has at the most. */
const NAMED = 4;

/** Where the fields of a selection have room above the picture. */
const isWide = matchMedia('(min-width: 60rem)');

const ADDRESS = { ...SHOWN, ...PICTURE };
/** What is forgotten when another part is opened. */
const ANOTHER = { open: '', at: '', view: '', sort: '', page: null, off: [], hide: [], pin: [], select: [] };

/** A part of the graph as a picture and a table: which part, and how it is shown, is in the address. */
export function NetworkPage() {
  const words = useWords(WORDS);
  const { count, listOf, number } = useFormat();
  const { values, set, with: to } = useAddress(ADDRESS);
  const measures = [values.size, ...(values.colour === 'measure' ? [values.measure] : [])];
  const request = requestOf(values, measures);
  const { loaded, failure, isLoading, again } = useNetwork(request);
  const around = middleOf(values);
  const middle = [...around, ...values.members];
  const all = middle.length > 0 ? middle : values.regions;
  const ids = all.slice(0, NAMED);
  const { data } = useAnswer(NAMES, ids.length === 0 ? null : { ids });
  const known = (data?.nodes ?? []).map((node, place) => node?.name ?? ids[place] ?? '');
  const names = known.length > 0 ? listOf(known, all.length) : '';
  const about = words.selectionTitle;
  const of = (): string => {
    if (around.length > 0) return names && about.around(names);
    if (values.members.length > 0) return names && about.members(names);
    if (values.nodes.length > 0) return about.nodes(count(values.nodes.length, words.nodes));
    if (values.regions.length > 0) return names && about.regions(names);
    return isWhole(values) ? about.whole : '';
  };
  const community = values.community === null ? '' : about.community(number(values.community + 1));
  const title = [community, of()].filter((part) => part !== '').join(' · ') || words.title;
  const { rankings, resolution } = request;
  const finer = { ...ANOTHER, community: null, resolution: resolution * 2 };
  return (
    <Page
      title={title}
      kind={words.title}
      width="wide"
      actions={
        <>
          <a class="button" href={linkTo('/map', values, { show: 'selection' })}>
            {words.onMap}
          </a>
          <a class="button" href={linkTo('/measures', values)}>
            {words.measured}
          </a>
        </>
      }
    >
      <SelectionPanel
        values={values}
        set={(changes) => set({ ...ANOTHER, community: null, all: false, expand: [], ...changes })}
        hasYear={false}
        hasRelationships={false}
        isOpen={isWhole(values) && isWide.matches}
      />
      <SelectionForm />
      {failure && <Failed failure={failure} again={again} />}
      {isLoading && (
        <p class="state loading network-loading" role="status">
          {words.loading}
        </p>
      )}
      {loaded && loaded.network.nodes.length === 0 && (
        <Empty>
          {words.empty} {words.emptyHint}
        </Empty>
      )}
      {loaded && loaded.network.nodes.length > 0 && (
        <NetworkView
          network={loaded.network}
          loaded={loaded}
          request={request}
          title={title}
          {...(values.community === null
            ? { communityAt: (of: number) => to({ ...ANOTHER, community: of, resolution, all: true, expand: [] }) }
            : {})}
          links={{
            all: to({ ...ANOTHER, all: true }),
            finer: to(finer),
            coarser: to({ ...finer, resolution: resolution / 2 }),
            connected: to({ connected: true, view: '' }),
          }}
        />
      )}
      <QueryLink document={WHOLE_PART} variables={{ select: selectedBy(request), rankings, resolution }} />
    </Page>
  );
}

export { NetworkPage as Page };
