import { fieldsOf, RECORD_TYPE_OF } from '../domain/record-fields.ts';
import { FACT_TYPES, NODE_TYPES, type NodeType } from '../domain/vocabulary.ts';
import { type GraphValue, type Statement, statement } from '../graph/statement.ts';

/** A node as an export writes it: its properties, and the nodes that its record names, with the periods of places. */
export interface ExportedNode {
  readonly properties: Readonly<Record<string, GraphValue>> & { readonly id: string };
  readonly [list: string]: readonly (readonly (string | null)[])[] | ExportedNode['properties'];
}

/** A relationship as an export writes it. */
export interface ExportedRelationship {
  readonly from: string;
  readonly to: string;
  readonly properties: Readonly<Record<string, GraphValue>> & { readonly id: string };
}

const DATED = '[b.id, r.since, r.until]';
const PLAIN = '[b.id]';
/** Nodes that hang on what they are about, and by which link. */
const HUNG_BY = { Indicator: 'OBSERVED', Claim: 'CLAIMED' } as const;

/** The lists of each type's record: the field, the way there, and what an export has of each. */
const LISTS = Object.fromEntries(NODE_TYPES.map((type) => [type, listsOf(type)])) as Readonly<
  Record<NodeType, ReturnType<typeof listsOf>>
>;

function listsOf(type: NodeType): (readonly [field: string, pattern: string, columns: string])[] {
  const hung = Object.entries(HUNG_BY).flatMap(([hungType, link]) =>
    hungType === type ? [['about', `(n)<-[r:${link}]-(b)`, PLAIN] as const] : [],
  );
  const linked = fieldsOf(RECORD_TYPE_OF[type]).flatMap(([name, field]) => {
    const link = 'link' in field ? field.link : undefined;
    if (!link) return [];
    const pattern = link.isReverse ? `(n)<-[r:${link.type}]-(b)` : `(n)-[r:${link.type}]->(b)`;
    return [[name, pattern, field.kind === 'dated references' ? DATED : PLAIN] as const];
  });
  return [...hung, ...linked];
}

const exported = (type: NodeType): Statement<ExportedNode> =>
  statement(
    `export_${type}`,
    /* cypher */ `
    MATCH (n:${type})
    WHERE n.id > $after
    WITH n ORDER BY n.id LIMIT $limit
    ${LISTS[type]
      .map(([field, pattern, columns]) => `CALL (n) { MATCH ${pattern} RETURN collect(${columns}) AS ${field} }`)
      .join('\n    ')}
    RETURN ${['properties(n) AS properties', ...LISTS[type].map(([field]) => field)].join(', ')}
    ORDER BY properties.id`,
  );

/** Nodes of a type after an identifier, in order, with what their records name: a long read. */
export const nodesToExport = Object.fromEntries(NODE_TYPES.map((type) => [type, exported(type)])) as Readonly<
  Record<NodeType, Statement<ExportedNode>>
>;

/** Types of relationships that have a file of their own. */
export const EXPORTED_TYPES = [...FACT_TYPES, 'PRODUCED_AT', 'PART_OF'] as const;

/** Relationships of a type after an identifier, in order, without those that are derived: a long read. */
export const relationshipsToExport = Object.fromEntries(
  EXPORTED_TYPES.map((type) => [
    type,
    statement<ExportedRelationship>(
      `export_${type}`,
      /* cypher */ `
      MATCH (a)-[r:${type}]->(b)
      WHERE r.id > $after${type === 'PARTNERS_WITH' ? " AND r.kind <> 'PROJECT'" : ''}
      RETURN a.id AS from, b.id AS to, properties(r) AS properties ORDER BY r.id LIMIT $limit`,
    ),
  ]),
) as Readonly<Record<(typeof EXPORTED_TYPES)[number], Statement<ExportedRelationship>>>;
