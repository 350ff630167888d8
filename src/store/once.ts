import { statement } from '../graph/statement.ts';

/**
 * Takes an idempotency key for this transaction; another transaction with the same key waits until it ends. `result` is that of
 * the transaction that took it first, null where this is the first.
 */
export const takeOnce = statement<{ result: string | null; input: string }>(
  'takeOnce',
  /* cypher */ `
  MERGE (once:Once {id: $id})
  ON CREATE SET once.at = $now, once.input = $input
  RETURN once.result AS result, once.input AS input`,
);

/** Keeps what the first use of a key made. */
export const keepResult = statement<never>(
  'keepResult',
  /* cypher */ `
  MATCH (once:Once {id: $id})
  SET once.result = $result`,
);

/** Forgets keys that were used before an instant, some at a time. */
export const forgetOnce = statement<{ forgotten: number }>(
  'forgetOnce',
  /* cypher */ `
  MATCH (once:Once)
  WHERE once.at < $before
  WITH once LIMIT $limit
  DELETE once
  RETURN count(*) AS forgotten`,
);

/**
 * Waits for a turn among those who have collided: one after the other they cannot form the same knot of locks again.
 * Must be the first statement of its transaction.
 */
export const takeTurn = statement<never>(
  'takeTurn',
  /* cypher */ `
  MERGE (turn:Counter {id: 'turn'})
  SET turn.value = 1`,
);
