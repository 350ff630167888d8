import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, requested } from '../editing/editors.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await emptyGraph();
  await graph.fill(
    new World()
      .territory('territory/x', { level: 'COMMUNE', latitude: 48.85341, longitude: 2.3488 })
      .territory('territory/y', { level: 'COMMUNE', latitude: -20.88231, longitude: 55.4504 })
      .territory('territory/z', { level: 'COMMUNE' })
      .territory('territory/r', { level: 'REGION', latitude: 46, longitude: 3 })
      .organisation('Exact', { territory: 'territory/x', latitude: 48.84, longitude: 2.35, foundedOn: '1957' })
      .organisation('Seated', { territory: 'territory/x@..2010;territory/y@2011..' })
      .organisation('Somewhere', { territory: 'territory/z' })
      .organisation('Nowhere')
      .pole('Pole X', { territory: 'territory/r' }),
  );
});
afterAll(() => graph[Symbol.asyncDispose]());

const LOCATION = 'location { latitude longitude precision }';
const locationOf = async (id: string, field = LOCATION, type = 'Actor') =>
  (await graph.ask(`query ($id: ID!) { node(id: $id) { ... on ${type} { ${field} } } }`, { id })).node.location;

describe('the location of an actor', () => {
  it('is that of its own record', async () => {
    expect(await locationOf('organisation/exact')).toEqual({ latitude: 48.84, longitude: 2.35, precision: 'ADDRESS' });
  });

  it('is else that of its seat, now or at a date', async () => {
    expect(await locationOf('organisation/seated')).toEqual({
      latitude: -20.88231,
      longitude: 55.4504,
      precision: 'COMMUNE',
    });
    expect(await locationOf('organisation/seated', 'location(asOf: "2005") { latitude }')).toEqual({
      latitude: 48.85341,
    });
    expect(await locationOf('pole/pole-x')).toEqual({ latitude: 46, longitude: 3, precision: 'TERRITORY' });
  });

  it('is null where neither is known', async () => {
    expect(await locationOf('organisation/somewhere')).toBeNull();
    expect(await locationOf('organisation/nowhere')).toBeNull();
  });

  it('is what a mutation gives, both coordinates or none', async () => {
    const create = `mutation ($input: OrganisationCreateInput!) { organisationCreate(input: $input) {
      organisation { foundedOn ${LOCATION} } problems { path message } } }`;
    const input = { kind: 'COMPANY', sources: ['source/fixture'] };
    const answer = async (more: object) => {
      const { data, errors } = await requested(graph, ADMIN, create, { input: { ...input, ...more } });
      expect(errors).toEqual([]);
      return data.organisationCreate;
    };
    expect(await answer({ name: 'New', latitude: 45, longitude: -0.5, foundedOn: '1999-03' })).toEqual({
      organisation: { foundedOn: '1999-03', location: { latitude: 45, longitude: -0.5, precision: 'ADDRESS' } },
      problems: [],
    });
    expect((await answer({ name: 'Half', latitude: 45 })).problems).toMatchObject([
      { message: 'A latitude needs its longitude: give both, or neither.' },
    ]);
    expect((await answer({ name: 'Far', latitude: 91, longitude: 0 })).problems[0]).toMatchObject({
      message: '"91" is too large: latitude is 90 at most.',
    });
  });
});

describe('the location of a territory', () => {
  it('is its middle, if recorded', async () => {
    expect(await locationOf('territory/x', LOCATION, 'Territory')).toEqual({
      latitude: 48.85341,
      longitude: 2.3488,
      precision: 'COMMUNE',
    });
    expect(await locationOf('territory/z', LOCATION, 'Territory')).toBeNull();
  });
});

describe('the foundation of an organisation', () => {
  it('is as its source gives it', async () => {
    const { organisation } = await graph.ask('{ organisation(by: { id: "organisation/exact" }) { foundedOn } }');
    expect(organisation.foundedOn).toBe('1957');
  });
});

describe('a list of organisations or networks', () => {
  // The cathedral of Paris: Exact is a kilometre and a half away, Seated was there until 2010.
  const paris = 'latitude: 48.853, longitude: 2.3499';
  const named = async (list: string, args: string) =>
    (await graph.ask(`{ ${list}(${args}) { totalCount nodes { name } } }`))[list].nodes.map(
      ({ name }: { name: string }) => name,
    );

  it('has those in a circle, by their own coordinates or by those of their seats, at a date', async () => {
    expect(await named('organisations', `filter: { near: { ${paris}, km: 2 } }`)).toEqual(['Exact', 'Seated']);
    expect(await named('organisations', `filter: { near: { ${paris}, km: 1 } }`)).toEqual(['Seated']);
    expect(await named('organisations', `filter: { near: { ${paris}, km: 2 }, asOf: "2015" }`)).toEqual(['Exact']);
    expect(await named('networks', `filter: { near: { ${paris}, km: 400 } }`)).toEqual(['Pole X']);
    expect(await named('poles', `filter: { near: { ${paris}, km: 200 } }`)).toEqual([]);
  });

  it('is ordered by distance, page by page in either direction', async () => {
    const order = (direction: string) =>
      `filter: { near: { ${paris}, km: 20000 } }, orderBy: { field: DISTANCE, direction: ${direction} }`;
    expect(await named('organisations', order('ASC').replace('', ''))).toEqual(
      (await named('organisations', order('DESC').replace('', ''))).toReversed(),
    );
    const every = `filter: { or: [{ kind: [COMPANY] }], near: { ${paris}, km: 20037 } }, orderBy: { field: DISTANCE }, first: 1`;
    const first = (await graph.ask(`{ organisations(${every}) { nodes { name } pageInfo { endCursor } } }`))
      .organisations;
    expect(first.nodes).toEqual([{ name: 'Seated' }]);
    const after = `${every}, after: "${first.pageInfo.endCursor}"`;
    const { organisations } = await graph.ask(`{ organisations(${after}) { nodes { name } } }`);
    expect(organisations.nodes).toEqual([{ name: 'Exact' }]);
  });

  it('rejects a point that is none, and an order without a point, with what to do', async () => {
    const codes = async (args: string) =>
      (await graph.answer(`{ organisations(${args}) { totalCount } }`)).errors.map(({ extensions, message }) => [
        extensions.code,
        message,
      ]);
    expect(await codes('filter: { near: { latitude: 91, longitude: 0, km: 1 } }')).toEqual([
      ['BAD_FILTER', 'filter: near has the latitude 91, which is not between -90 and 90.'],
    ]);
    expect(await codes('orderBy: { field: DISTANCE }')).toEqual([
      ['BAD_FILTER', expect.stringContaining('give filter.near beside it')],
    ]);
  });
});
