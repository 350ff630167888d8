import type { PartialDate } from '../domain/partial-date.ts';
import type { NodeType } from '../domain/vocabulary.ts';
import { statement } from '../graph/statement.ts';

/** What lists show of any node; every other field takes the whole node, loaded by its id. */
export interface Card {
  readonly id: string;
  readonly type: NodeType;
  readonly name: string;
  /** Unique in the graph: the folded name and the id, by which lists are ordered. */
  readonly sortKey: string;
  readonly acronym: string | null;
  /** Kind of an organisation, level of a territory, scheme of a topic. */
  readonly kind: string | null;
  readonly since: PartialDate | null;
  readonly until: PartialDate | null;
}

const PROPERTIES = ['id', 'type', 'name', 'sortKey', 'acronym', 'kind', 'since', 'until'];

/** The columns of a card, in the order in which `cardOf` reads them, of the node that a variable holds. */
export function cardColumns(variable: string): string {
  return PROPERTIES.map((property) => `${variable}.${property}`).join(', ');
}

/** The columns of the node `b`, which every list leads to. */
export const CARD_COLUMNS = cardColumns('b');
/** How many columns a card takes at the start of a row. */
export const CARD_WIDTH = PROPERTIES.length;

/** A card from the first columns of a packed row. */
export function cardOf(row: readonly unknown[]): Card {
  const [id, type, name, sortKey, acronym, kind, since, until] = row as never[];
  return {
    id: id!,
    type: type!,
    name: name!,
    sortKey: sortKey!,
    acronym: acronym ?? null,
    kind: kind ?? null,
    since: since ?? null,
    until: until ?? null,
  };
}

/** Cards by identifier; an unknown one gives no row. */
export const cardsById = statement<{ card: readonly unknown[] }>(
  'cardsById',
  /* cypher */ `
  UNWIND $ids AS id
  MATCH (n:Entity {id: id})
  RETURN [${cardColumns('n')}] AS card`,
);
