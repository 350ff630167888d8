import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';

let graph: TestGraph;

beforeAll(async () => {
  graph = await emptyGraph();
  const world = new World().territory('territory/r', { level: 'REGION' }).pole('Pole', { id: 'pole/p', since: '2005' });
  for (let number = 0; number < 60; number++) {
    const id = `organisation/${number}`;
    world.organisation(`Member ${number}`, { id, territory: 'territory/r', siren: number === 0 ? '552032534' : '' });
    world.member(id, 'pole/p', { since: '2006' });
  }
  await graph.fill(world);
  await graph.graph.snapshot!.load();
});
afterAll(() => graph[Symbol.asyncDispose]());

const planOf = async (source: string): Promise<readonly string[]> => {
  const { errors, plan } = await graph.answer(source);
  expect(errors).toEqual([]);
  return [...plan].sort();
};

describe('the plan of an answer', () => {
  it('reads lists from the snapshot, with their totals and facets', async () => {
    const filter =
      '{ kind: [COMPANY], hasIdentifier: [SIREN], nameStartsWith: "m", locatedIn: ["territory/r"], asOf: "2010", memberOf: ["pole/p"], projectCount: { max: 3 } }';
    expect(
      await planOf(`{
        organisations(filter: ${filter}, orderBy: { field: CREATED_AT, direction: DESC }) {
          nodes { name } totalCount facets { organisationKinds { count } territories(level: REGION) { count } }
        }
        networks(filter: { activeAsOf: "2007", hasMembers: true, startsIn: { to: "2010" } }) { nodes { name } }
        pole(id: "pole/p") { members(asOf: "2010") { totalCount nodes { name } facets { sinceYears { count } } } }
      }`),
    ).toEqual([
      'dated territories of actors of organisations by snapshot',
      'kinds of organisations of organisations by snapshot',
      'page of members by snapshot',
      'page of networks by snapshot',
      'page of organisations by snapshot',
      'total of members by snapshot',
      'total of organisations by snapshot',
      'years of relationships of members by snapshot',
    ]);
  });

  it('takes the facts of a short page from a statement, and of a whole list too', async () => {
    const members = (first: number) =>
      planOf(`{ pole(id: "pole/p") { members(first: ${first}) { edges { memberships { id } node { name } } } } }`);
    expect(await members(5)).toEqual(['page of members by snapshot, then statement']);
    expect(await members(60)).toEqual(['page of members by statement']);
  });

  it('leaves to a statement what the snapshot lacks', async () => {
    expect(await planOf('{ sources { nodes { title } } }')).toEqual(['page of sources by statement']);
    expect(
      await planOf('{ organisations(filter: { sourcedBy: ["source/fixture"] }) { nodes { name } totalCount } }'),
    ).toEqual(['page of organisations by statement', 'total of organisations by statement']);
  });
});
