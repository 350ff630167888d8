// Ways to ask Neo4j the same thing, side by side, on the graph that a run of the benchmark has stored:
//   node bench/shapes/main.ts FOLDER [small|large]
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import neo4j, { type Driver } from 'neo4j-driver';
import { namespacedText } from '../../src/graph/neo4j/namespace.ts';
import { startLocalNeo4j } from '../../src/neo4j-local.ts';
import { Random } from '../graph/random.ts';
import { namedSize } from '../graph/size.ts';
import { makeWorld } from '../graph/world.ts';
import { cpuSeconds } from '../run/process.ts';
import { median } from '../run/statistics.ts';
import { hub, partnersOfMany, roundTrip, type Shape, type Variant } from './variants.ts';

const WARM = 60;
const ROUNDS = 6;
const PER_ROUND = 25;

async function ask(driver: Driver, { text, limit, inTransaction, fetchSize }: Variant, values: object): Promise<void> {
  const session = driver.session({
    database: 'neo4j',
    defaultAccessMode: neo4j.session.READ,
    ...(fetchSize ? { fetchSize } : {}),
  });
  const parameters = { ...values, limit: neo4j.int(limit) };
  const own = namespacedText(text);
  try {
    const { records } = inTransaction
      ? await session.executeRead((transaction) => transaction.run(own, parameters))
      : await session.run(own, parameters);
    for (const record of records) record.toObject();
  } finally {
    await session.close();
  }
}

async function compare(driver: Driver, pid: number, { name, parameters, variants }: Shape): Promise<void> {
  const figures = variants.map((variant) => ({ variant, taken: [] as number[], own: 0, database: 0 }));
  let place = 0;
  for (const { variant } of figures) {
    for (let turn = 0; turn < WARM; turn++) await ask(driver, variant, parameters(place++));
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const each of figures) {
      const [own, database] = [process.cpuUsage(), cpuSeconds(pid)];
      for (let turn = 0; turn < PER_ROUND; turn++) {
        const begun = performance.now();
        await ask(driver, each.variant, parameters(turn));
        each.taken.push(performance.now() - begun);
      }
      const used = process.cpuUsage(own);
      each.own += (used.user + used.system) / 1_000;
      each.database += 1_000 * (cpuSeconds(pid) - database);
    }
  }
  const count = ROUNDS * PER_ROUND;
  console.log(`\n${name}`);
  console.table(
    figures.map(({ variant, taken, own, database }) => ({
      variant: variant.name,
      'p50 ms': median(taken).toFixed(2),
      'driver CPU ms': (own / count).toFixed(2),
      'Neo4j CPU ms': (database / count).toFixed(2),
    })),
  );
}

const [folder, sizeName = 'large'] = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), 'grappe-shapes-'));
process.env.NEO4J_HEAP ??= '2g';
process.env.NEO4J_PAGECACHE ??= '1g';
try {
  const world = makeWorld(namedSize(sizeName)!);
  cpSync(join(folder!, sizeName, 'neo4j'), work, { recursive: true });
  const server = await startLocalNeo4j({ folder: work, log: console.log });
  const driver = neo4j.driver(server.uri, neo4j.auth.basic(server.user, server.password), {
    disableLosslessIntegers: true,
  });
  const random = new Random(5);
  const { organisations } = world;
  const places = Array.from({ length: organisations.length }, (_, place) => place);
  const many = Array.from({ length: 40 }, () => random.some(places, 200).map((place) => organisations.idOf(place)));
  const shapes = [partnersOfMany((place) => many[place % many.length]!), hub(organisations.idOf(world.hub)), roundTrip];
  for (const shape of shapes) await compare(driver, server.pid, shape);
  await driver.close();
  await server.stop();
} finally {
  rmSync(work, { recursive: true, force: true });
}
