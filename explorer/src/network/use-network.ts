import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Failure } from '../api/ask.ts';
import { arrived, changes, concernRecords, noticed, pending } from '../api/changes.ts';
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

/** A network in the places of the one before; communities have no lasting places. */
function placedAs(found: LoadedNetwork, before: LoadedNetwork | null): LoadedNetwork {
  if (!before || found.isOfCommunities || before.isOfCommunities) return found;
  return { ...found, network: found.network.placedAs(before.network) };
}

/** The records that a network shows, and those that its conditions name: a new member of a network touches the latter. */
function recordsOf(loaded: LoadedNetwork | null, key: string | null): ReadonlySet<string> {
  const named = Array.from(key?.matchAll(/"([a-z]+\/[^"\\]+)"/g) ?? [], ([, id]) => id!);
  return new Set([...named, ...(loaded?.network.nodes ?? []).map(({ id }) => id)]);
}

/**
 * Loads a network, and again when the request changes. When others change what it shows, it stays as it is until somebody asks for
 * the present one (`pending`); then every node that was there stays where it is.
 */
export function useNetwork(request: NetworkRequest | null): AskedNetwork {
  const key = request === null ? null : JSON.stringify(request);
  const version = useStore(changes);
  const [tries, setTries] = useState(0);
  const current = key === null ? null : `${version} ${tries} ${key}`;
  const [state, setState] = useState<{ loaded: LoadedNetwork | null; failure: Failure | null; key: string | null }>({
    ...{ loaded: null, failure: null, key: null },
  });
  /** The network in whose places the next one is shown. */
  const stay = useRef<LoadedNetwork | null>(null);
  const shown = useRef({ loaded: state.loaded, key });
  shown.current = { loaded: state.loaded, key };
  useEffect(() => forgetNetworks, [version]);
  useLayoutEffect(
    () =>
      arrived.watch(() => {
        const { loaded, key: asked } = shown.current;
        if (!arrived.value || !loaded || !concernRecords(arrived.value, recordsOf(loaded, asked))) return;
        forgetNetworks();
        pending.set(() => {
          pending.set(null);
          noticed.set(null);
          stay.current = shown.current.loaded;
          setTries((count) => count + 1);
        });
      }),
    [],
  );
  // Another part is asked for as the graph is now.
  useEffect(() => () => pending.set(null), [key]);
  useEffect(() => {
    if (key === null) return;
    const stop = new AbortController();
    loadNetwork(JSON.parse(key) as NetworkRequest, stop.signal).then(
      (found) => {
        if (stop.signal.aborted) return;
        if ('failure' in found) setState({ loaded: null, failure: found.failure, key: current });
        else setState({ loaded: placedAs(found, stay.current), failure: null, key: current });
        stay.current = null;
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
