import { describe, expect, it } from 'vitest';
import { emptyGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';
import { done, mutated, rejected, SOURCES } from './editors.ts';
import { fullWorld } from './storm.ts';

const sources = SOURCES;

describe('a manager of a network', () => {
  it('records who joined, who left and who came back, as docs/editing.md shows', async () => {
    await using graph = await emptyGraph();
    await graph.fill(new World().pole('Aerospace Valley', { id: 'pole/aerospace-valley', since: '2005' }));
    const { sourceCreate } = await mutated(
      graph,
      `mutation { sourceCreate(input: { title: "Procès-verbal 2024", publisher: "Aerospace Valley", publishedOn: "2024-06" }) {
        source { id title version } problems { code message path } } }`,
    );
    expect(sourceCreate).toEqual({
      source: { id: 'source/proces-verbal-2024', title: 'Procès-verbal 2024', version: 1 },
      problems: [],
    });
    const source = sourceCreate.source.id;
    const { organisationCreate } = await mutated(
      graph,
      `mutation($source: ID!) { organisationCreate(input: { name: " Ailes & Cie ", kind: COMPANY, size: SMALL, siren: "732 829 320",
        aliases: ["Ailes", "Ailes", ""], sources: [$source], idempotencyKey: "create-ailes" }) {
        organisation { id name aliases version identifiers { scheme value } memberships { totalCount } } problems { message } } }`,
      { source },
    );
    expect(organisationCreate.problems).toEqual([]);
    expect(organisationCreate.organisation).toEqual({
      id: 'organisation/siren-732829320',
      name: 'Ailes & Cie',
      aliases: ['Ailes'],
      version: 1,
      identifiers: [{ scheme: 'SIREN', value: '732829320' }],
      memberships: { totalCount: 0 },
    });
    const member = organisationCreate.organisation.id;
    const { joins, again, ends } = await mutated(
      graph,
      `mutation($member: ID!, $source: ID!) {
        joins: membershipStart(input: { member: $member, network: "pole/aerospace-valley", since: "2019", sources: [$source] }) {
          membership { id role since until version network { id members { totalCount } } } problems { message } }
        again: membershipStart(input: { member: $member, network: "pole/aerospace-valley", since: "2020", sources: [$source] }) {
          membership { id } problems { code path } }
      }`,
      { member, source },
    );
    expect(ends).toBeUndefined();
    expect(joins.membership).toMatchObject({ role: 'MEMBER', since: '2019', until: null, version: 1 });
    expect(joins.membership.network.members.totalCount).toBe(1);
    expect(again).toEqual({ membership: null, problems: [{ code: 'TAKEN', path: ['network'] }] });
    const { membershipEnd } = await mutated(
      graph,
      `mutation($id: ID!, $source: ID!) { membershipEnd(id: $id, on: "2023-06", sources: [$source]) {
        membership { until version } problems { message } } }`,
      { id: joins.membership.id, source },
    );
    expect(membershipEnd).toEqual({ membership: { until: '2023-06', version: 2 }, problems: [] });
    const id = await done(graph, 'membershipStart', {
      input: { member, network: 'pole/aerospace-valley', role: 'MEMBER', since: '2024', sources },
    });
    expect(id).not.toBe(joins.membership.id);
    const { pole } = await graph.ask(
      `{ pole(id: "pole/aerospace-valley") { a: members(asOf: "2022") { totalCount } b: members(asOf: "2023-09") { totalCount } c: members(asOf: "2025") { totalCount } } }`,
    );
    expect([pole.a, pole.b, pole.c].map(({ totalCount }) => totalCount)).toEqual([1, 0, 1]);
  });

  it('can start again on the date of a membership whose dates were corrected', async () => {
    await using graph = await emptyGraph();
    await graph.fill(new World().pole('P', { id: 'pole/p' }).organisation('A', { id: 'organisation/a' }));
    const input = {
      member: 'organisation/a',
      network: 'pole/p',
      role: 'MEMBER',
      since: '2010',
      until: '2011',
      sources,
    };
    const first = await done(graph, 'membershipStart', { input });
    await done(graph, 'membershipUpdate', { id: first, input: { since: '2015', until: null, expectedVersion: 1 } });
    const second = await done(graph, 'membershipStart', { input });
    expect(second).toBe(`${first}-2`);
    expect(await rejected(graph, 'membershipUpdate', { id: second, input: { until: '2016' } })).toEqual([
      expect.stringMatching(/^TAKEN network/),
    ]);
  });

  it('is shown the present state beside a conflict', async () => {
    await using graph = await emptyGraph();
    await graph.fill(new World().organisation('A', { id: 'organisation/a' }));
    await done(graph, 'organisationUpdate', { id: 'organisation/a', input: { city: 'Pau', expectedVersion: 1 } });
    const { organisationUpdate } = await mutated(
      graph,
      `mutation { organisationUpdate(id: "organisation/a", input: { city: "Dax", expectedVersion: 1 }) {
        organisation { city version } problems { code path } } }`,
    );
    expect(organisationUpdate).toEqual({
      organisation: { city: 'Pau', version: 2 },
      problems: [{ code: 'CONFLICT', path: ['expectedVersion'] }],
    });
  });

  it('empties what is null, leaves what is left out, and adds sources', async () => {
    await using graph = await emptyGraph();
    await graph.fill(fullWorld());
    const { organisationUpdate } = await mutated(
      graph,
      `mutation { organisationUpdate(id: "organisation/o0", input: { website: null, aliases: null, territory: null, sources: ["source/b"] }) {
        organisation { name website aliases size territory { id } topics { id } sources { id } } problems { message } } }`,
    );
    expect(organisationUpdate).toEqual({
      organisation: {
        name: '=1+1',
        website: null,
        aliases: [],
        size: 'LARGE',
        territory: null,
        topics: [{ id: 'topic/industry' }],
        sources: [{ id: 'source/fixture' }, { id: 'source/b' }],
      },
      problems: [],
    });
    // What belongs to the record follows its sources.
    const links = await graph.engine.read<{ sources: string[] }>({
      name: 'about',
      text: 'MATCH (:Entity {id: "organisation/o0"})-[r:ABOUT]->() RETURN r.sources AS sources',
    });
    expect(links).toEqual([{ sources: ['source/fixture', 'source/b'] }]);
  });

  it('records seats and coverage with their periods', async () => {
    await using graph = await emptyGraph();
    await graph.fill(fullWorld());
    const { networkUpdate } = await mutated(
      graph,
      `mutation { networkUpdate(id: "pole/a", input: {
        seats: [{ territory: "territory/d", until: "2009" }, { territory: "territory/fr", since: "2010" }]
        covers: ["territory/fr"], coverage: [{ territory: "territory/d", since: "2012" }] }) {
        network { then: territory(asOf: "2006") { id } now: territory { id }
          before: covers(asOf: "2006") { id } after: covers(asOf: "2013") { id } } problems { message } } }`,
    );
    const { network, problems } = networkUpdate;
    expect(problems).toEqual([]);
    expect(network.then.id).toBe('territory/d');
    expect(network.now.id).toBe('territory/fr');
    expect(network.after.map(({ id }: { id: string }) => id)).toEqual(['territory/d', 'territory/fr']);
  });
});

describe('a network that comes out of others', () => {
  const world = (): World =>
    new World()
      .pole('Old', { id: 'pole/old', since: '2005' })
      .pole('Older', { id: 'pole/older', since: '2006' })
      .pole('New', { id: 'pole/new', since: '2005' })
      .organisation('A', { id: 'organisation/a' })
      .member('organisation/a', 'pole/old', { since: '2007' });

  it('starts with the first succession, ends those before it, and claims the year that it had', async () => {
    await using graph = await emptyGraph();
    await graph.fill(world());
    const succeed = (from: string, since: string) =>
      done(graph, 'networkSucceed', { input: { from, to: 'pole/new', kind: 'MERGE', since, sources } });
    await succeed('pole/old', '2019');
    await succeed('pole/older', '2018-07');
    const answer = await graph.ask(`{
      old: pole(id: "pole/old") { since until members { edges { since until } } m: members(asOf: "2020") { totalCount } }
      older: pole(id: "pole/older") { until }
      new: pole(id: "pole/new") { since until claims { field value preferred } predecessors { kind since } }
    }`);
    expect(answer.old).toEqual({
      since: '2005',
      until: '2019',
      members: { edges: [{ since: '2007', until: null }] },
      m: { totalCount: 0 },
    });
    expect(answer.older.until).toBe('2018-07');
    expect(answer.new).toEqual({
      since: '2018-07',
      until: null,
      claims: [{ field: 'since', value: '2005', preferred: false }],
      predecessors: [
        { kind: 'MERGE', since: '2018-07' },
        { kind: 'MERGE', since: '2019' },
      ],
    });
  });

  it('goes on when it takes another in, and lets those go on that it federates', async () => {
    await using graph = await emptyGraph();
    await graph.fill(world());
    const kinds = { 'pole/old': 'ABSORPTION', 'pole/older': 'FEDERATION' };
    await done(graph, 'networkSucceed', {
      input: { from: 'pole/old', to: 'pole/new', kind: kinds['pole/old'], since: '2019', sources },
    });
    expect(await graph.ask('{ pole(id: "pole/new") { since } }')).toEqual({ pole: { since: '2005' } });
    await done(graph, 'networkSucceed', {
      input: { from: 'pole/older', to: 'pole/new', kind: kinds['pole/older'], since: '2012', sources },
    });
    const answer = await graph.ask(
      '{ new: pole(id: "pole/new") { since } old: pole(id: "pole/old") { until } older: pole(id: "pole/older") { until } }',
    );
    expect(answer).toEqual({ new: { since: '2012' }, old: { until: '2019' }, older: { until: null } });
  });
});

describe('projects, patents, figures and claims', () => {
  it('make partners, and unmake them', async () => {
    await using graph = await emptyGraph();
    await graph.fill(
      new World().organisation('A', { id: 'organisation/a' }).organisation('B', { id: 'organisation/b' }),
    );
    const project = await done(graph, 'projectCreate', {
      input: { name: 'Locary', start: '2012', funding: { amount: 1.5, currency: 'EUR' }, sources },
    });
    const add = (participant: string, role: string) =>
      done(graph, 'participationAdd', { input: { project, participant, role, sources } });
    await add('organisation/a', 'COORDINATOR');
    const second = await add('organisation/b', 'PARTNER');
    const partners = async () =>
      (
        await graph.ask(
          '{ organisation(by: { id: "organisation/a" }) { partners { edges { since until projectCount strength node { id } } } } }',
        )
      ).organisation.partners.edges;
    expect(await partners()).toEqual([
      { since: '2012', until: null, projectCount: 1, strength: 1, node: { id: 'organisation/b' } },
    ]);
    await done(graph, 'projectUpdate', { id: project, input: { end: '2014', participantCount: 5, funding: null } });
    expect(await partners()).toMatchObject([{ until: '2014', strength: 0.25 }]);
    const { participationRemove } = await mutated(
      graph,
      `mutation { participationRemove(id: "${second}") { deleted problems { code } } }`,
    );
    expect(participationRemove).toEqual({ deleted: second, problems: [] });
    expect(await partners()).toEqual([]);
    await add('organisation/b', 'PARTNER');
    expect(await partners()).toHaveLength(1);
    expect(await done(graph, 'nodeDelete', { id: project, cascade: true })).toBe(project);
    expect(await partners()).toEqual([]);
  });

  it('are recorded through the API', async () => {
    await using graph = await emptyGraph();
    await graph.fill(fullWorld());
    const data = await mutated(
      graph,
      `mutation { 
        patentCreate(input: { number: "EP 7", title: "Wing", applicants: ["organisation/o1"], projects: ["project/p1"], sources: ["source/b"] }) {
          patent { id number applicants { id } projects { id } } problems { message } }
        productionRecord(input: { patent: "patent/ep-7", territory: "territory/r", by: "organisation/o2", since: "2010", sources: ["source/b"] }) {
          patent { id production { territory { id } by { id } since } } problems { message } }
        indicatorRecord(input: { about: "pole/a", measure: "patents", value: 7, from: "2012", sources: ["source/b"] }) {
          indicator { about { id } measure value } problems { message } }
        claimRecord(input: { about: "organisation/o7", field: "city", value: "Dax", sources: ["source/b"] }) {
          about { id ... on Actor { claims(field: "city") { value preferred } } } problems { message } }
        partnershipStart(input: { from: "organisation/o8", to: "organisation/o9", kind: CHARTER, parties: 5, since: "2010", sources: ["source/b"] }) {
          partnership { kind strength since version } problems { message } }
        networkCreate(input: { type: CLUSTER, name: "Cluster B", since: "2011", sources: ["source/b"] }) {
          network { __typename id since } problems { message } }
        sourceUpdate(id: "source/b", input: { title: "B", licence: "CC0" }) { source { title licence version } problems { message } }
      }`,
    );
    expect(data).toEqual({
      patentCreate: {
        patent: {
          id: 'patent/ep-7',
          number: 'EP 7',
          applicants: [{ id: 'organisation/o1' }],
          projects: [{ id: 'project/p1' }],
        },
        problems: [],
      },
      productionRecord: {
        patent: {
          id: 'patent/ep-7',
          production: [{ territory: { id: 'territory/r' }, by: { id: 'organisation/o2' }, since: '2010' }],
        },
        problems: [],
      },
      indicatorRecord: { indicator: { about: { id: 'pole/a' }, measure: 'patents', value: 7 }, problems: [] },
      claimRecord: {
        about: {
          id: 'organisation/o7',
          claims: expect.arrayContaining([
            { value: 'Dax', preferred: false },
            { value: 'Pau', preferred: true },
          ]),
        },
        problems: [],
      },
      partnershipStart: { partnership: { kind: 'CHARTER', strength: 0.25, since: '2010', version: 1 }, problems: [] },
      networkCreate: { network: { __typename: 'Cluster', id: 'cluster/cluster-b', since: '2011' }, problems: [] },
      sourceUpdate: { source: { title: 'B', licence: 'CC0', version: 2 }, problems: [] },
    });
  });
});

describe('a deletion', () => {
  it('takes what refers to a record with it, and nothing else', async () => {
    await using graph = await emptyGraph();
    await graph.fill(fullWorld());
    expect(await done(graph, 'nodeDelete', { id: 'organisation/o1', cascade: true })).toBe('organisation/o1');
    const answer = await graph.ask(`{ organisation(by: { id: "organisation/o1" }) { id }
      pole(id: "pole/a") { members { edges { node { id } } } }
      project(id: "project/p1") { participants { edges { node { id } } } }
      patent(id: "patent/fr123") { applicants { id } } }`);
    expect(JSON.stringify(answer)).not.toContain('organisation/o1"');
    const id = answer.pole.members.edges.length;
    expect(id).toBe(2);
    await done(graph, 'nodeDelete', { id: 'organisation/o5', cascade: true });
    expect(
      (await graph.ask('{ patent(id: "patent/fr123") { production { by { id } territory { id } } } }')).patent
        .production,
    ).toEqual([{ by: null, territory: { id: 'territory/d' } }]);
  });

  it('takes a source out of what names it', async () => {
    await using graph = await emptyGraph();
    await graph.fill(fullWorld());
    await done(graph, 'nodeDelete', { id: 'source/b', cascade: true });
    const { cluster } = await graph.ask(
      '{ cluster(id: "cluster/b") { members { edges { memberships { sources { id } } } } } }',
    );
    expect(cluster.members.edges).toEqual([{ memberships: [{ sources: [{ id: 'source/fixture' }] }] }]);
  });

  it('deletes a record that nothing refers to without more ado', async () => {
    await using graph = await emptyGraph();
    await graph.fill(fullWorld());
    const id = await done(graph, 'organisationCreate', {
      input: { name: 'Typo', kind: 'OTHER', topics: ['topic/metal'], sources },
    });
    expect(await done(graph, 'nodeDelete', { id })).toBe(id);
    expect(await graph.ask(`{ node(id: "${id}") { id } }`)).toEqual({ node: null });
  });
});
