import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { indexEntries } from '../../src/changes/index-log.ts';
import { trimToNumber } from '../../src/changes/retention.ts';
import { createEditor, type EditAction } from '../../src/editing/editor.ts';
import type { Input } from '../../src/editing/input.ts';
import type { GraphEngine } from '../../src/graph/engine.ts';
import { observingStatements } from '../../src/graph/observed.ts';
import { CurrentSnapshot } from '../../src/snapshot/current.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { recordUnindexed } from '../../src/store/changelog.ts';
import { LoadingMark } from '../../src/store/loading.ts';
import { RegisteredDocuments } from '../../src/store/registered-documents.ts';
import { LiveServers } from '../../src/store/servers.ts';
import { sharedKey } from '../../src/store/shared-key.ts';
import { importFolder } from '../../src/transfer/import.ts';
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

/** So many relationships that the lists which some additions replace are no reason to load all again. */
function largerWorld(): World {
  const world = fullWorld();
  const id = (place: number): string => `organisation/elsewhere-${place % 300}`;
  for (let place = 0; place < 300; place++) {
    world.organisation(`Elsewhere ${place}`, { id: id(place) });
    world.partners(id(place), id(place + 1), { kind: 'SUPPLY' });
  }
  return world;
}

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

  it('says nothing however often it is asked, after a write past the log and another with an entry', async () => {
    const current = new CurrentSnapshot(graph.engine);
    await current.load();
    await graph.engine.write((transaction) =>
      transaction.run({ name: 'foreign', text: "MATCH (n:Entity {id: 'pole/a'}) SET n.projectCount = 78" }),
    );
    for (const city of [null, 'Pau', 'Foix']) {
      if (city) await edit(graph, 'organisationUpdate', { id: 'organisation/o4', input: { city, sources: SOURCES } });
      for (let question = 0; question < 3; question++) {
        const found = current.at(await current.probe());
        // It may have been loaded again by now.
        expect(found && contents(found)).toEqual(found && contents(await loaded()));
        await current.settled();
      }
    }
    await current.load();
    expect(contents(await exactOf(current))).toEqual(contents(await loaded()));
  });

  it('stays as it is where only marks were written, and the index and the end of the log', async () => {
    await using other = await emptyGraph();
    const { engine } = await other.fill(fullWorld());
    const current = new CurrentSnapshot(engine);
    await current.load();
    const servers = new LiveServers(engine);
    const mark = new LoadingMark('IMPORT');
    const documents = new RegisteredDocuments(engine);
    const bronze = new World().organisation('Bronze').organisation('Cobalt');
    const bronzeAgain = { id: 'organisation/bronze', input: { kind: 'COMPANY', sources: SOURCES } };
    const withKey = { ...bronzeAgain, input: { ...bronzeAgain.input, idempotencyKey: 'a key' } };
    const bookkeeping: Record<string, () => Promise<unknown>> = {
      'a server': () => servers.announce(),
      'a server that leaves': () => servers.leave(),
      'a key': () => sharedKey(engine, 'a key of a test')(),
      'a document': async () => {
        documents.add('hash', '{ __typename }');
        await vi.waitFor(async () => expect(await documents.find('hash')).toBe('{ __typename }'), { timeout: 10_000 });
      },
      'what is loaded': async () => {
        await engine.write((transaction) =>
          mark
            .renew((...call) => transaction.run(...call), { step: 'a', rows: 1, share: 0 })
            .then(() =>
              transaction.run(recordUnindexed, {
                change: { at: '2026-01-01T00:00:00Z', action: 'import', touched: [] },
              }),
            ),
        );
        await mark.clear(engine);
      },
      'the index': () => indexEntries(engine),
      'the end of the log': () => trimToNumber(engine, 1),
      'an import': async () => importFolder(engine, await bronze.write()),
      'an import of what is there': async () => importFolder(engine, await bronze.write()),
      'a mutation that changes nothing': () => edit(other, 'organisationUpdate', bronzeAgain),
      'one with a key': () => edit(other, 'organisationUpdate', withKey),
      'the same again': () => edit(other, 'organisationUpdate', withKey),
    };
    for (const [what, write] of Object.entries(bookkeeping)) {
      await write();
      current.at(await engine.version());
      await current.settled();
      expect([what, current.at(await engine.version()) === null, current.figures.loads]).toEqual([what, false, 1]);
    }
    expect(contents(await exactOf(current, { engine }))).toEqual(contents(await loadedFrom(engine)));
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

  it('adds what this process has added without reading it again, as one that is loaded again has it', async () => {
    await using empty = await emptyGraph();
    const read: string[] = [];
    const engine = observingStatements((await empty.fill(largerWorld())).engine, (name) => {
      read.push(name);
      return () => {};
    });
    const current = new CurrentSnapshot(engine);
    await current.load();
    const onChange = current.wrote.bind(current);
    const add = async (action: EditAction, input: Input): Promise<void> => {
      const { problems } = await createEditor(engine, 'Ada', { onChange })(action, { input });
      expect(problems).toEqual([]);
    };
    const addAll = async (name: string, siren: string, [one, other]: readonly [string, string]): Promise<void> => {
      await add('organisationCreate', {
        ...{ name, siren, kind: 'COMPANY', public: false, size: 'LARGE', sources: SOURCES },
        ...{ foundedOn: '1999-02', acronym: 'ET', topics: ['topic/metal'], seats: [{ territory: 'territory/d' }] },
        memberships: [{ network: 'pole/a', role: 'BOARD', since: '2020' }],
        partnerships: [{ to: 'organisation/o3', kind: 'SUPPLY' }],
      });
      await add('partnershipStart', {
        from: one,
        to: other,
        kind: 'TRAINING',
        sources: SOURCES,
      });
      await add('membershipStart', {
        member: one,
        network: 'cluster/b',
        role: 'MEMBER',
        since: '2010',
        sources: SOURCES,
      });
      await add('sourceCreate', { title: 'A list' });
    };
    // Neo4j commits the names of types and properties that it has not met by themselves: all is read again then, rightly.
    await addAll('Zinc', '552032534', ['organisation/o5', 'organisation/o3']);
    await exactOf(current, { engine });
    read.length = 0;
    await addAll('Étain', '443061841', ['organisation/o4', 'organisation/o3']);
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
