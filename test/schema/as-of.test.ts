import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';

/** A fixture of a pole that changed: members came and went, it moved, a région ended. */
const world = (): World =>
  new World()
    .territory('territory/old', { name: 'Old', level: 'REGION', until: '2015-12-31' })
    .territory('territory/new', { name: 'New', level: 'REGION', since: '2016-01-01' })
    .territory('territory/town', { name: 'Town', level: 'COMMUNE' })
    .part('territory/town', 'territory/old', { until: '2015-12-31' })
    .part('territory/town', 'territory/new', { since: '2016-01-01' })
    .pole('Pole X', {
      since: '2005-07-12',
      until: '2019',
      foundedOn: '2004',
      dissolvedOn: '2020-06',
      covers: 'territory/old@..2015;territory/new@2016..',
    })
    .cluster('Undated')
    .organisation('Always', { territory: 'territory/town' })
    .organisation('Early')
    .territory('territory/quay', { name: 'Quay', level: 'OTHER' })
    .territory('territory/hill', { name: 'Hill', level: 'OTHER' })
    .territory('territory/port', { name: 'Port', level: 'OTHER' })
    .part('territory/quay', 'territory/port')
    .part('territory/hill', 'territory/port')
    .cluster('Mover', { territory: 'territory/quay@..2010;territory/hill@2011..' })
    .organisation('Stayer', { territory: 'territory/hill' })
    .organisation('Late')
    .organisation('Month')
    .member('Always', 'Pole X')
    .member('Early', 'Pole X', { until: '2008' })
    .member('Late', 'Pole X', { since: '2009' })
    .member('Month', 'Pole X', { since: '2008-12', until: '2009-02-14' })
    .indicator('Pole X', 'members', 40, { from: '2007-06' })
    .indicator('Pole X', 'members', 55, { from: '2009' })
    .partners('Always', 'Early', { since: '2006', until: '2007' })
    .project('project/p', { start: '2010', end: '2011' })
    .project('project/open')
    .takesPart('Always', 'project/p')
    .takesPart('Always', 'project/open')
    .patent('FR1')
    .production('FR1', 'territory/town', { since: '2012', until: '2013' });

let graph: TestGraph;
beforeAll(async () => {
  graph = await emptyGraph();
  await graph.fill(world());
});
afterAll(() => graph?.[Symbol.asyncDispose]());

const named = (nodes: { name: string }[]): string[] => nodes.map(({ name }) => name);

describe('the world as of a date', () => {
  it.each([
    [null, ['Always', 'Early', 'Late', 'Month']],
    ['2003', []],
    ['2003-12-31', []],
    ['2004', ['Always', 'Early']],
    ['2004-01-01', ['Always', 'Early']],
    ['2008', ['Always', 'Early', 'Month']],
    ['2008-11', ['Always', 'Early']],
    ['2008-12-31', ['Always', 'Early', 'Month']],
    ['2009', ['Always', 'Late', 'Month']],
    ['2009-02', ['Always', 'Late', 'Month']],
    ['2009-02-14', ['Always', 'Late', 'Month']],
    ['2009-02-15', ['Always', 'Late']],
    ['2009-03', ['Always', 'Late']],
    ['2020-06-30', ['Always', 'Late']],
    ['2020-07', []],
    ['9999', []],
  ])('has those members who belonged at some day of it, while the structure lived: %s', async (asOf, expected) => {
    const { pole } = await graph.ask(
      'query ($asOf: PartialDate) { pole(id: "pole/pole-x") { members(asOf: $asOf) { nodes { name } totalCount } } }',
      { asOf },
    );
    expect(named(pole.members.nodes)).toEqual(expected);
    expect(pole.members.totalCount).toBe(expected.length);
  });

  it.each([
    ['2005', true],
    ['2005-07-11', false],
    ['2005-07-12', true],
    ['2019-12-31', true],
    ['2020', false],
    ['2004', false],
  ])(
    'has a pole while it is recognised, which the lifespan of its structure does not prolong, and nothing undated: %s',
    async (asOf, isActive) => {
      const data = await graph.ask(
        `query ($asOf: PartialDate!) {
        pole(id: "pole/pole-x") { isActive(asOf: $asOf) }
        cluster(id: "cluster/undated") { isActive(asOf: $asOf) }
      }`,
        { asOf },
      );
      expect(data).toEqual({ pole: { isActive }, cluster: { isActive: false } });
    },
  );

  it.each([
    ['2015', ['Old'], ['Old']],
    ['2016', ['New'], ['New']],
    [null, ['New', 'Old'], ['New', 'Old']],
  ])('has the territories of its time: %s', async (asOf, covers, partOf) => {
    const { pole, territory } = await graph.ask(
      `query ($asOf: PartialDate) {
        pole(id: "pole/pole-x") { covers(asOf: $asOf) { name } }
        territory(id: "territory/town") { partOf(asOf: $asOf) { name } }
      }`,
      { asOf },
    );
    expect([named(pole.covers), named(territory.partOf)]).toEqual([covers, partOf]);
  });

  it.each([
    ['2015', [['Always'], []]],
    ['2016', [[], ['Always']]],
  ])('has actors in the territories of its time: %s', async (asOf, expected) => {
    const { before, after } = await graph.ask(
      `query ($asOf: PartialDate) {
        before: territory(id: "territory/old") { actors(asOf: $asOf) { nodes { name } } }
        after: territory(id: "territory/new") { actors(asOf: $asOf) { nodes { name } } }
      }`,
      { asOf },
    );
    expect([named(before.actors.nodes), named(after.actors.nodes)]).toEqual(expected);
  });

  it.each([
    [null, ['Mover', 'Stayer'], ['Mover']],
    ['2008', ['Mover', 'Stayer'], ['Mover']],
    ['2012', ['Mover', 'Stayer'], []],
  ])('counts an actor once whose seat moved within a territory: %s', async (asOf, inPort, onQuay) => {
    const actors = `actors(asOf: $asOf) {
      totalCount nodes { name } edges { cursor node { name } } facets { actorKinds { count } }
    }`;
    const { port, quay, pages } = await graph.ask(
      `query ($asOf: PartialDate) {
        port: territory(id: "territory/port") { ${actors} }
        quay: territory(id: "territory/quay") { ${actors} }
        pages: territory(id: "territory/port") {
          first: actors(asOf: $asOf, first: 1) { nodes { name } pageInfo { hasNextPage endCursor } }
          last: actors(asOf: $asOf, last: 1) { nodes { name } pageInfo { hasPreviousPage } }
        }
      }`,
      { asOf },
    );
    for (const [found, expected] of [
      [port, inPort],
      [quay, onQuay],
    ] as const) {
      const { totalCount, nodes, edges, facets } = found.actors;
      expect(totalCount).toBe(expected.length);
      expect(named(nodes)).toEqual(expected);
      expect(edges).toHaveLength(expected.length);
      expect(facets.actorKinds.reduce((sum: number, { count }: { count: number }) => sum + count, 0)).toBe(
        expected.length,
      );
    }
    expect([named(pages.first.nodes), named(pages.last.nodes)]).toEqual([['Mover'], ['Stayer']]);
    expect([pages.first.pageInfo.hasNextPage, pages.last.pageInfo.hasPreviousPage]).toEqual([true, true]);
    const after = `{ territory(id: "territory/port") {
      actors(${asOf ? `asOf: "${asOf}", ` : ''}first: 1, after: "${pages.first.pageInfo.endCursor}") {
        nodes { name } pageInfo { hasNextPage } } } }`;
    const { territory } = await graph.ask(after);
    expect(territory.actors).toEqual({ nodes: [{ name: 'Stayer' }], pageInfo: { hasNextPage: false } });
  });

  it('lists territories, partners, memberships, projects and productions of that time', async () => {
    const question = `query ($asOf: PartialDate) {
      territories(level: REGION, asOf: $asOf) { nodes { name } }
      organisation(by: { id: "organisation/always" }) {
        partners(asOf: $asOf) { nodes { name } }
        memberships(asOf: $asOf) { nodes { name } }
        projects(asOf: $asOf) { nodes { name } }
      }
      patent(id: "patent/fr1") { production(asOf: $asOf) { territory { name } } }
    }`;
    const at = async (asOf: string): Promise<unknown> => {
      const { territories, organisation, patent } = await graph.ask(question, { asOf });
      return [
        named(territories.nodes),
        named(organisation.partners.nodes),
        named(organisation.memberships.nodes),
        named(organisation.projects.nodes),
        patent.production.length,
      ];
    };
    expect(await at('2006')).toEqual([['Old'], ['Early'], ['Pole X'], ['project/open'], 0]);
    expect(await at('2010')).toEqual([['Old'], [], ['Pole X'], ['project/p', 'project/open'], 0]);
    expect(await at('2012-06')).toEqual([['Old'], [], ['Pole X'], ['project/open'], 1]);
    expect(await at('2021')).toEqual([['New'], [], [], ['project/open'], 0]);
  });

  it.each([
    [null, { recorded: 4, reported: 55, reportedOn: '2009' }],
    ['2009', { recorded: 3, reported: 55, reportedOn: '2009' }],
    ['2008-01', { recorded: 2, reported: 40, reportedOn: '2007-06' }],
    ['2005', { recorded: 2, reported: null, reportedOn: null }],
  ])('says of %s how many members are recorded, beside the newest figure of then', async (asOf, known) => {
    const { pole } = await graph.ask(
      `query ($asOf: PartialDate) {
        pole(id: "pole/pole-x") { membersKnown(asOf: $asOf) { recorded reported reportedOn } }
      }`,
      { asOf },
    );
    expect(pole.membersKnown).toEqual(known);
  });

  it.each(['2009-13', '2009-02-29', '09', '2009-3', 'yesterday', '', '2009-03-14T00:00:00Z'])(
    'is asked for by a date that is one: "%s" is rejected with the three forms',
    async (asOf) => {
      const question = 'query ($asOf: PartialDate) { pole(id: "pole/pole-x") { members(asOf: $asOf) { totalCount } } }';
      const inDocument = `{ pole(id: "pole/pole-x") { members(asOf: "${asOf}") { totalCount } } }`;
      for (const messages of [await graph.errorMessages(question, { asOf }), await graph.errorMessages(inDocument)]) {
        expect(messages).toEqual([expect.stringContaining('is not a date: write 2009, 2009-03 or 2009-03-14.')]);
      }
    },
  );
});
