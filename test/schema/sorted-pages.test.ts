import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compareTexts, sortKeyOf } from '../../src/domain/fold.ts';
import { ADMIN, done, requested, SOURCES } from '../editing/editors.ts';
import { emptyGraph, engineUnderTest, type TestGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';

let graph: TestGraph;
beforeEach(async () => {
  graph = await emptyGraph();
});
afterEach(() => graph?.[Symbol.asyncDispose]());

interface Shown {
  readonly id: string;
  readonly name: string;
  readonly partnerCount: number;
  readonly createdAt: string;
}

const FIELDS = 'id name partnerCount: partners { totalCount } createdAt';

async function page(field: string, args: string): Promise<{ shown: Shown[]; next: string | null }> {
  const ways = args.includes('last:') ? 'hasPreviousPage startCursor' : 'hasNextPage endCursor';
  const own = field === 'organisations' ? FIELDS : 'id name partnerCount: partners { totalCount }';
  const answer = await graph.ask(`{ ${field}(${args}) { nodes { ${own} } pageInfo { ${ways} } } }`);
  const { nodes, pageInfo } = answer[field];
  const shown = nodes.map((node: { partnerCount: { totalCount: number } }) => ({
    ...node,
    partnerCount: node.partnerCount.totalCount,
  }));
  const goesOn = pageInfo.hasNextPage ?? pageInfo.hasPreviousPage;
  return { shown, next: goesOn ? (pageInfo.endCursor ?? pageInfo.startCursor) : null };
}

/** A list from one end to the other, by pages of three, or of another size. */
async function walked(field: string, more = '', way: 'forward' | 'backward' = 'forward', size = 3): Promise<Shown[]> {
  const [count, cursor] = way === 'forward' ? ['first', 'after'] : ['last', 'before'];
  const read: Shown[] = [];
  for (let at: string | null = null; ; ) {
    const { shown, next } = await page(field, `${count}: ${size} ${at ? `${cursor}: "${at}"` : ''} ${more}`);
    if (way === 'forward') read.push(...shown);
    else read.unshift(...shown);
    if (next === null) return read;
    at = next;
  }
}

const byKey = (a: Shown, b: Shown): number => compareTexts(sortKeyOf(a.name, a.id), sortKeyOf(b.name, b.id));
const ORDERS: Record<string, (a: Shown, b: Shown) => number> = {
  NAME: byKey,
  PARTNER_COUNT: (a, b) => a.partnerCount - b.partnerCount,
  CREATED_AT: (a, b) => compareTexts(a.createdAt, b.createdAt),
};

/** Reads the organisations in every order, from both ends, and expects them sorted: these, and no others. */
async function expectSorted(names: readonly string[]): Promise<void> {
  for (const [field, compare] of Object.entries(ORDERS)) {
    for (const direction of ['ASC', 'DESC']) {
      const more = `orderBy: { field: ${field}, direction: ${direction} }`;
      const read = await walked('organisations', more);
      // What is equal comes by name, whatever the direction.
      const sorted = read.toSorted((a, b) => (direction === 'ASC' ? compare(a, b) : compare(b, a)) || byKey(a, b));
      expect(read, more).toEqual(sorted);
      expect(read.map(({ name }) => name).toSorted(), more).toEqual([...names].toSorted());
      expect(await walked('organisations', more, 'backward'), more).toEqual(read);
    }
  }
  expect((await graph.ask('{ organisations { totalCount } }')).organisations.totalCount).toBe(names.length);
}

const create = (name: string, kind = 'COMPANY'): Promise<string> =>
  done(graph, 'organisationCreate', { input: { name, kind, sources: SOURCES } });
const partner = (from: string, to: string): Promise<string> =>
  done(graph, 'partnershipStart', { input: { from, to, kind: 'SUPPLY', since: '2020', sources: SOURCES } });

describe('sorted pages of a whole type', () => {
  it('follow creations, renamings, partnerships, mergers, deletions and imports, each at once', async () => {
    // In the order of code points U+FA11 comes before U+20BB7; by halves of characters it would not.
    const names = ['Élan', 'Zénith', 'atelier 12', 'Atelier', '𠮷野', '﨑', 'École', 'Bois', 'Verre', 'Métal'];
    await graph.fill(
      names.reduce((world, name, place) => world.organisation(name, { id: `organisation/${place}` }), new World()),
    );
    await expectSorted(names);

    const made = await create('Corderie');
    await expectSorted([...names, 'Corderie']);

    await done(graph, 'organisationUpdate', { id: made, input: { name: 'Ysaline', sources: SOURCES } });
    await expectSorted([...names, 'Ysaline']);

    for (const [from, to] of [
      [0, 1],
      [0, 2],
      [1, 2],
      [0, 9],
    ])
      await partner(`organisation/${from}`, `organisation/${to}`);
    await expectSorted([...names, 'Ysaline']);

    await done(graph, 'organisationMerge', { id: 'organisation/0', others: ['organisation/3', made] });
    const left = names.filter((name) => name !== 'Atelier');
    await expectSorted(left);

    await done(graph, 'nodeDelete', { id: 'organisation/9', cascade: true });
    const fewer = left.filter((name) => name !== 'Métal');
    await expectSorted(fewer);

    const more = Array.from({ length: 700 }, (_, place) => `Importée ${place}`);
    const world = more.slice(0, 12).reduce((all, name) => all.organisation(name), new World());
    await graph.fill(world.organisation('Bois flotté', { id: 'organisation/7' }));
    await expectSorted([...fewer.filter((name) => name !== 'Bois'), 'Bois flotté', ...more.slice(0, 12)]);
    // More than are put in their place one by one.
    await graph.fill(more.reduce((all, name) => all.organisation(name), new World()));
    const found = await graph.ask('{ organisations(last: 2) { totalCount nodes { name } } }');
    expect(found.organisations).toEqual({
      totalCount: fewer.length + 700,
      nodes: [{ name: '﨑' }, { name: '𠮷野' }],
    });
  });

  it('show what has just changed in the members and dates of networks', async () => {
    const world = new World().organisation('A', { id: 'organisation/a' });
    for (const name of ['Un', 'Deux', 'Trois', 'Quatre']) world.pole(name, { id: `pole/${name}`, since: '2005' });
    await graph.fill(world);
    const by = async (field: string): Promise<string[]> =>
      (await walked('poles', `orderBy: { field: ${field}, direction: DESC }`)).map(({ name }) => name);
    expect([await by('MEMBER_COUNT'), await by('SINCE')]).toEqual([
      ['Deux', 'Quatre', 'Trois', 'Un'],
      ['Deux', 'Quatre', 'Trois', 'Un'],
    ]);
    const joins = { member: 'organisation/a', network: 'pole/Quatre', role: 'MEMBER', since: '2010', sources: SOURCES };
    await done(graph, 'membershipStart', { input: joins });
    await done(graph, 'networkUpdate', { id: 'pole/Deux', input: { since: '2007', sources: SOURCES } });
    expect([await by('MEMBER_COUNT'), await by('SINCE')]).toEqual([
      ['Quatre', 'Deux', 'Trois', 'Un'],
      ['Deux', 'Quatre', 'Trois', 'Un'],
    ]);
  });

  it('with a filter are those of the whole list, whether many meet it or hardly any', async () => {
    const world = new World().pole('P', { id: 'pole/p', since: '2005' });
    // By their identifiers, many may have their seat there: of the one it is so, of the other it is not.
    for (const [id, level] of Object.entries({ 'territory/fr': 'COUNTRY', 'territory/region-1': 'REGION' })) {
      world.territory(id, { level });
    }
    for (let number = 0; number < 240; number++) {
      const isResearch = number % 50 === 49;
      const territory = isResearch ? 'territory/region-1' : number % 3 === 0 ? null : 'territory/fr';
      const id = `organisation/${number}`;
      const name = `O ${String(number).padStart(3, '0')}`;
      world.organisation(name, { id, kind: isResearch ? 'RESEARCH' : 'COMPANY', territory });
      if (number % 7 === 0) world.member(id, 'pole/p');
    }
    await graph.fill(world);
    const all = await walked('organisations', '', 'forward', 25);
    const number = ({ name }: Shown): number => Number(name.slice(2));
    const isResearch = (one: Shown): boolean => number(one) % 50 === 49;
    const isMember = (one: Shown): boolean => number(one) % 7 === 0;
    const isFrench = (one: Shown): boolean => !isResearch(one) && number(one) % 3 !== 0;
    const cases: [filter: string, (one: Shown) => boolean][] = [
      ['{ kind: [RESEARCH] }', isResearch],
      ['{ not: { memberOf: ["pole/p"] } }', (one) => !isMember(one)],
      ['{ locatedIn: ["territory/fr"] }', isFrench],
      ['{ locatedIn: ["territory/fr"], asOf: "2015" }', isFrench],
      ['{ locatedIn: ["territory/region-1"] }', isResearch],
      ['{ locatedIn: ["territory/fr"], not: { memberOf: ["pole/p"] } }', (one) => isFrench(one) && !isMember(one)],
      ['{ or: [{ memberOf: ["pole/p"] }, { locatedIn: ["territory/fr"] }] }', (one) => isFrench(one) || isMember(one)],
    ];
    for (const [filter, isMet] of cases) {
      for (const way of ['forward', 'backward'] as const) {
        expect(await walked('organisations', `filter: ${filter}`, way, 25), filter).toEqual(all.filter(isMet));
      }
    }
    const named = await walked(
      'organisations',
      'filter: { nameContains: "239" }, orderBy: { field: PARTNER_COUNT, direction: DESC }',
    );
    expect(named.map(({ name }) => name)).toEqual(['O 239']);
  });

  it('are never of before a change that was answered, however many change the graph at once', async () => {
    const world = new World();
    for (let place = 0; place < 30; place++) world.organisation(`M ${place}`, { id: `organisation/${place}` });
    await graph.fill(world);
    const rename = async (id: string, name: string): Promise<void> => {
      const input = { name, sources: SOURCES };
      const { data, errors } = await requested(
        graph,
        ADMIN,
        `mutation($id: ID!, $input: OrganisationUpdateInput!) {
          organisationUpdate(id: $id, input: $input) { problems { message } } }`,
        { id, input },
      );
      expect([data?.organisationUpdate.problems, errors]).toEqual([[], []]);
    };
    const firstNames = async (): Promise<Shown[]> => {
      const { nodes } = (await graph.ask('{ organisations(first: 10) { nodes { id name } } }')).organisations;
      expect(nodes).toHaveLength(10);
      // Neo4j reads what is committed by then, an entry of its index before, its node after: a page may be of two moments.
      if (engineUnderTest === 'neo4j') return nodes;
      expect(nodes).toEqual(nodes.toSorted(byKey));
      // Whatever the moment, there are 26 between those that go to the end and the first ones.
      expect(nodes.filter(({ name }: Shown) => name.startsWith('Z'))).toEqual([]);
      return nodes;
    };
    let isOver = false;
    const readers = [0, 1, 2].map(async () => {
      while (!isOver) await firstNames();
    });
    // Four go to the front and to the end in turn: nobody else moves them, so that they stand where they were put.
    const writers = [0, 1, 2, 3].map(async (place) => {
      const id = `organisation/${place}`;
      for (let turn = 0; turn < 20; turn++) {
        await rename(id, `A ${turn}`);
        expect((await firstNames()).find((node) => node.id === id)?.name).toBe(`A ${turn}`);
        await rename(id, `Z ${turn}`);
        expect((await firstNames()).some((node) => node.id === id)).toBe(false);
      }
    });
    const written = Promise.all(writers).finally(() => {
      isOver = true;
    });
    await Promise.all([written, ...readers]);
  });
});
