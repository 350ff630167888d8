import { firstDay, lastDay, type PartialDate } from '../domain/partial-date.ts';
import type { PartnershipKind, RelationshipType } from '../domain/vocabulary.ts';
import { type GraphValue, type Parameters, type Statement, statement } from '../graph/statement.ts';

/** Which relationships a walk may follow. */
export interface WalkConditions {
  /** At least one, none twice. */
  readonly types: readonly RelationshipType[];
  /** Of the partnerships only those of these kinds; null: of all. */
  readonly partnershipKinds: readonly PartnershipKind[] | null;
  /** Only what holds at some day of this date; null: at any time. */
  readonly asOf: PartialDate | null;
}

/** Two neighbours on a walk; relationships between them are read from the anchor. */
export interface Hop {
  readonly anchor: string;
  readonly other: string;
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

/** The statements of a walk under its conditions. All take `parameters` beside their own. */
export interface WalkStatements {
  readonly parameters: Parameters;
  /** The neighbours of each of `$frontier`, a neighbour once per relationship. */
  readonly neighbours: Statement<{ id: string; neighbours: readonly string[] }>;
  /** How many relationships of the walk's types each of `$frontier` has, of any kind and at any time. */
  readonly degrees: Statement<{ id: string; degree: number }>;
  /** The relationship with the smallest identifier between the two nodes of each of `$hops`. */
  readonly firstBetween: Statement<RelationshipRow & { place: number }>;
  /**
   * The relationships from each of `$ids` to one of the keys of `$among`, a map because engines look into a list from its
   * beginning: identifiers, and beside each where it leads.
   */
  readonly linksAmong: Statement<{ id: string; links: readonly string[]; ends: readonly string[] }>;
  /** Those relationships that begin at each of `$starts` whose identifiers are keys of `$wanted`. */
  readonly relationships: Statement<RelationshipRow>;
}

type Texts = Omit<WalkStatements, 'parameters'>;

function textsOf(name: string, types: string, where: readonly string[]): Texts {
  const also = where.map((condition) => ` AND ${condition}`).join('');
  const only = where.length === 0 ? '' : `WHERE ${where.join(' AND ')}`;
  return {
    neighbours: statement(
      `neighbours by ${name}`,
      /* cypher */ `
      UNWIND $frontier AS id
      CALL (id) {
        MATCH (a:Entity {id: id})-[r:${types}]-(b)
        ${only}
        RETURN collect(b.id) AS neighbours
      }
      RETURN id, neighbours`,
    ),
    degrees: statement(
      `degrees by ${types}`,
      /* cypher */ `
      UNWIND $frontier AS id
      MATCH (a:Entity {id: id})
      RETURN id, COUNT { (a)-[:${types}]-() } AS degree`,
    ),
    firstBetween: statement(
      `first between by ${name}`,
      /* cypher */ `
      UNWIND $hops AS hop
      CALL (hop) {
        MATCH (a:Entity {id: hop.anchor})-[r:${types}]-(b)
        WHERE b.id = hop.other${also}
        WITH r ORDER BY r.id LIMIT 1
        RETURN type(r) AS type, startNode(r).id AS from, endNode(r).id AS to, properties(r) AS properties
      }
      RETURN hop.place AS place, type, from, to, properties`,
    ),
    linksAmong: statement(
      `links by ${name}`,
      /* cypher */ `
      UNWIND $ids AS id
      CALL (id) {
        MATCH (a:Entity {id: id})-[r:${types}]->(b)
        WHERE $among[b.id] IS NOT NULL${also}
        RETURN collect(r.id) AS links, collect(b.id) AS ends
      }
      RETURN id, links, ends`,
    ),
    relationships: statement(
      `relationships by ${types}`,
      /* cypher */ `
      UNWIND $starts AS start
      CALL (start) {
        MATCH (a:Entity {id: start})-[r:${types}]->(b)
        WHERE $wanted[r.id] IS NOT NULL
        RETURN type(r) AS type, a.id AS from, b.id AS to, properties(r) AS properties
      }
      RETURN type, from, to, properties`,
    ),
  };
}

/** Made once per set of types and conditions: the few sets in use, not the thousands that could be asked for. */
const made = new Map<string, Texts>();
const MAX_MADE = 500;

/** The statements of a walk: constant fragments, chosen by the conditions and never made of them. */
export function walkStatements({ types, partnershipKinds, asOf }: WalkConditions): WalkStatements {
  const ofKinds = partnershipKinds !== null && types.includes('PARTNERS_WITH');
  const pattern = [...types].sort().join('|');
  const name = `${pattern}${ofKinds ? ' of kinds' : ''}${asOf === null ? '' : ' as of'}`;
  let texts = made.get(name);
  if (!texts) {
    const where: string[] = [];
    if (ofKinds) {
      // Of the other types only successions have a kind, and another one.
      where.push(
        types.length === 1
          ? 'r.kind IN $partnershipKinds'
          : "(type(r) <> 'PARTNERS_WITH' OR r.kind IN $partnershipKinds)",
      );
    }
    if (asOf !== null) where.push('r.validFrom <= $asOfLast AND r.validTo >= $asOfFirst');
    texts = textsOf(name, pattern, where);
    if (made.size >= MAX_MADE) made.clear();
    made.set(name, texts);
  }
  const parameters = {
    ...(ofKinds ? { partnershipKinds } : {}),
    ...(asOf === null ? {} : { asOfFirst: firstDay(asOf), asOfLast: lastDay(asOf) }),
  };
  return { ...texts, parameters };
}
