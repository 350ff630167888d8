import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { GraphError } from '../../src/graph/errors.ts';
import { statement } from '../../src/graph/statement.ts';
import { takeOnce } from '../../src/store/once.ts';
import { bareGraph, engineUnderTest, type TestGraph } from '../support/graph.ts';

const create = statement<never>('create', 'CREATE (n:Fixture {id: $id, count: 0})');
const createAndCount = statement<{ total: number }>(
  'createAndCount',
  `CALL () { CREATE (n:Fixture {id: $id, count: 0}) }
  CALL () { MATCH (n:Fixture) RETURN count(n) AS total }
  RETURN total`,
);
const createTwice = statement<never>(
  'createTwice',
  'CALL () { CREATE (n:Fixture {id: $id}) } CALL () { CREATE (n:Fixture {id: $id}) }',
);
const count = statement<{ total: number }>('count', 'MATCH (n:Fixture) RETURN count(n) AS total');
const clear = statement<never>('clear', 'MATCH (n:Fixture) DETACH DELETE n');
const hold = statement<{ count: number }>(
  'hold',
  'MATCH (n:Fixture {id: $id}) SET n.locked = true RETURN n.count AS count',
);
const set = statement<never>('set', 'MATCH (n:Fixture {id: $id}) SET n.count = $count');
const broken = statement<never>('broken', 'MATCH (n:Fixture RETURN n');
const impossible = statement<never>('impossible', 'MATCH (n:Fixture) SET n.count = 1 / $zero');

let graph: TestGraph;
beforeAll(async () => {
  graph = await bareGraph();
  await graph.engine.ensureSchema([{ kind: 'unique-node', label: 'Fixture', property: 'id' }]);
});
beforeEach(() => graph.engine.write((transaction) => transaction.run(clear)));
afterAll(() => graph[Symbol.asyncDispose]());

const total = async (): Promise<number> => (await graph.engine.read(count))[0]!.total;

describe('a write', () => {
  it('resolves to the result of its work, and is seen by the next read', async () => {
    const result = await graph.engine.write(async (transaction) => {
      await transaction.run(create, { id: 'a' });
      return 'done';
    });
    expect(result).toBe('done');
    expect(await total()).toBe(1);
  });

  it('lets each statement see what the earlier ones wrote', async () => {
    const seen = await graph.engine.write(async (transaction) => {
      await transaction.run(create, { id: 'a' });
      const [first] = await transaction.run(count);
      await transaction.run(create, { id: 'b' });
      const [second] = await transaction.run(count);
      return [first!.total, second!.total];
    });
    expect(seen).toEqual([1, 2]);
  });

  it('runs statements that do not wait for each other in the order in which they were sent', async () => {
    const seen = await graph.engine.write((transaction) =>
      Promise.all(
        ['a', 'b', 'c', 'd', 'e'].flatMap((id) => [
          transaction.run(create, { id }).then(() => null),
          transaction.run(count).then(([row]) => row!.total),
        ]),
      ),
    );
    expect(seen.filter((each) => each !== null)).toEqual([1, 2, 3, 4, 5]);
  });

  it('names the failure of the first of those that do not wait for each other, and leaves nothing', async () => {
    await graph.engine.write((transaction) => transaction.run(create, { id: 'a' }));
    const written = graph.engine.write(async (transaction) => {
      transaction.run(create, { id: 'b' }).catch(() => {});
      transaction.run(create, { id: 'a' }).catch(() => {});
      await transaction.run(create, { id: 'c' }).catch(() => {});
      await transaction.run(create, { id: 'd' });
    });
    await expect(written).rejects.toMatchObject({ name: 'GraphError', code: 'NOT_UNIQUE' });
    expect(await total()).toBe(1);
  });

  it('hides what it has written from readers until it commits', async () => {
    const seen = await graph.engine.write(async (transaction) => {
      await transaction.run(create, { id: 'a' });
      return total();
    });
    expect(seen).toBe(0);
    expect(await total()).toBe(1);
  });

  it.each([
    ['the first', []],
    ['not the first', ['a', 'b']],
  ])('commits with a last statement that is %s, whatever its work says then', async (_, before) => {
    const failure = new Error('an error of the fixture');
    const written = graph.engine.write(async (transaction) => {
      for (const id of before) await transaction.run(create, { id });
      expect(await transaction.commitWith(createAndCount, { id: 'last' })).toEqual([{ total: before.length + 1 }]);
      expect(await total()).toBe(before.length + 1);
      await expect(transaction.run(create, { id: 'too late' })).rejects.toThrow();
      throw failure;
    });
    await expect(written).rejects.toBe(failure);
    expect(await total()).toBe(before.length + 1);
  });

  it.each([
    ['the first', []],
    ['not the first', ['a', 'b']],
  ])('leaves nothing when a last statement that is %s fails', async (_, before) => {
    const written = graph.engine.write(async (transaction) => {
      for (const id of before) await transaction.run(create, { id });
      await transaction.commitWith(createTwice, { id: 'last' });
    });
    await expect(written).rejects.toMatchObject({ name: 'GraphError', code: 'NOT_UNIQUE', statement: 'createTwice' });
    expect(await total()).toBe(0);
  });

  it('leaves nothing after a last statement that failed, even when its work goes on', async () => {
    const written = graph.engine.write((transaction) =>
      transaction.commitWith(createTwice, { id: 'a' }).catch(() => 'as if nothing had happened'),
    );
    await expect(written).rejects.toMatchObject({ name: 'GraphError', code: 'NOT_UNIQUE' });
    expect(await total()).toBe(0);
  });

  it('leaves nothing when its work throws in the middle, and throws the same', async () => {
    const failure = new Error('an error of the fixture');
    const written = graph.engine.write(async (transaction) => {
      await transaction.run(create, { id: 'a' });
      await transaction.run(create, { id: 'b' });
      throw failure;
    });
    await expect(written).rejects.toBe(failure);
    expect(await total()).toBe(0);
  });

  it.each([
    ['cannot be read', broken],
    ['fails while it runs', impossible],
  ])('leaves nothing when a statement %s, and names the code', async (_, bad) => {
    const written = graph.engine.write(async (transaction) => {
      await transaction.run(create, { id: 'a' });
      await transaction.run(bad, { zero: 0 });
    });
    await expect(written).rejects.toMatchObject({ name: 'GraphError', code: 'FAILED' });
    expect(await total()).toBe(0);
  });

  it('leaves nothing after a failed statement, even when its work goes on', async () => {
    const written = graph.engine.write(async (transaction) => {
      await transaction.run(create, { id: 'a' });
      await transaction.run(impossible, { zero: 0 }).catch(() => {});
      return 'as if nothing had happened';
    });
    await expect(written).rejects.toBeInstanceOf(GraphError);
    expect(await total()).toBe(0);
  });

  it('goes on serving others after one that failed', async () => {
    await graph.engine.write((transaction) => transaction.run(broken)).catch(() => {});
    await graph.engine.write((transaction) => transaction.run(create, { id: 'a' }));
    expect(await total()).toBe(1);
  });

  it('rejects a value that must be unique, and leaves nothing', async () => {
    await graph.engine.write((transaction) => transaction.run(create, { id: 'a' }));
    const written = graph.engine.write(async (transaction) => {
      await transaction.run(create, { id: 'b' });
      await transaction.run(create, { id: 'a' });
    });
    await expect(written).rejects.toMatchObject({ name: 'GraphError', code: 'NOT_UNIQUE' });
    expect(await total()).toBe(1);
  });

  it('lets one of two win who make the same at the same time', async () => {
    const outcomes = await Promise.allSettled(
      ['a', 'a', 'a', 'a', 'a'].map((id) => graph.engine.write((transaction) => transaction.run(create, { id }))),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'NOT_UNIQUE' });
    }
    expect(await total()).toBe(1);
  });

  it('loses none of a hundred increments that are made at the same time', async () => {
    await graph.engine.write((transaction) => transaction.run(create, { id: 'a' }));
    const increment = (): Promise<unknown> =>
      graph.engine.write(async (transaction) => {
        const [locked] = await transaction.run(hold, { id: 'a' });
        await transaction.run(set, { id: 'a', count: locked!.count + 1 });
      });
    await Promise.all(Array.from({ length: 100 }, increment));
    const [row] = await graph.engine.write((transaction) => transaction.run(hold, { id: 'a' }));
    expect(row!.count).toBe(100);
  });

  // The embedded engine has one writer at a time: there are no two to wait for each other.
  it.runIf(engineUnderTest === 'neo4j')('runs again after a deadlock, and then both are in', async () => {
    await graph.engine.write(async (transaction) => {
      for (const id of ['a', 'b']) await transaction.run(create, { id });
    });
    let tries = 0;
    const bothHold = Promise.withResolvers<void>();
    const crosswise = (first: string, second: string): Promise<unknown> =>
      graph.engine.write(async (transaction) => {
        const [one] = await transaction.run(hold, { id: first });
        if (++tries === 2) bothHold.resolve();
        await bothHold.promise;
        const [other] = await transaction.run(hold, { id: second });
        await transaction.run(set, { id: first, count: one!.count + 1 });
        await transaction.run(set, { id: second, count: other!.count + 1 });
      });
    await Promise.all([crosswise('a', 'b'), crosswise('b', 'a')]);
    expect(tries).toBeGreaterThan(2);
    const counts = await graph.engine.write(async (transaction) => [
      ...(await transaction.run(hold, { id: 'a' })),
      ...(await transaction.run(hold, { id: 'b' })),
    ]);
    expect(counts).toEqual([{ count: 2 }, { count: 2 }]);
  });

  it('does not begin when it was called off before', async () => {
    let begun = false;
    const reason = new Error('called off');
    const written = graph.engine.write(
      async () => {
        begun = true;
      },
      { signal: AbortSignal.abort(reason) },
    );
    await expect(written).rejects.toBe(reason);
    expect(begun).toBe(false);
  });
});

describe('the version of the graph', () => {
  const version = (): Promise<string> => graph.engine.version();

  it('stays while nobody writes, however much is read', async () => {
    const before = await version();
    await Promise.all([total(), total(), version()]);
    expect(await version()).toBe(before);
  });

  it('changes with every write that changes something', async () => {
    const versions = [await version()];
    for (const id of ['a', 'b', 'c']) {
      await graph.engine.write((transaction) => transaction.run(create, { id }));
      versions.push(await version());
    }
    expect(new Set(versions).size).toBe(4);
  });

  it('stays when a transaction writes nothing', async () => {
    await graph.engine.write((transaction) => transaction.run(takeOnce, { id: 'a key', now: '2026', input: '' }));
    const before = await version();
    await graph.engine.write((transaction) => transaction.run(takeOnce, { id: 'a key', now: '2026', input: '' }));
    await graph.engine.write(async () => {});
    expect(await version()).toBe(before);
  });

  it('stays when a write is taken back', async () => {
    const before = await version();
    await graph.engine
      .write(async (transaction) => {
        await transaction.run(create, { id: 'a' });
        throw new Error('taken back');
      })
      .catch(() => {});
    expect(await version()).toBe(before);
  });
});
