import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rebuildPartnerships } from '../../src/editing/derive.ts';
import { projectPartnershipId } from '../../src/editing/partnerships.ts';
import { anyDate } from '../support/arbitraries.ts';
import { dumpExpected, dumpOf, withoutVersions } from '../support/dump.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { Reference } from '../support/reference.ts';
import { cases } from '../support/tier.ts';
import { FIXTURE_SOURCE, type Row, World } from '../support/world.ts';

let graph: TestGraph;
beforeEach(async () => {
  graph = await emptyGraph();
});
afterEach(() => graph?.[Symbol.asyncDispose]());

/** Three actors and two projects in which they meet. */
const consortium = (first: Row = {}, second: Row = {}): World =>
  new World()
    .organisation('Alpha')
    .organisation('Beta')
    .cluster('Gamma')
    .project('project/one', { start: '2010', end: '2012', ...first })
    .project('project/two', { start: '2009-06', end: '2011', ...second })
    .takesPart('Alpha', 'project/one', { role: 'COORDINATOR' })
    .takesPart('Beta', 'project/one')
    .takesPart('Gamma', 'project/one')
    .takesPart('Alpha', 'project/two')
    .takesPart('Beta', 'project/two');

const PARTNERS = `{
  actor(by: { id: "organisation/alpha" }) {
    partners { totalCount edges { node { name } kinds projectCount strength since until partnerships { sources { id } } } }
  }
}`;
async function partnersOfAlpha(): Promise<Record<string, unknown>[]> {
  const { actor } = await graph.ask(PARTNERS);
  expect(actor.partners.totalCount).toBe(actor.partners.edges.length);
  return actor.partners.edges;
}
const beta = { kinds: ['PROJECT'], node: { name: 'Beta' } };
const gamma = { kinds: ['PROJECT'], node: { name: 'Gamma' } };

describe('partnerships by common projects', () => {
  it('join every two participants once, with the first start, the last end and the weight of Newman', async () => {
    await graph.fill(consortium());
    expect(await partnersOfAlpha()).toEqual([
      // 1/(3 - 1) + 1/(2 - 1), from June 2009 to the end of 2012.
      {
        ...beta,
        projectCount: 2,
        strength: 1.5,
        since: '2009-06',
        until: '2012',
        partnerships: [{ sources: [{ id: FIXTURE_SOURCE }] }],
      },
      {
        ...gamma,
        projectCount: 1,
        strength: 0.5,
        since: '2010',
        until: '2012',
        partnerships: [{ sources: [{ id: FIXTURE_SOURCE }] }],
      },
    ]);
  });

  it('have no known end when one of the projects has none, and a beginning when one has', async () => {
    await graph.fill(consortium({ end: '' }, { start: '' }));
    expect(await partnersOfAlpha()).toMatchObject([
      { ...beta, since: '2010', until: null },
      { ...gamma, since: '2010', until: null },
    ]);
  });

  it('weigh by the number of participants that the source gives, where it names fewer of them', async () => {
    await graph.fill(consortium({ participantCount: 5 }, { participantCount: 1 }));
    // 1/(5 - 1); a count below two would weigh more than two partners alone.
    expect(await partnersOfAlpha()).toMatchObject([
      { ...beta, strength: 1.25 },
      { ...gamma, strength: 0.25 },
    ]);
  });

  it('are not made by labelling a project, nor of one participant with itself', async () => {
    await graph.fill(
      consortium()
        .pole('Pole X')
        .project('project/three', { labelledBy: ['Pole X'] })
        .takesPart('Alpha', 'project/three'),
    );
    expect((await partnersOfAlpha()).map(({ node }) => node)).toEqual([{ name: 'Beta' }, { name: 'Gamma' }]);
  });

  it('exist beside those that sources give', async () => {
    await graph.fill(consortium().partners('Beta', 'Alpha', { kind: 'SUPPLY', label: 'Contrat' }));
    const edges = await partnersOfAlpha();
    expect(edges).toHaveLength(2);
    // 1.5 by the projects, 1 by the contract of two.
    expect(edges[0]).toMatchObject({
      ...beta,
      kinds: ['PROJECT', 'SUPPLY'],
      projectCount: 2,
      strength: 2.5,
      until: null,
    });
    expect(edges[0]!.partnerships).toHaveLength(2);
  });

  it('hold as of a date between the first start and the last end, pauses included', async () => {
    await graph.fill(consortium({ start: '2010', end: '2010' }, { start: '2014', end: '2015' }));
    const in2012 = await graph.ask(
      '{ actor(by: { id: "organisation/alpha" }) { partners(asOf: "2012") { nodes { name } } } }',
    );
    expect(in2012.actor.partners.nodes).toEqual([{ name: 'Beta' }]);
    const in2016 = await graph.ask(
      '{ actor(by: { id: "organisation/alpha" }) { partners(asOf: "2016") { nodes { name } } } }',
    );
    expect(in2016.actor.partners.nodes).toEqual([]);
  });

  it('show the projects that make them, as of a date too', async () => {
    await graph.fill(consortium());
    const { actor } = await graph.ask(
      '{ actor(by: { id: "organisation/alpha" }) { partners(first: 1) { edges { partnerships { id } } } } }',
    );
    const [{ id }] = actor.partners.edges[0].partnerships;
    const { node } = await graph.ask(
      `query ($id: ID!) { node(id: $id) { ... on Partnership {
        projects { id } in2012: projects(asOf: "2012") { id } none: projects(first: 0) { id }
      } } }`,
      { id },
    );
    expect(node).toEqual({
      projects: [{ id: 'project/one' }, { id: 'project/two' }],
      in2012: [{ id: 'project/one' }],
      none: [],
    });
  });
});

describe('partnerships by common projects, after a later import', () => {
  it.each<[what: string, later: (world: World) => World, after: object[]]>([
    [
      'that moves a start',
      (world) => world.project('project/one', { start: '2008' }),
      [
        { ...beta, since: '2008' },
        { ...gamma, since: '2008' },
      ],
    ],
    [
      'that moves an end',
      (world) => world.project('project/one', { end: '2013-05' }),
      [
        { ...beta, until: '2013-05' },
        { ...gamma, until: '2013-05' },
      ],
    ],
    [
      'that takes an end away',
      (world) => world.project('project/two', { end: '' }),
      [
        { ...beta, until: null },
        { ...gamma, until: '2012' },
      ],
    ],
    [
      'with its number of participants',
      (world) => world.project('project/one', { participantCount: 101 }),
      [
        { ...beta, strength: 1.01 },
        { ...gamma, strength: 0.01 },
      ],
    ],
    [
      'that adds a participant',
      (world) => world.organisation('Delta').takesPart('Delta', 'project/two'),
      [
        { ...beta, strength: 1 },
        { kinds: ['PROJECT'], node: { name: 'Delta' }, strength: 0.5, projectCount: 1 },
        { ...gamma, strength: 0.5 },
      ],
    ],
    [
      'that adds a project',
      (world) => world.project('project/three').takesPart('Alpha', 'project/three').takesPart('Gamma', 'project/three'),
      [
        { ...beta, projectCount: 2, until: '2012' },
        { ...gamma, projectCount: 2, strength: 1.5, since: '2010', until: null },
      ],
    ],
    [
      'that changes nothing of it',
      (world) => world.project('project/one', { title: 'A fixture' }),
      [
        { ...beta, strength: 1.5 },
        { ...gamma, strength: 0.5 },
      ],
    ],
  ])('%s, are what the projects say', async (_, later, after) => {
    await graph.fill(consortium());
    await graph.fill(later(new World()));
    expect(await partnersOfAlpha()).toMatchObject(after);
  });
});

describe('the counts of an actor', () => {
  it('are its different partners, its projects, its different members', async () => {
    await graph.fill(
      consortium()
        .partners('Alpha', 'Beta')
        .partners('Gamma', 'Beta', { label: 'x' })
        .partners('Gamma', 'Beta', { label: 'y' })
        .member('Alpha', 'Gamma')
        .member('Alpha', 'Gamma', { role: 'BOARD' })
        .member('Beta', 'Gamma'),
    );
    const { nodes } = await dumpOf(graph.engine);
    const countsOf = (id: string): unknown[] => {
      const { partnerCount, projectCount, memberCount } = nodes[id]!;
      return [partnerCount, projectCount, memberCount];
    };
    expect(countsOf('organisation/alpha')).toEqual([2, 2, 0]);
    expect(countsOf('organisation/beta')).toEqual([2, 2, 0]);
    expect(countsOf('cluster/gamma')).toEqual([2, 1, 2]);
  });
});

describe('derived partnerships on random consortia', () => {
  const ACTORS = ['organisation/a', 'organisation/b', 'organisation/c', 'organisation/d', 'cluster/e'];
  const PROJECTS = ['project/p', 'project/q', 'project/r', 'project/s'];
  const anyProject = fc.record({
    id: fc.constantFrom(...PROJECTS),
    dates: fc.option(fc.uniqueArray(anyDate, { minLength: 2, maxLength: 2 })),
    open: fc.boolean(),
    participantCount: fc.option(fc.integer({ min: 0, max: 9 })),
  });
  const anyPart = fc.record({ actor: fc.constantFrom(...ACTORS), project: fc.constantFrom(...PROJECTS) });
  /** One import after the other: projects given again, further participants. */
  const anyStep = fc.record({
    projects: fc.uniqueArray(anyProject, { selector: ({ id }) => id, maxLength: 4 }),
    parts: fc.uniqueArray(anyPart, { selector: ({ actor, project }) => `${actor} ${project}`, maxLength: 14 }),
  });
  type Step = typeof anyStep extends fc.Arbitrary<infer Made> ? Made : never;

  const projectRow = ({ id, dates, open, participantCount }: Step['projects'][number]): Row => {
    const [start, end] = [...(dates ?? [null, null])].sort();
    return { id, name: id, start: start ?? null, end: open ? null : (end ?? null), participantCount };
  };

  /** The facts of all steps together: of a project the last. */
  function united(steps: readonly Step[]): World {
    const world = new World();
    for (const id of ACTORS) {
      if (id.startsWith('cluster')) world.cluster(id, { id, since: '2005', until: '2009' });
      else world.organisation(id, { id });
    }
    const rows = new Map(PROJECTS.map((id): [string, Row] => [id, { start: null, end: null, participantCount: null }]));
    for (const { projects } of steps) for (const project of projects) rows.set(project.id, projectRow(project));
    for (const [id, row] of rows) world.project(id, row);
    const parts = new Set(steps.flatMap(({ parts }) => parts.map(({ actor, project }) => `${actor} ${project}`)));
    for (const part of parts) world.takesPart(...(part.split(' ') as [string, string]));
    return world;
  }

  it('follow every import, and are what a rebuild makes of them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 1, maxLength: 3 }), async (steps) => {
        await using fresh = await emptyGraph();
        await fresh.fill(united([]));
        for (const [place, { projects, parts }] of steps.entries()) {
          const world = new World();
          for (const project of projects) world.project(project.id, projectRow(project));
          for (const { actor, project } of parts) world.takesPart(actor, project);
          await fresh.fill(world);
          const { nodes, edges } = withoutVersions(await dumpOf(fresh.engine));
          const expected = withoutVersions(dumpExpected(new Reference(united(steps.slice(0, place + 1)))));
          expect({ nodes, edges }).toEqual(expected);
        }
        const before = await dumpOf(fresh.engine);
        await rebuildPartnerships(fresh.engine);
        expect(await dumpOf(fresh.engine)).toEqual(before);
      }),
      cases({ usual: 15, neo4j: 4, long: 100 }),
    );
  });

  it('are mended by a rebuild where something spoilt them, and nothing else is touched', async () => {
    await graph.fill(consortium().partners('Alpha', 'Beta', { kind: 'SUPPLY' }).organisation('Delta'));
    const before = await dumpOf(graph.engine);
    const [beta, delta] = ['organisation/beta', 'organisation/delta'];
    const spoil = [
      "MATCH (:Entity {id: 'organisation/alpha'})-[r:PARTNERS_WITH {kind: 'PROJECT'}]-(:Entity {id: $beta}) DELETE r",
      "MATCH (:Entity {id: 'cluster/gamma'})-[r:PARTNERS_WITH {kind: 'PROJECT'}]-() SET r.strength = 99, r.projectCount = 7",
      `MATCH (a:Entity {id: $beta}) MATCH (b:Entity {id: $delta})
       CREATE (a)-[r:PARTNERS_WITH]->(b) SET r.id = $id, r.kind = 'PROJECT', r.projectCount = 1`,
    ];
    const parameters = { beta, delta, id: projectPartnershipId(beta, delta) };
    for (const text of spoil) {
      await graph.engine.write((transaction) => transaction.run({ name: 'spoil', text }, parameters));
    }
    expect(await dumpOf(graph.engine)).not.toEqual(before);
    await rebuildPartnerships(graph.engine);
    expect(await dumpOf(graph.engine)).toEqual(before);
  });
});
