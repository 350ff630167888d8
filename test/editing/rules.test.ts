import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { statement } from '../../src/graph/statement.ts';
import { exportFolder } from '../../src/transfer/export.ts';
import { embeddedGraph, emptyGraph, type TestGraph } from '../support/graph.ts';
import { type Row, scratchFolder, World } from '../support/world.ts';
import { dump, invertedIn } from './dump.ts';
import { done, rejected, SOURCES } from './editors.ts';
import { networks, succeed } from './networks.ts';

const sources = SOURCES;
let graph: TestGraph;
beforeEach(async () => {
  graph = await emptyGraph();
});
afterEach(() => graph?.[Symbol.asyncDispose]());

const inverted = (): Promise<string[]> => invertedIn(graph.engine);

describe('a lifespan that follows from a succession', () => {
  it('is checked as one that is written: a network that had ended comes out of no other', async () => {
    await graph.fill(networks());
    const before = await dump(graph.engine);
    expect(await rejected(graph, ...succeed('pole/old', 'pole/past', 'MERGE', '2013'))).toEqual([
      'INVALID since: "pole/past" ended on 2012-12-31: it cannot have succeeded another network in 2013.',
    ]);
    expect(await rejected(graph, ...succeed('pole/late', 'pole/new', 'RENAME', '2011'))).toEqual([
      'INVALID since: "pole/late" began on 2013-01-01: it cannot have been succeeded in 2011.',
    ]);
    // The former one would end before its label begins.
    expect(await rejected(graph, ...succeed('pole/late', 'pole/new', 'RENAME', '2013'))).toEqual([
      'INVALID since: The period ends (2013) before it begins (2014).',
    ]);
    expect(await inverted()).toEqual([]);
    expect(await dump(graph.engine)).toEqual(before);
  });

  it('that is fine is exported and imported whole, with its succession and its claims', async () => {
    await graph.fill(networks());
    await done(graph, ...succeed('pole/old', 'pole/new', 'MERGE', '2012'));
    await done(graph, ...succeed('pole/new', 'pole/late', 'RENAME', '2015'));
    const folder = await scratchFolder();
    await exportFolder(graph.engine, folder);
    await using copy = await embeddedGraph();
    expect((await copy.import(folder)).rejections).toEqual([]);
    expect(await dump(copy.engine)).toEqual(await dump(graph.engine));
  });

  it('has no circle: the message names it', async () => {
    await graph.fill(networks());
    await done(graph, ...succeed('pole/old', 'pole/new'));
    await done(graph, ...succeed('pole/new', 'pole/late'));
    const message = 'This would close a circle: pole/late → pole/old → pole/new → pole/late.';
    expect(await rejected(graph, ...succeed('pole/late', 'pole/old'))).toEqual([`INVALID to: ${message}`]);
    const { rejections } = await graph.import(new World().succession('pole/late', 'pole/old'));
    expect(rejections).toEqual([{ file: 'successions.csv', line: 2, column: 'to', reason: message }]);
  });
});

describe('a row that gives a part of a record', () => {
  it('is checked with the rest of it', async () => {
    await graph.fill(networks().organisation('A', { id: 'organisation/a' }).project('project/p', { start: '2010' }));
    const given: [file: string, row: Row][] = [
      ['networks.csv', { id: 'pole/new', type: 'POLE', name: 'New', until: '2009' }],
      ['networks.csv', { id: 'pole/past', type: 'POLE', name: 'Past', dissolvedOn: '2004' }],
      ['projects.csv', { id: 'project/p', name: 'P', end: '2009' }],
    ];
    const reasons: string[] = [];
    for (const [file, row] of given) {
      const { rejections } = await graph.import(new World().row(file, { ...row, sources: 'source/fixture' }));
      reasons.push(...rejections.map(({ column, reason }) => `${column}: ${reason}`));
    }
    expect(reasons).toEqual([
      'until: The period ends (2009) before it begins (2010).',
      'dissolvedOn: The network would end on 2004-12-31 before it begins on 2005-01-01.',
      'end: The period ends (2009) before it begins (2010).',
    ]);
    expect(await inverted()).toEqual([]);
  });
});

const claimsOf = async (id: string, field: string): Promise<string[]> => {
  const { actor } = await graph.ask(
    `query ($id: ID!, $field: String!) { actor(by: { id: $id }) { claims(field: $field) { value preferred } } }`,
    { id, field },
  );
  return actor.claims
    .map(({ value, preferred }: { value: string; preferred: boolean }) => `${value} ${preferred}`)
    .sort();
};

describe('a preferred claim', () => {
  const world = (): World =>
    new World()
      .territory('territory/x', { name: 'X' })
      .territory('territory/y', { name: 'Y' })
      .organisation('A', { id: 'organisation/a', city: 'Pau', kind: 'COMPANY', territory: 'territory/x' })
      .organisation('B', { id: 'organisation/b', city: 'Dax', kind: 'RESEARCH', territory: 'territory/y' })
      .organisation('C', { id: 'organisation/c', city: 'Tarbes' })
      .claim('organisation/a', 'city', 'Pau')
      .claim('organisation/a', 'city', 'Dax')
      .claim('organisation/a', 'territory', 'X', { preferred: true });

  it('is the one that the record shows, after an update by a mutation', async () => {
    await graph.fill(world());
    expect(await claimsOf('organisation/a', 'city')).toEqual(['Dax false', 'Pau true']);
    await done(graph, 'organisationUpdate', { id: 'organisation/a', input: { city: 'Dax' } });
    expect(await claimsOf('organisation/a', 'city')).toEqual(['Dax true', 'Pau false']);
    await done(graph, 'organisationUpdate', { id: 'organisation/a', input: { city: null } });
    expect(await claimsOf('organisation/a', 'city')).toEqual(['Dax false', 'Pau false']);
    await done(graph, 'organisationUpdate', { id: 'organisation/a', input: { territory: 'territory/y' } });
    expect(await claimsOf('organisation/a', 'territory')).toEqual(['X false']);
  });

  it('is the one that the record shows, after an import', async () => {
    await graph.fill(world());
    await graph.fill(new World().organisation('A', { id: 'organisation/a', city: 'Dax' }));
    expect(await claimsOf('organisation/a', 'city')).toEqual(['Dax true', 'Pau false']);
    const again = new World().claim('organisation/a', 'city', 'Dax').claim('organisation/a', 'city', 'Tarbes');
    expect(await graph.import(again)).toMatchObject({ created: 2, updated: 0, rejections: [] });
  });

  it('is the one that the record shows, after one merge and after the next', async () => {
    await graph.fill(world());
    await done(graph, 'organisationUpdate', { id: 'organisation/a', input: { city: null } });
    await done(graph, 'organisationMerge', { id: 'organisation/a', others: ['organisation/b'] });
    expect(await claimsOf('organisation/a', 'city')).toEqual(['Dax true', 'Pau false']);
    expect(await claimsOf('organisation/a', 'kind')).toEqual(['COMPANY true', 'RESEARCH false']);
    expect(await claimsOf('organisation/a', 'territory')).toEqual(['X true', 'Y false']);
    await done(graph, 'organisationMerge', { id: 'organisation/c', others: ['organisation/a'] });
    expect(await claimsOf('organisation/c', 'city')).toEqual(['Dax false', 'Pau false', 'Tarbes true']);
    expect(await claimsOf('organisation/c', 'territory')).toEqual(['X true', 'Y false']);
  });

  it('cannot be one that the record does not show', async () => {
    await graph.fill(world());
    const message =
      'city of organisation/a is not "Dax": a claim is preferred when the record says the same. Change the record first, or leave preferred out.';
    const input = { about: 'organisation/a', field: 'city', value: 'Dax', preferred: true, sources };
    expect(await rejected(graph, 'claimRecord', { input })).toEqual([`INVALID preferred: ${message}`]);
    const { rejections } = await graph.import(new World().claim('organisation/a', 'city', 'Dax', { preferred: true }));
    expect(rejections).toEqual([{ file: 'claims.csv', line: 2, column: 'preferred', reason: message }]);
  });

  it('is the only one of what no field of the record shows', async () => {
    await graph.fill(world());
    for (const value of ['about 10', 'about 20']) {
      const input = { about: 'organisation/a', field: 'people', value, preferred: true, sources };
      await done(graph, 'claimRecord', { input });
    }
    expect(await claimsOf('organisation/a', 'people')).toEqual(['about 10 false', 'about 20 true']);
  });
});

describe('an identifier', () => {
  const create = (name: string): Promise<string> =>
    done(graph, 'organisationCreate', { input: { name, kind: 'COMPANY', sources } });

  it('of a record that was deleted is never given again', async () => {
    await graph.fill(new World());
    expect(await create('Alpha')).toBe('organisation/alpha');
    await done(graph, 'nodeDelete', { id: 'organisation/alpha' });
    expect(await create('Alpha')).toBe('organisation/alpha-2');
    const reason = /^"organisation\/alpha" was deleted on \d{4}-\d{2}-\d{2}, and its identifier is not given again/;
    for (const row of [{ id: 'organisation/alpha' }, {}]) {
      const { rejections } = await graph.import(new World().organisation('Alpha', row));
      expect(rejections).toEqual([expect.objectContaining({ column: 'id', reason: expect.stringMatching(reason) })]);
    }
    const { node } = await graph.ask('{ node(id: "organisation/alpha") { id } }');
    expect(node).toBeNull();
  });

  it('of a record that was merged away is not given again, also when the one that stayed is deleted', async () => {
    await graph.fill(new World());
    await create('Alpha');
    await create('Beta');
    await done(graph, 'organisationMerge', { id: 'organisation/beta', others: ['organisation/alpha'] });
    expect(await create('Alpha')).toBe('organisation/alpha-2');
    await done(graph, 'nodeDelete', { id: 'organisation/beta' });
    expect(await create('Alpha')).toBe('organisation/alpha-3');
    expect(await create('Beta')).toBe('organisation/beta-2');
  });

  it('is not given again in a copy of the graph either', async () => {
    await graph.fill(new World());
    await create('Alpha');
    await done(graph, 'nodeDelete', { id: 'organisation/alpha' });
    const folder = await scratchFolder();
    await exportFolder(graph.engine, folder);
    await using copy = await embeddedGraph();
    expect(await copy.import(folder)).toMatchObject({ rejections: [] });
    expect(await copy.import(folder)).toMatchObject({ created: 0, updated: 0, rejections: [] });
    expect(await dump(copy.engine)).toEqual(await dump(graph.engine));
    const input = { name: 'Alpha', kind: 'COMPANY', sources };
    expect(await done(copy, 'organisationCreate', { input })).toBe('organisation/alpha-2');
  });

  it('of a claim comes again with the claim: it says what the claim says', async () => {
    await graph.fill(new World().organisation('A', { id: 'organisation/a' }).claim('organisation/a', 'people', '12'));
    const ids = await graph.engine.read(statement<{ id: string }>('claims', 'MATCH (n:Claim) RETURN n.id AS id'));
    await done(graph, 'nodeDelete', { id: ids[0]!.id });
    await done(graph, 'claimRecord', { input: { about: 'organisation/a', field: 'people', value: '12', sources } });
    expect(await claimsOf('organisation/a', 'people')).toEqual(['12 false']);
  });
});

describe('a claim', () => {
  it('may be about any record, by a mutation as by an import', async () => {
    await graph.fill(new World().territory('territory/x', { name: 'X' }).topic('topic/a', { name: 'A' }));
    for (const about of ['territory/x', 'topic/a']) {
      await done(graph, 'claimRecord', { input: { about, field: 'name', value: 'Another', sources } });
    }
    const { nodes } = await graph.ask(`{ nodes(ids: ["territory/x", "topic/a"]) {
      ... on Territory { claims { value preferred } } ... on Topic { claims { value preferred } } } }`);
    expect(nodes).toEqual(Array(2).fill({ claims: [{ value: 'Another', preferred: false }] }));
  });
});

describe('the history of an organisation', () => {
  it('reaches what happened to the records that were merged into it', async () => {
    await graph.fill(
      new World().organisation('A', { id: 'organisation/a' }).organisation('B', { id: 'organisation/b' }),
    );
    await done(graph, 'organisationUpdate', { id: 'organisation/b', input: { city: 'Dax' } });
    await done(graph, 'organisationUpdate', { id: 'organisation/b', input: { city: 'Pau' } });
    await done(graph, 'organisationMerge', { id: 'organisation/a', others: ['organisation/b'] });
    await graph.fill(new World().organisation('C', { id: 'organisation/c' }));
    await done(graph, 'organisationMerge', { id: 'organisation/c', others: ['organisation/a'] });
    const { organisation } = await graph.ask(
      '{ organisation(by: { id: "organisation/b" }) { id history { totalCount nodes { action } } page: history(first: 2) { nodes { action } pageInfo { endCursor } } } }',
    );
    const actions = [
      'organisationMerge',
      'import organisations.csv, line 2',
      'organisationMerge',
      'organisationUpdate',
      'organisationUpdate',
      'import organisations.csv, lines 2 to 3',
    ];
    expect(organisation.id).toBe('organisation/c');
    expect(organisation.history.nodes.map(({ action }: { action: string }) => action)).toEqual(actions);
    expect(organisation.history.totalCount).toBe(actions.length);
    const { organisation: next } = await graph.ask(
      'query ($after: String) { organisation(by: { id: "organisation/c" }) { history(first: 9, after: $after) { nodes { action } } } }',
      { after: organisation.page.pageInfo.endCursor },
    );
    expect(next.history.nodes.map(({ action }: { action: string }) => action)).toEqual(actions.slice(2));
  });
});
