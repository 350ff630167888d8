import { randomBytes } from 'node:crypto';
import type { GraphEngine, WriteTransaction } from '../graph/engine.ts';
import { statement } from '../graph/statement.ts';
import { writeBookkeeping } from './bookkeeping.ts';
import { readMark } from './marks.ts';

/** Sets a mark that is not there yet; if others do so at the same time, all get the value of the first. */
const takeMark = statement<{ value: string }>(
  'takeMark',
  /* cypher */ `
  MERGE (mark:Counter {id: $id})
  ON CREATE SET mark.value = $value
  RETURN mark.value AS value`,
);

/**
 * A key that all servers of a graph have in common, to sign what they give to clients: 256 random bits in the graph itself,
 * which help nobody who can read the database anyway. It is read once, and made where there is none.
 */
export function sharedKey(engine: GraphEngine, id: string): () => Promise<Buffer> {
  let known: Buffer | undefined;
  return async () => {
    if (known) return known;
    const [mark] = await engine.read(readMark, { id });
    const value = mark?.value ?? (await writeBookkeeping(engine, (transaction) => made(transaction, id)));
    known = Buffer.from(value, 'base64url');
    return known;
  };
}

async function made(transaction: WriteTransaction, id: string): Promise<string> {
  const [mark] = await transaction.run(takeMark, { id, value: randomBytes(32).toString('base64url') });
  return mark!.value;
}
