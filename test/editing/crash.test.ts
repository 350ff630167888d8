import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { rebuildDerived } from '../../src/editing/rebuild.ts';
import { openEngine } from '../../src/graph/open.ts';
import { ask, Client, type Door, Ledger, sharedWorld } from '../support/clients.ts';
import { type Dump, dumpOf } from '../support/dump.ts';
import { commandLineGraph, engineUnderTest } from '../support/graph.ts';
import { grappe, ready, type ServerProcess } from '../support/process.ts';
import { randomness } from '../support/randomness.ts';
import { amount } from '../support/tier.ts';
import { expectAsLogged } from './log-fold.ts';

const KILLS = amount({ usual: 6, neo4j: 3, long: engineUnderTest === 'neo4j' ? 20 : 100 });
const CLIENTS = 4;
/** Milliseconds for which a server is left alone at the most. */
const STORM_MS = engineUnderTest === 'neo4j' ? 2_000 : 800;
/** Mutations for which the first one is left alone, so that a Neo4j has planned most statements when the kills begin. */
const FIRST = engineUnderTest === 'neo4j' ? 60 : 0;
/** One start in so many is killed before it is ready: while it opens what the last kill left. */
const EARLY = 5;
/** One kill in so many is followed by a check of what it left, before any server has mended anything. */
const CHECKED = 10;
/** Identifiers in one query. */
const IDS = 100;

/** The server of the moment: clients wait at its door while there is none. */
class Entrance {
  #next = Promise.withResolvers<ServerProcess>();

  readonly door: Door = () => this.#next.promise;

  open(server: ServerProcess): void {
    this.#next.resolve(server);
  }

  close(): void {
    this.#next = Promise.withResolvers();
  }
}

async function expectWhole(): Promise<void> {
  const check = grappe(['check']);
  expect(await check.ended, check.said()).toBe(0);
}

/** Identifiers of records that were acknowledged and are not there, or were taken away and are. */
async function missing(server: ServerProcess, ledger: Ledger): Promise<string[]> {
  const named = [...ledger.there.keys()].filter((id) => /^(?:organisation|project)\//.test(id));
  const wrong: string[] = [];
  for (let start = 0; start < named.length; start += IDS) {
    const ids = named.slice(start, start + IDS);
    const { data, text } = await ask(async () => server, 'query($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
    if (!data) throw new Error(text);
    data.nodes.forEach((node: { id: string } | null, place: number) => {
      if (node?.id !== ids[place]) wrong.push(ids[place]!);
    });
  }
  return wrong;
}

describe('a server that is killed under a storm of mutations', () => {
  it(`keeps what it acknowledged, whole, ${KILLS} times over`, { timeout: KILLS * 60_000 }, async () => {
    let world: Dump;
    {
      await using graph = await commandLineGraph();
      await graph.fill(sharedWorld());
      world = await dumpOf(graph.engine);
    }
    const random = randomness(50);
    const entrance = new Entrance();
    const ledger = new Ledger();
    let isOver = false;
    const clients = Array.from({ length: CLIENTS }, (_, number) =>
      new Client(number, entrance.door, ledger).work(() => isOver),
    );
    const broken = Promise.all(clients).then(() => {
      if (!isOver) throw new Error('The clients left before the end.');
    });
    const storm = async (): Promise<void> => {
      for (let kill = 0; kill < KILLS; kill++) {
        const process = grappe(['serve'], { LOG_LEVEL: 'warn' });
        if (kill % EARLY === EARLY - 1) {
          await pause(random() * 500);
          await process.kill();
          continue;
        }
        const server = await ready(process);
        expect(await missing(server, ledger)).toEqual([]);
        entrance.open(server);
        await pause(random() * STORM_MS);
        while (ledger.acknowledged < FIRST) await pause(STORM_MS);
        entrance.close();
        await server.kill();
        if (kill % CHECKED === 0) await expectWhole();
      }
    };
    await Promise.race([storm(), broken.then(() => new Promise(() => {}))]);

    const last = await ready(grappe(['serve'], { LOG_LEVEL: 'warn' }));
    isOver = true;
    entrance.open(last);
    await Promise.all([...clients, broken]);
    expect(await missing(last, ledger)).toEqual([]);
    last.child.kill('SIGTERM');
    expect(await last.ended, last.said()).toBe(0);
    await expectWhole();
    expect(ledger.acknowledged).toBeGreaterThan(KILLS * 5);
    expect(ledger.repeated).toBeGreaterThan(KILLS / 4);

    const engine = await openEngine(readConfig().engine);
    try {
      const graph = await dumpOf(engine);
      expect(ledger.contradictions(graph)).toEqual([]);
      await expectAsLogged(engine, graph, world);
      await rebuildDerived(engine);
      expect(await dumpOf(engine)).toEqual(graph);
    } finally {
      await engine.close();
    }
  });
});
