// Opens the embedded store in the folder named, writes the given number of records, the last after so many milliseconds, reports
// the parent when all are committed, and waits to be killed.
import { setTimeout as pause } from 'node:timers/promises';
import { openEngine } from '../../src/graph/open.ts';
import { statement } from '../../src/graph/statement.ts';

const [folder, count, beforeLastMs = '0'] = process.argv.slice(2);
const engine = await openEngine({ engine: 'grafeo', folder: folder! });
const write = statement<never>('write', 'CREATE (n:Fixture {id: $id, text: $text})');
const read = statement<{ count: number }>('read', 'MATCH (n:Fixture) RETURN count(n) AS count');
for (let id = 0; id < Number(count); id++) {
  if (id === Number(count) - 1) await pause(Number(beforeLastMs));
  await engine.write((transaction) => transaction.run(write, { id, text: 'x'.repeat(id % 7 === 0 ? 2_000 : 40) }));
  // A commit that wrote nothing, as a mutation without effect makes one, leaves nothing in the log of writes.
  if (id % 3 === 0) await engine.write((transaction) => transaction.run(read));
}
process.send?.('written');
await pause(2 ** 30);
