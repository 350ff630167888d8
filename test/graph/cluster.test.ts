import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GraphEngine } from '../../src/graph/engine.ts';
import { openEngine } from '../../src/graph/open.ts';
import { statement } from '../../src/graph/statement.ts';
import { type Behaviour, BoltStub, type Saying, StubGraph } from '../support/bolt-stub.ts';

const value = statement<{ value: number }>('value', 'RETURN value');
const raise = statement<{ value: number }>('raise', 'CREATE value');

/** Does something else than answer the first time that a driver says something. */
function onceOf(stub: BoltStub, says: Saying, behaviour: Behaviour): void {
  stub.behave = (said) => {
    if (said !== says) return 'answer';
    stub.behave = () => 'answer';
    return behaviour;
  };
}

let graph: StubGraph;
let one: BoltStub;
let other: BoltStub;
let engine: GraphEngine;

/** Which of the two is the leader, and what both say of it. */
function lead(leader: BoltStub): void {
  for (const stub of [one, other]) {
    stub.isLeader = stub === leader;
    stub.routes = () => ({ writers: [leader], readers: [stub === leader ? other : one, leader] });
  }
}

beforeEach(async () => {
  graph = new StubGraph();
  [one, other] = await Promise.all([BoltStub.start(graph), BoltStub.start(graph)]);
  lead(one);
  engine = await openEngine(one.settings('neo4j'));
});
afterEach(async () => {
  await engine.close();
  await Promise.all([one.stop(), other.stop()]);
});

const SEVERAL_STATEMENTS = {
  'several statements': (): Promise<unknown> =>
    engine.write(async (transaction) => {
      await transaction.run(value);
      await transaction.run(raise);
    }),
  'several statements and a last one': (): Promise<unknown> =>
    engine.write(async (transaction) => {
      await transaction.run(value);
      await transaction.commitWith(raise);
    }),
};
const WRITES = {
  'one statement': (): Promise<unknown> => engine.write((transaction) => transaction.commitWith(raise)),
  ...SEVERAL_STATEMENTS,
};

describe.each(Object.entries(WRITES))('a write of %s', (name, write) => {
  it('goes to the leader after it has moved, and is applied once', async () => {
    await write();
    lead(other);
    await write();
    expect(graph.value).toBe(2);
  });

  it('goes to the new leader when the old one is gone', async () => {
    await write();
    lead(other);
    await one.stop();
    await write();
    expect(graph.value).toBe(2);
    one = await BoltStub.start(graph);
  });

  it.each<[string, Behaviour, number]>([
    ['before it is made', 'cut', 0],
    ['after it was made', 'cutAfter', 1],
  ])('says that nobody knows when the connection breaks in the commit, %s', async (_, behaviour, applied) => {
    await engine.ping();
    onceOf(one, name === 'one statement' ? 'PULL' : 'COMMIT', behaviour);
    await expect(write()).rejects.toMatchObject({ name: 'GraphError', code: 'OUTCOME_UNKNOWN' });
    expect(graph.value).toBe(applied);
    await write();
    expect(graph.value).toBe(applied + 1);
  });

  it('that the server rejects to commit is a failure, and not a doubt', async () => {
    onceOf(one, name === 'one statement' ? 'RUN' : 'COMMIT', {
      failure: 'Neo.ClientError.Schema.ConstraintValidationFailed',
    });
    await expect(write()).rejects.toMatchObject({ name: 'GraphError', code: 'NOT_UNIQUE' });
    expect(graph.value).toBe(0);
  });

  it('whose commit may have been replicated or not is in doubt', async () => {
    onceOf(one, name === 'one statement' ? 'PULL' : 'COMMIT', {
      failure: 'Neo.TransientError.Cluster.ReplicationFailure',
    });
    await expect(write()).rejects.toMatchObject({ name: 'GraphError', code: 'OUTCOME_UNKNOWN' });
  });
});

describe.each(Object.entries(SEVERAL_STATEMENTS))('a write of %s', (_, write) => {
  it('is applied once when the connection breaks before the commit is sent', async () => {
    onceOf(one, 'RUN', 'cut');
    await write();
    expect(graph.value).toBe(1);
  });
});

describe('a read', () => {
  it.each<[string, Saying, Behaviour]>([
    ['before the first row', 'RUN', 'cut'],
    ['in the middle of the rows', 'PULL', 'cutInside'],
  ])('is answered by another server when its own dies %s', async (_, says, behaviour) => {
    await engine.write((transaction) => transaction.commitWith(raise));
    onceOf(other, says, behaviour);
    for (let reads = 0; reads < 4; reads++) expect(await engine.read(value)).toEqual([{ value: 1 }]);
  });

  it('is answered when a reader of the routing table is not there any more', async () => {
    await engine.read(value);
    await other.stop();
    for (let reads = 0; reads < 4; reads++) expect(await engine.read(value)).toEqual([{ value: 0 }]);
    other = await BoltStub.start(graph);
  });

  it('is tried once more, and not for ever', async () => {
    for (const stub of [one, other]) stub.behave = (says) => (says === 'RUN' ? 'cut' : 'answer');
    await expect(engine.read(value)).rejects.toMatchObject({ name: 'GraphError', code: 'UNAVAILABLE' });
    expect(one.count('RUN') + other.count('RUN')).toBe(2);
  });
});

describe('a server that takes no writes', () => {
  it('is recognised under bolt://, with the remedy', async () => {
    lead(other);
    const direct = await openEngine(one.settings('bolt'));
    expect(await direct.read(value)).toEqual([{ value: 0 }]);
    const writing = direct.write((transaction) => transaction.commitWith(raise));
    await expect(writing).rejects.toMatchObject({ name: 'GraphError', code: 'READ_ONLY' });
    await expect(writing).rejects.toThrow('neo4j://');
    await direct.close();
  });
});
