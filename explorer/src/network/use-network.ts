import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Failure } from '../api/ask.ts';
import { changes } from '../api/changes.ts';
import type { VariablesOf } from '../api/graphql.ts';
import { useStore } from '../app/store.ts';
import { type GraphSelection, type SelectionValues, selectionOf } from '../selection/selection.ts';
import { MEASURES, type RELATIONSHIP_TYPES } from './address.ts';
import { forgetNetworks, type LoadedNetwork, loadNetwork, type NetworkRequest, type WHOLE_PART } from './load.ts';

/** The values of the parameters that say what is shown. */
type ShownValues = SelectionValues & { readonly expand: readonly string[]; readonly all: boolean };

type Ranking = NonNullable<VariablesOf<typeof WHOLE_PART>['rankings']>[number];
type Type = (typeof RELATIONSHIP_TYPES)[number];

/** The conditions of an address. Years are compared in the picture; members are shown with the networks that they belong to. */
function conditionsOf(values: SelectionValues): GraphSelection {
  const select = selectionOf({ ...values, year: null });
  const networks = values.members.length > 0 ? [{ of: [...values.members] }] : [];
  const also = [...(select.also ?? []), ...networks];
  return also.length > 0 ? { ...select, also } : select;
}

/** The nodes that an address adds, as the API takes them. */
export const alsoOf = (expand: readonly string[]): NonNullable<GraphSelection['also']> =>
  expand.map((entry) => {
    const [id = '', ...types] = entry.split('~');
    return { of: [id], relationships: types as Type[] };
  });

/** What an address asks for; `measures` are those by which nodes have their size or colour. */
export function requestOf(values: ShownValues, measures: readonly string[]): NetworkRequest {
  const shown = MEASURES.filter((measure) => ['degree', 'page_rank', ...measures].includes(measure));
  return {
    ...{
      select: conditionsOf(values),
      also: alsoOf(values.expand),
      resolution: values.resolution ?? 1,
      all: values.all,
    },
    rankings: shown.map((measure) => measure.toUpperCase() as Ranking),
  };
}

/** What a component has of a network that it asked for. While the next one is awaited, the one before stays. */
export interface AskedNetwork {
  readonly loaded: LoadedNetwork | null;
  readonly failure: Failure | null;
  readonly isLoading: boolean;
  again(): void;
}

/** Loads a network, and again when the request or the graph changes. */
export function useNetwork(request: NetworkRequest | null): AskedNetwork {
  const key = request === null ? null : JSON.stringify(request);
  const version = useStore(changes);
  const [tries, setTries] = useState(0);
  const current = key === null ? null : `${version} ${tries} ${key}`;
  const [state, setState] = useState<{ loaded: LoadedNetwork | null; failure: Failure | null; key: string | null }>({
    ...{ loaded: null, failure: null, key: null },
  });
  useEffect(() => forgetNetworks, [version]);
  useEffect(() => {
    if (key === null) return;
    const stop = new AbortController();
    loadNetwork(JSON.parse(key) as NetworkRequest, stop.signal).then(
      (found) => {
        if (stop.signal.aborted) return;
        if ('failure' in found) setState({ loaded: null, failure: found.failure, key: current });
        else setState({ loaded: found, failure: null, key: current });
      },
      () => {},
    );
    return () => stop.abort();
  }, [current]);
  return useMemo(
    () => ({
      ...{ loaded: state.loaded, failure: state.failure, isLoading: current !== null && state.key !== current },
      again: () => setTries((count) => count + 1),
    }),
    [state, current],
  );
}
