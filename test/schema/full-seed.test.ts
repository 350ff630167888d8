import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANALYSTS_PAGE, answerTo, examplesIn } from '../../scripts/answer-docs.ts';
import { verifyGraph } from '../../src/editing/verify.ts';
import { examples as worked } from '../../src/server/http/examples.ts';
import { seedWhenEmpty } from '../../src/transfer/seed.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';

const SEEDING_MS = 300_000;

let graph: TestGraph;

beforeAll(async () => {
  graph = await emptyGraph();
  await seedWhenEmpty(graph.engine, 'full');
  // A busy machine may need longer for its names than a search waits.
  await graph.graph.names.prepare();
  await graph.graph.snapshot!.load();
}, SEEDING_MS);

afterAll(() => graph[Symbol.asyncDispose]());

const examples = examplesIn(readFileSync(ANALYSTS_PAGE, 'utf8'));

describe('the full seed', () => {
  it('holds together: partnerships, counts and periods are what its facts say', { timeout: SEEDING_MS }, async () => {
    expect(await verifyGraph(graph.engine)).toEqual([]);
  });

  it('is not filled twice', async () => {
    const before = await graph.engine.version();
    await seedWhenEmpty(graph.engine, 'full');
    expect(await graph.engine.version()).toBe(before);
  });

  it('lists the partners of the organisation that has most of them to the end, with no repeat and no gap', async () => {
    const { organisations } = await graph.ask(
      '{ organisations(first: 1, orderBy: { field: PARTNER_COUNT, direction: DESC }) { nodes { id partners { totalCount } } } }',
    );
    const [{ id, partners }] = organisations.nodes;
    const found: string[] = [];
    let after: string | null = null;
    do {
      const page: { edges: { node: { id: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } = (
        await graph.ask(
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
  it('has twenty-seven questions with answers', () => {
    expect(examples.map(({ answer }) => answer !== null)).toEqual(Array(27).fill(true));
  });

  it.each(examples)('$title', async ({ query, answer }) => {
    expect(await answerTo(graph.graph, query)).toBe(answer);
  });
});

describe('the tabs of GraphiQL', () => {
  it.each(worked('reading').filter(({ query }) => !/^\s*mutation\b/m.test(query)))(
    '$title',
    async ({ title, query, variables }) => {
      // One snapshot for both engines: they must give the same answer.
      const data = await graph.ask(query, variables);
      await expect(`${JSON.stringify(data, null, 2)}\n`).toMatchFileSnapshot(`./__snapshots__/tabs/${title}.json`);
    },
  );
});
