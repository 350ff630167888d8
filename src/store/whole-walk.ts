import { type Parameters, type Statement, statement } from '../graph/statement.ts';
import { cardColumns } from './card.ts';
import { followed, type Walk } from './traversal.ts';

/** A statement with those of its parameters that its walk tells. */
export interface WholeWalk<Row> {
  readonly statement: Statement<Row>;
  readonly parameters: Parameters;
}

/** The shortest paths between two nodes, each as the cards along it. */
export interface PathsRow {
  /** How many there are, those that parallel relationships make counted each; `$most` at most. */
  readonly found: number;
  /** The first `$count` of them in the order of their identifiers, each once. */
  readonly first: readonly (readonly (readonly unknown[])[])[];
}

/** What lies around some nodes: these, then ring after ring, each in the order of its ties and identifiers. */
export interface RingsRow {
  /** Cards of the first `$shown` nodes. */
  readonly cards: readonly (readonly unknown[])[];
  /** Identifiers of those after them, up to `$most` nodes in all. */
  readonly others: readonly string[];
  /** How many nodes it begins from, and how many each ring has. A ring that goes past `$most` is cut, and the last. */
  readonly sizes: readonly number[];
  /** Of each node of the rings to how many of the ring before it is joined. */
  readonly ties: readonly number[];
}

const avoided = ({ avoid }: Walk): Parameters =>
  avoid.size === 0 ? {} : { avoid: Object.fromEntries([...avoid].map((id) => [id, true])) };

/**
 * All shortest paths from `$from` to `$to` of at most so many steps, past hubs too; only for an engine that walks. Each
 * condition looks at one node or one relationship alone: so it is met while the search goes on, not by its results.
 */
export function shortestWithin(walk: Walk, length: number): WholeWalk<PathsRow> {
  const { name, types, where, parameters } = followed(walk);
  const conditions = where.map((condition) => `all(r IN relationships(p) WHERE ${condition})`);
  if (walk.avoid.size > 0) conditions.push('none(n IN nodes(p) WHERE $avoid[n.id] IS NOT NULL)');
  return {
    statement: statement(
      `shortest by ${name}`,
      /* cypher */ `
      MATCH (a:Entity {id: $from})
      MATCH (b:Entity {id: $to})
      MATCH p = allShortestPaths((a)-[:${types}*..${length}]-(b))
      ${conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`}
      WITH p LIMIT $most
      WITH nodes(p) AS along, count(*) AS times ORDER BY [n IN along | n.id]
      WITH sum(times) AS found, collect(along)[0..$count] AS first
      RETURN found, [along IN first | [n IN along | [${cardColumns('n')}]]] AS first`,
    ),
    parameters: { ...parameters, ...avoided(walk) },
  };
}

/** What lies within so many steps of the nodes `$of`, a ring after the other; only for an engine that walks. */
export function aroundWithin(walk: Walk, depth: number): WholeWalk<RingsRow> {
  const { name, types, where, parameters } = followed(walk);
  const conditions = [...(walk.avoid.size > 0 ? ['$avoid[b.id] IS NULL'] : []), ...where];
  const ring = (distance: number): string => `
      CALL (nodes, frontier) {
        UNWIND frontier AS a
        ${
          // Whoever asks what lies around a hub means what lies behind it.
          walk.avoidHubsOver === null || distance === 1
            ? ''
            : `WITH a, nodes WHERE COUNT { (a)-[:${types}]-() } <= $avoidHubsOver`
        }
        MATCH (a)-[r:${types}]-(b)
        ${conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`}
        WITH b, count(DISTINCT a) AS bonds WHERE NOT b IN nodes
        WITH b, bonds ORDER BY bonds DESC, b.id LIMIT $most
        RETURN collect(b) AS ring, collect(bonds) AS itsTies
      }
      WITH nodes + ring AS nodes, sizes + [size(ring)] AS sizes, ties + itsTies AS ties,
        CASE WHEN size(nodes) + size(ring) < $most THEN ring ELSE [] END AS frontier`;
  return {
    statement: statement(
      `around by ${name}`,
      /* cypher */ `
      UNWIND $of AS id
      MATCH (n:Entity {id: id})
      WITH collect(n) AS nodes
      WITH nodes, [size(nodes)] AS sizes, [] AS ties, nodes AS frontier
      ${Array.from({ length: depth }, (_, place) => ring(place + 1)).join('')}
      RETURN [n IN nodes[0..$shown] | [${cardColumns('n')}]] AS cards, [n IN nodes[$shown..$most] | n.id] AS others, sizes, ties`,
    ),
    parameters: {
      ...parameters,
      ...avoided(walk),
      ...(walk.avoidHubsOver === null ? {} : { avoidHubsOver: walk.avoidHubsOver }),
    },
  };
}
