import {
  FACT_TYPES,
  LINK_TYPES,
  NODE_TYPES,
  type NodeType,
  RELATIONSHIP_TYPES,
  type RelationshipType,
} from '../domain/vocabulary.ts';
import { type Statement, statement } from '../graph/statement.ts';

/** The relationships that are counted: those that the API knows by name. */
const COUNTED_TYPES = [...FACT_TYPES, ...LINK_TYPES] as const satisfies RelationshipType[];
export type CountedType = (typeof COUNTED_TYPES)[number];

/** How many nodes of each type there are, in one row; engines keep these counts. */
export const nodeCounts = statement<Readonly<Record<NodeType, number>>>(
  'nodeCounts',
  /* cypher */ `RETURN ${NODE_TYPES.map((type) => `COUNT { (:${type}) } AS ${type}`).join(', ')}`,
);

/** How many relationships of each type there are, in one row. */
export const relationshipCounts = statement<Readonly<Record<CountedType, number>>>(
  'relationshipCounts',
  /* cypher */ `RETURN ${COUNTED_TYPES.map((type) => `COUNT { ()-[:${type}]->() } AS ${type}`).join(', ')}`,
);

type SourcesRow = { readonly sources: readonly string[] | null; readonly total: number };

/** How many facts name which sources together: nodes, then relationships of each type. */
export const factsBySources: readonly Statement<SourcesRow>[] = [
  statement<SourcesRow>(
    'nodesBySources',
    /* cypher */ `
    MATCH (n:Entity)
    RETURN n.sources AS sources, count(n) AS total`,
  ),
  ...RELATIONSHIP_TYPES.map((type) =>
    statement<SourcesRow>(
      `${type}_by_sources`,
      /* cypher */ `
      MATCH ()-[r:${type}]->()
      RETURN r.sources AS sources, count(r) AS total`,
    ),
  ),
];
