import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { ANALYSTS_PAGE, answerTo, examplesIn, ORIGIN_PAGE, shownAnswer } from '../../scripts/answer-docs.ts';
import { verifyGraph } from '../../src/editing/verify.ts';
import { seedWhenEmpty } from '../../src/transfer/seed.ts';
import type { Agent } from '../support/agent.ts';
import type { TestGraph } from '../support/graph.ts';
import { COUNTED_OTHERWISE, STATE_COUNTS } from '../support/state-counts.ts';
import { BY_TOOL } from './agent-answers.ts';

/** The tests of the curated seed, which is the first part of the full one. */
export function curatedSeedTests(graph: () => TestGraph): void {
  describe('docs/origin.md', () => {
    const examples = examplesIn(readFileSync(ORIGIN_PAGE, 'utf8'));

    it('answers each statement of the text that Grappe began with', () => {
      expect(examples.map(({ answer }) => answer !== null)).toEqual(Array(12).fill(true));
    });

    it.each(examples)('$title', async ({ query, answer }) => {
      expect(await answerTo(graph().graph, query)).toBe(answer);
    });
  });

  // One snapshot for both engines, as everywhere: a usual run asks the full seed on the embedded engine alone.
  describe('docs/analysts.md, asked of the curated seed', () => {
    const examples = examplesIn(readFileSync(ANALYSTS_PAGE, 'utf8'));
    const isAnswered = (name: string, answer: unknown): Promise<void> =>
      expect(`${shownAnswer(answer)}\n`).toMatchFileSnapshot(`./__snapshots__/curated/${name}.json`);
    let agent: Agent;
    beforeAll(async () => {
      agent = await graph().agent();
    });

    it.each(examples)('$title', async ({ title, query }) => {
      const { data, errors } = await graph().answer(query);
      await isAnswered(`question-${Number.parseInt(title, 10)}`, {
        data,
        errors: errors.map(({ extensions }) => extensions.code),
      });
      const { isError, structured } = await agent.call('graphql', { query });
      expect([isError, structured?.data ?? null]).toEqual([errors.length > 0, errors.length > 0 ? null : data]);
    });

    it.each(BY_TOOL)('question $number, by the tool $tool', async ({ number, tool, given }) => {
      const { isError, structured, text } = await agent.call(tool, given);
      await isAnswered(
        `tool-${number}-${tool}`,
        isError ? text : { data: structured.data, sources: structured.sources },
      );
    });
  });

  describe('the curated seed, queried through the API', () => {
    it('holds 96 poles and 65 clusters', async () => {
      const { poles, clusters, networks } = await graph().ask(
        '{ poles { totalCount } clusters { totalCount } networks { totalCount } }',
      );
      expect([poles, clusters, networks]).toEqual([{ totalCount: 96 }, { totalCount: 65 }, { totalCount: 161 }]);
    });

    it('has Aerospace Valley since 2005, seated in Toulouse, with its members, their roles and sources', async () => {
      const { pole } = await graph().ask(`{
        pole(id: "pole/aerospace-valley") {
          name since until territory { id name partOf(asOf: "2010") { name } }
          members(first: 100) { totalCount edges { roles node { __typename name } memberships(first: 2) { sources { title url } } } }
        }
      }`);
      expect(pole).toMatchObject({
        name: 'Aerospace Valley',
        since: '2005',
        until: null,
        territory: { id: 'territory/commune-31555', name: 'Toulouse', partOf: [{ name: 'Haute-Garonne' }] },
      });
      const { edges, totalCount } = pole.members;
      expect(edges).toHaveLength(totalCount);
      expect(totalCount).toBeGreaterThan(20);
      for (const { roles, node, memberships } of edges) {
        expect(roles[0], node.name).toMatch(/^[A-Z]+$/);
        const [{ sources }] = memberships;
        expect(sources.length, node.name).toBeGreaterThan(0);
        expect(sources[0].title, node.name).not.toBe('');
      }
    });

    it('has Mecanic Vallée since 2009, with 210 companies in 2016, as AgoraVox wrote', async () => {
      const { cluster } = await graph().ask(`{
        cluster(id: "cluster/mecanic-vallee") {
          name since indicators(measure: ["companies"]) { nodes { value from to note sources { id publisher } } }
        }
      }`);
      expect(cluster).toMatchObject({ name: 'Mecanic Vallée', since: '2009' });
      expect(cluster.indicators.nodes).toContainEqual({
        value: 210,
        from: '2016',
        to: null,
        note: 'Le texte dit « plus de 210 » : un plancher.',
        sources: [{ id: 'source/agoravox-2016', publisher: 'AgoraVox (ADECNS)' }],
      });
    });

    it('knows what Eurobiomed came out of, and when', async () => {
      const { pole } = await graph().ask(`{
        pole(id: "pole/eurobiomed") { since predecessors { since kind from { ... on Network { id } } to { id } } }
      }`);
      expect(pole.since).toBe('2009');
      expect(
        pole.predecessors.map(({ from, since }: { from: { id: string }; since: string }) => [from.id, since]),
      ).toEqual([
        ['pole/orpheme', '2009'],
        ['pole/cancer-bio-sante', '2019'],
      ]);
      for (const { to } of pole.predecessors) expect(to).toEqual({ id: 'pole/eurobiomed' });
    });

    it('has Cancer-Bio-Santé active as of 2016 and not as of 2020', async () => {
      const { pole } = await graph().ask(`{
        pole(id: "pole/cancer-bio-sante") { in2016: isActive(asOf: "2016") in2020: isActive(asOf: "2020") }
      }`);
      expect(pole).toEqual({ in2016: true, in2020: false });
    });

    it('has 71 poles active as of 2007, as the State counted, and says so of France', async () => {
      const { poles, territory } = await graph().ask(`{
        poles(first: 200) { nodes { isActive(asOf: "2007") } }
        territory(id: "territory/fr") { indicators(measure: ["poles"]) { nodes { value from to } } }
      }`);
      expect(poles.nodes).toHaveLength(96);
      expect(poles.nodes.filter(({ isActive }: { isActive: boolean }) => isActive)).toHaveLength(71);
      expect(territory.indicators.nodes).toContainEqual({ value: 71, from: '2007-07-05', to: '2013' });
      expect(territory.indicators.nodes).toContainEqual({ value: 74, from: '2016', to: null });
    });

    const others = COUNTED_OTHERWISE.map(({ date, here }) => [date, here] as const);
    it.each([...STATE_COUNTS, ...others])(
      'has as many poles active as the State counted, or a reason: %s, %i',
      async (asOf, count) => {
        const { poles } = await graph().ask(
          'query ($asOf: PartialDate!) { poles(filter: { activeAsOf: $asOf }) { totalCount undatedCount } }',
          { asOf },
        );
        expect(poles).toEqual({ totalCount: count, undatedCount: 0 });
      },
    );

    it('has no cluster active as of 1950, and says how many have no date', async () => {
      const { clusters, some } = await graph().ask(`{
        clusters(filter: { activeAsOf: "1950" }) { totalCount undatedCount }
        some: clusters(filter: { activeAsOf: "1950", includeUndated: true }) { totalCount }
      }`);
      expect(clusters.totalCount).toBe(0);
      expect(clusters.undatedCount).toBe(some.totalCount);
      expect(clusters.undatedCount).toBeLessThan(20);
    });

    it('shows how Aqua-Valley lost the label and regained it', async () => {
      const { pole } = await graph().ask(`{
        pole(id: "pole/aqua-valley") {
          labels { topic { id } since until term sources { url } }
          lost: isActive(asOf: "2021") regained: isActive(asOf: "2025")
        }
      }`);
      const topic = { id: 'topic/label-pole-de-competitivite' };
      expect(pole).toMatchObject({
        labels: [
          { topic, since: '2010-05-11', until: '2018', term: null },
          { topic, since: '2024-01-08', until: null, term: '2024-2026' },
        ],
        lost: false,
        regained: true,
      });
    });

    it('says how much of the members that a source counts is recorded, and cites it', async () => {
      const { pole } = await graph().ask(`{
        pole(id: "pole/aerospace-valley") {
          membersKnown { recorded reported reportedOn sources { cite } }
          members { totalCount }
          indicators(measure: ["members"], last: 1) { nodes { value from } }
        }
      }`);
      const [newest] = pole.indicators.nodes;
      expect(pole.membersKnown).toMatchObject({
        recorded: pole.members.totalCount,
        reported: newest.value,
        reportedOn: newest.from,
      });
      expect(pole.membersKnown.sources[0].cite).toMatch(/^« .+ », .+\.$/);
    });

    it('keeps what sources say otherwise as claims, with who says so', async () => {
      const { pole } = await graph().ask(`{
        pole(id: "pole/eurobiomed") { claims(field: "since") { value preferred sources { id } } }
      }`);
      expect(
        pole.claims.map(({ value, preferred }: { value: string; preferred: boolean }) => [value, preferred]),
      ).toEqual(
        expect.arrayContaining([
          ['2006', false],
          ['2009', true],
        ]),
      );
      for (const { sources } of pole.claims) expect(sources.length).toBeGreaterThan(0);
    });

    it('names a source for every fact', async () => {
      const { networks } = await graph().ask('{ networks(first: 200) { nodes { id sources { id } } } }');
      expect(networks.nodes.filter(({ sources }: { sources: unknown[] }) => sources.length === 0)).toEqual([]);
    });

    it('has the communes, the départements and the régions of before and after 2016', async () => {
      const { before, after, departments, communes } = await graph().ask(`{
        before: territories(level: REGION, asOf: "2015") { totalCount nodes { id } }
        after: territories(level: REGION, asOf: "2016", first: 200) { totalCount nodes { id } }
        departments: territories(level: DEPARTMENT) { totalCount }
        communes: territories(level: COMMUNE) { totalCount }
      }`);
      expect(after.nodes).toHaveLength(18);
      expect(after.totalCount).toBe(18);
      expect(before.totalCount).toBeGreaterThan(after.totalCount);
      expect(departments.totalCount).toBeGreaterThan(95);
      expect(communes.totalCount).toBeGreaterThan(34_000);
    });

    it('holds together, and is not filled a second time', async () => {
      expect(await verifyGraph(graph().engine)).toEqual([]);
      const version = await graph().engine.version();
      await seedWhenEmpty(graph().engine, 'curated');
      expect(await graph().engine.version()).toBe(version);
    });
  });

  describe('the nested question', () => {
    it('of ten poles, twenty members each, five partners each takes as many roundTrips as it has levels', async () => {
      const { data, roundTrips, statements } = await graph().plain.answer(`{
        poles(first: 10, orderBy: { field: MEMBER_COUNT, direction: DESC }) {
          nodes { name members(first: 20) { nodes { name partners(first: 5) { nodes { name } } } } }
        }
      }`);
      expect({ roundTrips, statements: statements.length }).toEqual({ roundTrips: 3, statements: 3 });
      const members = data.poles.nodes.flatMap(
        (pole: { members: { nodes: { partners: { nodes: unknown[] } }[] } }) => pole.members.nodes,
      );
      expect(data.poles.nodes).toHaveLength(10);
      expect(members.length).toBeGreaterThan(50);
      expect(
        members.filter(({ partners }: { partners: { nodes: unknown[] } }) => partners.nodes.length > 0).length,
      ).toBeGreaterThan(10);
    });
  });
}
