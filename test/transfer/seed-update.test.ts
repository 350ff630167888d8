import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { trimChanges } from '../../src/changes/retention.ts';
import { importFolder } from '../../src/transfer/import.ts';
import { updateSeededStore } from '../../src/transfer/seed.ts';
import { type SeedUpdateOptions, updateSeed } from '../../src/transfer/seed-update.ts';
import { done, SOURCES } from '../editing/editors.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';

let graph: TestGraph;
beforeEach(async () => {
  graph = await emptyGraph();
});
afterEach(() => graph[Symbol.asyncDispose]());

const [a, b, c, pole] = ['organisation/a', 'organisation/b', 'organisation/c', 'pole/p'] as const;

/** What the first seed says. */
const first = (): World =>
  new World()
    .pole('P', { id: pole, since: '2005', website: 'https://old.example' })
    .organisation('A', { id: a, city: 'Pau' })
    .organisation('B', { id: b, city: 'Pau' })
    .member(a, pole, { attestedOn: '2010' })
    .member(b, pole, { attestedOn: '2010' });

/** What the next one says: other cities, a member more, a date of a membership. */
const next = (): World =>
  new World()
    .pole('P', { id: pole, since: '2005', website: 'https://new.example' })
    .organisation('A', { id: a, city: 'Dax' })
    .organisation('B', { id: b, city: 'Dax' })
    .organisation('C', { id: c, city: 'Dax' })
    .member(a, pole, { attestedOn: '2010;2020' })
    .member(b, pole, { attestedOn: '2010;2020' })
    .member(c, pole);

const seeded = async () => importFolder(graph.engine, await first().write(), { by: 'seed' });
const update = async (world: World, options: SeedUpdateOptions = {}) =>
  updateSeed(graph.engine, [{ folder: await world.write(), rejectedFile: null }], options);

const STATE = `{
  pole(id: "${pole}") { website members { edges { node { name } memberships { since until attestedOn } } } }
  organisations { nodes { name city } }
}`;
const membership = async (member: string) => {
  const { organisation } = await graph.ask(
    `{ organisation(id: "${member}") { memberships { edges { memberships { id } } } } }`,
  );
  return organisation.memberships.edges[0].memberships[0].id as string;
};

describe('an update of the seed', () => {
  it('brings a store that nobody changed to the new seed, once', async () => {
    await seeded();
    expect(await update(next())).toMatchObject({ created: 2, left: [], rejected: 0 });
    const { pole: p, organisations } = await graph.ask(STATE);
    expect(p.website).toBe('https://new.example');
    expect(organisations.nodes).toEqual(['A', 'B', 'C'].map((name) => ({ name, city: 'Dax' })));
    expect(p.members.edges.map((edge: { memberships: object[] }) => edge.memberships[0])).toEqual([
      { since: null, until: null, attestedOn: ['2010', '2020'] },
      { since: null, until: null, attestedOn: ['2010', '2020'] },
      { since: null, until: null, attestedOn: [] },
    ]);
    expect(await update(next())).toMatchObject({ created: 0, updated: 0, left: [] });
  });

  it('leaves what users changed or ended, and says what it left', async () => {
    await seeded();
    await done(graph, 'organisationUpdate', { id: a, input: { city: 'Tarbes' } });
    const ended = await membership(b);
    await done(graph, 'membershipEnd', { id: ended, on: '2015', sources: SOURCES });
    // The pole has a member more, which changes no field of the pole itself.
    await graph.import(new World().organisation('D', { id: 'organisation/d' }));
    const { left, rejected } = await update(next());
    expect([left, rejected]).toEqual([[ended, a].sort(), 0]);
    const { pole: p, organisations } = await graph.ask(STATE);
    expect(p.website).toBe('https://new.example');
    expect(organisations.nodes).toMatchObject([{ city: 'Tarbes' }, { city: 'Dax' }, { city: 'Dax' }, { name: 'D' }]);
    expect(p.members.edges[1].memberships).toEqual([{ since: null, until: '2015', attestedOn: ['2010'] }]);
  });

  it('brings nothing back that users deleted or merged', async () => {
    await seeded();
    const gone = await membership(a);
    await done(graph, 'nodeDelete', { id: gone });
    await done(graph, 'organisationMerge', { id: a, others: [b] });
    await update(next());
    const { pole: p, organisations } = await graph.ask(STATE);
    expect(organisations.nodes).toEqual([
      { name: 'A', city: 'Pau' },
      { name: 'C', city: 'Dax' },
    ]);
    // The membership of B, which the merge moved to A; that of A itself was deleted.
    expect(p.members.edges.map((edge: { node: { name: string } }) => edge.node.name)).toEqual(['A', 'C']);
  });

  it('merges what stood twice, unless a user changed it, and its identifiers are found', async () => {
    await seeded();
    const merges = [
      { merged: b, into: a, name: 'B' },
      { merged: 'organisation/never-there', into: a, name: 'Never' },
    ];
    const single = new World().organisation('A', { id: a, city: 'Dax' });
    expect(await update(single, { merges, dryRun: true })).toMatchObject({ merged: 2 });
    expect(await update(single, { merges })).toMatchObject({ merged: 2, rejected: 0, left: [] });
    expect(await update(single, { merges })).toMatchObject({ merged: 0, updated: 0 });
    const { organisation, organisations } = await graph.ask(
      `{ organisation(id: "${b}") { id } organisations { nodes { id city } } }`,
    );
    expect(organisation.id).toBe(a);
    expect(organisations.nodes).toEqual([{ id: a, city: 'Dax' }]);
  });

  it('merges what an earlier seed took for two records of a registry, and gives it the one that is right', async () => {
    const earlier = new World()
      .organisation('A', { id: a, ror: '015m7wh34' })
      .organisation('B', { id: b, ror: '00crteh33' });
    await importFolder(graph.engine, await earlier.write(), { by: 'seed' });
    const single = new World().organisation('A', { id: a, ror: '00crteh33' });
    const merges = [{ merged: b, into: a, name: 'B' }];
    expect(await update(single, { merges })).toMatchObject({ merged: 1, rejected: 0, left: [] });
    const { organisations } = await graph.ask('{ organisations { nodes { id identifiers { value } } } }');
    expect(organisations.nodes).toEqual([{ id: a, identifiers: [{ value: '00crteh33' }] }]);
  });

  it('leads on what was merged before into a record that is merged now', async () => {
    await seeded();
    const gone = { merged: 'organisation/gone', name: 'Gone' };
    await update(first(), { merges: [{ ...gone, into: b }] });
    const merges = [
      { ...gone, into: a },
      { merged: b, into: a, name: 'B' },
    ];
    const single = new World().organisation('A', { id: a, city: 'Dax' });
    expect(await update(single, { merges, dryRun: true })).toMatchObject({ merged: 1, left: [] });
    expect(await update(single, { merges })).toMatchObject({ merged: 1, left: [] });
    expect((await graph.ask(`{ organisation(id: "organisation/gone") { id } }`)).organisation.id).toBe(a);
    expect(await update(single, { merges })).toMatchObject({ merged: 0, left: [] });
  });

  it('leaves two records where a user changed one of them', async () => {
    await seeded();
    await done(graph, 'organisationUpdate', { id: b, input: { city: 'Tarbes' } });
    const merges = [{ merged: b, into: a, name: 'B' }];
    expect(await update(new World().organisation('A', { id: a }), { merges })).toMatchObject({ merged: 0, left: [b] });
  });

  it('says in a dry run what it would do, and does nothing', async () => {
    await seeded();
    expect(await update(next(), { dryRun: true })).toMatchObject({ created: 2, updated: 5 });
    const { organisations } = await graph.ask(STATE);
    expect(organisations.nodes.map(({ city }: { city: string }) => city)).toEqual(['Pau', 'Pau']);
  });

  it('is refused where nobody knows what users changed, and where there is no seed', async () => {
    await seeded();
    await trimChanges(graph.engine, new Date(Date.now() + 60_000).toISOString());
    await expect(update(next())).rejects.toThrow(/GRAPPE_KEEP_CHANGES_DAYS/);
    await expect(updateSeededStore(graph.engine, 'curated')).rejects.toThrow(/does not hold the seed/);
  });
});
