import { firstDay, lastDay, type PartialDate } from '../domain/partial-date.ts';
import type { PartnershipKind, RelationshipType } from '../domain/vocabulary.ts';
import { type GraphValue, type Parameters, type Statement, statement } from '../graph/statement.ts';
import { isValidOn, LIST_DAYS } from './in-memory.ts';

/** Relationships between actors, networks and projects, which a traversal follows by default. They begin at an actor. */
export const ACTOR_EDGE_TYPES = [
  'MEMBER_OF',
  'PARTNERS_WITH',
  'PARTICIPATES_IN',
  'SUCCEEDED_BY',
  'LABELS',
] as const satisfies RelationshipType[];

/** Which relationships a walk may follow. */
export interface TraversalConditions {
  /** At least one, none twice. */
  readonly types: readonly RelationshipType[];
  /** Of the partnerships only those of these kinds; null: of all. */
  readonly partnershipKinds: readonly PartnershipKind[] | null;
  /** Only what holds at some day of this date; null: at any time. */
  readonly asOf: PartialDate | null;
}

/** How a walk goes through the graph: which relationships it follows, and past which nodes it does not go. */
export interface Walk extends TraversalConditions {
  /** Nodes that it never meets. Its own ends are none of them. */
  readonly avoid: ReadonlySet<string>;
  /** It ends at a node with more relationships of its types than this, and does not go on; null: it always goes on. */
  readonly avoidHubsOver: number | null;
}

/** Two neighbours on a walk. */
export interface Hop {
  readonly from: string;
  readonly to: string;
}

/** A relationship by where it begins, as a list of links tells it. */
export interface LinkReference {
  readonly id: string;
  readonly from: string;
}

interface RelationshipRow {
  readonly type: RelationshipType;
  readonly from: string;
  readonly to: string;
  readonly properties: Readonly<Record<string, GraphValue>>;
}

/** A statement of a walk, with the parameters that its conditions take. */
export interface WalkStatement<Row> {
  readonly statement: Statement<Row>;
  readonly parameters: Parameters;
}

/** The conditions of a walk as fragments of a text: constant, chosen by them and never made of them. */
interface Followed {
  /** Tells the texts that are made of the fragments. */
  readonly name: string;
  /** The types, as a pattern names them. */
  readonly types: string;
  /** What holds of a relationship `r` that is followed. */
  readonly where: readonly string[];
  readonly parameters: Parameters;
}

function followed({ types, partnershipKinds, asOf }: TraversalConditions): Followed {
  const pattern = [...types].sort().join('|');
  const where: string[] = [];
  let name = pattern;
  let parameters: Parameters = {};
  if (partnershipKinds !== null && types.includes('PARTNERS_WITH')) {
    name += ' of kinds';
    // Of the other types only successions have a kind, and another one.
    where.push(
      types.length === 1
        ? 'r.kind IN $partnershipKinds'
        : "(type(r) <> 'PARTNERS_WITH' OR r.kind IN $partnershipKinds)",
    );
    parameters = { partnershipKinds };
  }
  if (asOf !== null) {
    name += ' as of';
    where.push(isValidOn('r', LIST_DAYS));
    parameters = { ...parameters, asOfFirst: firstDay(asOf), asOfLast: lastDay(asOf) };
  }
  return { name, types: pattern, where, parameters };
}

/** The neighbours of each of `$frontier`, a neighbour once per relationship. */
export function neighboursOn(
  conditions: TraversalConditions,
): WalkStatement<{ readonly id: string; readonly neighbours: readonly string[] }> {
  const { name, types, where, parameters } = followed(conditions);
  return {
    parameters,
    statement: statement(
      `neighbours by ${name}`,
      /* cypher */ `
      UNWIND $frontier AS id
      CALL (id) {
        MATCH (a:Entity {id: id})-[r:${types}]-(b)
        ${where.length === 0 ? '' : `WHERE ${where.join(' AND ')}`}
        RETURN collect(b.id) AS neighbours
      }
      RETURN id, neighbours`,
    ),
  };
}

/** How many relationships of the walk's types each of `$frontier` has, of any kind and at any time. */
export function degreesOn(
  conditions: TraversalConditions,
): Statement<{ readonly id: string; readonly degree: number }> {
  const { types } = followed(conditions);
  return statement(
    `degrees by ${types}`,
    /* cypher */ `
    UNWIND $frontier AS id
    MATCH (a:Entity {id: id})
    RETURN id, COUNT { (a)-[:${types}]-() } AS degree`,
  );
}

/**
 * All relationships between the two nodes of each of `$hops`, in either direction, looked for from the one with fewer
 * relationships.
 */
export function relationshipsBetween(
  conditions: TraversalConditions,
): WalkStatement<RelationshipRow & { readonly position: number }> {
  const { name, types, where, parameters } = followed(conditions);
  return {
    parameters,
    statement: statement(
      `between by ${name}`,
      /* cypher */ `
      UNWIND $hops AS hop
      MATCH (a:Entity {id: hop.from})
      MATCH (b:Entity {id: hop.to})
      WITH hop.position AS position,
        CASE WHEN COUNT { (b)-[:${types}]-() } < COUNT { (a)-[:${types}]-() } THEN [b.id, a.id] ELSE [a.id, b.id] END AS ends
      CALL (ends) {
        MATCH (a:Entity {id: ends[0]})-[r:${types}]-(b)
        WHERE ${['b.id = ends[1]', ...where].join(' AND ')}
        RETURN type(r) AS type, startNode(r).id AS from, endNode(r).id AS to, properties(r) AS properties
      }
      RETURN position, type, from, to, properties`,
    ),
  };
}

/**
 * The relationships from each of `$ids` to one of the keys of `$among`, a map because engines look into a list from its
 * beginning: identifiers, and beside each where it leads.
 */
export function linksAmong(
  conditions: TraversalConditions,
): WalkStatement<{ readonly id: string; readonly links: readonly string[]; readonly ends: readonly string[] }> {
  const { name, types, where, parameters } = followed(conditions);
  return {
    parameters,
    statement: statement(
      `links by ${name}`,
      /* cypher */ `
      UNWIND $ids AS id
      CALL (id) {
        MATCH (a:Entity {id: id})-[r:${types}]->(b)
        WHERE ${['$among[b.id] IS NOT NULL', ...where].join(' AND ')}
        RETURN collect(r.id) AS links, collect(b.id) AS ends
      }
      RETURN id, links, ends`,
    ),
  };
}
