import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { statement } from '../../src/graph/statement.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { FIXTURE_SOURCE, World } from '../support/world.ts';

let graph: TestGraph;
beforeEach(async () => {
  graph = await emptyGraph();
});
afterEach(() => graph?.[Symbol.asyncDispose]());

/** Something of every file. */
function complete(): World {
  return new World()
    .source('source/other', { title: 'Another fixture', url: 'https://example.org/?a=1&b=2', publishedOn: '2016-03' })
    .territory('territory/region-x', { name: 'Région X', level: 'REGION', until: '2015-12-31' })
    .territory('territory/commune-x', { name: 'Commune X', level: 'COMMUNE', code: '01001' })
    .part('territory/commune-x', 'territory/region-x', { until: '2015-12-31' })
    .topic('topic/sector-a', { name: 'A' })
    .topic('topic/sector-b', { name: 'B', broader: 'topic/sector-a' })
    .organisation('Alpha', { siren: '552 032 534', aliases: ['Älpha', 'A'], territory: 'territory/commune-x' })
    .organisation('Beta', { kind: 'RESEARCH', rnsr: '200611689j', public: true, topics: ['topic/sector-a'] })
    .pole('Pole X', { since: '2005', foundedOn: '2004', covers: ['territory/region-x@2005..2015'], rank: 'WORLD' })
    .cluster('Cluster Y', { since: '2009', description: 'A fixture, "quoted"; with a line\nbreak.' })
    .label('Pole X', 'topic/sector-b', { since: '2005', term: '2005-2008' })
    .member('Alpha', 'Pole X', { role: 'FOUNDER', since: '2005', attestedOn: ['2006', '2007'] })
    .member('Cluster Y', 'Pole X')
    .affiliation('Beta', 'Alpha', { since: '2006', attestedOn: ['2007'] })
    .partners('Alpha', 'Beta', { kind: 'CHARTER', label: 'Charte', parties: 13, since: '2010-06' })
    .succession('Cluster Y', 'Pole X', { kind: 'ABSORPTION', since: '2019' })
    .project('project/p', { name: 'P', start: '2010', funding: 2_500_000.5, currency: 'EUR', labelledBy: ['Pole X'] })
    .takesPart('Alpha', 'project/p', { role: 'COORDINATOR' })
    .takesPart('Beta', 'project/p')
    .patent('FR1', { title: 'A patent', applicants: ['Alpha'], projects: ['project/p'], filedOn: '2011' })
    .production('A patent', 'territory/commune-x', { by: 'Alpha', since: '2012' })
    .indicator('Cluster Y', 'companies', 210, { from: '2016' })
    .claim('Pole X', 'since', '2004', { preferred: false, inferred: true, note: 'A fixture.' });
}

const versions = async (...ids: string[]): Promise<number[]> => {
  const { nodes } = await graph.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Actor { version } } }', { ids });
  return nodes.map((node: { version: number }) => node.version);
};

describe('texts', () => {
  it('are stored in the composed form, and references by name are compared in it', async () => {
    const [composed, taken] = ['Mécanique'.normalize('NFC'), 'Mécanique'.normalize('NFD')];
    const world = new World()
      .pole('Pole X', { id: 'pole/x' })
      .organisation(`\u200B${taken}\u00AD`, { id: 'organisation/meca', aliases: [taken], city: `${taken} ` })
      .member(taken, 'Pole X');
    await graph.fill(world);
    expect(
      await graph.ask(
        '{ organisation(by: { id: "organisation/meca" }) { name aliases city networks: memberships { totalCount } } }',
      ),
    ).toEqual({
      organisation: { name: composed, aliases: [composed], city: composed, networks: { totalCount: 1 } },
    });
    expect(await graph.import(world)).toMatchObject({ created: 0, updated: 0, rejections: [] });
  });
});

describe('an import that is repeated', () => {
  it('changes nothing the second time, and says so', async () => {
    const world = complete();
    const first = await graph.import(world);
    expect(first).toMatchObject({ updated: 0, deleted: 0, unchanged: 0, rejections: [] });
    // Records are nodes and relationships, the links of a record's own among them.
    const rows = world.tables.reduce((sum, [, some]) => sum + some.length, 0);
    expect(first.rows).toBe(rows);
    expect(first.created).toBeGreaterThan(rows);
    const version = await graph.engine.version();

    const second = await graph.import(world);
    expect(second).toMatchObject({ created: 0, updated: 0, deleted: 0, rejections: [], rows });
    expect(second.unchanged).toBe(first.created);
    const log = await graph.engine.read(
      statement<{ total: number }>('log', 'MATCH (c:Change) RETURN count(c) AS total'),
    );
    // Nothing was written: no entry of the log, no new version of any record.
    expect(await versions('organisation/siren-552032534', 'pole/pole-x')).toEqual([1, 1]);
    await graph.import(world);
    expect(await graph.engine.read(statement('log', 'MATCH (c:Change) RETURN count(c) AS total'))).toEqual(log);
    expect(version).not.toBe('');
  });

  it('writes what has changed, and raises the version of that record by one', async () => {
    await graph.fill(complete());
    const changed = new World().organisation('Alpha', { siren: '552032534', city: 'Toulouse', acronym: 'ALP' });
    expect(await graph.import(changed)).toMatchObject({ created: 0, updated: 1, unchanged: 1 });
    const { actor } = await graph.ask('{ actor(by: { siren: "552032534" }) { version city acronym aliases } }');
    expect(actor).toEqual({ version: 2, city: 'Toulouse', acronym: 'ALP', aliases: ['Älpha', 'A'] });
    expect(await versions('organisation/rnsr-200611689J')).toEqual([1]);
  });

  it('empties a field whose cell is empty, and leaves one alone whose column is not there', async () => {
    await graph.fill(complete());
    await graph.fill(new World().organisation('Alpha', { siren: '552032534', aliases: '' }));
    const { organisation } = await graph.ask(
      '{ organisation(by: { siren: "552032534" }) { aliases territory { id } identifiers { scheme value } } }',
    );
    expect(organisation).toEqual({
      aliases: [],
      territory: { id: 'territory/commune-x' },
      identifiers: [{ scheme: 'SIREN', value: '552032534' }],
    });
  });

  it('changes a relationship by its identity, and by its own identifier', async () => {
    await graph.fill(complete());
    const again = new World().member('Alpha', 'Pole X', { role: 'FOUNDER', since: '2005', until: '2012' });
    expect(await graph.import(again)).toMatchObject({ created: 0, updated: 1 });
    const { pole } = await graph.ask(
      '{ pole(id: "pole/pole-x") { members(role: [FOUNDER]) { edges { memberships { id since until attestedOn } } } } }',
    );
    const [{ id, ...membership }] = pole.members.edges[0].memberships;
    expect(pole.members.edges).toMatchObject([{ memberships: [{ id }] }]);
    expect(membership).toEqual({ since: '2005', until: '2012', attestedOn: ['2006', '2007'] });

    const corrected = { id, role: 'BOARD', since: '2006', until: '' };
    expect(await graph.import(new World().member('Alpha', 'Pole X', corrected))).toMatchObject({
      created: 0,
      updated: 1,
    });
    const after = await graph.ask(
      '{ pole(id: "pole/pole-x") { members(actorKind: [ORGANISATION]) { edges { memberships { id role since until } } } } }',
    );
    expect(after.pole.members.edges).toEqual([{ memberships: [{ id, role: 'BOARD', since: '2006', until: null }] }]);
  });

  it('lets the last of two rows about one thing stand, also when it is repeated', async () => {
    const world = new World()
      .organisation('Alpha')
      .organisation('Alpha', { city: 'Toulouse' })
      .pole('Pole X')
      .member('Alpha', 'Pole X', { roleLabel: 'first' })
      .member('Alpha', 'Pole X', { roleLabel: 'last' });
    const stands = async (): Promise<unknown> => {
      const { pole } = await graph.ask(
        '{ pole(id: "pole/pole-x") { members { edges { memberships { roleLabel } node { city } } } } }',
      );
      return pole.members.edges;
    };
    await graph.fill(world);
    expect(await stands()).toEqual([{ memberships: [{ roleLabel: 'last' }], node: { city: 'Toulouse' } }]);
    expect(await graph.import(world)).toMatchObject({ created: 0, updated: 0 });
    expect(await stands()).toEqual([{ memberships: [{ roleLabel: 'last' }], node: { city: 'Toulouse' } }]);
  });
});

describe('the links that are part of a record', () => {
  const world = (): World =>
    new World()
      .territory('territory/x', { name: 'X' })
      .territory('territory/y', { name: 'Y' })
      .topic('topic/a', { name: 'A' })
      .topic('topic/b', { name: 'B' });
  const linksOf = async (): Promise<unknown> => {
    const { pole, project } = await graph.ask(`{
      pole(id: "pole/pole-x") { territory { name } covers { name } topics { name } }
      project(id: "project/p") { labelledBy { name } topics { name } }
    }`);
    return { pole, project };
  };
  const given: [column: string, first: string[], second: string[], pole: object, project: object][] = [
    ['territory', ['territory/x'], ['territory/y'], { territory: { name: 'Y' }, covers: [{ name: 'Y' }] }, {}],
    ['covers', ['territory/x'], ['territory/y'], { covers: [{ name: 'Y' }] }, {}],
    ['topics', ['topic/a', 'topic/b'], ['topic/b'], { topics: [{ name: 'B' }] }, {}],
  ];

  it.each(given)('are replaced when their column is given: %s', async (column, first, second, pole) => {
    await graph.fill(
      world()
        .pole('Pole X', { [column]: first })
        .project('project/p'),
    );
    expect(await graph.import(world().pole('Pole X', { [column]: second }))).toMatchObject({ rejections: [] });
    expect(await linksOf()).toMatchObject({ pole });
  });

  it.each(given)('stay when their column is not there, and go when it is empty: %s', async (column, first) => {
    await graph.fill(
      world()
        .pole('Pole X', { [column]: first })
        .project('project/p'),
    );
    const before = await linksOf();
    expect(await graph.import(world().pole('Pole X', { city: 'Rodez' }))).toMatchObject({ updated: 1, deleted: 0 });
    expect(await linksOf()).toEqual(before);
    expect(await graph.import(world().pole('Pole X', { [column]: '' }))).toMatchObject({ deleted: first.length });
    expect(await linksOf()).toMatchObject({ pole: { territory: null, covers: [], topics: [] } });
  });

  it('of a project are the networks that label it, and its topics', async () => {
    const labelled = { labelledBy: ['Pole X', 'Pole Y'], topics: ['A'] };
    await graph.fill(world().pole('Pole X').pole('Pole Y').project('project/p', labelled));
    expect(await linksOf()).toMatchObject({
      project: { labelledBy: [{ name: 'Pole X' }, { name: 'Pole Y' }], topics: [{ name: 'A' }] },
    });
    expect(await graph.import(world().project('project/p', { name: 'Renamed' }))).toMatchObject({ deleted: 0 });
    expect(await graph.import(world().project('project/p', { labelledBy: ['Pole Y'] }))).toMatchObject({ deleted: 1 });
    expect(await linksOf()).toMatchObject({ project: { labelledBy: [{ name: 'Pole Y' }], topics: [{ name: 'A' }] } });
  });

  it('take the sources of their record', async () => {
    const sourced = { topics: ['A'], sources: [FIXTURE_SOURCE, 'source/other'] };
    await graph.fill(world().source('source/other').pole('Pole X', sourced));
    const read = statement<{ sources: string[] }>(
      'sources',
      'MATCH (:Pole)-[r:ABOUT]->(:Topic) RETURN r.sources AS sources',
    );
    expect(await graph.engine.read(read)).toEqual([{ sources: [FIXTURE_SOURCE, 'source/other'] }]);
  });

  it('may each have a period: a seat that moved, a territory that ended', async () => {
    await graph.fill(
      world().pole('Pole X', {
        territory: 'territory/x@2005..2022;territory/y@2023..',
        covers: 'territory/x@..2015',
      }),
    );
    const { pole } = await graph.ask(`{ pole(id: "pole/pole-x") {
      now: territory { name }
      in2010: territory(asOf: "2010") { name }
      in2022: territory(asOf: "2022-12-31") { name }
      in2023: territory(asOf: "2023") { name }
      in2004: territory(asOf: "2004") { name }
      covered2010: covers(asOf: "2010") { name }
      covered2016: covers(asOf: "2016") { name }
    } }`);
    const [x, y] = [{ name: 'X' }, { name: 'Y' }];
    expect(pole).toEqual({
      now: y,
      in2010: x,
      in2022: x,
      in2023: y,
      in2004: null,
      covered2010: [x],
      covered2016: [x],
    });
  });
});

describe('a reference', () => {
  const world = (): World =>
    new World()
      .organisation('Alpha', { siren: '552032534' })
      .organisation('Beta', { rnsr: '200611689J' })
      .organisation('Twin', { id: 'organisation/twin-1' })
      .organisation('Twin', { id: 'organisation/twin-2' })
      .cluster('Gamma')
      .pole('Pole X');

  it.each([
    ['an identifier', 'organisation/siren-552032534'],
    ['a registry’s identifier', 'siren:552032534'],
    ['one that is written with spaces', 'SIREN:552 032 534'],
    ['a name that only one record has', 'Alpha'],
  ])('is resolved by %s', async (_, member) => {
    await graph.fill(world());
    expect(await graph.import(new World().member(member, 'Pole X'))).toMatchObject({ created: 1, rejections: [] });
    const { pole } = await graph.ask('{ pole(id: "pole/pole-x") { members { nodes { name } } } }');
    expect(pole.members.nodes).toEqual([{ name: 'Alpha' }]);
  });

  it('is resolved by a number in another case than its registry’s', async () => {
    await graph.fill(world());
    expect(await graph.import(new World().member('rnsr:200611689j', 'pole/pole-x'))).toMatchObject({ rejections: [] });
  });

  it('to a record that was merged away leads to its survivor', async () => {
    await graph.fill(world());
    const merge = statement<never>(
      'merge',
      "CREATE (:Merged {id: 'organisation/old', into: 'organisation/siren-552032534'})",
    );
    await graph.engine.write((transaction) => transaction.run(merge));
    expect(await graph.import(new World().member('organisation/old', 'Pole X'))).toMatchObject({ rejections: [] });
    const { pole } = await graph.ask('{ pole(id: "pole/pole-x") { members { nodes { name } } } }');
    expect(pole.members.nodes).toEqual([{ name: 'Alpha' }]);
  });

  it('to a record of the same folder is resolved too, whatever the order of the files', async () => {
    await graph.fill(world().member('Gamma', 'Pole X').member('Alpha', 'Gamma'));
  });

  it.each([
    ['Twin', /name of 2 records \(organisation\/twin-1, organisation\/twin-2/],
    ['Nobody', /There is no organisation or pole or cluster "Nobody"/],
    ['organisation/nobody', /There is no .*"organisation\/nobody"/],
    ['siren:111111118', /There is no .*"siren:111111118"/],
    ['alpha', /There is no .*"alpha"/],
    ['source/fixture', /"source\/fixture" is a source; a .* is needed here/],
  ])('that means nothing, or several things, is refused: %s', async (member, reason) => {
    await graph.fill(world());
    const { created, rejections } = await graph.import(new World().member(member, 'Pole X').member('Beta', 'Pole X'));
    expect(rejections).toEqual([
      { file: 'memberships.csv', line: 2, column: 'member', reason: expect.stringMatching(reason) },
    ]);
    expect(created).toBe(1);
  });

  it('may be needed of another type', async () => {
    await graph.fill(world());
    const { rejections } = await graph.import(new World().member('Alpha', 'Beta'));
    expect(rejections).toEqual([
      expect.objectContaining({
        column: 'network',
        reason: expect.stringMatching(/"Beta" is a organisation; a pole or cluster/),
      }),
    ]);
  });
});

describe('identifiers that the product makes', () => {
  it.each<[string, object, string]>([
    ['of a registry’s number first', { siren: '552032534', name: 'Alpha' }, 'organisation/siren-552032534'],
    ['of the name otherwise', { name: "L'Œuvre d'Été & C++" }, 'organisation/oeuvre-ete-cplusplus'],
    ['of the name in other scripts', { name: '日本' }, 'organisation/日本'],
  ])('are readable: %s', async (_, row, id) => {
    await graph.fill(new World().organisation('', row as never));
    const { node } = await graph.ask('query ($id: ID!) { node(id: $id) { id } }', { id });
    expect(node).toEqual({ id });
  });

  it('distinguish relationships by role or beginning, and by nothing else', async () => {
    const world = new World()
      .organisation('Alpha')
      .pole('Pole X')
      .member('Alpha', 'Pole X', { since: '2005', until: '2007' })
      .member('Alpha', 'Pole X', { since: '2009' })
      .member('Alpha', 'Pole X', { since: '2009', role: 'BOARD' })
      .member('Alpha', 'Pole X', { since: '2009', role: 'BOARD', until: '2012' });
    await graph.fill(world);
    const { pole } = await graph.ask(
      '{ pole(id: "pole/pole-x") { members(orderBy: { field: SINCE }) { edges { memberships { role since until } } } } }',
    );
    const [{ memberships }] = pole.members.edges;
    expect(pole.members.edges).toHaveLength(1);
    expect(memberships).toHaveLength(3);
    expect(memberships).toContainEqual({ role: 'BOARD', since: '2009', until: '2012' });
  });
});

describe('topics', () => {
  const tree = (): World =>
    new World()
      .topic('topic/leaf', { name: 'Leaf', broader: 'topic/branch' })
      .topic('topic/branch', { name: 'Branch', broader: 'Root' })
      .topic('topic/root', { name: 'Root' });

  it('may stand before those that they are part of', async () => {
    await graph.fill(tree());
    const { topic } = await graph.ask(
      '{ topic(id: "topic/leaf") { broader { name broader { name broader { name } } } } }',
    );
    expect(topic).toEqual({ broader: { name: 'Branch', broader: { name: 'Root', broader: null } } });
    expect(await graph.import(tree())).toMatchObject({ created: 0, updated: 0, deleted: 0 });
  });

  it('move when their broader one changes', async () => {
    await graph.fill(tree());
    await graph.fill(new World().topic('topic/leaf', { name: 'Leaf', broader: 'topic/root' }));
    const { topic } = await graph.ask('{ topic(id: "topic/root") { narrower { nodes { name } } } }');
    expect(topic).toEqual({ narrower: { nodes: [{ name: 'Branch' }, { name: 'Leaf' }] } });
  });

  it('are not part of each other', async () => {
    const { rejections } = await graph.import(
      new World().topic('topic/a', { broader: 'topic/b' }).topic('topic/b', { broader: 'topic/a' }),
    );
    expect(rejections.map(({ line, column, reason }) => [line, column, reason])).toEqual([
      [2, 'broader', 'This would close a circle: topic/a → topic/b → topic/a.'],
      [3, 'broader', 'There is no "topic/a".'],
    ]);
  });
});

describe('any subset of the files', () => {
  it('may be given, in any number of imports', async () => {
    const whole = complete();
    const folder = await whole.write();
    for (const [file] of whole.tables) {
      const one = new World();
      one.text(file, await readFile(join(folder, file), 'utf8').catch(() => 'merged,into,deleted\n'));
      expect(await graph.import(one), file).toMatchObject({ rejections: [] });
    }
    expect(await graph.import(folder)).toMatchObject({ created: 0, updated: 0, deleted: 0 });
  });
});
