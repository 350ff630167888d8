import type { GraphEngine } from '../../src/graph/engine.ts';
import { statement } from '../../src/graph/statement.ts';

const madeAt = statement<never>(
  'madeAt',
  'MATCH (n:Entity) WHERE n.createdAt IS NOT NULL SET n.createdAt = $at, n.updatedAt = $at',
);

/** Dates all records of a graph to one instant: so two graphs of the same files are equal. */
export async function atOneInstant(engine: GraphEngine): Promise<void> {
  await engine.write(async ({ run }) => void (await run(madeAt, { at: '2026-01-01T00:00:00.000Z' })));
}
