import type { NodeType, RelationshipType } from '../domain/vocabulary.ts';
import { type GraphValue, type Parameters, type Statement, statement } from '../graph/statement.ts';
import { createNodes, createRelationships, LABELS } from './write.ts';

type Properties = Readonly<Record<string, GraphValue>>;

/** A statement with its parameters. */
export type Write = readonly [statement: Statement<never>, parameters: Parameters];

/** A relationship to be made between two nodes that exist. */
export interface NewRelationship {
  readonly from: string;
  readonly to: string;
  readonly properties: Properties;
}

/**
 * From so many rows on each is a list, in the order of columns that the statement names: half of the work of a relationship is
 * its parameters, and maps take four times as long as lists. A database plans a statement for each set of columns, which fewer
 * rows are not worth.
 */
const MANY_ROWS = 200;

const PROPERTY = /^[A-Za-z]+$/;

/** The names of all properties of some rows, in order. */
function columnsOf(rows: readonly Properties[]): string[] {
  const columns = new Set<string>();
  for (const row of rows) for (const name in row) columns.add(name);
  for (const name of columns) if (!PROPERTY.test(name)) throw new TypeError(`"${name}" cannot be a property.`);
  return [...columns].sort();
}

const mapOf = (columns: readonly string[], first: number): string =>
  `{${columns.map((name, index) => `${name}: row[${index + first}]`).join(', ')}}`;

const statements = new Map<string, Statement<never>>();

function statementOf(name: string, columns: readonly string[], text: () => string): Statement<never> {
  const key = `${name} ${columns.join(' ')}`;
  const known = statements.get(key);
  if (known) return known;
  const made = statement<never>(name, text());
  statements.set(key, made);
  return made;
}

/** The write that makes nodes of one type. */
export function nodesToCreate(type: NodeType, rows: readonly Properties[]): Write {
  if (rows.length < MANY_ROWS) return [createNodes[type], { rows }];
  const columns = columnsOf(rows);
  const made = statementOf(
    createNodes[type].name,
    columns,
    () => /* cypher */ `
    UNWIND $rows AS row
    CREATE (:Entity:${LABELS[type]} ${mapOf(columns, 0)})`,
  );
  return [made, { rows: rows.map((row) => columns.map((name) => row[name] ?? null)) }];
}

/** The write that makes relationships of one type. */
export function relationshipsToCreate(type: RelationshipType, rows: readonly NewRelationship[]): Write {
  if (rows.length < MANY_ROWS) {
    return [createRelationships[type], { rows: rows.map(({ from, to, properties }) => ({ from, to, properties })) }];
  }
  const columns = columnsOf(rows.map(({ properties }) => properties));
  const made = statementOf(
    createRelationships[type].name,
    columns,
    () => /* cypher */ `
    UNWIND $rows AS row
    MATCH (a:Entity {id: row[0]})
    MATCH (b:Entity {id: row[1]})
    CREATE (a)-[:${type} ${mapOf(columns, 2)}]->(b)`,
  );
  const lists = rows.map(({ from, to, properties }) => [from, to, ...columns.map((name) => properties[name] ?? null)]);
  return [made, { rows: lists }];
}
