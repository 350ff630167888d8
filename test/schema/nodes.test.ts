import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LINK_TYPES, NODE_TYPES } from '../../src/domain/vocabulary.ts';
import { statement } from '../../src/graph/statement.ts';
import { dumpOf } from '../support/dump.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';

/** One of each. */
const world = (): World =>
  new World()
    .territory('territory/x', { name: 'X', level: 'COMMUNE', code: '01001' })
    .territory('territory/y', { name: 'Y', level: 'REGION' })
    .part('territory/x', 'territory/y', { until: '2015-12-31' })
    .topic('topic/a', { name: 'A' })
    .topic('topic/b', { name: 'B', scheme: 'MARKET', broader: 'topic/a' })
    .organisation('Alpha', { siren: '552032534', territory: 'territory/x', topics: ['topic/b'], size: 'SMALL' })
    .organisation('Beta', {
      rnsr: '200611689J',
      ror: '02feahw73',
      isni: '0000000121129282',
      wikidata: 'Q280413',
      cordisPic: '999997930',
    })
    .pole('Pole X', { covers: ['territory/y'], rank: 'WORLD', since: '2005' })
    .cluster('Cluster Y')
    .member('Alpha', 'Pole X', { roleLabel: 'adhérent', attestedOn: ['2016', '2017-03'] })
    .affiliation('Beta', 'Alpha', { since: '2011', attestedOn: ['2016'] })
    .partners('Alpha', 'Beta', { kind: 'CHARTER', label: 'Charte', parties: 5, since: '2010', until: '2012' })
    .succession('Cluster Y', 'Pole X', { kind: 'ABSORPTION', since: '2019' })
    .topic('topic/l', { name: 'L', scheme: 'LABEL' })
    .label('Pole X', 'topic/l', { since: '2005', until: '2008', term: '2005-2008', conditions: 'Aucune.' })
    .project('project/p', { labelledBy: ['Pole X'], topics: ['topic/a'], funding: 10, currency: 'EUR' })
    .takesPart('Alpha', 'project/p', { role: 'COORDINATOR' })
    .patent('FR1', { applicants: ['Alpha'], projects: ['project/p'], filedOn: '2015-03' })
    .production('FR1', 'territory/x', { by: 'Beta', since: '2016', attestedOn: '2017' })
    .indicator('Pole X', 'members', 12.5, { unit: '%', from: '2015', to: '2016' })
    .claim('Pole X', 'since', '2006', { preferred: false, inferred: true, note: 'A fixture.' });

let graph: TestGraph;
let ids: Record<string, string>;
beforeAll(async () => {
  graph = await emptyGraph();
  await graph.fill(world());
  const { nodes, edges } = await dumpOf(graph.engine);
  ids = Object.fromEntries(
    [...Object.entries(nodes), ...Object.entries(edges)].map(([id, { type }]) => [String(type), id]),
  );
});
afterAll(() => graph?.[Symbol.asyncDispose]());

const merged = statement<never>('merged', "CREATE (:Merged {id: $id, into: 'organisation/siren-552032534'})");
const mergeAway = (id: string): Promise<unknown> =>
  graph.engine.write((transaction) => transaction.run(merged, { id }));

const NODE = 'query ($id: ID!) { node(id: $id) { __typename id } }';

describe('a node', () => {
  it.each<readonly [type: string, typeName: string]>([
    ...NODE_TYPES.map((type) => [type, type] as const),
    ['MEMBER_OF', 'Membership'],
    ['PARTNERS_WITH', 'Partnership'],
    ['PARTICIPATES_IN', 'Participation'],
    ['AFFILIATED_WITH', 'Affiliation'],
    ['SUCCEEDED_BY', 'Succession'],
    ['HOLDS_LABEL', 'Label'],
    ...LINK_TYPES.map((type) => [type, 'Link'] as const),
  ])('is found by its identifier, whatever it is: %s', async (type, typeName) => {
    const id = ids[type]!;
    expect(await graph.ask(NODE, { id })).toEqual({ node: { __typename: typeName, id } });
  });

  it.each(['pole/nowhere', 'membership/nothing', 'nonsense', '', 'pole/', '/', 'pole/aerospace valley', 'constructor'])(
    'that nobody knows is null: "%s"',
    async (id) => {
      expect(await graph.ask(NODE, { id })).toEqual({ node: null });
    },
  );

  it('that was merged into another is that other, under its own name', async () => {
    await mergeAway('organisation/old');
    const { node, organisation } = await graph.ask(`{
      node(id: "organisation/old") { id }
      organisation(by: { id: "organisation/old" }) { name }
    }`);
    expect([node, organisation]).toEqual([{ id: 'organisation/siren-552032534' }, { name: 'Alpha' }]);
  });

  it('is one of several, in the given order, null for unknown identifiers, repeated as often as given', async () => {
    const asked = [ids.Pole!, 'pole/nowhere', ids.MEMBER_OF!, ids.Pole!, ids.Source!];
    const { nodes } = await graph.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: asked });
    expect(nodes).toEqual([{ id: asked[0] }, null, { id: asked[2] }, { id: asked[0] }, { id: asked[4] }]);
    expect(await graph.ask('{ nodes(ids: []) { id } }')).toEqual({ nodes: [] });
  });

  it('is one of a hundred at the most', async () => {
    const hundred = Array.from({ length: 100 }, (_, place) => `pole/${place}`);
    const { nodes } = await graph.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: hundred });
    expect(nodes).toHaveLength(100);
    const more = { ids: [...hundred, 'x'] };
    const messages = await graph.plain.errorMessages('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', more);
    expect(messages).toEqual(['ids: 101 identifiers were given; the maximum is 100.']);
  });
});

describe('a look-up by type', () => {
  const LOOKUPS: readonly [field: string, type: string][] = [
    ['pole(id: $id)', 'Pole'],
    ['cluster(id: $id)', 'Cluster'],
    ['network(id: $id)', 'Pole'],
    ['network(id: $id)', 'Cluster'],
    ['project(id: $id)', 'Project'],
    ['patent(id: $id)', 'Patent'],
    ['territory(id: $id)', 'Territory'],
    ['topic(id: $id)', 'Topic'],
    ['source(id: $id)', 'Source'],
    ['organisation(by: { id: $id })', 'Organisation'],
    ['actor(by: { id: $id })', 'Organisation'],
    ['actor(by: { id: $id })', 'Cluster'],
  ];

  it.each(LOOKUPS)('finds %s of a %s', async (field, type) => {
    const { found } = await graph.ask(`query ($id: ID!) { found: ${field} { __typename id } }`, { id: ids[type] });
    expect(found).toEqual({ __typename: type, id: ids[type] });
  });

  it.each(LOOKUPS)('says what another type is, where null would mislead: %s', async (field) => {
    const id = field.startsWith('source') ? ids.Topic! : ids.Source!;
    const { data, errors } = await graph.answer(`query ($id: ID!) { found: ${field} { id } }`, { id });
    expect(data).toEqual({ found: null });
    expect(errors.map(({ message, extensions }) => [message, extensions.code])).toEqual([
      [
        expect.stringMatching(
          new RegExp(`^"${id}" is a (Source|Topic), not an? .*: ask for it with node\\(id:\\)\\.$`),
        ),
        'BAD_USER_INPUT',
      ],
    ]);
  });

  it('is null for what nobody knows', async () => {
    const data = await graph.ask('{ pole(id: "pole/nowhere") { id } actor(by: { siren: "111111118" }) { id } }');
    expect(data).toEqual({ pole: null, actor: null });
  });
});

describe('a node of which only lists are selected', () => {
  const LISTS = `query ($id: ID!) { organisation(by: { id: $id }) {
    __typename id ... on Actor { partners { totalCount nodes { name } } } memberships(asOf: "1800") { totalCount }
  } }`;

  it('is there when they hold something', async () => {
    const { organisation } = await graph.ask(LISTS, { id: ids.Organisation! });
    expect(organisation).toMatchObject({
      __typename: 'Organisation',
      id: ids.Organisation,
      partners: { totalCount: 1 },
    });
  });

  it('is there when they are empty', async () => {
    const lists = '{ pole(id: "pole/pole-x") { members(asOf: "1800") { totalCount nodes { id } } } }';
    expect(await graph.ask(lists)).toEqual({ pole: { members: { totalCount: 0, nodes: [] } } });
  });

  it('is null for an unknown identifier, among others too', async () => {
    const both = `{
      pole(id: "pole/nowhere") { members { totalCount } }
      known: pole(id: "pole/pole-x") { members { totalCount } }
    }`;
    expect(await graph.ask(both)).toEqual({ pole: null, known: { members: { totalCount: 1 } } });
  });

  it('is the survivor when it was merged into another', async () => {
    await mergeAway('organisation/older');
    const { organisation } = await graph.ask(LISTS, { id: 'organisation/older' });
    expect(organisation).toMatchObject({ id: 'organisation/siren-552032534', partners: { totalCount: 1 } });
  });

  it('is rejected when it is of another type', async () => {
    expect(await graph.errorMessages('{ cluster(id: "pole/pole-x") { members { totalCount } } }')).toHaveLength(1);
  });

  it('reports the problems of the arguments of its lists', async () => {
    const [message] = await graph.errorMessages('{ pole(id: "pole/pole-x") { members(first: -1) { totalCount } } }');
    expect(message).toContain('first');
  });
});

describe('an actor by its registry’s identifier', () => {
  it.each([
    ['{ siren: "552032534" }', 'Alpha'],
    ['{ siren: "552 032 534" }', 'Alpha'],
    ['{ rnsr: "200611689j" }', 'Beta'],
    ['{ ror: "https://ror.org/02FEAHW73" }', 'Beta'],
    ['{ isni: "0000 0001 2112 9282" }', 'Beta'],
    ['{ isni: "https://isni.org/isni/0000000121129282" }', 'Beta'],
    ['{ wikidata: "q280413" }', 'Beta'],
    ['{ cordisPic: "999997930" }', 'Beta'],
  ])('is found as people write it: %s', async (by, name) => {
    const data = await graph.ask(`{ actor(by: ${by}) { name } organisation(by: ${by}) { name } }`);
    expect(data).toEqual({ actor: { name }, organisation: { name } });
  });

  it('is named by exactly one', async () => {
    for (const by of ['{}', '{ siren: "552032534", rnsr: "200611689J" }', '{ siren: null }']) {
      expect(await graph.errorMessages(`{ actor(by: ${by}) { name } }`)).toHaveLength(1);
    }
    for (const by of [{}, { siren: '552032534', rnsr: '200611689J' }, { siren: null }]) {
      expect(await graph.errorMessages('query ($by: ActorRef!) { actor(by: $by) { name } }', { by })).toHaveLength(1);
    }
  });

  it('shows all of its identifiers', async () => {
    const { actor } = await graph.ask('{ actor(by: { ror: "02feahw73" }) { identifiers { scheme value } } }');
    expect(actor.identifiers).toEqual([
      { scheme: 'RNSR', value: '200611689J' },
      { scheme: 'ROR', value: '02feahw73' },
      { scheme: 'ISNI', value: '0000000121129282' },
      { scheme: 'WIKIDATA', value: 'Q280413' },
      { scheme: 'CORDIS_PIC', value: '999997930' },
    ]);
  });
});

describe('a relationship', () => {
  const RELATIONSHIP = `query ($id: ID!) { node(id: $id) { ... on Relationship {
    type from { id } to { id } since until attestedOn sources { title }
  } } }`;
  const fixture = [{ title: 'A fixture of the tests' }];

  it('shows its ends, its period and its sources', async () => {
    const { node } = await graph.ask(RELATIONSHIP, { id: ids.MEMBER_OF });
    expect(node).toEqual({
      type: 'MEMBER_OF',
      from: { id: 'organisation/siren-552032534' },
      to: { id: 'pole/pole-x' },
      since: null,
      until: null,
      attestedOn: ['2016', '2017-03'],
      sources: fixture,
    });
  });

  it.each([
    [
      'MEMBER_OF',
      '... on Membership { role roleLabel member { name } network { name } }',
      { role: 'MEMBER', roleLabel: 'adhérent', member: { name: 'Alpha' }, network: { name: 'Pole X' } },
    ],
    [
      'PARTNERS_WITH',
      '... on Partnership { kind label parties strength projectCount since until projects { id } }',
      {
        kind: 'CHARTER',
        label: 'Charte',
        parties: 5,
        strength: 0.25,
        projectCount: 0,
        since: '2010',
        until: '2012',
        projects: [],
      },
    ],
    [
      'PARTICIPATES_IN',
      '... on Participation { role participant { name } project { name } }',
      { role: 'COORDINATOR', participant: { name: 'Alpha' }, project: { name: 'project/p' } },
    ],
    [
      'AFFILIATED_WITH',
      '... on Affiliation { organisation { name } parent { name } since until attestedOn version }',
      {
        organisation: { name: 'Beta' },
        parent: { name: 'Alpha' },
        since: '2011',
        until: null,
        attestedOn: ['2016'],
        version: 1,
      },
    ],
    [
      'SUCCEEDED_BY',
      '... on Succession { kind since from { id } }',
      { kind: 'ABSORPTION', since: '2019', from: { id: 'cluster/cluster-y' } },
    ],
    [
      'HOLDS_LABEL',
      '... on Label { topic { name scheme } network { name } since until term conditions version }',
      {
        topic: { name: 'L', scheme: 'LABEL' },
        network: { name: 'Pole X' },
        since: '2005',
        until: '2008',
        term: '2005-2008',
        conditions: 'Aucune.',
        version: 1,
      },
    ],
    [
      'PART_OF',
      '... on Link { type from { id } to { id } until sources { id } }',
      { type: 'PART_OF', from: { id: 'territory/x' }, to: { id: 'territory/y' }, until: '2015-12-31', sources: [] },
    ],
    [
      'PRODUCED_AT',
      '... on Link { type since sources { title } }',
      { type: 'PRODUCED_AT', since: '2016', sources: fixture },
    ],
  ])('of its own kind shows its own fields: %s', async (type, selection, expected) => {
    const { node } = await graph.ask(`query ($id: ID!) { node(id: $id) { ${selection} } }`, { id: ids[type] });
    expect(node).toEqual(expected);
  });

  it('is the one that an edge leads to', async () => {
    const { pole } = await graph.ask('{ pole(id: "pole/pole-x") { members { edges { memberships { id } } } } }');
    expect(pole.members.edges).toEqual([{ memberships: [{ id: ids.MEMBER_OF }] }]);
  });
});

describe('every field of an entity', () => {
  it('shows what was imported: a project, a patent, an indicator, a claim', async () => {
    const data = await graph.ask(`{
      project(id: "project/p") {
        name title funding { amount currency } labelledBy { name } topics { name } patents { number } sources { id } version
        participants { edges { roles node { name } } }
      }
      patent(id: "patent/fr1") {
        number title filedOn applicants { name } projects { id } sources { id }
        production { territory { name } by { name } since until attestedOn sources { id } }
      }
      pole(id: "pole/pole-x") {
        rank since covers { name code level } predecessors { kind since from { id } }
        indicators { nodes { measure value unit from to about { id } sources { id } } }
        claims { field value preferred inferred note sources { id } }
      }
      organisation(by: { siren: "552032534" }) { kind size public territory { code } topics(scheme: MARKET) { name } }
      territory(id: "territory/x") { partOf { name } actors { nodes { name } } }
      topic(id: "topic/a") { scheme narrower { nodes { name } } actors { nodes { name } } }
    }`);
    const sources = [{ id: 'source/fixture' }];
    expect(data).toEqual({
      project: {
        name: 'project/p',
        title: null,
        funding: { amount: 10, currency: 'EUR' },
        labelledBy: [{ name: 'Pole X' }],
        topics: [{ name: 'A' }],
        patents: [{ number: 'FR1' }],
        sources,
        version: 1,
        participants: { edges: [{ roles: ['COORDINATOR'], node: { name: 'Alpha' } }] },
      },
      patent: {
        number: 'FR1',
        title: null,
        filedOn: '2015-03',
        applicants: [{ name: 'Alpha' }],
        projects: [{ id: 'project/p' }],
        sources,
        production: [
          { territory: { name: 'X' }, by: { name: 'Beta' }, since: '2016', until: null, attestedOn: ['2017'], sources },
        ],
      },
      pole: {
        rank: 'WORLD',
        since: '2005',
        covers: [{ name: 'Y', code: null, level: 'REGION' }],
        predecessors: [{ kind: 'ABSORPTION', since: '2019', from: { id: 'cluster/cluster-y' } }],
        indicators: {
          nodes: [
            {
              measure: 'members',
              value: 12.5,
              unit: '%',
              from: '2015',
              to: '2016',
              about: { id: 'pole/pole-x' },
              sources,
            },
          ],
        },
        claims: [{ field: 'since', value: '2006', preferred: false, inferred: true, note: 'A fixture.', sources }],
      },
      organisation: {
        kind: 'COMPANY',
        size: 'SMALL',
        public: null,
        territory: { code: '01001' },
        topics: [{ name: 'B' }],
      },
      territory: { partOf: [{ name: 'Y' }], actors: { nodes: [{ name: 'Alpha' }] } },
      // Who is about a narrower topic is not said to be about the broader one.
      topic: { scheme: 'SECTOR', narrower: { nodes: [{ name: 'B' }] }, actors: { nodes: [] } },
    });
  });
});
