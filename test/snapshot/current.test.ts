import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEditor, type EditAction } from '../../src/editing/editor.ts';
import type { Input } from '../../src/editing/input.ts';
import type { GraphEngine } from '../../src/graph/engine.ts';
import { observingStatements } from '../../src/graph/observed.ts';
import { CurrentSnapshot } from '../../src/snapshot/current.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { edit, SOURCES } from '../editing/editors.ts';
import { fullWorld, storm } from '../editing/storm.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { contents } from '../support/snapshot-contents.ts';
import { amount } from '../support/tier.ts';
import { World } from '../support/world.ts';

/** Rounds of random mutations. */
const STORMS = amount({ fast: 2, usual: 6, neo4j: 2, long: 40 });

let graph: TestGraph;

beforeAll(async () => {
  graph = await (await emptyGraph()).fill(fullWorld());
});
afterAll(() => graph[Symbol.asyncDispose]());

async function exactOf(
  current: CurrentSnapshot,
  { engine }: { readonly engine: GraphEngine } = graph,
): Promise<Snapshot> {
  for (let tries = 0; tries < 5; tries++) {
    const snapshot = current.at(await engine.version());
    if (snapshot) return snapshot;
    await current.settled();
  }
  throw new Error('The snapshot does not catch up.');
}

async function loadedFrom(engine: GraphEngine): Promise<Snapshot> {
  const fresh = new CurrentSnapshot(engine);
  await fresh.load();
  return exactOf(fresh, { engine });
}

const loaded = (): Promise<Snapshot> => loadedFrom(graph.engine);

describe('the current snapshot', () => {
  it('equals the graph after every kind of write, as one that is loaded again does', async () => {
    const current = new CurrentSnapshot(graph.engine);
    await current.load();
    for (let seed = 1; seed <= STORMS; seed++) {
      const done = await storm(graph.engine, seed, 30, 1);
      expect(done).toBeGreaterThan(5);
      expect(contents(await exactOf(current))).toEqual(contents(await loaded()));
    }
  });

  it('puts a renamed node where its new name stands, in every list', async () => {
    const current = new CurrentSnapshot(graph.engine);
    await current.load();
    for (const name of ['Aaa', 'Zzz', 'Mmm', 'Aaa', '𝔘']) {
      await edit(graph, 'organisationUpdate', { id: 'organisation/o3', input: { name, sources: SOURCES } });
      await edit(graph, 'networkUpdate', { id: 'pole/a', input: { name: `Pole ${name}`, sources: SOURCES } });
      expect(contents(await exactOf(current))).toEqual(contents(await loaded()));
    }
  });

  it('says nothing about a version that it does not have, and catches up for the next question', async () => {
    const current = new CurrentSnapshot(graph.engine);
    await current.load();
    const before = await graph.engine.version();
    expect(current.at(before)).not.toBeNull();
    await edit(graph, 'organisationUpdate', { id: 'organisation/o4', input: { city: 'Foix', sources: SOURCES } });
    expect(current.at(await graph.engine.version())).toBeNull();
    await current.settled();
    expect(current.at(before)).toBeNull();
    expect(current.at(await graph.engine.version())).not.toBeNull();
  });

  it('says nothing after a write that left no entry in the change log, until it is loaded again', async () => {
    const current = new CurrentSnapshot(graph.engine);
    await current.load();
    await graph.engine.write((transaction) =>
      transaction.run({ name: 'foreign', text: "MATCH (n:Entity {id: 'pole/a'}) SET n.partnerCount = 77" }),
    );
    expect(current.at(await graph.engine.version())).toBeNull();
    await current.settled();
    await current.load();
    expect(contents(await exactOf(current))).toEqual(contents(await loaded()));
  });

  it('has relationships that others have written without a period, valid at no date', async () => {
    await using other = await emptyGraph();
    await other.fill(new World().organisation('One').organisation('Two'));
    await other.engine.write((transaction) =>
      transaction.run({
        name: 'foreign',
        text: `
          MATCH (a:Entity {id: 'organisation/one'}) MATCH (b:Entity {id: 'organisation/two'})
          CREATE (a)-[:PARTNERS_WITH {id: 'partnership/foreign', kind: 'SUPPLY', since: '2020'}]->(b)`,
      }),
    );
    const served = await other.inMemory();
    const question = `{ organisation(by: { id: "organisation/one" }) {
      partners { nodes { id } } in2021: partners(asOf: "2021") { nodes { id } } } }`;
    expect(served.graph.snapshot!.state).toBe('ready');
    const answer = await served.ask(question);
    expect(answer.organisation).toEqual({ partners: { nodes: [{ id: 'organisation/two' }] }, in2021: { nodes: [] } });
    expect(answer).toEqual(await served.plain.ask(question));
  });

  // Neo4j itself may commit something between two additions: then all is read again, rightly.
  it('adds what this process has added without reading it again, as one that is loaded again has it', {
    retry: 2,
  }, async () => {
    await using empty = await emptyGraph();
    const read: string[] = [];
    const engine = observingStatements((await empty.fill(fullWorld())).engine, (name) => {
      read.push(name);
      return () => {};
    });
    const current = new CurrentSnapshot(engine);
    await current.load();
    read.length = 0;
    const onChange = current.wrote.bind(current);
    const add = async (action: EditAction, input: Input): Promise<void> => {
      const { problems } = await createEditor(engine, 'Ada', { onChange })(action, { input });
      expect(problems).toEqual([]);
    };
    await add('organisationCreate', {
      ...{ name: 'Étain', siren: '443061841', kind: 'COMPANY', public: false, size: 'LARGE', sources: SOURCES },
      ...{ foundedOn: '1999-02', acronym: 'ET', topics: ['topic/metal'], seats: [{ territory: 'territory/d' }] },
      memberships: [{ network: 'pole/a', role: 'BOARD', since: '2020' }],
      partnerships: [{ to: 'organisation/o3', kind: 'SUPPLY' }],
    });
    await add('partnershipStart', {
      from: 'organisation/o4',
      to: 'organisation/o3',
      kind: 'TRAINING',
      sources: SOURCES,
    });
    await add('membershipStart', {
      member: 'organisation/o4',
      network: 'cluster/b',
      role: 'MEMBER',
      since: '2010',
      sources: SOURCES,
    });
    await add('sourceCreate', { title: 'A list' });
    await current.settled();
    const snapshot = current.at(await current.probe());
    expect(read.filter((name) => /snapshot|touched/.test(name))).toEqual([]);
    expect(contents(snapshot!)).toEqual(contents(await loadedFrom(engine)));
  });

  it('reads what others have written meanwhile, and is loaded again where they left no entry', async () => {
    const current = new CurrentSnapshot(graph.engine);
    await current.load();
    const foreign = { name: 'foreign', text: "MATCH (n:Entity {id: 'pole/a'}) SET n.memberCount = $count" };
    const add = async (name: string): Promise<void> => {
      await createEditor(graph.engine, 'Ada', { onChange: (addition) => current.wrote(addition) })(
        'organisationCreate',
        { input: { name, kind: 'COMPANY', sources: SOURCES } },
      );
    };
    await add('Or');
    expect(current.at(await current.probe())).not.toBeNull();
    await add('Plomb');
    await edit(graph, 'organisationUpdate', { id: 'organisation/o5', input: { city: 'Lourdes', sources: SOURCES } });
    await add('Nickel');
    await current.probe();
    expect(contents(await exactOf(current))).toEqual(contents(await loaded()));
    await add('Cuivre');
    await graph.engine.write((transaction) => transaction.run(foreign, { count: 55 }));
    expect([current.at(await current.probe()) === null, current.figures.loads]).toEqual([true, 1]);
    await current.settled();
    await add('Fer');
    // It is loaded again at once, or answers nothing until it may be.
    const found = current.at(await current.probe());
    expect(found && contents(found)).toEqual(found && contents(await loaded()));
    await current.settled();
    await current.load();
    expect(contents(await exactOf(current))).toEqual(contents(await loaded()));
  });

  it('leaves a graph that does not fit the budget to the database', async () => {
    const current = new CurrentSnapshot(graph.engine, { maxBytes: 100 });
    await current.load();
    expect([current.state, current.at(await graph.engine.version())]).toEqual(['too large', null]);
  });
});
