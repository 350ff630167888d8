import { describe, expect, it } from 'vitest';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';
import { dump } from './dump.ts';
import { done, edit, rejected, SOURCES } from './editors.ts';

const sources = SOURCES;
const [a, b, c] = ['organisation/a', 'organisation/b', 'organisation/c'] as const;

/** Two records of one laboratory, which know different things, and a third that works with both. */
function laboratory(): World {
  return new World()
    .source('source/b')
    .territory('territory/x')
    .territory('territory/y')
    .topic('topic/t')
    .topic('topic/u')
    .pole('P', { id: 'pole/p', since: '2005' })
    .organisation('Labo', {
      id: a,
      kind: 'RESEARCH',
      city: 'Pau',
      territory: 'territory/x',
      topics: 'topic/t',
      rnsr: '200611689J',
    })
    .organisation('Laboratoire', {
      id: b,
      kind: 'UNKNOWN',
      acronym: 'LAB',
      aliases: 'Lab;Labo',
      city: 'Dax',
      public: true,
      territory: 'territory/y',
      topics: 'topic/t;topic/u',
      siren: '552032534',
      sources: 'source/b',
    })
    .organisation('C', { id: c })
    .member(a, 'pole/p', { since: '2010', until: '2012' })
    .member(b, 'pole/p', { since: '2008', until: '2011', sources: 'source/b', attestedOn: '2009' })
    .member(b, 'pole/p', { since: '2015', until: '2016', sources: 'source/b' })
    .member(b, 'pole/p', { role: 'BOARD', since: '2010' })
    .partners(a, c, { kind: 'ALLIANCE', since: '2010' })
    .partners(c, b, { kind: 'ALLIANCE', since: '2009' })
    .partners(c, b, { kind: 'SUPPLY' })
    .partners(a, b, { kind: 'OTHER' })
    .project('project/p', { start: '2010', end: '2012' })
    .project('project/q', { start: '2014', end: '2016' })
    .takesPart(a, 'project/p')
    .takesPart(b, 'project/p', { role: 'COORDINATOR' })
    .takesPart(c, 'project/p')
    .takesPart(b, 'project/q')
    .takesPart(c, 'project/q')
    .patent('FR1', { id: 'patent/fr1', applicants: b })
    .production('patent/fr1', 'territory/x', { by: b })
    .indicator(b, 'people', 12)
    .indicator(b, 'rooms', 3)
    .indicator(a, 'rooms', 4)
    .claim(b, 'city', 'Dax', { preferred: true })
    .claim(b, 'people', '13');
}

const RECORD = /* GraphQL */ `{
  organisation(by: { id: "${b}" }) {
    id name acronym aliases kind public city
    identifiers { scheme value }
    territory { id }
    topics { id }
    sources { id }
    claims { field value preferred sources { id } }
    indicators { nodes { measure value } }
    memberships { edges { memberships { role since until attestedOn sources { id } } } }
    partners(orderBy: { field: SINCE }) { edges { node { id } kinds since until projectCount partnerships { kind since until projectCount } } }
    projects(orderBy: { field: NAME, direction: ASC }) { edges { node { id } roles } }
    patents { nodes { id production { by { id } } } }
    mergedFrom { id name by }
  }
}`;

async function merged(graph: TestGraph) {
  await graph.fill(laboratory());
  await done(graph, 'organisationMerge', { id: a, others: [b] });
  return (await graph.ask(RECORD)).organisation;
}

describe('a merge of two records', () => {
  it('moves everything to the one that stays, and loses nothing of what they said', async () => {
    await using graph = await emptyGraph();
    const record = await merged(graph);
    expect(record).toMatchObject({
      id: a,
      name: 'Labo',
      acronym: 'LAB',
      aliases: ['Laboratoire', 'Lab'],
      kind: 'RESEARCH',
      public: true,
      city: 'Pau',
      identifiers: [
        { scheme: 'SIREN', value: '552032534' },
        { scheme: 'RNSR', value: '200611689J' },
      ],
      territory: { id: 'territory/x' },
      topics: [{ id: 'topic/t' }, { id: 'topic/u' }],
      sources: [{ id: 'source/fixture' }, { id: 'source/b' }],
      indicators: {
        nodes: [
          { measure: 'people', value: 12 },
          { measure: 'rooms', value: 4 },
        ],
      },
      mergedFrom: [{ id: b, name: 'Laboratoire', by: 'Adèle' }],
      patents: { nodes: [{ id: 'patent/fr1', production: [{ by: { id: a } }] }] },
    });
    const claims = record.claims.map(
      ({ field, value, preferred }: { field: string; value: string; preferred: boolean }) =>
        `${field} ${value} ${preferred}`,
    );
    expect(claims.sort()).toEqual([
      'city Dax false',
      'city Pau true',
      'people 13 false',
      'rooms 3 false',
      'territory territory/x true',
      'territory territory/y false',
    ]);
  });

  it('unites what overlaps and says the same, and keeps the rest apart', async () => {
    await using graph = await emptyGraph();
    const { memberships, partners, projects } = await merged(graph);
    const facts = memberships.edges.flatMap((edge: { memberships: object[] }) => edge.memberships);
    expect(facts).toHaveLength(3);
    expect(facts).toContainEqual({
      role: 'MEMBER',
      since: '2008',
      until: '2012',
      attestedOn: ['2009'],
      sources: [{ id: 'source/fixture' }, { id: 'source/b' }],
    });
    expect(partners.edges).toMatchObject([{ node: { id: c }, since: '2009', until: null, projectCount: 2 }]);
    expect(partners.edges[0].partnerships).toMatchObject([
      { kind: 'SUPPLY', since: null },
      { kind: 'ALLIANCE', since: '2009' },
      { kind: 'PROJECT', since: '2010', until: '2016' },
    ]);
    expect(projects.edges).toEqual([
      { node: { id: 'project/p' }, roles: ['COORDINATOR'] },
      { node: { id: 'project/q' }, roles: ['PARTNER'] },
    ]);
  });

  it('keeps what there was in the change log', async () => {
    await using graph = await emptyGraph();
    await merged(graph);
    const { organisation } = await graph.ask(
      `{ organisation(by: { id: "${a}" }) { history(first: 1) { nodes { action by before after touched } } } }`,
    );
    const [entry] = organisation.history.nodes;
    expect(entry).toMatchObject({ action: 'organisationMerge', by: 'Adèle' });
    expect(entry.touched).toEqual(expect.arrayContaining([a, b, c, 'pole/p', 'project/p', 'patent/fr1']));
    expect(JSON.parse(entry.before)[b]).toMatchObject({ name: 'Laboratoire', siren: '552032534', city: 'Dax' });
  });

  it('rejects identifiers that contradict each other, and then changes nothing', async () => {
    await using graph = await emptyGraph();
    await graph.fill(laboratory());
    await done(graph, 'organisationUpdate', { id: a, input: { siren: '732829320' } });
    const before = await dump(graph.engine);
    expect(await rejected(graph, 'organisationMerge', { id: a, others: [b] })).toEqual([
      expect.stringMatching(/^CONFLICT others: .*siren 732829320 and 552032534/),
    ]);
    expect(await dump(graph.engine)).toEqual(before);
  });

  it('leads every earlier identifier to the last survivor', async () => {
    await using graph = await emptyGraph();
    await merged(graph);
    await done(graph, 'organisationMerge', { id: c, others: [b] });
    const answer = await graph.ask(`{ a: node(id: "${a}") { id } b: node(id: "${b}") { id } }`);
    expect(answer).toEqual({ a: { id: c }, b: { id: c } });
    expect(await edit(graph, 'organisationMerge', { id: c, others: [a, b] })).toEqual({ id: c, problems: [] });
    // What names an old identifier means the survivor.
    const id = await done(graph, 'membershipStart', {
      input: { member: b, network: 'pole/p', role: 'FUNDER', sources },
    });
    expect(await graph.ask(`{ node(id: "${id}") { ... on Membership { member { id } } } }`)).toEqual({
      node: { member: { id: c } },
    });
    expect(await done(graph, 'organisationUpdate', { id: a, input: { city: 'Auch' } })).toBe(c);
    expect(await done(graph, 'organisationCreate', { input: { name: 'A', kind: 'OTHER', sources } })).toBe(
      'organisation/a-2',
    );
  });

  it('is not undone by importing the same files again', async () => {
    await using graph = await emptyGraph();
    await merged(graph);
    const before = await dump(graph.engine);
    const record = await graph.ask(RECORD);
    const again = await graph.import(laboratory());
    expect(again.rejections).toEqual([]);
    // The survivor's own rows say again what they said of it, in the project a mere partner; nothing of the other's comes back.
    const facts = (lines: string[]): string[] =>
      lines
        .filter((line) => / (MEMBER_OF|PARTNERS_WITH|PARTICIPATES_IN|PRODUCED_AT|OBSERVED|CLAIMED) |^merged/.test(line))
        .map((line) => line.replace('"role":"COORDINATOR"', '"role":"PARTNER"'));
    expect(facts(await dump(graph.engine))).toEqual(facts(before));
    const { organisation } = await graph.ask(RECORD);
    expect(organisation.memberships.edges).toMatchObject([{ memberships: [{}, {}, {}] }]);
    // What came from the other stays: its names, its number, its seat, its topics, its sources.
    const { projects, ...rest } = record.organisation;
    expect(organisation).toMatchObject(rest);
    expect(organisation.projects.edges).toHaveLength(projects.edges.length);
    expect(await graph.import(laboratory())).toMatchObject({ created: 0, updated: 0, deleted: 0, rejections: [] });
  });

  it('lets the row of the survivor correct its values, and add to its lists', async () => {
    await using graph = await emptyGraph();
    await merged(graph);
    const { organisation: before } = await graph.ask(RECORD);
    const row = {
      id: a,
      city: 'Pau',
      aliases: 'New',
      topics: 'topic/u',
      territory: 'territory/x',
      sources: 'source/b',
    };
    await graph.fill(new World().organisation('Renamed', row));
    const { organisation } = await graph.ask(RECORD);
    expect(organisation).toMatchObject({ name: 'Renamed', city: 'Pau', territory: { id: 'territory/x' } });
    expect(organisation.identifiers).toEqual(before.identifiers);
    expect(organisation.aliases).toEqual([...before.aliases, 'New']);
    expect(organisation.topics).toEqual(expect.arrayContaining([...before.topics, { id: 'topic/u' }]));
    expect(organisation.sources).toEqual(before.sources);
  });

  it('may be given in merges.csv, where the records exist and where they do not', async () => {
    await using graph = await emptyGraph();
    await graph.fill(laboratory());
    const merges = new World()
      .row('merges.csv', { merged: b, into: a, name: 'Laboratoire', at: '2026-01-02T03:04:05Z', by: 'Zoé' })
      .row('merges.csv', { merged: 'organisation/never', into: b, name: 'Never seen' })
      .row('merges.csv', { merged: c, into: 'organisation/no' });
    const { rejections } = await graph.import(merges);
    expect(rejections.map(({ line, column }) => `${line} ${column}`)).toEqual(['4 into']);
    const { organisation } = await graph.ask(
      `{ organisation(by: { id: "organisation/never" }) { id mergedFrom { id name at by } } }`,
    );
    expect(organisation.id).toBe(a);
    expect(organisation.mergedFrom[0]).toEqual({ id: b, name: 'Laboratoire', at: '2026-01-02T03:04:05Z', by: 'Zoé' });
    expect(organisation.mergedFrom[1]).toMatchObject({ id: 'organisation/never', name: 'Never seen' });
    expect(await graph.import(merges)).toMatchObject({ created: 0, updated: 0, unchanged: 3 });
  });
});
