import { graphql } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createContext } from '../../schema/context.ts';
import { createGraph, type Graph } from '../../schema/graph.ts';
import { schema } from '../../schema/schema.ts';
import type { GraphEngine } from '../../src/graph/engine.ts';
import { statement } from '../../src/graph/statement.ts';
import { VersionProbe } from '../../src/graph/version-probe.ts';
import { type CacheSettings, estimatedBytes, type ResultCache } from '../../src/loaders/result-cache.ts';
import { foreignClient, organisation, pole, poles, readBesideWrites, write } from '../support/foreign-writes.ts';
import { emptyGraph, type TestGraph, type WatchedEngine } from '../support/graph.ts';
import { amount } from '../support/tier.ts';

const POLES = '{ poles(first: 10) { nodes { name members(first: 5) { nodes { name } totalCount } } } }';
const DESCRIPTION = 'query ($id: ID!) { node(id: $id) { ... on Pole { description } } }';

/** Writes, each followed by a reading. */
const TURNS = amount({ fast: 100, usual: 300, neo4j: 100, long: 5_000 });

const countNodes = statement<{ total: number }>(
  'a foreign read of the test',
  'MATCH (n:Entity) RETURN count(n) AS total',
);

/** A server's view of a graph: requests that share what is cache. */
class Reader {
  readonly cache: ResultCache;
  readonly graph: Graph;

  constructor(engine: GraphEngine, settings: Partial<CacheSettings> = {}) {
    this.graph = createGraph(engine, { cache: { bytes: 1_000_000, stalenessMs: 0, ...settings } });
    this.cache = this.graph.results!;
  }

  async ask(source: string, variableValues: Record<string, unknown> = {}) {
    const contextValue = createContext(this.graph, new AbortController().signal);
    const { data, errors } = await graphql({ schema, source, variableValues, contextValue });
    if (errors) throw new AggregateError(errors, errors.map(({ message }) => message).join('\n'));
    const { batches, answeredAt } = contextValue.loaders;
    return { data: JSON.parse(JSON.stringify(data)), roundTrips: batches.roundTrips, answeredAt };
  }

  async descriptionOf(id: string): Promise<string | null> {
    return (await this.ask(DESCRIPTION, { id })).data.node.description;
  }
}

/** Counts what an engine is asked, probes included. */
function counting(engine: WatchedEngine): {
  readonly engine: GraphEngine;
  readonly asked: { reads: number; probes: number };
} {
  const asked = { reads: 0, probes: 0 };
  return {
    asked,
    engine: {
      ...engine,
      read: (...question) => {
        asked.reads++;
        return engine.read(...question);
      },
      version: (options) => {
        asked.probes++;
        return engine.version(options);
      },
    },
  };
}

let graph: TestGraph;
let foreign: Awaited<ReturnType<typeof foreignClient>>;

beforeAll(async () => {
  graph = await emptyGraph();
  await graph.fill(poles());
  foreign = await foreignClient(graph);
});

afterAll(async () => {
  await foreign[Symbol.asyncDispose]();
  await graph[Symbol.asyncDispose]();
});

/** After its first requests an engine's newest version is known, and what they read is cache. */
async function warm(reader: Reader, ...question: Parameters<Reader['ask']>): Promise<unknown> {
  await reader.ask(...question);
  return (await reader.ask(...question)).data;
}

describe('what was read', () => {
  it('answers the same question again for one probe', async () => {
    const { engine, asked } = counting(graph.engine);
    const reader = new Reader(engine);
    const data = await warm(reader, POLES);
    Object.assign(asked, { reads: 0, probes: 0 });
    const again = await reader.ask(POLES);
    expect(again.data).toEqual(data);
    expect(asked).toEqual({ reads: 0, probes: 1 });
    expect(again.roundTrips).toBe(1);
    expect(reader.cache.figures.hits).toBeGreaterThan(0);
  });

  it('costs a question that was never put no probe', async () => {
    const { engine, asked } = counting(graph.engine);
    const reader = new Reader(engine);
    await reader.ask(DESCRIPTION, { id: pole(0) });
    await reader.ask(DESCRIPTION, { id: pole(1) });
    expect(asked).toEqual({ reads: 2, probes: 0 });
  });

  it('answers in part, and the rest is asked for in the same batch', async () => {
    const { engine, asked } = counting(graph.engine);
    const reader = new Reader(engine);
    const BOTH = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    await warm(reader, BOTH, { ids: [pole(1), pole(2)] });
    Object.assign(asked, { reads: 0, probes: 0 });
    const { data, roundTrips } = await reader.ask(BOTH, { ids: [pole(1), pole(2), pole(3)] });
    expect(data.nodes).toEqual([{ id: pole(1) }, { id: pole(2) }, { id: pole(3) }]);
    expect(asked).toEqual({ reads: 1, probes: 0 });
    expect(roundTrips).toBe(1);
  });

  it('is asked for again when anything was written', async () => {
    const reader = new Reader(graph.engine);
    await warm(reader, DESCRIPTION, { id: pole(4) });
    await write(foreign.engine, [pole(4)], 'as it is now');
    expect(await reader.descriptionOf(pole(4))).toBe('as it is now');
  });

  it('is never of before a write that was done before the question', async () => {
    const reader = new Reader(graph.engine);
    for (let turn = 0; turn < TURNS; turn++) {
      await write(foreign.engine, [pole(5)], String(turn));
      expect(await reader.descriptionOf(pole(5))).toBe(String(turn));
    }
  });

  it('is never of before a large write that others overlap', async () => {
    const reader = new Reader(graph.engine);
    const { stale, writes } = await readBesideWrites(foreign.engine, async (id) => {
      const CITY = 'query ($id: ID!) { organisation(by: { id: $id }) { city } }';
      return (await reader.ask(CITY, { id })).data.organisation.city;
    });
    expect(stale).toBe(0);
    expect(Math.min(...writes)).toBeGreaterThan(0);
    expect(reader.cache.figures.hits).toBeGreaterThan(100);
  });

  it('may be as old as an operator allows, but for what this process has written itself', async () => {
    const reader = new Reader(graph.engine, { stalenessMs: 3_600_000 });
    await write(foreign.engine, [pole(6)], 'before');
    await warm(reader, DESCRIPTION, { id: pole(6) });
    await write(foreign.engine, [pole(6)], 'after');
    expect(await reader.descriptionOf(pole(6))).toBe('before');
    const context = createContext(reader.graph, new AbortController().signal);
    context.loaders.forget();
    expect(await reader.descriptionOf(pole(6))).toBe('after');
  });

  it('takes no more memory than it may', async () => {
    const reader = new Reader(graph.engine, { bytes: 20_000 });
    for (let number = 0; number < 200; number++) await reader.ask(DESCRIPTION, { id: organisation(number) });
    const { bytes, entries } = reader.cache.figures;
    expect(bytes).toBeLessThanOrEqual(20_000);
    expect(entries).toBeGreaterThan(0);
    expect(entries).toBeLessThan(200);
  });

  it('is asked for again after a failure', async () => {
    let failing = true;
    const reader = new Reader({
      ...graph.engine,
      read: (...question) =>
        failing ? Promise.reject(new Error('a failure of the fixture')) : graph.engine.read(...question),
    });
    await expect(reader.descriptionOf(pole(7))).rejects.toThrow('a failure of the fixture');
    failing = false;
    expect(await reader.descriptionOf(pole(7))).toBeNull();
  });

  it('tells which version of the graph an answer is of', async () => {
    const reader = new Reader(graph.engine);
    await warm(reader, POLES);
    const { answeredAt } = await reader.ask(POLES);
    expect(answeredAt).toBe(await graph.engine.version());
    await foreign.engine.read(countNodes);
    expect((await reader.ask(POLES)).answeredAt).toBe(answeredAt);
  });
});

describe('a probe', () => {
  it('is shared by those who came before it began, and by no one who came after', async () => {
    const begun: (() => void)[] = [];
    const versions = new VersionProbe({
      ...graph.engine,
      version: () => new Promise((resolve) => begun.push(() => resolve(`version ${begun.length}`))),
    });
    const first = versions.probe();
    const [second, third] = [versions.probe(), versions.probe()];
    expect(begun).toHaveLength(1);
    begun[0]!();
    expect(await first).toBe('version 1');
    await new Promise(setImmediate);
    expect(begun).toHaveLength(2);
    begun[1]!();
    expect(await Promise.all([second, third])).toEqual(['version 2', 'version 2']);
  });
});

describe('the size of a result', () => {
  it('is estimated from its texts, and of a list from its first items', () => {
    expect(estimatedBytes('x'.repeat(1_000))).toBeGreaterThanOrEqual(1_000);
    const items = Array.from({ length: 1_000 }, () => ({ name: 'a name of some length' }));
    expect(estimatedBytes(items)).toBeGreaterThan(50_000);
    expect(estimatedBytes(items)).toBeLessThan(200_000);
  });
});
