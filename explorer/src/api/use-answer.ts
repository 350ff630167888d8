import type { TadaDocumentNode } from 'gql.tada';
import { useEffect, useState } from 'preact/hooks';
import { Store, useStore } from '../app/store.ts';
import { ask, type Failure } from './ask.ts';

/** What a component has of an answer. While the next one is awaited, the data of the one before stay. */
export interface Asked<Data> {
  readonly data: Data | null;
  readonly failure: Failure | null;
  readonly isLoading: boolean;
  /** Asks again. */
  again(): void;
}

/** Increased when the graph has changed: everything that is shown is asked again. */
export const changes = new Store(0);

/**
 * Asks the graph for what a component shows, whenever the variables change; an answer that is no longer wanted is
 * aborted. `null` as variables asks nothing.
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
  const [state, setState] = useState<{ data: Data | null; failure: Failure | null; key: string | null }>({
    data: null,
    failure: null,
    key: null,
  });
  const wanted = key === null ? null : `${version} ${tries} ${key}`;
  useEffect(() => {
    if (key === null) return;
    const stop = new AbortController();
    ask(document, JSON.parse(key) as Variables, { signal: stop.signal }).then(
      (answer) => {
        if (stop.signal.aborted) return;
        if (answer.failure) setState({ data: null, failure: answer.failure, key: wanted });
        else setState({ data: answer.data, failure: null, key: wanted });
      },
      () => {},
    );
    return () => stop.abort();
  }, [document, wanted]);
  return {
    data: key === null ? null : state.data,
    failure: key === null ? null : state.failure,
    isLoading: wanted !== state.key && key !== null,
    again: () => setTries((count) => count + 1),
  };
}
