import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, done, requested, SOURCES } from '../editing/editors.ts';
import { emptyGraph, engineUnderTest, type TestGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await emptyGraph();
  const world = new World().pole('Pôle', { id: 'pole/p', since: '2005' });
  for (const key of ['a', 'b', 'c', 'd']) world.organisation(key.toUpperCase(), { id: `organisation/${key}` });
  await graph.fill(world.member('organisation/a', 'pole/p', { since: '2010' }));
});
afterAll(() => graph?.[Symbol.asyncDispose]());

const ENDS = 'id ... on Partnership { from { id } to { id } } ... on Membership { member { id } network { id } }';
const byId = async (id: string) => {
  const { data, statements } = await graph.answer(`query($id: ID!) { node(id: $id) { ${ENDS} } }`, { id });
  return { node: data.node, statements };
};
const partner = (from: string, to: string): Promise<string> =>
  done(graph, 'partnershipStart', {
    input: { from: `organisation/${from}`, to: `organisation/${to}`, kind: 'SUPPLY', since: '2020', sources: SOURCES },
  });

/** What a relationship that was seen before takes: Neo4j has an index, the embedded engine looks where it was. */
const seen = (type: string): string => (engineUnderTest === 'neo4j' ? `${type}_by_id` : `${type}_at`);

describe('a relationship, by its identifier', () => {
  it('is found where it was listed, from either end', async () => {
    const { memberships } = (
      await graph.ask('{ organisation(by: { id: "organisation/a" }) { memberships { edges { memberships { id } } } } }')
    ).organisation;
    const membership = memberships.edges[0].memberships[0].id;
    const { node, statements } = await byId(membership);
    expect(node).toEqual({ id: membership, member: { id: 'organisation/a' }, network: { id: 'pole/p' } });
    expect(statements).toContain(seen('MEMBER_OF'));
    await graph.ask('{ pole(id: "pole/p") { members { edges { memberships { id } } } } }');
    expect((await byId(membership)).node).toEqual(node);
  });

  it('is found as soon as it is made, without a look at any other', async () => {
    const before = graph.engine.statements.length;
    const { data } = await requested(
      graph,
      ADMIN,
      `mutation($input: PartnershipStartInput!) { partnershipStart(input: $input) { partnership { id to { id } } } }`,
      { input: { from: 'organisation/a', to: 'organisation/d', kind: 'SUPPLY', sources: SOURCES } },
    );
    const { id, to } = data!.partnershipStart.partnership;
    expect(to.id).toBe('organisation/d');
    const looks = graph.engine.statements.slice(before).filter((name) => /^PARTNERS_WITH_(at|by_id)$/.test(name));
    expect(looks).toEqual([]);
    const { node, statements } = await byId(id);
    expect(node).toMatchObject({ id, from: { id: 'organisation/a' }, to: { id: 'organisation/d' } });
    expect(statements).toContain(seen('PARTNERS_WITH'));
  });

  it('is found where a merge has taken it, and not where it is no more', async () => {
    const [remaining, gone] = [await partner('b', 'c'), await partner('c', 'd')];
    await byId(remaining);
    await done(graph, 'organisationMerge', { id: 'organisation/a', others: ['organisation/b'] });
    const { partners } = (
      await graph.ask(
        '{ organisation(by: { id: "organisation/a" }) { partners { edges { partnerships { id } node { id } } } } }',
      )
    ).organisation;
    const moved = partners.edges.find(({ node }: { node: { id: string } }) => node.id === 'organisation/c');
    expect((await byId(moved.partnerships[0].id)).node).toMatchObject({
      from: { id: 'organisation/a' },
      to: { id: 'organisation/c' },
    });
    if (moved.partnerships[0].id !== remaining) expect((await byId(remaining)).node).toBeNull();
    await done(graph, 'nodeDelete', { id: 'organisation/d', cascade: true });
    expect((await byId(gone)).node).toBeNull();
    expect((await byId('partnership/nothing-of-the-kind')).node).toBeNull();
  });

  it('is changed and ended by a client that has seen it', async () => {
    const { partners } = (
      await graph.ask('{ organisation(by: { id: "organisation/c" }) { partners { edges { partnerships { id } } } } }')
    ).organisation;
    const shown = partners.edges[0].partnerships[0].id;
    await done(graph, 'partnershipEnd', { id: shown, on: '2024', sources: SOURCES });
    const { until } = (
      await graph.ask(`query($id: ID!) { node(id: $id) { ... on Partnership { until } } }`, { id: shown })
    ).node;
    expect(until).toBe('2024');
  });
});
