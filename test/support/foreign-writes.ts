import type { GraphEngine } from '../../src/graph/engine.ts';
import { openEngine } from '../../src/graph/open.ts';
import { statement } from '../../src/graph/statement.ts';
import { engineUnderTest, type TestGraph } from './graph.ts';
import { neo4jUnderTest } from './neo4j-under-test.ts';
import { amount } from './tier.ts';
import { World } from './world.ts';

const describeNode = statement<{ id: string }>(
  'a foreign write of the test',
  'UNWIND $ids AS id MATCH (n:Entity {id: id}) SET n.description = $text, n.city = $text RETURN n.id AS id',
);

/** Nodes that the large writes change. */
const NODES = 3_000;
const READS = amount({ fast: 2_000, usual: 3_000, neo4j: 500, long: 50_000 });
/** Readers at one time. */
const READERS = 8;

export const organisation = (number: number): string => `organisation/fixture-${number}`;
export const pole = (number: number): string => `pole/fixture-${number}`;

/** Twelve poles of five members each, among 3,000 organisations. */
export function poles(): World {
  const world = new World();
  for (let number = 0; number < 12; number++) world.pole(`fixture-${number}`);
  for (let number = 0; number < NODES; number++) {
    world.organisation(`fixture-${number}`);
    if (number < 60) world.member(organisation(number), pole(number % 12));
  }
  return world;
}

/** Another client of the same graph; the embedded store has no other than its own process. */
export async function foreignClient({ engine }: TestGraph): Promise<{ engine: GraphEngine } & AsyncDisposable> {
  if (engineUnderTest !== 'neo4j') return { engine, [Symbol.asyncDispose]: async () => {} };
  const client = await openEngine({ engine: 'neo4j', ...neo4jUnderTest() });
  return { engine: client, [Symbol.asyncDispose]: () => client.close() };
}

/** Writes a text as the description and the city of nodes. */
export const write = (engine: GraphEngine, ids: readonly string[], text: string): Promise<unknown> =>
  engine.write((transaction) => transaction.run(describeNode, { ids, text }));

/**
 * Reads cities of organisations thousands of times while two halves of the nodes are written over and over, each as one write
 * of 1,500 nodes that overlaps the other's. Returns the number of reads that did not see an earlier write.
 */
export async function readBesideWrites(
  foreign: GraphEngine,
  cityOf: (id: string) => Promise<string | null>,
): Promise<{ readonly stale: number; readonly writes: readonly number[] }> {
  const ids = Array.from({ length: NODES }, (_, number) => organisation(number));
  const halves = [ids.slice(0, NODES / 2), ids.slice(NODES / 2)];
  const writes = [0, 0];
  let reads = 0;
  const writing = halves.map(async (half, place) => {
    for (let number = 1; reads < READS; number++) {
      await write(foreign, half, String(number));
      writes[place] = number;
      // So that some time passes in which nothing changes, and something is cached.
      await new Promise((resolve) => setTimeout(resolve, (number * 7) % 40));
    }
  });
  let stale = 0;
  const reading = Array.from({ length: READERS }, async (_, client) => {
    while (reads < READS) {
      reads++;
      const place = reads % 2;
      const least = writes[place]!;
      const city = await cityOf(halves[place]![(reads * 31 + client) % 8]!);
      if (Number(city ?? 0) < least) stale++;
    }
  });
  await Promise.all([...reading, ...writing]);
  return { stale, writes };
}
