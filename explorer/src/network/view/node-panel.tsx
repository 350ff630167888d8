import { graphql } from '../../api/graphql.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Facts } from '../../app/parts/facts.tsx';
import { Period } from '../../app/parts/period.tsx';
import { SOURCE, Sources } from '../../app/parts/sources.tsx';
import { Failed } from '../../app/parts/states.tsx';
import { useFormat } from '../../app/words/format.ts';
import { useWords } from '../../app/words/words.ts';
import { kindOf, measureOf } from '../graph/groups.ts';
import type { NetworkRequest } from '../load.ts';
import type { PictureState } from '../use-picture.ts';
import { WORDS } from '../words.ts';
import { Expansions } from './expansions.tsx';
import { SidePanel } from './side-panel.tsx';
import { toggled } from './stage.tsx';
import { shownNeighbours } from './walk.ts';

const NODE = graphql(
  `
    query NodeInNetwork($id: ID!) {
      node(id: $id) {
        id
        ... on Organisation {
          acronym
          city
          website
          foundedOn
          sources {
            ...SourceShown
          }
        }
        ... on Network {
          acronym
          city
          website
          since
          until
          sources {
            ...SourceShown
          }
        }
        ... on Project {
          acronym
          start
          end
          programme
          sources {
            ...SourceShown
          }
        }
      }
    }
  `,
  [SOURCE],
);

interface NodePanelProps {
  readonly state: PictureState;
  readonly node: number;
  readonly request: NetworkRequest | null;
  readonly onExpand: (entry: string) => void;
  readonly onClose: () => void;
}

/** One node: what is known of it, its place in this network, and what can be done with it. */
export function NodePanel({ state, node, request, onExpand, onClose }: NodePanelProps) {
  const words = useWords(WORDS);
  const { number, count } = useFormat();
  const { picture, selected, pins } = state;
  const { network } = picture;
  const { id, name, region, community } = network.nodes[node]!;
  const { data, failure, again } = useAnswer(NODE, { id });
  const found = data?.node?.id === id ? data.node : null;
  const kind = kindOf(network.nodes[node]!);
  const website = found && 'website' in found ? found.website : null;
  const [since, until] = found
    ? 'since' in found
      ? [found.since, found.until]
      : 'start' in found
        ? [found.start, found.end]
        : ['foundedOn' in found ? found.foundedOn : null, null]
    : [null, null];
  const neighbours = shownNeighbours(picture, node);
  const measures = Object.keys(network.nodes[node]!.values).filter((measure) => measure !== 'degree');
  return (
    <SidePanel
      opened={id}
      kind={words.kinds[kind as keyof typeof words.kinds] ?? kind}
      title={<a href={`/${id}`}>{name}</a>}
      onClose={onClose}
    >
      {failure && <Failed failure={failure} again={again} />}
      <Facts
        facts={[
          [words.city, found && 'city' in found ? found.city : null],
          [words.region, region],
          [words.period, since || until ? <Period since={since} until={until} /> : null],
          [
            words.website,
            website && (
              <a class="out" href={website} target="_blank" rel="noopener noreferrer">
                {new URL(website).hostname}
              </a>
            ),
          ],
          [words.neighbours[1], number(neighbours.length)],
          [words.community, community === null ? null : number(community + 1)],
          ...measures.map((measure): [string, string | null] => {
            const value = measureOf(network, node, measure);
            const title = words.measures[measure as keyof typeof words.measures] ?? measure;
            return [title, value === null ? null : number(value, { maximumSignificantDigits: 3 })];
          }),
        ]}
      />
      {found && 'sources' in found && <Sources sources={found.sources} />}
      {request && <Expansions id={id} request={request} onExpand={onExpand} />}
      <div class="network-panel-actions">
        <a class="button" href={`/${id}`}>
          {words.toPage}
        </a>
        <a class="button" href={`/network?around=${id}`}>
          {words.around}
        </a>
        <a class="button" href={`/path?a=${id}`}>
          {words.findPath}
        </a>
        <button type="button" onClick={() => state.select(toggled(selected, [node]))}>
          {selected.has(node) ? words.deselect : words.select}
        </button>
        <button
          type="button"
          title={count(neighbours.length, words.neighbours)}
          onClick={() => state.select(new Set([...selected, node, ...neighbours]))}
        >
          {words.selectNeighbours}
        </button>
        <button type="button" onClick={() => state.hide([node])}>
          {words.hide}
        </button>
        <button
          type="button"
          onClick={() => state.pin(node, pins.has(id) ? null : { x: network.x[node]!, y: network.y[node]! })}
        >
          {pins.has(id) ? words.unpin : words.pin}
        </button>
      </div>
    </SidePanel>
  );
}
