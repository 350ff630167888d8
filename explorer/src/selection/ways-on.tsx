import { useWords } from '../app/words/words.ts';
import { linkTo, type SelectionValues } from './selection.ts';
import { SELECTION_WORDS } from './words.ts';

/** As many networks as the comparison takes. */
const MOST_COMPARED = 10;

interface WaysOnProps {
  readonly selection: SelectionValues;
  /** Networks of the selection: a few of them are compared. */
  readonly networks?: readonly string[];
}

/** Links from those that a page lists to their network, their map, and a comparison where these are a few networks. */
export function WaysOn({ selection, networks = [] }: WaysOnProps) {
  const words = useWords(SELECTION_WORDS);
  return (
    <>
      <a class="button" href={linkTo('/network', selection)}>
        {words.asNetwork}
      </a>
      <a class="button" href={linkTo('/map', selection, { show: 'selection' })}>
        {words.onMap}
      </a>
      {networks.length > 1 && networks.length <= MOST_COMPARED && (
        <a class="button" href={`/compare?ids=${networks.join(',')}`}>
          {words.compare}
        </a>
      )}
    </>
  );
}
