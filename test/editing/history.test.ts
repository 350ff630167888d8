import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { indexEntries } from '../../src/changes/index-log.ts';
import { trimChanges, trimToNumber } from '../../src/changes/retention.ts';
import { statement } from '../../src/graph/statement.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';
import { done } from './editors.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await emptyGraph();
  await graph.fill(new World().organisation('A', { id: 'organisation/a' }).organisation('B', { id: 'organisation/b' }));
  for (const city of ['Dax', 'Pau']) await done(graph, 'organisationUpdate', { id: 'organisation/a', input: { city } });
  await done(graph, 'organisationUpdate', { id: 'organisation/b', input: { city: 'Albi' } });
  await done(graph, 'organisationMerge', { id: 'organisation/a', others: ['organisation/b'] });
});
afterAll(() => graph[Symbol.asyncDispose]());

const write = (text: string) => graph.engine.write((transaction) => transaction.run(statement('test', text)));

/** The actions in the history of an organisation, the latest first. */
async function historyOf(id: string): Promise<string[]> {
  const { organisation } = await graph.plain.ask(
    'query ($id: ID!) { organisation(by: { id: $id }) { history(first: 50) { totalCount nodes { action } } } }',
    { id },
  );
  const actions = organisation.history.nodes.map(({ action }: { action: string }) => action);
  expect(organisation.history.totalCount).toBe(actions.length);
  return actions;
}

const ACTIONS = [
  'organisationMerge',
  'organisationUpdate',
  'organisationUpdate',
  'organisationUpdate',
  'import organisations.csv, lines 2 to 3',
];

describe('the history of a record', () => {
  it('is found by the index, not in the entries of the log', async () => {
    await write('MATCH (c:Change) SET c.all = c.touched, c.touched = []');
    expect(await historyOf('organisation/a')).toEqual(ACTIONS);
    await write('MATCH (c:Change) SET c.touched = c.all REMOVE c.all');
  });

  it('is read without what its entries touched, and that once for all histories that an entry is in', async () => {
    const TWICE = 'one: organisation(id: "organisation/a") { ...E } other: source(id: "source/fixture") { ...E }';
    const asking = (field: string): string =>
      `{ ${TWICE} } fragment E on Node { history(first: 50) { nodes { action ${field} } } }`;
    const counted = await graph.plain.answer(asking('touchedCount'));
    expect(counted.statements).not.toContain('touchedAt');
    const { data, statements } = await graph.plain.answer(asking('touchedCount touched'));
    expect(statements.filter((name) => name === 'touchedAt')).toHaveLength(1);
    const entries = data!.one.history.nodes;
    for (const { touched, touchedCount } of entries) expect(touched).toHaveLength(touchedCount);
    const last: { touched: readonly string[] } = entries.at(-1);
    expect(last.touched).toEqual(expect.arrayContaining(['organisation/a', 'organisation/b']));
    expect(entries.map(({ touchedCount }: { touchedCount: number }) => touchedCount)).toEqual(
      counted.data!.one.history.nodes.map(({ touchedCount }: { touchedCount: number }) => touchedCount),
    );
  });

  it('is whole in a store of a version without the index, before and after its entries are indexed', async () => {
    await write('MATCH (touched:Touched) DELETE touched');
    await write("MATCH (counter:Counter {id: 'change'}) REMOVE counter.indexedAfter, counter.indexedUntil");
    expect(await historyOf('organisation/a')).toEqual(ACTIONS);
    await done(graph, 'organisationUpdate', { id: 'organisation/a', input: { city: 'Foix' } });
    const all = ['organisationUpdate', ...ACTIONS];
    expect(await historyOf('organisation/a')).toEqual(all);
    const stopped = AbortSignal.abort(new Error('stopped'));
    await expect(indexEntries(graph.engine, stopped)).rejects.toThrow('stopped');
    expect(await indexEntries(graph.engine)).toBeGreaterThanOrEqual(ACTIONS.length);
    expect(await indexEntries(graph.engine)).toBe(0);
    await write('MATCH (c:Change) SET c.touched = []');
    expect(await historyOf('organisation/a')).toEqual(all);
  });

  it('has no entries that were deleted', async () => {
    await trimChanges(graph.engine, new Date(Date.now() + 60_000).toISOString());
    expect(await historyOf('organisation/a')).toEqual([]);
    await done(graph, 'organisationUpdate', { id: 'organisation/a', input: { city: 'Dax' } });
    expect(await historyOf('organisation/a')).toEqual(['organisationUpdate']);
  });

  it('leaves no node of the index behind to which nothing is added', async () => {
    // The log goes on at 2,001: the entries before are deleted, and so are the nodes of their index.
    await write("MATCH (counter:Counter {id: 'change'}) SET counter.value = 2000");
    await done(graph, 'organisationUpdate', { id: 'organisation/a', input: { city: 'Albi' } });
    await trimChanges(graph.engine, new Date(Date.now() + 60_000).toISOString());
    const nodes = statement<{ id: string }>('touched', 'MATCH (touched:Touched) RETURN touched.id AS id');
    const ids = (await graph.engine.read(nodes)).map(({ id }) => id);
    expect(ids).toContain('organisation/a 2');
    expect(ids.filter((id) => !id.endsWith(' 2'))).toEqual([]);
  });

  it('says from when on it is complete, and has no more entries than the setting allows', async () => {
    await using graph = await emptyGraph();
    await graph.fill(new World().organisation('A', { id: 'organisation/a' }));
    const history = async () =>
      (
        await graph.ask(
          '{ organisation(by: { id: "organisation/a" }) { history(first: 100) { completeSince nodes { at sequence } } } }',
        )
      ).organisation.history;
    expect((await history()).completeSince).toBeNull();
    for (let number = 0; number < 30; number++) {
      const input = { city: `Foix ${number}`, idempotencyKey: String(number) };
      await done(graph, 'organisationUpdate', { id: 'organisation/a', input });
    }
    const { nodes: all } = await history();
    expect(await trimToNumber(graph.engine, all.length + 10)).toBe(0);
    // The entry of the source that the fixture names too.
    const entries = all[0].sequence;
    expect(await trimToNumber(graph.engine, 20)).toBe(entries - 20);
    const { nodes: left, completeSince } = await history();
    expect(left).toEqual(all.slice(0, 20));
    expect(completeSince).toBe(left.at(-1).at);
    const keys = statement<{ id: string }>('keys', 'MATCH (once:Once) RETURN once.id AS id');
    expect((await graph.engine.read(keys)).length).toBeLessThanOrEqual(20);
    // One entry more is no reason to look for the oldest again.
    await done(graph, 'organisationUpdate', { id: 'organisation/a', input: { city: 'Auch' } });
    expect(await trimToNumber(graph.engine, 20)).toBe(0);
    await trimChanges(graph.engine, new Date(Date.now() + 60_000).toISOString());
    expect(new Date((await history()).completeSince).getTime()).toBeGreaterThan(new Date(all[0].at).getTime());
  });
});

describe('the history of a record of any type', () => {
  it('has the mutations of nodes and relationships, and the imports of nodes', async () => {
    await using graph = await emptyGraph();
    const sources = 'source/fixture';
    await graph.fill(
      new World()
        .organisation('A', { id: 'organisation/a' })
        .pole('P', { id: 'pole/p', since: '2005' })
        .topic('topic/t')
        .topic('topic/l', { scheme: 'LABEL' })
        .territory('territory/x')
        .project('project/q')
        .organisation('B', { id: 'organisation/b', sources }),
    );
    const facts = { sources: [sources] };
    const recorded = [
      ['membershipStart', { member: 'organisation/a', network: 'pole/p', role: 'MEMBER' }],
      ['partnershipStart', { from: 'organisation/a', to: 'organisation/b', kind: 'SUPPLY' }],
      ['affiliationStart', { organisation: 'organisation/a', parent: 'organisation/b' }],
      ['labelStart', { network: 'pole/p', label: 'topic/l', since: '2005' }],
      ['participationAdd', { participant: 'organisation/a', project: 'project/q', role: 'PARTNER' }],
      ['patentCreate', { number: 'FR1', applicants: ['organisation/a'] }],
      ['claimRecord', { about: 'organisation/a', field: 'city', value: 'Pau' }],
      ['indicatorRecord', { about: 'pole/p', measure: 'members', value: 3, from: '2010' }],
      ['sourceCreate', { title: 'S' }],
    ] as const;
    const ids = new Map<string, string>();
    for (const [action, input] of recorded) {
      ids.set(await done(graph, action, { input: action === 'sourceCreate' ? input : { ...input, ...facts } }), action);
    }
    // A claim or a figure is recorded about another record, whose id the mutation gives.
    const about = await graph.ask(`{ organisation(by: { id: "organisation/a" }) { claims { id } }
      pole(id: "pole/p") { indicators(first: 1) { nodes { id } } } }`);
    ids.set(about.organisation.claims[0].id, 'claimRecord');
    ids.set(about.pole.indicators.nodes[0].id, 'indicatorRecord');
    for (const id of ['organisation/a', 'pole/p', 'topic/t', 'territory/x', 'project/q', sources]) ids.set(id, '');
    const question = `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id history(first: 1) {
      totalCount pageInfo { hasNextPage } edges { cursor node { action touched } } } } }`;
    const { nodes } = await graph.ask(question, { ids: [...ids.keys()] });
    for (const { __typename, id, history } of nodes) {
      const [{ node }] = history.edges;
      expect(node.touched, __typename).toContain(id);
      if (ids.get(id) !== '') expect([history.totalCount, node.action]).toEqual([1, ids.get(id)]);
      expect(history.pageInfo.hasNextPage).toBe(history.totalCount > 1);
    }
    // In lists, too: the pages of all relationships of a level are one statement.
    const { pole } = await graph.ask(`{ pole(id: "pole/p") { members(first: 5) { edges {
      memberships { history(first: 1) { nodes { action } } } } } } }`);
    expect(pole.members.edges[0].memberships[0].history.nodes).toEqual([{ action: 'membershipStart' }]);
  });
});
