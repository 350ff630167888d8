import { useEffect, useState } from 'preact/hooks';
import { graphql } from '../api/graphql.ts';
import { useAnswer } from '../api/use-answer.ts';
import { go } from '../app/address.ts';
import { useFormat } from '../app/words/format.ts';
import { useWords } from '../app/words/words.ts';
import { MapCredit } from '../map/credit.tsx';
import { HEIGHT, loadShapes, type Shape, WIDTH } from '../map/france.ts';
import { type Spot, spotRadius, spotsOf } from '../map/points.ts';
import { START } from './words.ts';

const POLES = graphql(`
  query PolesOnMap {
    poles(first: 200) {
      nodes {
        id
        name
        location {
          latitude
          longitude
        }
        territory {
          id
          name
        }
      }
    }
  }
`);
const NONE = {};

/** Where a spot leads: to the pole, or to the poles of its commune. */
const addressOf = ({ entries, territory }: Spot): string =>
  entries.length > 1 && territory ? `/search?type=pole&in=${territory.id}` : `/${entries[0]!.id}`;

/**
 * The poles on a map of metropolitan France, for the pointer: the list beside it has the same for the keyboard and for those
 * who do not see it. Loaded after the page, since outlines are larger than all the rest of it.
 */
export function PolesMap() {
  const words = useWords(START);
  const { list } = useFormat();
  const [shapes, setShapes] = useState<readonly Shape[]>([]);
  const { data } = useAnswer(POLES, NONE);
  useEffect(() => {
    loadShapes().then(setShapes, () => {});
  }, []);
  const spots = spotsOf(data?.poles?.nodes ?? []);
  if (shapes.length === 0 || spots.length === 0) return null;
  const onClick = (event: Event): void => {
    const spot = spots[Number((event.target as Element).closest<SVGElement>('[data-spot]')?.dataset.spot ?? -1)];
    if (spot) go(addressOf(spot));
  };
  return (
    <>
      <svg class="poles-map" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" onClick={onClick}>
        {shapes
          .filter(({ isOverseas }) => !isOverseas)
          .map(({ code, path }) => (
            <path key={code} d={path} />
          ))}
        {spots.map((spot, place) => (
          <circle
            key={spot.entries[0]!.id}
            data-spot={place}
            cx={spot.at[0]}
            cy={spot.at[1]}
            r={2 * spotRadius(spot.entries.length)}
          >
            <title>{list(spot.entries.map(({ name }) => name ?? ''))}</title>
          </circle>
        ))}
      </svg>
      <p class="quiet small">
        {words.mapNote} <MapCredit />
      </p>
    </>
  );
}
