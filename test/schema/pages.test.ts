import { expect, it } from 'vitest';
import { emptyGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';

interface Page {
  readonly nodes: readonly { readonly id: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly startCursor: string; readonly endCursor: string };
}

it('a cursor keeps its place while others come and go', async () => {
  await using graph = await emptyGraph();
  const world = new World().pole('Pole X');
  for (const name of ['Bravo', 'Delta', 'Foxtrot', 'Hotel']) world.organisation(name).member(name, 'Pole X');
  await graph.fill(world);
  const page = async (args: string, cursor?: string): Promise<Page> => {
    const variables = cursor === undefined ? '' : '($cursor: String)';
    const { pole } = await graph.ask(
      `query ${variables} { pole(id: "pole/pole-x") { members${args} {
        nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      } } }`,
      cursor === undefined ? {} : { cursor },
    );
    return pole.members;
  };
  const idsOf = ({ nodes }: Page): string[] => nodes.map(({ id }) => id);
  const first = await page('(first: 2)');
  expect(idsOf(first)).toEqual(['organisation/bravo', 'organisation/delta']);
  // One comes before the cursor, one after it.
  const later = new World().organisation('Alpha').organisation('Echo');
  await graph.fill(later.member('Alpha', 'Pole X').member('Echo', 'Pole X'));
  const second = await page('(first: 2, after: $cursor)', first.pageInfo.endCursor);
  expect(idsOf(second)).toEqual(['organisation/echo', 'organisation/foxtrot']);
  const back = await page('(last: 5, before: $cursor)', second.pageInfo.startCursor);
  expect(idsOf(back)).toEqual(['organisation/alpha', 'organisation/bravo', 'organisation/delta']);
  expect(back.pageInfo).toMatchObject({ hasPreviousPage: false, hasNextPage: true });
  // The entry that it marks goes: its place stays.
  const gone = { name: 'gone', text: "MATCH (n:Entity {id: 'organisation/delta'}) DETACH DELETE n" };
  await graph.engine.write((transaction) => transaction.run(gone));
  expect(idsOf(await page('(first: 2, after: $cursor)', first.pageInfo.endCursor))).toEqual(idsOf(second));
});

it('a page is of twenty entries from the start where nobody says how many', async () => {
  await using graph = await emptyGraph();
  const world = new World();
  for (let place = 10; place < 35; place++) world.organisation(`Fixture ${place}`);
  await graph.fill(world);
  const { organisations } = await graph.ask('{ organisations { nodes { name } pageInfo { hasNextPage } } }');
  expect(organisations.nodes).toHaveLength(20);
  expect(organisations.nodes[0]).toEqual({ name: 'Fixture 10' });
  expect(organisations.pageInfo).toEqual({ hasNextPage: true });
});
