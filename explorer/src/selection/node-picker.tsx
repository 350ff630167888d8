import { useId, useRef, useState } from 'preact/hooks';
import { graphql, type VariablesOf } from '../api/graphql.ts';
import { useAnswer } from '../api/use-answer.ts';
import { NodeKind } from '../app/parts/node-link.tsx';
import { useSettled } from '../app/use-settled.ts';
import { useWords } from '../app/words/words.ts';
import './choice.css';
import { SELECTION_WORDS } from './words.ts';

const FOUND = graphql(`
  query Found($text: String!, $types: [SearchType!]) {
    search(text: $text, types: $types, first: 8) {
      nodes {
        id
        name
      }
    }
  }
`);

/** The names of nodes that an address names by their identifiers. */
export const NAMES = graphql(`
  query ChosenNames($ids: [ID!]!) {
    nodes(ids: $ids) {
      id
      name
    }
  }
`);

interface NodePickerProps {
  readonly label: string;
  readonly types: NonNullable<VariablesOf<typeof FOUND>['types']>;
  readonly ids: readonly string[];
  readonly most?: number;
  onChange(ids: readonly string[]): void;
}

/** Nodes chosen by name, several: what is chosen is shown as a list of which each can be taken out. */
export function NodePicker({ label, types, ids, most = 10, onChange }: NodePickerProps) {
  const words = useWords(SELECTION_WORDS);
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const [isOpen, setOpen] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const [listId, inputId] = [useId(), useId()];
  const settled = useSettled(typed).trim();
  const { data, isOf } = useAnswer(FOUND, settled.length < 2 ? null : { text: settled, types });
  const names = useAnswer(NAMES, ids.length === 0 ? null : { ids: [...ids] });
  const nameOf = (id: string): string => names.data?.nodes?.find((node) => node?.id === id)?.name ?? id;
  const found = (data?.search?.nodes ?? []).filter(({ id }) => !ids.includes(id));
  const isShown = isOpen && settled.length >= 2;
  // What was found for the text before is still shown, but not chosen.
  const isFor = settled === typed.trim() && isOf;
  const choose = (id: string): void => {
    onChange([...ids, id]);
    setTyped('');
    setActive(0);
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') setActive(Math.min(found.length - 1, active + 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(0, active - 1));
    else if (event.key === 'Enter' && isShown) {
      if (isFor && found[active]) choose(found[active].id);
    } else if (event.key === 'Escape') setOpen(false);
    else if (event.key === 'Backspace' && typed === '' && ids.length > 0) onChange(ids.slice(0, -1));
    else return;
    event.preventDefault();
  };
  return (
    <div class="node-picker">
      <label for={inputId}>{label}</label>
      {ids.length > 0 && (
        <ul class="chips">
          {ids.map((id) => (
            <li key={id}>
              <span>{nameOf(id)}</span>
              <button
                type="button"
                aria-label={words.without(nameOf(id))}
                onClick={() => onChange(ids.filter((other) => other !== id))}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      {ids.length < most && (
        <div class="picker-box">
          <input
            ref={input}
            id={inputId}
            type="text"
            role="combobox"
            autocomplete="off"
            aria-autocomplete="list"
            aria-expanded={isShown}
            aria-controls={listId}
            aria-activedescendant={isShown && found[active] ? `${listId}-${active}` : undefined}
            placeholder={words.typeName}
            value={typed}
            onInput={({ currentTarget }) => {
              setTyped(currentTarget.value);
              setActive(0);
              setOpen(true);
            }}
            onFocus={() => setOpen(true)}
            onBlur={() => setOpen(false)}
            onKeyDown={onKeyDown}
          />
          <div
            id={listId}
            class="picker-list"
            role="listbox"
            aria-label={label}
            hidden={!isShown || found.length === 0}
          >
            {found.map(({ id, name }, place) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the box
              // biome-ignore lint/a11y/useFocusableInteractive: an option is pointed at by the box
              <div
                key={id}
                id={`${listId}-${place}`}
                role="option"
                aria-selected={place === active}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => choose(id)}
              >
                {name} <NodeKind id={id} />
              </div>
            ))}
          </div>
          {isShown && data && found.length === 0 && (
            <p class="small quiet" role="status">
              {words.nothingFound}
            </p>
          )}
        </div>
      )}
    </div>
  );
}
