import { expect, it } from 'vitest';
import { createEditor } from '../../src/editing/editor.ts';
import type { GraphEngine } from '../../src/graph/engine.ts';
import { Slices } from '../../src/scheduling/slices.ts';
import { CurrentSnapshot } from '../../src/snapshot/current.ts';
import { readSnapshot } from '../../src/snapshot/load.ts';
import { Snapshot } from '../../src/snapshot/snapshot.ts';
import { type NodeWithEdges, nodesWithEdgesAt } from '../../src/store/snapshot.ts';
import { SOURCES } from '../editing/editors.ts';
import { fullWorld } from '../editing/storm.ts';
import { emptyGraph } from '../support/graph.ts';
import { contents } from '../support/snapshot-contents.ts';

async function pagesOf(engine: GraphEngine): Promise<(readonly NodeWithEdges[])[]> {
  const pages: (readonly NodeWithEdges[])[] = [];
  for await (const page of readSnapshot(engine, {})) pages.push(page);
  return pages;
}

async function loaded(pages: Iterable<readonly NodeWithEdges[]>): Promise<Snapshot> {
  const snapshot = new Snapshot();
  await snapshot.load(
    (async function* () {
      yield* pages;
    })(),
    new Slices(),
  );
  return snapshot;
}

it('takes in nodes that were made while it was loaded, after relationships of others had named them', async () => {
  await using graph = await (await emptyGraph()).fill(fullWorld());
  const { engine } = graph;
  const pages = await pagesOf(engine);
  const whole = contents(await loaded(pages));
  const all = pages.flat().map(({ node: [id] }) => id as string);
  expect(all.length).toBeGreaterThan(25);
  for (const id of all) {
    const snapshot = await loaded(pages.map((page) => page.filter(({ node }) => node[0] !== id)));
    const [outgoing, incoming] = [
      await engine.read(nodesWithEdgesAt.out, { ids: [id] }),
      await engine.read(nodesWithEdgesAt.in, { ids: [id] }),
    ];
    snapshot.replace([id], outgoing, incoming);
    expect(contents(snapshot), id).toEqual(whole);
  }
});

it('puts a node where its name stands, in lists too that had it before it was read', async () => {
  await using graph = await (await emptyGraph()).fill(fullWorld());
  const add = async (name: string): Promise<void> => {
    const memberships = [{ network: 'pole/a', role: 'BOARD', since: '2020' }];
    const input = { name, kind: 'COMPANY', sources: SOURCES, memberships };
    const { problems } = await createEditor(graph.engine, 'Ada')('organisationCreate', { input });
    expect(problems).toEqual([]);
  };
  /** What others add between two reads of what has changed. */
  let meanwhile: (() => Promise<void>) | null = null;
  const engine: GraphEngine = Object.create(graph.engine, {
    read: {
      value: async (...given: Parameters<GraphEngine['read']>) => {
        if (given[0].name === nodesWithEdgesAt.in.name) {
          const work = meanwhile;
          meanwhile = null;
          await work?.();
        }
        return graph.engine.read(...given);
      },
    },
  });
  const current = new CurrentSnapshot(engine);
  await current.load();
  for (const name of ['Zinc', 'Aluminium', 'Gallium', 'Étain']) {
    meanwhile = () => add(`${name}, added meanwhile`);
    await add(name);
    current.hurry();
    await current.settled();
    expect(meanwhile).toBeNull();
  }
  const snapshot = current.at(await current.probe());
  expect(snapshot && contents(snapshot)).toEqual(contents(await loaded(await pagesOf(graph.engine))));
});
