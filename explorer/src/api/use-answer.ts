import type { TadaDocumentNode } from 'gql.tada';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useStore } from '../app/store.ts';
import { ask, type Failure } from './ask.ts';
import { arrived, changes, concerns } from './changes.ts';

/** What a component has of an answer. While the next one is awaited, or where it fails, the data of the one before stay. */
export interface Asked<Data> {
  readonly data: Data | null;
  readonly failure: Failure | null;
  readonly isLoading: boolean;
  /** Whether the data are of these variables: while somebody's change is read, they still are. */
  readonly isOf: boolean;
  /** Asks again. */
  again(): void;
}

interface State<Data> {
  readonly data: Data | null;
  readonly failure: Failure | null;
  /** The variables that the data are of, and the question that was answered last. */
  readonly of: string | null;
  readonly key: string | null;
}

/**
 * Asks the graph for what a component shows, whenever the variables change, and again when somebody changes a record
 * that it shows; an answer that is no longer needed is aborted. `null` as variables asks nothing.
 *
 * @example const { data, failure, isLoading } = useAnswer(POLE, { id });
 */
export function useAnswer<Data, Variables extends object>(
  document: TadaDocumentNode<Data, Variables>,
  variables: Variables | null,
): Asked<Data> {
  const key = variables === null ? null : JSON.stringify(variables);
  const [tries, setTries] = useState(0);
  const version = useStore(changes);
  const [state, setState] = useState<State<Data>>({ data: null, failure: null, of: null, key: null });
  const current = key === null ? null : `${version} ${tries} ${key}`;
  useEffect(() => {
    if (key === null) return;
    const stop = new AbortController();
    ask(document, JSON.parse(key) as Variables, { signal: stop.signal }).then(
      (answer) => {
        if (stop.signal.aborted) return;
        const answered = { of: key, key: current };
        setState((before) =>
          answer.failure
            ? { ...answered, data: before.of === key ? before.data : null, failure: answer.failure }
            : { ...answered, data: answer.data, failure: null },
        );
      },
      () => {},
    );
    return () => stop.abort();
  }, [document, current]);
  const shown = useRef<object>([]);
  shown.current = [variables, state.data];
  useLayoutEffect(
    () =>
      arrived.watch(() => {
        if (arrived.value && concerns(arrived.value, shown.current)) setTries((count) => count + 1);
      }),
    [],
  );
  return {
    data: key === null ? null : state.data,
    failure: key === null ? null : state.failure,
    isLoading: current !== state.key && key !== null,
    isOf: key !== null && state.of === key && state.data !== null,
    again: () => setTries((count) => count + 1),
  };
}
