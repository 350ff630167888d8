import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { amount } from '../support/tier.ts';
import { World } from '../support/world.ts';

/** Places of a list from which pages begin. */
const BEGINNINGS = amount({ usual: 12, neo4j: 3, long: 25 });

/**
 * A hub with partners among nearly all organisations, some of them twice, and networks in between. Another hub, and other
 * poles, of which one is small, are queried together with the first ones.
 */
const ORGANISATIONS = 700;

let graph: TestGraph;

beforeAll(async () => {
  graph = await emptyGraph();
  const world = new World().organisation('Hub').organisation('Other hub').organisation('Loner');
  world.pole('Pole').pole('Other pole').pole('Small pole');
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
    if (number % 2 === 0) {
      world.partners(id, 'organisation/other-hub', { kind: number % 4 === 0 ? 'TRAINING' : 'SUPPLY', since: '2003' });
      world.member(id, 'pole/other-pole', { since: number % 6 === 0 ? '2008' : '2004' });
    }
    if (number % 300 === 1) world.member(id, 'pole/small-pole', { since: '2006' });
  }
  for (const name of ['A first network', 'M 5', 'Z last network']) {
    world.cluster(name);
    const id = `cluster/${name.toLowerCase().replaceAll(' ', '-')}`;
    world.partners('organisation/hub', id).partners(id, 'organisation/other-hub').member(id, 'pole/other-pole');
  }
  await graph.fill(world);
  await graph.graph.snapshot!.load();
});
afterAll(() => graph[Symbol.asyncDispose]());

interface Entry {
  readonly cursor: string;
  readonly node: { readonly id: string };
}

interface Entries {
  readonly edges: readonly Entry[];
  readonly hasNextPage: boolean;
}

/** Of each list: the parents that have one. */
const PARENTS = {
  partners: ['hub', 'other-hub', 'loner'].map((id) => `organisation(by: { id: "organisation/${id}" })`),
  members: ['pole', 'other-pole', 'small-pole'].map((id) => `pole(id: "pole/${id}")`),
};
type Field = keyof typeof PARENTS;

/** The same page of the lists of some parents, in one question. */
async function pages(field: Field, parents: readonly string[], args: string): Promise<Entries[]> {
  const fields = `edges { cursor ${field === 'partners' ? 'kinds partnerships { id }' : 'roles memberships { id }'} node { id } } pageInfo { hasNextPage }`;
  const asked = parents.map((parent, place) => `_${place}: ${parent} { ${field}(${args}) { ${fields} } }`);
  const answer = await graph.ask(`{ ${asked.join(' ')} }`);
  return parents.map((_, place) => {
    const { edges, pageInfo } = answer[`_${place}`][field];
    return { edges, hasNextPage: pageInfo.hasNextPage };
  });
}

async function page(field: Field, args: string): Promise<Entries> {
  const [only] = await pages(field, [PARENTS[field][0]!], args);
  return only!;
}

/** A list in pages of a hundred. */
async function whole(field: Field, parent: string, more: string): Promise<Entry[]> {
  const read: Entry[] = [];
  for (let after = ''; ; after = `after: "${read.at(-1)!.cursor}"`) {
    const [next] = await pages(field, [parent], `first: 100 ${after} ${more}`);
    read.push(...next!.edges);
    if (!next!.hasNextPage) return read;
  }
}

/** The statements that read the lists, after the first so many. */
const readSince = (asked: number, field: Field): readonly string[] =>
  graph.engine.statements.slice(asked).filter((name) => name.startsWith(field));

describe('a page of a hub', () => {
  it('is in memory, with what sums up the facts of each neighbour', async () => {
    const { statements } = await graph.answer(
      `{ organisation(by: { id: "organisation/hub" }) {
        partners(first: 2, orderBy: { field: STRENGTH, direction: DESC }) {
          totalCount facets { organisationKinds { count } sinceYears { count } }
          edges { cursor kinds since until strength projectCount node { id name } } } } }`,
    );
    expect(statements).toEqual([]);
  });

  it('is read for the neighbours on it alone, where their facts are selected and that is cheaper', async () => {
    const asked = graph.engine.statements.length;
    await page('partners', 'first: 1');
    await pages('members', PARENTS.members, 'first: 1');
    // All of the small pole's.
    await pages('members', [PARENTS.members[2]!], 'first: 200');
    expect([...readSince(asked, 'partners'), ...readSince(asked, 'members')]).toEqual([
      expect.stringMatching(/^partners .* among$/),
      expect.stringMatching(/^members .* among$/),
      expect.stringMatching(/^members .* writtenAs\)$/),
    ]);
  });
});

describe.each([
  ['partners', ''],
  ['partners', 'kind: [SUPPLY]'],
  ['partners', 'kind: [ALLIANCE]'],
  ['partners', 'asOf: "2016"'],
  ['partners', 'actorKind: [CLUSTER]'],
  ['partners', 'orderBy: { field: NAME, direction: DESC }'],
  ['members', ''],
  ['partners', 'orderBy: { field: STRENGTH, direction: DESC }'],
  ['partners', 'orderBy: { field: SINCE, direction: ASC }'],
  ['members', 'asOf: "2006"'],
  ['members', 'orderBy: { field: PARTNER_COUNT, direction: DESC }'],
  ['members', 'orderBy: { field: NAME, direction: DESC }'],
] satisfies [Field, string][])('%s of a hub, %s', (field, more) => {
  it('come one by one as they come by the hundred, from wherever one begins', async () => {
    const all = await whole(field, PARENTS[field][0]!, more);
    expect(new Set(all.map(({ node }) => node.id)).size).toBe(all.length);
    for (let place = 0; place < all.length; place += Math.max(1, Math.floor(all.length / BEGINNINGS))) {
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

  it('come for several parents at once as they come for each alone, from wherever one begins', async () => {
    const begins = await whole(field, PARENTS[field][0]!, more);
    for (let place = 0; place < begins.length; place += Math.max(1, Math.floor((2 * begins.length) / BEGINNINGS))) {
      const after = place === 0 ? '' : `after: "${begins[place - 1]!.cursor}"`;
      const alone = await Promise.all(
        PARENTS[field].map(async (parent) => (await pages(field, [parent], `first: 100 ${after} ${more}`))[0]!.edges),
      );
      for (const size of [1, 3]) {
        expect(await pages(field, PARENTS[field], `first: ${size} ${after} ${more}`)).toEqual(
          alone.map((edges) => ({ edges: edges.slice(0, size), hasNextPage: edges.length > size })),
        );
      }
    }
  });
});
