import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { graphql } from '../api/graphql.ts';
import { useAnswer } from '../api/use-answer.ts';
import { go } from '../app/address.ts';
import { NodeKind } from '../app/parts/node-link.tsx';
import { useSettled } from '../app/use-settled.ts';
import { useFormat } from '../app/words/format.ts';
import { useWords } from '../app/words/words.ts';
import './find.css';
import { Detail, HIT, Why } from './hit.tsx';
import { FIND } from './words.ts';

const SUGGEST = graphql(
  `
    query Suggest($text: String!) {
      search(text: $text, first: 8) {
        edges {
          ...HitShown
        }
      }
    }
  `,
  [HIT],
);

interface SearchBoxProps {
  /** What is in the box at first: the text of the page of results. */
  readonly initial?: string;
  readonly isLarge?: boolean;
  readonly autoFocus?: boolean;
}

/** One box for everything: a combobox that suggests as one types; Enter opens the chosen node, or all results. */
export function SearchBox({ initial = '', isLarge = false, autoFocus = false }: SearchBoxProps) {
  const words = useWords(FIND);
  const { count } = useFormat();
  const [typed, setTyped] = useState(initial);
  const [begun, setBegun] = useState(initial);
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const text = useSettled(typed).trim();
  const { data, failure } = useAnswer(SUGGEST, isOpen && text !== '' ? { text } : null);
  const hits = data?.search?.edges ?? [];
  // While rendering: an effect of the first rendering would delete what is typed before it runs.
  if (begun !== initial) {
    setBegun(initial);
    setTyped(initial);
  }
  useEffect(() => {
    if (autoFocus) input.current?.focus();
  }, [autoFocus]);
  // The last option is the page of all results.
  const size = hits.length + 1;
  const shows = isOpen && typed.trim() !== '' && data !== null && !failure;
  const openAll = (): void => {
    setOpen(false);
    go(`/search?q=${encodeURIComponent(typed.trim())}`);
  };
  const choose = (index: number): void => {
    const hit = hits[index];
    if (hit) {
      setOpen(false);
      setTyped('');
      go(`/${hit.node.id}`);
    } else openAll();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step !== undefined && shows) {
      event.preventDefault();
      // -1 is the box itself, between the last option and the first.
      setActive((before) => ((before + 1 + step + size + 1) % (size + 1)) - 1);
    } else if (event.key === 'Escape') {
      setOpen(false);
      setActive(-1);
    } else if (event.key === 'Enter' && typed.trim() !== '') {
      event.preventDefault();
      if (active >= 0 && shows) choose(active);
      else openAll();
    }
  };
  return (
    <search class={isLarge ? 'find large' : 'find'}>
      <input
        ref={input}
        type="search"
        // biome-ignore lint/a11y/noRedundantRoles: it has no list, which would make it one; the types ask to say so
        role="combobox"
        list={undefined}
        aria-label={words.search}
        aria-expanded={shows}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={shows && active >= 0 ? `${id}-${active}` : undefined}
        placeholder={words.placeholder}
        autocomplete="off"
        spellcheck={false}
        value={typed}
        onInput={({ currentTarget }) => {
          setTyped(currentTarget.value);
          setOpen(true);
          setActive(-1);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => setOpen(false)}
      />
      <span role="status" class="unseen">
        {shows && (hits.length === 0 ? words.noSuggestion : words.suggested(count(hits.length, words.suggestion)))}
      </span>
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={words.suggestions}
        class="suggestions-list"
        hidden={!shows}
        // The box keeps the focus, so that a click is not a blur first.
        onMouseDown={(event) => event.preventDefault()}
      >
        {hits.map((hit, index) => (
          <div
            key={hit.node.id}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            onClick={() => choose(index)}
            onKeyDown={onKeyDown}
          >
            <span class="name">{hit.node.name}</span>
            <Why hit={hit} text={text} />
            <Detail hit={hit} />
            <NodeKind id={hit.node.id} />
          </div>
        ))}
        <div
          id={`${id}-${hits.length}`}
          class="all"
          role="option"
          tabIndex={-1}
          aria-selected={active === hits.length}
          onClick={openAll}
          onKeyDown={onKeyDown}
        >
          {hits.length === 0 && <span class="quiet">{words.noSuggestion} </span>}
          {words.allResults(typed.trim())}
        </div>
      </div>
    </search>
  );
}
