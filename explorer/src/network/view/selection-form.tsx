import { useAddress } from '../../app/address.ts';
import { useWords } from '../../app/words/words.ts';
import { isWhole, middleOf, SELECTION, typesOf } from '../../selection/selection.ts';
import { RELATIONSHIP_TYPES } from '../address.ts';
import { WORDS } from '../words.ts';
import './form.css';

/** Steps around a node: what is farther is most of the graph. */
const DEPTHS = [1, 2];

/** Which relationships a network shows, how far around, and how strong. */
export function SelectionForm() {
  const words = useWords(WORDS);
  const { values, set } = useAddress(SELECTION);
  const always = isWhole(values);
  const types = new Set<string>(typesOf(values));
  const choose = (type: string, isChosen: boolean): void => {
    const next = RELATIONSHIP_TYPES.filter((one) => (one === type ? isChosen : types.has(one)));
    if (next.length > 0) set({ types: next, community: null });
  };
  return (
    <form class="network-form" onSubmit={(event) => event.preventDefault()} aria-label={words.settings}>
      <fieldset>
        <legend>{words.relationsShown}</legend>
        {RELATIONSHIP_TYPES.map((type) => (
          <label key={type}>
            <input
              type="checkbox"
              checked={types.has(type)}
              onChange={({ currentTarget }) => choose(type, currentTarget.checked)}
            />
            {words.types[type]}
          </label>
        ))}
      </fieldset>
      {middleOf(values).length > 0 && (
        <label>
          {words.depth}
          <select
            value={String(values.depth ?? 1)}
            onChange={({ currentTarget }) => set({ depth: Number(currentTarget.value) })}
          >
            {DEPTHS.map((depth) => (
              <option key={depth} value={String(depth)}>
                {depth}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        {words.minStrength}
        <input
          type="number"
          min="0"
          step="0.1"
          value={values.strength ?? ''}
          onChange={({ currentTarget }) =>
            set({
              strength: currentTarget.value === '' ? null : Math.max(0, Number(currentTarget.value)),
              community: null,
            })
          }
        />
      </label>
      <label>
        <input
          type="checkbox"
          checked={values.connected || always}
          disabled={always}
          onChange={({ currentTarget }) => set({ connected: currentTarget.checked })}
        />
        {words.connectedOnly} {always && <span class="quiet small">{words.alwaysConnected}</span>}
      </label>
    </form>
  );
}
