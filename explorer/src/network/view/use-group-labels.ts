import { graphql } from '../../api/graphql.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useFormat } from '../../app/words/format.ts';
import { useWords } from '../../app/words/words.ts';
import { type NetworkRequest, selectedBy } from '../load.ts';
import type { PictureState } from '../use-picture.ts';
import { WORDS } from '../words.ts';

const COMMUNITY_NAMES = graphql(`
  query CommunityNames($select: GraphSelection!, $resolution: Float!) {
    subgraph(select: $select) {
      communities(resolution: $resolution) {
        communities(first: 50) {
          nodes {
            number
            name
          }
        }
      }
    }
  }
`);

/** The names of the groups by which nodes are coloured; `request` is the part of the graph, whose communities have names. */
export function useGroupLabels(
  { values, picture }: PictureState,
  request: NetworkRequest | null,
): (value: string) => string {
  const words = useWords(WORDS);
  const { number } = useFormat();
  const { colour } = values;
  const isOfCommunities = picture.network.nodes[0]?.type === 'Community';
  const isNamed = colour === 'community' && !isOfCommunities && request !== null;
  const { data } = useAnswer(
    COMMUNITY_NAMES,
    isNamed ? { select: selectedBy(request), resolution: request.resolution } : null,
  );
  const named = data?.subgraph?.communities.communities.nodes ?? [];
  const names = new Map(named.map(({ number: of, name }) => [String(of), name]));
  return (value) => {
    if (colour === 'kind') return words.kinds[value as keyof typeof words.kinds] ?? value;
    if (value === '') return colour === 'community' ? words.noCommunity : words.unknown;
    if (colour === 'community') return names.get(value) ?? words.communityNumber(number(Number(value) + 1));
    return colour === 'measure' ? words.upTo(number(Number(value), { maximumSignificantDigits: 2 })) : value;
  };
}
