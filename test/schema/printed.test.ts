import { expect, it } from 'vitest';
import { emptyGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';

it('tries', async () => {
  await using graph = await emptyGraph();
  const world = new World().pole('Aerospace Valley', { since: '2005' }).organisation('Airbus').member('Airbus', 'Aerospace Valley');
  const s = await graph.import(world);
  console.log(s);
  console.log(JSON.stringify(await graph.answer('{ poles { nodes { name members { totalCount edges { role node { name } } } } } }')));
  expect(await graph.import(world)).toMatchObject({ created: 0, updated: 0 });
});
