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
