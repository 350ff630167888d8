import type { PartialDate } from '../domain/partial-date.ts';
import { type NodeType, nodeTypeOf } from '../domain/vocabulary.ts';
import { statement } from '../graph/statement.ts';

/** What lists show of any node; every other field takes the whole node, loaded by its id. */
export interface Card {
  readonly id: string;
  readonly type: NodeType;
  readonly name: string;
  readonly acronym: string | null;
  /** Kind of an organisation, level of a territory, scheme of a topic. */
  readonly kind: string | null;
  readonly since: PartialDate | null;
  readonly until: PartialDate | null;
}

/** The properties of a card, in the order of their columns; the first is the identifier, which tells the type. */
export const CARD_PROPERTIES = ['id', 'name', 'acronym', 'kind', 'since', 'until'] as const;
export type CardProperty = (typeof CARD_PROPERTIES)[number];

/** The columns of a node in a list: its card, and the key that orders it, unique in the graph (`sortKeyOf`). */
export const LISTED_PROPERTIES = [...CARD_PROPERTIES, 'sortKey'] as const;
export type ListedProperty = (typeof LISTED_PROPERTIES)[number];

/** The columns of a card, or of some properties, of the node that a variable holds. */
export function cardColumns(variable: string, properties: readonly ListedProperty[] = CARD_PROPERTIES): string {
  return properties.map((property) => `${variable}.${property}`).join(', ');
}

/**
 * Reads cards from the first columns of packed rows. Properties that were not asked for are null; nobody who did not
 * ask for them may look at them.
 */
export function cardReader(properties: readonly ListedProperty[]): (row: readonly unknown[]) => Card {
  const places = CARD_PROPERTIES.map((property) => properties.indexOf(property));
  const [id, name, acronym, kind, since, until] = places as [number, ...number[]];
  // An array is asked for no place before its first: it would look for a property of that name.
  const at = (row: readonly unknown[], place = -1): never => (place < 0 ? null : (row[place] ?? null)) as never;
  return (row) => ({
    id: at(row, id),
    type: nodeTypeOf(at(row, id))!,
    name: at(row, name),
    acronym: at(row, acronym),
    kind: at(row, kind),
    since: at(row, since),
    until: at(row, until),
  });
}

/** A whole card from the first columns of a packed row. */
export const cardOf = cardReader(CARD_PROPERTIES);

/** Cards by identifier; an unknown one gives no row. */
export const cardsById = statement<{ card: readonly unknown[] }>(
  'cardsById',
  /* cypher */ `
  UNWIND $ids AS id
  MATCH (n:Entity {id: id})
  RETURN [${cardColumns('n')}] AS card`,
);

/** The same with what orders them. */
export const listedById = statement<{ listed: readonly unknown[] }>(
  'listedById',
  /* cypher */ `
  UNWIND $ids AS id
  MATCH (n:Entity {id: id})
  RETURN [${cardColumns('n', LISTED_PROPERTIES)}] AS listed`,
);
