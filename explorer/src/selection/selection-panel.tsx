import { useId, useState } from 'preact/hooks';
import { graphql } from '../api/graphql.ts';
import { useAnswer } from '../api/use-answer.ts';
import { useFormat } from '../app/words/format.ts';
import { useWords } from '../app/words/words.ts';
import { YearField } from './choice.tsx';
import { NAMES, NodePicker } from './node-picker.tsx';
import { middleOf, NOTHING_SELECTED, type SelectionValues } from './selection.ts';
import { SELECTION_WORDS } from './words.ts';

const TERRITORIES = graphql(`
  query SelectableTerritories {
    regions: territories(level: REGION, first: 100) {
      nodes {
        id
        name
        until
      }
    }
    departements: territories(level: DEPARTMENT, first: 200) {
      nodes {
        id
        name
      }
    }
  }
`);

const ORGANISATION_KINDS = [
  'COMPANY',
  'RESEARCH',
  'TRAINING',
  'PUBLIC_BODY',
  'ASSOCIATION',
  'OTHER',
  'UNKNOWN',
] as const;
const RELATIONSHIPS = ['PARTNERS_WITH', 'MEMBER_OF', 'AFFILIATED_WITH', 'SUCCEEDED_BY'] as const;

/** Names of each kind that the sentence has at the most: the fields below it have all. */
const NAMED = 6;

/** What is selected, in a sentence. Names are asked for. */
export function useSelectionSentence(values: SelectionValues): string {
  const words = useWords(SELECTION_WORDS);
  const format = useFormat();
  const middle = middleOf(values);
  const ids = [values.members, middle, values.regions].flatMap((chosen) => chosen.slice(0, NAMED));
  const names = useAnswer(NAMES, ids.length === 0 ? null : { ids });
  const named = (chosen: readonly string[]): string =>
    format.listOf(
      chosen.slice(0, NAMED).map((id) => names.data?.nodes?.find((node) => node?.id === id)?.name ?? id),
      chosen.length,
    );
  const kinds = values.orgs.map((kind) => words.kinds[kind as keyof typeof words.kinds] ?? kind);
  const types = values.types.map((type) => words.types[type as keyof typeof words.types] ?? type);
  const hasOrigin = values.members.length + middle.length + values.nodes.length > 0;
  const parts = [
    values.community === null ? '' : words.community(format.number(values.community + 1)),
    values.members.length > 0 ? words.membersOf(named(values.members)) : '',
    middle.length > 0 ? words.around(named(middle), format.count(values.depth ?? 1, words.steps)) : '',
    values.nodes.length > 0 ? format.count(values.nodes.length, words.nodes) : '',
    hasOrigin ? '' : words.everything,
    kinds.length > 0 ? words.ofKinds(format.list(kinds)) : '',
    values.regions.length > 0 ? words.inTerritories(named(values.regions)) : '',
    types.length > 0 ? words.along(format.list(types)) : '',
    values.strength === null ? '' : words.strongerThan(format.number(values.strength)),
    values.year === null ? '' : words.inYear(String(values.year)),
    values.connected ? words.connectedOnly : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}

type Changes = Partial<SelectionValues>;

interface SelectionPanelProps {
  readonly values: SelectionValues;
  set(changes: Changes, options?: { readonly replace?: boolean }): void;
  /** False where the page has fields of its own for the year, or for the relationships. */
  readonly hasYear?: boolean;
  readonly hasRelationships?: boolean;
  /** Whether the fields are shown at first. */
  readonly isOpen?: boolean;
}

/** What is selected, and the fields that change it. */
export function SelectionPanel(props: SelectionPanelProps) {
  const { values, set, hasYear = true, hasRelationships = true, isOpen = false } = props;
  const words = useWords(SELECTION_WORDS);
  const sentence = useSelectionSentence(values);
  const { data } = useAnswer(TERRITORIES, {});
  const territoryId = useId();
  // Not closed by what is chosen in it.
  const [isFirstOpen] = useState(isOpen);
  const toggled = (items: readonly string[], item: string): readonly string[] =>
    items.includes(item) ? items.filter((other) => other !== item) : [...items, item];
  const checks = (
    legend: string,
    name: 'orgs' | 'types',
    options: readonly string[],
    labels: Readonly<Record<string, string>>,
  ) => (
    <fieldset>
      <legend>{legend}</legend>
      {options.map((option) => (
        <label key={option} class="check">
          <input
            type="checkbox"
            checked={values[name].includes(option)}
            onChange={() => set({ [name]: toggled(values[name], option) })}
          />
          {labels[option]}
        </label>
      ))}
    </fieldset>
  );
  return (
    <details class="selection-panel" open={isFirstOpen}>
      <summary>
        <strong>{words.title}</strong> {sentence}
      </summary>
      <form onSubmit={(event) => event.preventDefault()}>
        <NodePicker
          label={words.members}
          types={['POLE', 'CLUSTER']}
          ids={values.members}
          most={100}
          onChange={(members) => set({ members })}
        />
        <NodePicker
          label={words.nodesAround}
          types={['POLE', 'CLUSTER', 'ORGANISATION']}
          ids={middleOf(values)}
          most={20}
          onChange={(around) => set({ around, ids: [] })}
        />
        <div class="field">
          <label for={territoryId}>{words.territory}</label>
          <select
            id={territoryId}
            value={values.regions[0] ?? ''}
            onChange={({ currentTarget }) => set({ regions: currentTarget.value === '' ? [] : [currentTarget.value] })}
          >
            <option value="">{words.anywhere}</option>
            <optgroup label={words.levels.REGION}>
              {data?.regions?.nodes
                .filter(({ until }) => until === null)
                .map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
            </optgroup>
            <optgroup label={words.levels.DEPARTMENT}>
              {data?.departements?.nodes.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </optgroup>
          </select>
        </div>
        {checks(words.organisationKinds, 'orgs', ORGANISATION_KINDS, words.kinds)}
        {hasRelationships && checks(words.relationships, 'types', RELATIONSHIPS, words.types)}
        {hasYear && (
          <YearField
            label={words.year}
            all={words.allYears}
            year={values.year}
            onChange={(year) => set({ year }, { replace: true })}
          />
        )}
        <p>
          {hasRelationships && (
            <label class="check">
              <input
                type="checkbox"
                checked={values.connected}
                onChange={() => set({ connected: !values.connected })}
              />
              {words.onlyConnected}
            </label>
          )}
          <button type="button" onClick={() => set(NOTHING_SELECTED)}>
            {words.reset}
          </button>
        </p>
      </form>
    </details>
  );
}
