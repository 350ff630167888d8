import { describe, expect, it } from 'vitest';
import { emptyGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';
import { ADMIN, done, mutated, rejected, SOURCES } from './editors.ts';

const sources = SOURCES;

describe('what a mutation asks of the graph', () => {
  it('is three statements for an organisation made and linked, whatever the number of partners that there are', async () => {
    await using graph = await emptyGraph();
    const world = new World().organisation('Hub', { id: 'organisation/hub' });
    for (const name of ['A', 'B', 'C']) {
      world.organisation(name, { id: `organisation/${name}` });
      world.partners('organisation/hub', `organisation/${name}`, { kind: 'SUPPLY' });
    }
    await graph.fill(world);
    const { data, errors, roundTrips, statements } = await graph.plain.answer(
      `mutation($sources: [ID!]!) {
        made: organisationCreate(input: { name: "Zinc", kind: COMPANY, sources: $sources }) {
          organisation { id name version kind } problems { message } }
        linked: partnershipStart(input: { from: "organisation/zinc", to: "organisation/hub", kind: SUPPLY, since: "2020",
          sources: $sources }) { partnership { id from { id ... on Organisation { name kind version updatedAt } }
            to { id ... on Organisation { name kind version updatedAt } } kind since until label } problems { message } }
      }`,
      { sources },
      ADMIN,
    );
    expect(errors).toEqual([]);
    const { made, linked } = data;
    expect([...made.problems, ...linked.problems]).toEqual([]);
    expect(roundTrips).toBe(3);
    expect(statements).toEqual([
      'create_Organisation and closeMutation',
      ...['lockNodes_PARTNERS_WITH', 'create_PARTNERS_WITH and closeMutation'],
    ]);
    expect(made.organisation).toEqual({ id: 'organisation/zinc', name: 'Zinc', version: 1, kind: 'COMPANY' });
    const { node } = await graph.ask(
      `query($id: ID!) { node(id: $id) { ... on Partnership { id from { id ... on Organisation { name kind version updatedAt } }
        to { id ... on Organisation { name kind version updatedAt } } kind since until label } } }`,
      { id: linked.partnership.id },
    );
    expect(linked.partnership).toEqual(node);
  });

  it('is three statements for an organisation that is recorded with all its networks and partners', async () => {
    await using graph = await emptyGraph();
    const world = new World()
      .source('source/b')
      .pole('P', { id: 'pole/p', since: '2005' })
      .cluster('C', { id: 'cluster/c', foundedOn: '2010' });
    for (const name of ['A', 'B']) world.organisation(name, { id: `organisation/${name}` });
    await graph.fill(world);
    const {
      data,
      errors,
      statements: asked,
    } = await graph.plain.answer(
      `mutation($sources: [ID!]!) {
        organisationCreate(input: { name: "Zinc", kind: COMPANY, sources: $sources,
          memberships: [{ network: "cluster/c", role: FOUNDER }, { network: "pole/p", since: "2006", sources: ["source/b"] }],
          partnerships: [{ to: "organisation/A", kind: SUPPLY, since: "2020" }, { from: "organisation/B", kind: DISTRIBUTION }] }) {
          organisation { id version memberships(first: 2) { edges { node { id } memberships(first: 2) { role since sources { id } } } }
            partners(first: 2) { edges { node { id } partnerships(first: 2) { kind since sources { id } } } } }
          problems { path message } } }`,
      { sources },
      ADMIN,
    );
    expect(errors).toEqual([]);
    const { organisationCreate } = data;
    expect(organisationCreate.problems).toEqual([]);
    const of = (id: string) => [{ id }];
    expect(organisationCreate.organisation).toEqual({
      id: 'organisation/zinc',
      version: 1,
      memberships: {
        edges: [
          { node: { id: 'cluster/c' }, memberships: [{ role: 'FOUNDER', since: null, sources: of('source/fixture') }] },
          { node: { id: 'pole/p' }, memberships: [{ role: 'MEMBER', since: '2006', sources: of('source/b') }] },
        ],
      },
      partners: {
        edges: [
          {
            node: { id: 'organisation/A' },
            partnerships: [{ kind: 'SUPPLY', since: '2020', sources: of('source/fixture') }],
          },
          {
            node: { id: 'organisation/B' },
            partnerships: [{ kind: 'DISTRIBUTION', since: null, sources: of('source/fixture') }],
          },
        ],
      },
    });
    const end = asked.findIndex((name) => name.endsWith('closeMutation'));
    expect(asked.slice(0, end + 1)).toEqual([
      ...['lockNodes', 'create_Organisation', 'create_MEMBER_OF and create_PARTNERS_WITH and closeMutation'],
    ]);
    const {
      to,
      from,
      c,
      changesSince: changes,
    } = await graph.ask(`{
      to: organisation(by: { id: "organisation/A" }) { partners { edges { supplies: kinds node { id } } } }
      from: organisation(by: { id: "organisation/B" }) { partners { totalCount } }
      c: cluster(id: "cluster/c") { members { totalCount } }
      changesSince(sequence: 0, first: 10) { action touched } }`);
    expect(to.partners.edges).toEqual([{ supplies: ['SUPPLY'], node: { id: 'organisation/zinc' } }]);
    expect([from.partners.totalCount, c.members.totalCount]).toEqual([1, 1]);
    const entries = changes.filter(({ action }: { action: string }) => action === 'organisationCreate');
    expect(entries).toHaveLength(1);
    expect(entries[0].touched).toEqual(
      expect.arrayContaining(['cluster/c', 'organisation/A', 'organisation/B', 'organisation/zinc', 'pole/p']),
    );
  });

  it('is one statement for an organisation that is recorded with its partners, and returns them as they are', async () => {
    await using graph = await emptyGraph();
    const world = new World();
    for (const name of ['A', 'B']) world.organisation(name, { id: `organisation/${name}`, acronym: `${name}.` });
    await graph.fill(world.topic('topic/t').partners('organisation/A', 'organisation/B'));
    const { data, errors, roundTrips, statements } = await graph.plain.answer(
      `mutation($sources: [ID!]!) {
        organisationCreate(input: { name: "Zinc", kind: COMPANY, sources: $sources, topics: ["topic/t"],
          partnerships: [{ to: "organisation/A", kind: SUPPLY }, { from: "organisation/B", kind: DISTRIBUTION }] }) {
          organisation { id } memberships { id }
          partnerships { kind from { id } to { id ... on Organisation { name acronym } } sources { id } }
          problems { path message } } }`,
      { sources },
      ADMIN,
    );
    expect(errors).toEqual([]);
    const { organisationCreate } = data;
    expect(organisationCreate).toMatchObject({
      organisation: { id: 'organisation/zinc' },
      memberships: [],
      problems: [],
    });
    expect(organisationCreate.partnerships).toMatchObject([
      { kind: 'SUPPLY', from: { id: 'organisation/zinc' }, to: { id: 'organisation/A', name: 'A', acronym: 'A.' } },
      {
        kind: 'DISTRIBUTION',
        from: { id: 'organisation/B' },
        to: { id: 'organisation/zinc' },
        sources: [{ id: sources[0] }],
      },
    ]);
    expect(statements).toEqual([
      ...['lockNodes', 'create_Organisation', 'create_PARTNERS_WITH and create_ABOUT and closeMutation'],
      // The source of the facts is all that was not written with them.
      'nodesById',
    ]);
    expect(roundTrips).toBe(2);
    const { a } = await graph.ask(`{ a: organisation(by: { id: "organisation/A" }) {
      acronym version partners { edges { node { id } } } } }`);
    expect(a).toEqual({
      acronym: 'A.',
      version: 1,
      partners: { edges: [{ node: { id: 'organisation/B' } }, { node: { id: 'organisation/zinc' } }] },
    });
  });

  it('is answered alike when it is sent again under its key, with what was recorded together with it', async () => {
    await using graph = await emptyGraph();
    await graph.fill(new World().organisation('A', { id: 'organisation/A' }).pole('P', { id: 'pole/p' }));
    const document = `mutation($sources: [ID!]!) {
      organisationCreate(input: { name: "Zinc", kind: COMPANY, sources: $sources, idempotencyKey: "zinc",
        memberships: [{ network: "pole/p" }], partnerships: [{ to: "organisation/A", kind: SUPPLY }] }) {
        organisation { id } memberships { id network { id } } partnerships { id to { id } } problems { path message } } }`;
    const { organisationCreate: first } = await mutated(graph, document, { sources });
    expect(first).toMatchObject({
      memberships: [{ network: { id: 'pole/p' } }],
      partnerships: [{ to: { id: 'organisation/A' } }],
    });
    expect((await mutated(graph, document, { sources })).organisationCreate).toEqual(first);
  });

  it('finds partners that were assumed to exist and do not, and those that were merged away', async () => {
    await using graph = await emptyGraph();
    const world = new World();
    for (const name of ['A', 'B', 'C']) world.organisation(name, { id: `organisation/${name}` });
    await graph.fill(world);
    await done(graph, 'organisationMerge', { id: 'organisation/A', others: ['organisation/B'] });
    const input = (...partners: string[]) => ({
      ...{ name: 'Zinc', kind: 'COMPANY', sources },
      partnerships: partners.map((to) => ({ to, kind: 'SUPPLY' })),
    });
    expect(await rejected(graph, 'organisationCreate', { input: input('organisation/C', 'organisation/no') })).toEqual([
      'NOT_FOUND partnerships.1.to: There is no "organisation/no".',
    ]);
    expect(await rejected(graph, 'organisationCreate', { input: input('organisation/A', 'organisation/B') })).toEqual([
      expect.stringMatching(/^TAKEN partnerships\.1\.to/),
    ]);
    expect(await graph.ask('{ organisation(by: { id: "organisation/zinc" }) { id } }')).toEqual({ organisation: null });
    await done(graph, 'organisationCreate', { input: input('organisation/B') });
    const { organisation } = await graph.ask(
      '{ organisation(by: { id: "organisation/A" }) { partners { nodes { name } } } }',
    );
    expect(organisation.partners.nodes).toEqual([{ name: 'Zinc' }]);
  });

  it('leaves nothing when a source is none, which is found when all is written', async () => {
    await using graph = await emptyGraph();
    const input = { name: 'Zinc', kind: 'COMPANY', sources: ['source/nobody'] };
    expect(await rejected(graph, 'organisationCreate', { input })).toEqual([
      'NOT_FOUND sources: There is no source "source/nobody": record it first with sourceCreate.',
    ]);
    await done(graph, 'sourceCreate', { input: { title: 'Nobody' } });
    expect(await done(graph, 'organisationCreate', { input })).toBe('organisation/zinc');
  });
});
