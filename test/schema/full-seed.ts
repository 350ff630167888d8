import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ANALYSTS_PAGE, answerTo, examplesIn } from '../../scripts/answer-docs.ts';
import { verifyGraph } from '../../src/editing/verify.ts';
import { examples as worked } from '../../src/server/http/examples.ts';
import { seedWhenEmpty } from '../../src/transfer/seed.ts';
import { writeTemplate } from '../../src/transfer/template.ts';
import type { Agent } from '../support/agent.ts';
import type { TestGraph } from '../support/graph.ts';
import { scratchFolder } from '../support/world.ts';
import { BY_TOOL, shapedLike } from './agent-answers.ts';

const examples = examplesIn(readFileSync(ANALYSTS_PAGE, 'utf8'));

/** The tests of the full seed. */
export function fullSeedTests(graph: () => TestGraph): void {
  describe('what it holds', () => {
    it('holds together: partnerships, counts and periods are what its facts say', async () => {
      expect(await verifyGraph(graph().engine)).toEqual([]);
    });

    it('is not filled twice', async () => {
      const before = await graph().engine.version();
      await seedWhenEmpty(graph().engine, 'full');
      expect(await graph().engine.version()).toBe(before);
    });

    it('takes the template of an import: each name in it is that of one record', async () => {
      const folder = join(await scratchFolder(), 'template');
      await writeTemplate(folder);
      expect((await graph().import(folder, { dryRun: true })).rejections).toEqual([]);
    });

    it('lists the partners of the organisation that has most of them to the end, with no repeat and no gap', async () => {
      const { organisations } = await graph().ask(
        '{ organisations(first: 1, orderBy: { field: PARTNER_COUNT, direction: DESC }) { nodes { id partners { totalCount } } } }',
      );
      const [{ id, partners }] = organisations.nodes;
      const found: string[] = [];
      let after: string | null = null;
      do {
        const page: { edges: { node: { id: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } = (
          await graph().ask(
            `query ($id: ID!, $after: String) { organisation(by: { id: $id }) {
              partners(first: 200, after: $after, orderBy: { field: STRENGTH, direction: DESC }) {
                edges { partnerships { id } projectCount strength since node { id } }
                pageInfo { hasNextPage endCursor }
              } } }`,
            { id, after },
          )
        ).organisation.partners;
        found.push(...page.edges.map(({ node }) => node.id));
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      } while (after);
      expect(new Set(found).size).toBe(found.length);
      expect(found.length).toBe(partners.totalCount);
      expect(found.length).toBeGreaterThan(400);
    });
  });

  describe('docs/analysts.md', () => {
    it('has thirty-six questions with answers', () => {
      expect(examples.map(({ answer }) => answer !== null)).toEqual(Array(36).fill(true));
    });

    it.each(examples)('$title', async ({ query, answer }) => {
      expect(await answerTo(graph().graph, query)).toBe(answer);
    });
  });

  describe('an agent, by the official client of MCP', () => {
    let agent: Agent;
    beforeAll(async () => {
      agent = await graph().agent();
    });
    const answerOf = (number: number): Record<string, never> => JSON.parse(examples[number - 1]!.answer!);

    it.each(examples)('answers by GraphQL: $title', async ({ query, answer }) => {
      const { isError, structured } = await agent.call('graphql', { query });
      expect([isError, structured.data]).toEqual([false, JSON.parse(answer!)]);
    });

    it.each(BY_TOOL)('answers question $number by the tool $tool', async ({ number, tool, given, parts }) => {
      const { isError, text, structured } = await agent.call(tool, given);
      expect(isError, text).toBe(false);
      expect(structured.sources, 'sources').not.toHaveLength(0);
      const { said, found } = parts(answerOf(number), structured.data);
      expect(shapedLike(said, found)).toEqual(shapedLike(said, said));
    });

    it('finds identifiers by names with errors', async () => {
      const { structured, text } = await agent.call('find', { text: 'mecanic valee', first: 1 });
      const [{ node }] = structured.data.search.edges;
      expect(node).toMatchObject({ __typename: 'Cluster', id: 'cluster/mecanic-vallee', name: 'Mecanic Vallée' });
      expect(text).toContain('"id":"cluster/mecanic-vallee"');
    });

    it('reads when facts hold, and who says so, with each source once', async () => {
      const { text, structured } = await agent.call('members', { id: 'pole/minalogic', asOf: '2012', role: ['BOARD'] });
      const [first, facts, heading, ...sources] = text.split('\n');
      expect(first).toBe('As of 2012; what no source ends counts as valid.');
      expect(JSON.parse(facts!).network.name).toBe('Minalogic');
      expect(heading).toBe('Sources:');
      expect(sources).toEqual([...new Set(sources)]);
      expect(sources.join('\n')).toMatch(/^source\/\S+: .+, ADES Grenoble, .*https?:\/\//m);
      expect(structured).toMatchObject({ asOf: '2012', graph: { version: expect.any(String) } });
      const cited = new Set(JSON.stringify(structured.data).match(/source\/[\w-]+/g));
      expect(structured.sources.map(({ id }: { id: string }) => id).sort()).toEqual([...cited].sort());
    });

    it('pages through a list', async () => {
      const ids: string[] = [];
      let after: string | undefined;
      do {
        const { structured } = await agent.call('members', { id: 'pole/aerospace-valley', first: 10, after });
        const { edges, pageInfo, totalCount } = structured.data.network.members;
        ids.push(...edges.map(({ node }: { node: { id: string } }) => node.id));
        after = pageInfo.hasNextPage ? pageInfo.endCursor : undefined;
        if (after === undefined) expect(ids).toHaveLength(totalCount);
      } while (after !== undefined);
      expect(new Set(ids).size).toBe(ids.length);
    });

    it('gets a link to a file', async () => {
      const { structured } = await agent.call('export', { format: 'EDGES_CSV', membersOf: ['pole/minalogic'] });
      const { edgeCount, export: link } = structured.data.subgraph;
      expect(link.url).toMatch(/^http:\/\/grappe\.test\/exports\//);
      const file = await (await graph().get(new URL(link.url).pathname)).text();
      expect(file.trim().split('\n')).toHaveLength(edgeCount + 1);
    });

    it('hears what is unknown, with the remedy', async () => {
      for (const tool of ['describe', 'members', 'partners']) {
        const id = tool === 'members' ? 'pole/nowhere' : 'organisation/nowhere';
        const { isError, text } = await agent.call(tool, { id });
        expect([isError, text]).toEqual([
          true,
          `NOT_FOUND: No such record is known: ${id}. Look for its identifier with find.`,
        ]);
      }
      const { text } = await agent.call('path', { from: 'organisation/nowhere', to: 'pole/minalogic' });
      expect(text).toMatch(/^[A-Z_]+: .*organisation\/nowhere/);
    });
  });

  describe('the tabs of GraphiQL', () => {
    it.each(worked('reading').filter(({ query }) => !/^\s*mutation\b/m.test(query)))(
      '$title',
      async ({ title, query, variables }) => {
        // One snapshot for both engines: they must give the same answer.
        const data = await graph().ask(query, variables);
        await expect(`${JSON.stringify(data, null, 2)}\n`).toMatchFileSnapshot(`./__snapshots__/tabs/${title}.json`);
      },
    );
  });
}
