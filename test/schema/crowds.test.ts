import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { holdTies } from '../../src/mirror/ties.ts';
import { emptyGraph, engineUnderTest, type TestGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';

/**
 * A hub with partners among nearly all organisations, some of them twice, and networks in between: so many that a page of
 * one entry is sought in the order of names, where the engine has it. A page of a hundred never is: it is the yardstick.
 */
const ORGANISATIONS = 700;

let graph: TestGraph;

beforeAll(async () => {
  graph = await emptyGraph();
  const world = new World().organisation('Hub').pole('Pole');
  for (let number = 0; number < ORGANISATIONS; number++) {
    const name = `${String.fromCharCode(97 + (number % 26))} ${number}`;
    const id = `organisation/${name.replace(' ', '-')}`;
    world.organisation(name);
    if (number % 7 !== 0) {
      const kind = number % 3 === 0 ? 'TRAINING' : 'SUPPLY';
      const [from, to] = number % 2 === 0 ? ['organisation/hub', id] : [id, 'organisation/hub'];
      world.partners(from, to, { kind, since: String(1990 + (number % 30)), until: number % 5 === 0 ? '2015' : '' });
      if (number % 11 === 0) world.partners(from, to, { kind: 'ALLIANCE', since: '2001' });
      world.member(id, 'pole/pole', { since: '2005' });
    }
  }
  for (const name of ['A first network', 'M 5', 'Z last network']) {
    world.cluster(name);
    world.partners('organisation/hub', `cluster/${name.toLowerCase().replaceAll(' ', '-')}`);
  }
  await graph.fill(world);
  await holdTies(graph.engine);
});
afterAll(() => graph[Symbol.asyncDispose]());

interface Entry {
  readonly cursor: string;
  readonly kind: string;
  readonly relationshipId: string;
  readonly node: { readonly id: string };
}

async function page(field: string, args: string): Promise<{ edges: Entry[]; hasNextPage: boolean }> {
  const fields = `edges { cursor relationshipId ${field === 'partners' ? 'kind' : 'role'} node { id } } pageInfo { hasNextPage }`;
  const parent = field === 'partners' ? 'organisation(by: { id: "organisation/hub" })' : 'pole(id: "pole/pole")';
  const answer = await graph.ask(`{ parent: ${parent} { ${field}(${args}) { ${fields} } } }`);
  const { edges, pageInfo } = answer.parent[field];
  return { edges, hasNextPage: pageInfo.hasNextPage };
}

/** A list in pages of a hundred. */
async function whole(field: string, more: string): Promise<Entry[]> {
  const read: Entry[] = [];
  for (let after = ''; ; after = `after: "${read.at(-1)!.cursor}"`) {
    const { edges, hasNextPage } = await page(field, `first: 100 ${after} ${more}`);
    read.push(...edges);
    if (!hasNextPage) return read;
  }
}

it('are looked for in the order of names, by a page that is small enough', async () => {
  const asked = graph.engine.statements.length;
  await page('partners', 'first: 1');
  expect(graph.engine.statements.slice(asked).filter((name) => name.startsWith('partners'))).toEqual([
    expect.stringMatching(engineUnderTest === 'neo4j' ? / sought$/ : / among$/),
  ]);
});

describe.each([
  ['partners', ''],
  ['partners', 'kind: [SUPPLY]'],
  ['partners', 'kind: [ALLIANCE]'],
  ['partners', 'asOf: "2016"'],
  ['partners', 'actorKind: [CLUSTER]'],
  ['partners', 'orderBy: { field: NAME, direction: DESC }'],
  ['members', ''],
  ['members', 'asOf: "2006"'],
])('%s of a crowd, %s', (field, more) => {
  it('come one by one as they come by the hundred, from wherever one begins', async () => {
    const all = await whole(field, more);
    expect(new Set(all.map(({ relationshipId }) => relationshipId)).size).toBe(all.length);
    for (let place = 0; place < all.length; place += Math.max(1, Math.floor(all.length / 25))) {
      const after = place === 0 ? '' : `after: "${all[place - 1]!.cursor}"`;
      expect(await page(field, `first: 1 ${after} ${more}`)).toEqual({
        edges: [all[place]],
        hasNextPage: place < all.length - 1,
      });
      if (place === 0) continue;
      const { edges } = await page(field, `last: 2 before: "${all[place]!.cursor}" ${more}`);
      expect(edges).toEqual(all.slice(Math.max(0, place - 2), place));
    }
  });
});
