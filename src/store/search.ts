import { IDENTIFIER_FIELDS } from '../domain/identifier.ts';
import type { NodeType } from '../domain/vocabulary.ts';
import { statement } from '../graph/statement.ts';

/** What a name index must know of a node: all that it can be found by, and how much it is linked. */
export interface SearchableNode {
  readonly id: string;
  readonly type: NodeType;
  readonly name: string;
  readonly acronym: string | null;
  readonly aliases: readonly string[];
  readonly identifiers: readonly string[];
  readonly popularity: number;
}

/** A searchable node as the statements pack it: lists instead of maps, half the bytes. */
export type SearchableRow = { readonly row: readonly unknown[] };

/** The types of nodes that are found by name. */
export const SEARCHABLE_TYPES = [
  'Organisation',
  'Pole',
  'Cluster',
  'Project',
  'Topic',
  'Territory',
] as const satisfies NodeType[];
export type SearchableType = (typeof SEARCHABLE_TYPES)[number];

const COLUMNS = [
  'n.id, n.type, n.name, n.acronym, n.aliases, COUNT { (n)--() }',
  ...Object.values(IDENTIFIER_FIELDS).map((field) => `n.${field}`),
].join(', ');

/** A searchable node from its packed row. */
export function searchableNode({ row }: SearchableRow): SearchableNode {
  const [id, type, name, acronym, aliases, popularity, ...identifiers] = row as never[];
  return {
    id: id!,
    type: type!,
    name: name!,
    acronym: acronym ?? null,
    aliases: aliases ?? [],
    popularity: popularity ?? 0,
    identifiers: (identifiers as (string | null)[]).filter((identifier) => identifier !== null),
  };
}

/** All nodes of one searchable type, in the order of their sort keys: a long read. */
export const searchableNodesAfter = Object.fromEntries(
  SEARCHABLE_TYPES.map((type) => [
    type,
    statement<SearchableRow & { sortKey: string }>(
      `searchable_${type}`,
      /* cypher */ `
      MATCH (n:${type})
      WHERE n.sortKey > $after
      WITH n ORDER BY n.sortKey LIMIT $limit
      RETURN n.sortKey AS sortKey, [${COLUMNS}] AS row`,
    ),
  ]),
) as Record<SearchableType, ReturnType<typeof statement<SearchableRow & { sortKey: string }>>>;

/** Searchable nodes by identifier; those that are gone, or of another type, give no row. */
export const searchableNodesById = statement<SearchableRow>(
  'searchableNodesById',
  /* cypher */ `
  UNWIND $ids AS id
  MATCH (n:Entity {id: id})
  WHERE n.type IN $types
  RETURN [${COLUMNS}] AS row`,
);

/** The sequence of the newest entry of the change log; no row where nothing was ever changed. */
export const lastSequence = statement<{ sequence: number }>(
  'lastSequence',
  /* cypher */ `
  MATCH (counter:Counter {id: 'change'})
  RETURN counter.value AS sequence`,
);

/** What the entries after a sequence touched, in their order. */
export const touchedAfter = statement<{ sequence: number; touched: readonly string[] }>(
  'touchedAfter',
  /* cypher */ `
  UNWIND range($after + 1, $until) AS sequence
  MATCH (change:Change {sequence: sequence})
  RETURN sequence, change.touched AS touched`,
);
