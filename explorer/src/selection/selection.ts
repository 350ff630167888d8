import type { VariablesOf } from '../api/graphql.ts';
import { graphql } from '../api/graphql.ts';
import { flag, integer, list } from '../app/address.ts';

/** A part of the graph as the address has it, by the names that the network view gives it too. */
export const SELECTION = {
  /** Members of any of these networks. */
  members: list,
  /** What lies around these nodes, within so many steps. */
  around: list,
  depth: integer,
  /** Types of relationships, and kinds of partnerships. */
  types: list,
  kinds: list,
  /** Kinds of organisations, and territories of their seats. */
  orgs: list,
  regions: list,
  /** Whether nodes without a neighbour are left out. */
  connected: flag,
  /** What is valid on some day of this year. */
  year: integer,
} as const;

/** The names of the parameters that say which part of the graph is meant. */
export const SELECTION_NAMES = Object.keys(SELECTION) as (keyof typeof SELECTION)[];

type Read<Parameter> = Parameter extends { read(text: string | null): infer Value } ? Value : never;
/** A selection as read from an address. */
export type SelectionValues = { readonly [Name in keyof typeof SELECTION]: Read<(typeof SELECTION)[Name]> };

// Only its types are used: the API's words for a selection.
const SELECT = graphql(`
  query Select($select: GraphSelection!) {
    subgraph(select: $select) {
      nodeCount
    }
  }
`);
/** The API's GraphSelection. */
export type GraphSelection = VariablesOf<typeof SELECT>['select'];

const orNull = <Item>(items: readonly Item[]): Item[] | null => (items.length === 0 ? null : [...items]);

/** What the API shall select. `within` narrows it to territories, as a click on the map does. */
export function selectionOf(values: SelectionValues, within: readonly string[] = []): GraphSelection {
  const asOf = values.year === null ? null : String(values.year);
  const kind = orNull(values.orgs);
  const locatedIn = orNull(values.regions);
  const inside = within.length > 0 ? [{ locatedIn: [...within] }] : null;
  const part = { locatedIn, and: inside };
  const isNarrowed = locatedIn !== null || inside !== null;
  return {
    membersOf: orNull(values.members),
    around: values.around.length === 0 ? null : { of: [...values.around], depth: values.depth ?? 1 },
    organisations:
      isNarrowed || kind ? ({ ...part, kind, asOf } as NonNullable<GraphSelection['organisations']>) : null,
    networks: isNarrowed && kind === null ? part : null,
    asOf,
    relationships: orNull(values.types) as NonNullable<GraphSelection['relationships']> | null,
    partnershipKinds: orNull(values.kinds) as NonNullable<GraphSelection['partnershipKinds']> | null,
    connectedOnly: values.connected,
  };
}

/** The selection of an address without any. */
export const NOTHING_SELECTED = Object.fromEntries(
  SELECTION_NAMES.map((name) => [name, SELECTION[name].read(null)]),
) as unknown as SelectionValues;

/** Whether an address selects anything in particular. */
export const isSelected = (values: SelectionValues): boolean =>
  SELECTION_NAMES.some((name) => SELECTION[name].write(values[name] as never) !== null);

/** A link to a page that shows a selection: `linkTo('/network', values, { colour: 'community' })`. */
export function linkTo(
  path: string,
  values: Partial<SelectionValues>,
  others: Readonly<Record<string, string>> = {},
): string {
  const search = new URLSearchParams();
  for (const name of SELECTION_NAMES) {
    const value = values[name];
    const written = value === undefined ? null : SELECTION[name].write(value as never);
    if (written !== null) search.set(name, written);
  }
  for (const [name, value] of Object.entries(others)) search.set(name, value);
  const query = search.toString();
  return query === '' ? path : `${path}?${query}`;
}
