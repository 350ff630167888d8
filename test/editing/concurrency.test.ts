import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { rebuildPartnerships } from '../../src/editing/derive.ts';
import type { Outcome } from '../../src/editing/outcome.ts';
import type { GraphEngine } from '../../src/graph/engine.ts';
import { nodesById } from '../../src/store/node.ts';
import { emptyGraph } from '../support/graph.ts';
import { amount } from '../support/tier.ts';
import { World } from '../support/world.ts';
import { dump } from './dump.ts';
import { done, edit, SOURCES } from './editors.ts';

const sources = SOURCES;
/** Writers of one record: each tries again until it was the first, so that a hundred take six times what forty do. */
const WRITERS = amount({ usual: 100, neo4j: 40, long: 100 });
const times = <Result>(count: number, work: (place: number) => Promise<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: count }, (_, place) => work(place)));

const codesOf = (outcomes: readonly Outcome[]): string[] =>
  outcomes.map(({ problems }) => problems.map(({ code }) => code).join() || 'done').sort();

async function stored(engine: GraphEngine, id: string) {
  return (await engine.read(nodesById, { ids: [id] }))[0]?.node ?? null;
}

/** Adds one alias to a record, reading it again while another writer was faster. */
async function increment(engine: GraphEngine, id: string, alias: string): Promise<void> {
  for (;;) {
    const { version, aliases = [] } = (await stored(engine, id))!;
    const input = { aliases: [...aliases, alias], expectedVersion: version! };
    const { problems } = await edit({ engine }, 'organisationUpdate', { id, input });
    if (problems.length === 0) return;
    expect(problems.map(({ code }) => code)).toEqual(['CONFLICT']);
    // As a client would: not all again in step.
    await pause(Math.random() * 200);
  }
}

describe('changes at the same time', () => {
  it(`lose none of ${WRITERS} increments of one record`, { timeout: 240_000 }, async () => {
    await using graph = await emptyGraph();
    await graph.fill(new World().organisation('A', { id: 'organisation/a' }));
    await times(WRITERS, (place) => increment(graph.engine, 'organisation/a', `Alias ${place}`));
    const record = await stored(graph.engine, 'organisation/a');
    expect([new Set(record?.aliases).size, record?.version]).toEqual([WRITERS, WRITERS + 1]);
  });

  it('make one membership of twenty joins, and give the others a problem', async () => {
    await using graph = await emptyGraph();
    await graph.fill(new World().organisation('A', { id: 'organisation/a' }).pole('P', { id: 'pole/p' }));
    const input = { member: 'organisation/a', network: 'pole/p', role: 'MEMBER', since: '2010', sources };
    const outcomes = await times(20, (place) =>
      edit(graph, 'membershipStart', { input: { ...input, since: String(2000 + place) } }),
    );
    expect(codesOf(outcomes)).toEqual([...Array(19).fill('TAKEN'), 'done']);
    const { pole } = await graph.ask('{ pole(id: "pole/p") { members { totalCount } } }');
    expect(pole.members.totalCount).toBe(1);
  });

  it('do what an idempotency key stands for once, and answer alike', async () => {
    await using graph = await emptyGraph();
    await graph.fill(new World());
    const input = { name: 'Once', kind: 'COMPANY', sources, idempotencyKey: 'a key' };
    const outcomes = await times(20, () => edit(graph, 'organisationCreate', { input }));
    expect(outcomes).toEqual(Array(20).fill({ id: 'organisation/once', problems: [] }));
    const { organisations } = await graph.ask('{ organisations { totalCount } }');
    expect(organisations.totalCount).toBe(1);
    const other = await edit(graph, 'organisationCreate', { input: { ...input, name: 'Twice' } });
    expect(codesOf([other])).toEqual(['CONFLICT']);
  });

  it('forget an idempotency key whose first use was rejected', async () => {
    await using graph = await emptyGraph();
    await graph.fill(new World());
    const input = { name: 'Later', kind: 'COMPANY', sources: ['source/later'], idempotencyKey: 'k' };
    expect(codesOf([await edit(graph, 'organisationCreate', { input })])).toEqual(['NOT_FOUND']);
    await done(graph, 'sourceCreate', { input: { title: 'Later' } });
    expect(await done(graph, 'organisationCreate', { input })).toBe('organisation/later');
    expect(await done(graph, 'organisationCreate', { input })).toBe('organisation/later');
  });

  it('number the identifiers of twelve records of one name, and give one number of a registry to one', async () => {
    await using graph = await emptyGraph();
    await graph.fill(new World());
    const made = await times(12, () =>
      done(graph, 'organisationCreate', { input: { name: 'Même', kind: 'OTHER', sources } }),
    );
    expect(new Set(made).size).toBe(12);
    expect(made.toSorted()[0]).toBe('organisation/meme');
    const input = { kind: 'COMPANY', siren: '552032534', sources };
    const outcomes = await times(8, (place) =>
      edit(graph, 'organisationCreate', { input: { ...input, name: `S${place}` } }),
    );
    expect(codesOf(outcomes)).toEqual([...Array(7).fill('TAKEN'), 'done']);
  });

  it('merge crossing pairs into one record that has everything', async () => {
    await using graph = await emptyGraph();
    const world = new World().pole('P', { id: 'pole/p' });
    const names = ['a', 'b', 'c', 'd'];
    for (const [place, name] of names.entries()) {
      world
        .organisation(name.toUpperCase(), { id: `organisation/${name}` })
        .project(`project/${name}`, { start: `200${place}` })
        .takesPart(`organisation/${name}`, `project/${name}`)
        .takesPart('pole/p', `project/${name}`)
        .member(`organisation/${name}`, 'pole/p', { since: `200${place}`, until: `200${place}` });
    }
    await graph.fill(world);
    const id = (name: string): string => `organisation/${name}`;
    const pairs = [
      ...[
        ['a', 'b'],
        ['b', 'a'],
        ['c', 'd'],
        ['d', 'c'],
        ['b', 'c'],
        ['a', 'd'],
        ['d', 'a'],
      ],
    ] as const;
    const outcomes = await Promise.all(
      pairs.map(([into, other]) => edit(graph, 'organisationMerge', { id: id(into!), others: [id(other!)] })),
    );
    expect(codesOf(outcomes)).toEqual(Array(pairs.length).fill('done'));
    const question = `{ ${names
      .map(
        (name) => `${name}: organisation(by: { id: "${id(name)}" }) { id name aliases mergedFrom { id }
        projects { totalCount } memberships { edges { memberships { id } } } partners { edges { projectCount } } }`,
      )
      .join('\n')} }`;
    const answer = await graph.ask(question);
    expect(new Set(names.map((name) => answer[name].id)).size).toBe(1);
    const { id: survivor, name, aliases, mergedFrom, projects, memberships, partners } = answer.a;
    expect([name, ...aliases].sort()).toEqual(['A', 'B', 'C', 'D']);
    expect([survivor, ...mergedFrom.map((merge: { id: string }) => merge.id)].sort()).toEqual(names.map(id));
    expect(projects.totalCount).toBe(4);
    expect(memberships.edges).toMatchObject([{ memberships: [{}, {}, {}, {}] }]);
    expect(partners.edges).toEqual([{ projectCount: 4 }]);
    const before = await dump(graph.engine);
    await rebuildPartnerships(graph.engine);
    expect(await dump(graph.engine)).toEqual(before);
  });

  it('derive what two projects of the same actors say when both change', async () => {
    await using graph = await emptyGraph();
    const world = new World();
    for (let place = 0; place < 8; place++) world.project(`project/${place}`, { start: '2010', end: '2012' });
    for (const name of ['a', 'b', 'c']) {
      world.organisation(name, { id: `organisation/${name}` });
      for (let place = 0; place < 8; place++) world.takesPart(`organisation/${name}`, `project/${place}`);
    }
    await graph.fill(world);
    await times(8, (place) =>
      done(graph, 'projectUpdate', { id: `project/${place}`, input: { participantCount: 10 + place } }),
    );
    const before = await dump(graph.engine);
    await rebuildPartnerships(graph.engine);
    expect(await dump(graph.engine)).toEqual(before);
  });

  it('take part in a project and leave it, in either order', async () => {
    await using graph = await emptyGraph();
    const world = new World().project('project/p').project('project/q');
    for (let place = 0; place < 10; place++) world.organisation(`O${place}`, { id: `organisation/${place}` });
    await graph.fill(world);
    const input = { project: 'project/p', role: 'PARTNER', sources };
    const ids = await times(10, (place) =>
      done(graph, 'participationAdd', {
        input: { ...input, project: `project/${place % 2 ? 'p' : 'q'}`, participant: `organisation/${place}` },
      }),
    );
    await times(10, (place) =>
      place < 5
        ? done(graph, 'participationRemove', { id: ids[place]! })
        : done(graph, 'participationAdd', {
            input: { ...input, project: `project/${place % 2 ? 'q' : 'p'}`, participant: `organisation/${place}` },
          }),
    );
    const before = await dump(graph.engine);
    await rebuildPartnerships(graph.engine);
    expect(await dump(graph.engine)).toEqual(before);
  });
});
