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

/** The lists of each type's record: the CSV column, the way there, and what is told of each. */
const LISTS: Readonly<Record<NodeType, readonly (readonly [column: string, pattern: string, told: string])[]>> = {
  Organisation: [
    ['territory', '(n)-[r:LOCATED_IN]->(b)', DATED],
    ['topics', '(n)-[r:ABOUT]->(b)', PLAIN],
  ],
  Pole: [
    ['territory', '(n)-[r:LOCATED_IN]->(b)', DATED],
    ['covers', '(n)-[r:COVERS]->(b)', DATED],
    ['topics', '(n)-[r:ABOUT]->(b)', PLAIN],
  ],
  Cluster: [
    ['territory', '(n)-[r:LOCATED_IN]->(b)', DATED],
    ['covers', '(n)-[r:COVERS]->(b)', DATED],
    ['topics', '(n)-[r:ABOUT]->(b)', PLAIN],
  ],
  Project: [
    ['labelledBy', '(n)<-[r:LABELS]-(b)', PLAIN],
    ['topics', '(n)-[r:ABOUT]->(b)', PLAIN],
  ],
  Patent: [
    ['applicants', '(n)<-[r:FILED]-(b)', PLAIN],
    ['projects', '(n)<-[r:RESULTED_IN]-(b)', PLAIN],
  ],
  Topic: [['broader', '(n)-[r:BROADER]->(b)', PLAIN]],
  Territory: [],
  Source: [],
  Indicator: [['about', '(n)<-[r:OBSERVED]-(b)', PLAIN]],
  Claim: [['about', '(n)<-[r:CLAIMED]-(b)', PLAIN]],
};

const exported = (type: NodeType): Statement<ExportedNode> =>
  statement(
    `export_${type}`,
    /* cypher */ `
    MATCH (n:${type})
    WHERE n.id > $after
    WITH n ORDER BY n.id LIMIT $limit
    ${LISTS[type]
      .map(([column, pattern, told]) => `CALL (n) { MATCH ${pattern} RETURN collect(${told}) AS ${column} }`)
      .join('\n    ')}
    RETURN ${['properties(n) AS properties', ...LISTS[type].map(([column]) => column)].join(', ')}
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
