import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Failure } from '../api/ask.ts';
import type { VariablesOf } from '../api/graphql.ts';
import { changes } from '../api/use-answer.ts';
import { useStore } from '../app/store.ts';
import { MEASURES, type RELATIONSHIP_TYPES, type SELECTION } from './address.ts';
import {
  forgetNetworks,
  type GraphSelection,
  type LoadedNetwork,
  loadNetwork,
  type NetworkRequest,
  type WHOLE_PART,
} from './load.ts';

/** The values of the parameters of a selection in the address. */
type SelectionValues = { readonly [Key in keyof typeof SELECTION]: ReturnType<(typeof SELECTION)[Key]['read']> };

type Ranking = NonNullable<VariablesOf<typeof WHOLE_PART>['rankings']>[number];
type Type = (typeof RELATIONSHIP_TYPES)[number];

/** The nodes whose surroundings an address shows. */
export const middleOf = ({ around, ids }: Pick<SelectionValues, 'around' | 'ids'>): readonly string[] => [
  ...new Set([...around, ...ids]),
];

/** The types of relationships that an address shows: without any, partnerships, and the memberships of a network. */
export function typesOf(values: SelectionValues): readonly Type[] {
  if (values.types.length > 0) return values.types as Type[];
  const isNetwork = [...middleOf(values), ...values.members].some((id) => /^(?:pole|cluster)\//.test(id));
  return isNetwork ? ['PARTNERS_WITH', 'MEMBER_OF'] : ['PARTNERS_WITH'];
}

/** Whether an address selects anything: without conditions it is all collaborations. */
export const isWhole = ({ around, ids, members, nodes, orgs, regions }: SelectionValues): boolean =>
  [around, ids, members, nodes, orgs, regions].every((ids) => ids.length === 0);

/** The conditions that an address selects by. */
export function selectionOf(values: SelectionValues): GraphSelection {
  const { depth, members, nodes, community, resolution, kinds, strength, connected, orgs, regions } = values;
  const [around, types] = [middleOf(values), typesOf(values)];
  const filter = {
    ...(orgs.length > 0 ? { kind: orgs as never } : {}),
    ...(regions.length > 0 ? { locatedIn: [...regions] } : {}),
  };
  // A project is a node with those who take part in it: whatever else these took part in is not meant.
  const projects = around.filter((id) => id.startsWith('project/'));
  const also: NonNullable<GraphSelection['also']> = [
    ...(projects.length > 0 ? [{ of: projects, relationships: ['PARTICIPATES_IN' as const, 'LABELS' as const] }] : []),
    // Members are shown with the networks that they belong to.
    ...(members.length > 0 ? [{ of: [...members] }] : []),
  ];
  return {
    ...(around.length > 0 ? { around: { of: [...around], depth: projects.length > 0 ? 0 : (depth ?? 1) } } : {}),
    ...(also.length > 0 ? { also } : {}),
    ...(nodes.length > 0 ? { around: { of: [...nodes], depth: 0 } } : {}),
    ...(members.length > 0 ? { membersOf: [...members] } : {}),
    ...(orgs.length + regions.length > 0 ? { organisations: filter } : {}),
    ...(types.length === 1 && types[0] === 'PARTNERS_WITH' ? {} : { relationships: [...types] }),
    ...(kinds.length > 0 ? { partnershipKinds: kinds as never } : {}),
    ...(strength === null ? {} : { minStrength: strength }),
    ...(community === null ? {} : { inCommunity: { number: community, resolution: resolution ?? 1 } }),
    connectedOnly: connected || isWhole(values),
  };
}

/** The nodes that an address adds, as the API takes them. */
export const alsoOf = (expand: readonly string[]): NonNullable<GraphSelection['also']> =>
  expand.map((entry) => {
    const [id = '', ...types] = entry.split('~');
    return { of: [id], relationships: types as Type[] };
  });

/** What an address asks for; `measures` are those by which nodes have their size or colour. */
export function requestOf(values: SelectionValues, measures: readonly string[]): NetworkRequest {
  const wanted = MEASURES.filter((measure) => ['degree', 'page_rank', ...measures].includes(measure));
  return {
    ...{
      select: selectionOf(values),
      also: alsoOf(values.expand),
      resolution: values.resolution ?? 1,
      all: values.all,
    },
    rankings: wanted.map((measure) => measure.toUpperCase() as Ranking),
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
  const wanted = key === null ? null : `${version} ${tries} ${key}`;
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
        if ('failure' in found) setState({ loaded: null, failure: found.failure, key: wanted });
        else setState({ loaded: found, failure: null, key: wanted });
      },
      () => {},
    );
    return () => stop.abort();
  }, [wanted]);
  return useMemo(
    () => ({
      ...{ loaded: state.loaded, failure: state.failure, isLoading: wanted !== null && state.key !== wanted },
      again: () => setTries((count) => count + 1),
    }),
    [state, wanted],
  );
}
