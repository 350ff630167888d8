import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';
import { done, rejected, SOURCES } from './editors.ts';

const sources = SOURCES;
const [lab, team, university, other, body] = ['lab', 'team', 'university', 'other', 'body'].map(
  (name) => `organisation/${name}`,
) as [string, string, string, string, string];

/** A team of a laboratory of a university and of a body; a company that works with the laboratory alone. */
const world = (): World => {
  const all = new World();
  for (const id of [lab, team, university, other, body]) all.organisation(id.slice(13), { id, kind: 'RESEARCH' });
  return all
    .organisation('Firm', { id: 'organisation/firm' })
    .organisation('Shop', { id: 'organisation/shop' })
    .affiliation(lab, university, { id: 'affiliation/first', since: '2005', until: '2015' })
    .affiliation(lab, body)
    .affiliation(team, lab, { since: '2010' })
    .partners(lab, 'organisation/firm')
    .partners(lab, team)
    .partners(body, 'organisation/shop')
    .project('project/p', { start: '2012' })
    .takesPart(team, 'project/p');
};

let graph: TestGraph;
beforeAll(async () => {
  graph = await emptyGraph();
  await graph.fill(world());
});
afterAll(() => graph?.[Symbol.asyncDispose]());

const named = async (filter: string): Promise<string[]> =>
  (await graph.ask(`{ organisations(filter: ${filter}) { nodes { name } } }`)).organisations.nodes.map(
    ({ name }: { name: string }) => name,
  );

describe('an affiliation', () => {
  it('is seen from both sides, with its period and its sources, at a date', async () => {
    const { lab: below, body: above } = await graph.ask(`{
      lab: organisation(id: "${lab}") {
        affiliations { totalCount edges { node { id } since until affiliations { id sources { title } } } }
        then: affiliations(asOf: "2016") { nodes { id } }
        affiliated { nodes { id } facets { affiliations { value count } } }
      }
      body: organisation(id: "${body}") { affiliated(kind: [RESEARCH]) { nodes { id } } none: affiliated(kind: [COMPANY]) { totalCount } }
    }`);
    expect(below.affiliations.totalCount).toBe(2);
    expect(below.affiliations.edges[1]).toEqual({
      node: { id: university },
      since: '2005',
      until: '2015',
      affiliations: [{ id: 'affiliation/first', sources: [{ title: 'A fixture of the tests' }] }],
    });
    expect(below.then.nodes).toEqual([{ id: body }]);
    expect(below.affiliated).toEqual({ nodes: [{ id: team }], facets: { affiliations: [{ value: lab, count: 1 }] } });
    expect(above).toEqual({ affiliated: { nodes: [{ id: lab }] }, none: { totalCount: 0 } });
  });

  it('is a condition of filters: directly or through others, at a date', async () => {
    expect(await named(`{ affiliatedWith: ["${body}"] }`)).toEqual(['lab', 'team']);
    expect(await named(`{ affiliatedWith: ["${university}"], asOf: "2016" }`)).toEqual([]);
    expect(await named(`{ affiliatedWith: ["${university}"], asOf: "2012" }`)).toEqual(['lab', 'team']);
    // The team began in 2010.
    expect(await named(`{ affiliatedWith: ["${university}"], asOf: "2008" }`)).toEqual(['lab']);
  });

  it('lets partners and projects be asked with those of the affiliated organisations, or without', async () => {
    expect(await named(`{ partnerOf: ["${body}"] }`)).toEqual(['Shop']);
    expect(await named(`{ partnerOf: ["${body}"], includeAffiliated: true }`)).toEqual(['Firm', 'lab', 'Shop', 'team']);
    const outside = `{ partnerOf: ["${body}"], includeAffiliated: true, not: { affiliatedWith: ["${body}"] } }`;
    expect(await named(outside)).toEqual(['Firm', 'Shop']);
    const { without, withThem } = await graph.ask(`{
      without: projects(filter: { participant: ["${body}"] }) { totalCount }
      withThem: projects(filter: { participant: ["${body}"], includeAffiliated: true }) { nodes { id } }
    }`);
    expect([without.totalCount, withThem.nodes]).toEqual([0, [{ id: 'project/p' }]]);
  });

  it('is followed where a traversal names its type, and only there', async () => {
    const path = `shortestPath(from: "${team}", to: "${university}"`;
    const { named: found, unnamed } = await graph.ask(`{
      named: ${path}, via: { relationships: [AFFILIATED_WITH] }) { nodes { id } relationships { type } }
      unnamed: ${path}) { length }
    }`);
    expect(found.nodes).toEqual([team, lab, university].map((id) => ({ id })));
    expect(found.relationships).toEqual([{ type: 'AFFILIATED_WITH' }, { type: 'AFFILIATED_WITH' }]);
    expect(unnamed).toBeNull();
  });

  it('is started, corrected and ended; not twice at a time, nor in a circle', async () => {
    const input = { organisation: other, parent: body, since: '2018', sources };
    const id = await done(graph, 'affiliationStart', { input });
    expect(await rejected(graph, 'affiliationStart', { input: { ...input, since: '2019' } })).toEqual([
      expect.stringMatching(/^TAKEN parent: This affiliation already exists \(since 2018/),
    ]);
    expect(
      await rejected(graph, 'affiliationStart', { input: { organisation: body, parent: other, sources } }),
    ).toEqual([`INVALID parent: This would close a circle: ${body} → ${other} → ${body}.`]);
    expect(await rejected(graph, 'affiliationStart', { input: { ...input, parent: 'project/p' } })).toEqual([
      expect.stringMatching(/^INVALID parent: "project\/p" is a Project; an Organisation is needed here/),
    ]);
    await done(graph, 'affiliationUpdate', { id, input: { since: '2017' } });
    await done(graph, 'affiliationEnd', { id, on: '2020', sources });
    const { node } = await graph.ask(`{ node(id: "${id}") { ... on Affiliation { since until version } } }`);
    expect(node).toEqual({ since: '2017', until: '2020', version: 3 });
  });

  it('is recorded with its organisation, goes with a merge, and away with a deletion', async () => {
    const created = await done(graph, 'organisationCreate', {
      input: { name: 'Annex', kind: 'RESEARCH', sources, affiliations: [{ parent: university, since: '2020' }] },
    });
    const at = async (id: string) =>
      (await graph.ask(`{ organisation(id: "${id}") { affiliations { nodes { id } } } }`)).organisation.affiliations
        .nodes;
    expect(await at(created)).toEqual([{ id: university }]);
    await done(graph, 'organisationMerge', { id: other, others: [created] });
    expect(await at(other)).toEqual([{ id: body }, { id: university }]);
    expect(await rejected(graph, 'nodeDelete', { id: other })).toEqual([expect.stringContaining('2 AFFILIATED_WITH')]);
    await done(graph, 'nodeDelete', { id: other, cascade: true });
    const { organisation } = await graph.ask(`{ organisation(id: "${body}") { affiliated { nodes { id } } } }`);
    expect(organisation.affiliated.nodes).toEqual([{ id: lab }]);
  });
});
