import { IDENTIFIER_FIELDS } from '../domain/identifier.ts';
import { type NodeType, RELATIONSHIP_TYPES } from '../domain/vocabulary.ts';
import { statement } from '../graph/statement.ts';
import { type NodeSummary, SUMMARY_PROPERTIES, summaryColumns, summaryOf } from './node-summary.ts';

/** What a name index must know of a node: all that it can be found by, what lists show of it, and how much it is linked. */
export interface SearchableNode extends NodeSummary {
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

/** Not of any type: somebody else may have joined a node to theirs. */
const RELATIONSHIPS = RELATIONSHIP_TYPES.join('|');

const COLUMNS = [
  `${summaryColumns('n')}, n.aliases, n.title, COUNT { (n)-[:${RELATIONSHIPS}]-() }`,
  ...Object.values(IDENTIFIER_FIELDS).map((field) => `n.${field}`),
].join(', ');

/** What most nodes have: one list for all of them. */
const NONE: readonly string[] = [];

/** A searchable node from its packed row. */
export function searchableNode({ row }: SearchableRow): SearchableNode {
  const [aliases, title, popularity, ...numbers] = row.slice(SUMMARY_PROPERTIES.length) as never[];
  const known: readonly string[] = aliases ?? NONE;
  const identifiers = (numbers as (string | null)[]).filter((identifier) => identifier !== null);
  return {
    ...summaryOf(row),
    // A project is found by its title as by another name.
    aliases: title ? [...known, title] : known,
    identifiers: identifiers.length === 0 ? NONE : identifiers,
    popularity: popularity ?? 0,
  };
}

/** Searchable nodes by identifier; those that are gone, or of another type, give no row. */
export const searchableNodesById = statement<SearchableRow>(
  'searchableNodesById',
  /* cypher */ `
  UNWIND $ids AS id
  MATCH (n:Entity {id: id})
  WHERE n.type IN $types
  RETURN [${COLUMNS}] AS row`,
);
