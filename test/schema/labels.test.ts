import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { done, rejected, SOURCES } from '../editing/editors.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';

const POLE = 'topic/label-pole';
const GRAPPE = 'topic/label-grappe';

/** Fixtures: a pole that lost its label and regained it, one without recorded labels, clusters with and without. */
const world = (): World =>
  new World()
    .topic(POLE, { name: 'Pôle de compétitivité', scheme: 'LABEL' })
    .topic(GRAPPE, { name: "Grappe d'entreprises", scheme: 'LABEL' })
    .pole('Lost and regained', { id: 'pole/regained', since: '2010-05-11' })
    .label('pole/regained', POLE, { since: '2024-01-08', term: '2024-2026' })
    .label('pole/regained', POLE, { since: '2010-05-11', until: '2018', conditions: 'Aucune.' })
    .pole('Recognised', { id: 'pole/recognised', since: '2005', until: '2012', foundedOn: '2003' })
    .pole('Ended', { id: 'pole/ended', until: '2015' })
    .label('pole/ended', POLE, { since: '2007' })
    .pole('Unknown', { id: 'pole/unknown' })
    .label('pole/unknown', POLE, { attestedOn: ['2009'] })
    .cluster('Founded', { id: 'cluster/founded', foundedOn: '1999' })
    .label('cluster/founded', GRAPPE, { since: '2011-01-21' })
    .cluster('Labelled', { id: 'cluster/labelled' })
    .label('cluster/labelled', GRAPPE, { since: '2011-01-21' })
    .cluster('Undated', { id: 'cluster/undated', dissolvedOn: '2013' });

const ACTIVE = `query ($asOf: PartialDate, $includeUndated: Boolean) {
  networks(filter: { activeAsOf: $asOf, includeUndated: $includeUndated }) { undatedCount nodes { id } }
}`;

describe('a network', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await emptyGraph();
    await graph.fill(world());
  });
  afterAll(() => graph?.[Symbol.asyncDispose]());

  const active = async (asOf: string, includeUndated?: boolean) => {
    const { networks } = await graph.ask(ACTIVE, { asOf, includeUndated });
    return [networks.nodes.map(({ id }: { id: string }) => id.split('/')[1]).sort(), networks.undatedCount];
  };

  it('has each of its labels, earliest first, with what the source says of it', async () => {
    const { pole } = await graph.ask(`{
      pole(id: "pole/regained") {
        labels { topic { name scheme } since until term conditions sources { id } version }
        then: labels(asOf: "2012") { since }
        between: labels(asOf: "2020") { since }
      }
    }`);
    const topic = { name: 'Pôle de compétitivité', scheme: 'LABEL' };
    const sources = [{ id: 'source/fixture' }];
    expect(pole.labels).toEqual([
      { topic, since: '2010-05-11', until: '2018', term: null, conditions: 'Aucune.', sources, version: 1 },
      { topic, since: '2024-01-08', until: null, term: '2024-2026', conditions: null, sources, version: 1 },
    ]);
    expect([pole.then, pole.between]).toEqual([[{ since: '2010-05-11' }], []]);
  });

  it.each([
    ['1998', [], 2],
    ['1999', ['founded'], 2],
    ['2004', ['founded'], 2],
    ['2005', ['founded', 'recognised'], 2],
    ['2010-05-10', ['ended', 'founded', 'recognised'], 2],
    ['2012', ['ended', 'founded', 'labelled', 'recognised', 'regained'], 2],
    ['2014', ['ended', 'founded', 'labelled', 'regained'], 1],
    ['2019', ['founded', 'labelled'], 1],
    ['2024-01-07', ['founded', 'labelled'], 1],
    ['2024', ['founded', 'labelled', 'regained'], 1],
  ])(
    'is active by its labels, a cluster by its own lifespan too, and without a date nowhere: %s',
    async (asOf, ids, undated) => {
      expect(await active(asOf)).toEqual([ids, undated]);
      const { networks } = await graph.ask(
        'query ($asOf: PartialDate!) { networks { nodes { id isActive(asOf: $asOf) } } }',
        { asOf },
      );
      const isActive = networks.nodes.filter((node: { isActive: boolean }) => node.isActive);
      expect(isActive.map(({ id }: { id: string }) => id.split('/')[1]).sort()).toEqual(ids);
    },
  );

  it('without a known beginning is among the active ones with includeUndated, until it ends', async () => {
    expect(await active('1950', true)).toEqual([['undated', 'unknown'], 0]);
    expect(await active('2013', true)).toEqual([['ended', 'founded', 'labelled', 'regained', 'undated', 'unknown'], 0]);
    expect(await active('2019', true)).toEqual([['founded', 'labelled', 'unknown'], 0]);
  });

  it('is counted as undated in each list by the filter of that list', async () => {
    const { poles, clusters, all, other, neither } = await graph.ask(`{
      poles(filter: { activeAsOf: "2012" }) { totalCount undatedCount }
      clusters(filter: { or: [{ activeAsOf: "2012" }, { nameContains: "nothing" }] }) { totalCount undatedCount }
      all: networks { totalCount undatedCount }
      other: networks(filter: { not: { activeAsOf: "2012" } }) { totalCount undatedCount }
      neither: networks(filter: { activeAsOf: "2012", nameContains: "founded" }) { totalCount undatedCount }
    }`);
    expect([poles, clusters, all, other, neither]).toEqual([
      { totalCount: 3, undatedCount: 1 },
      { totalCount: 2, undatedCount: 1 },
      { totalCount: 7, undatedCount: 0 },
      { totalCount: 2, undatedCount: 0 },
      { totalCount: 1, undatedCount: 0 },
    ]);
  });

  it('is found by a label that it has had', async () => {
    const { networks } = await graph.ask(
      'query ($label: [ID!]) { networks(filter: { label: $label }) { nodes { id } } }',
      { label: [GRAPPE] },
    );
    expect(networks.nodes).toEqual([{ id: 'cluster/founded' }, { id: 'cluster/labelled' }]);
  });
});

describe('an editor', () => {
  const isActive = (asOf: string): string => `isActive(asOf: "${asOf}")`;

  it('records a label, corrects it, ends it and records the next; the history has each', async () => {
    await using graph = await emptyGraph();
    await graph.fill(new World().topic(POLE, { scheme: 'LABEL' }).pole('P', { id: 'pole/p', since: '2005' }));
    const input = { network: 'pole/p', label: POLE, since: '2010', term: '2010-2012', sources: SOURCES };
    const id = await done(graph, 'labelStart', { input });
    expect(await rejected(graph, 'labelStart', { input: { ...input, since: '2012' } })).toEqual([
      expect.stringMatching(/^TAKEN label/),
    ]);
    await done(graph, 'labelUpdate', { id, input: { conditions: 'Un an.', expectedVersion: 1 } });
    await done(graph, 'labelEnd', { id, on: '2012', sources: SOURCES });
    await done(graph, 'labelStart', { input: { ...input, since: '2020', term: null } });
    const { pole } = await graph.ask(`{ pole(id: "pole/p") {
      labels { since until term conditions version }
      before: ${isActive('2007')} during: ${isActive('2012')} between: ${isActive('2015')} again: ${isActive('2020')}
      history(first: 10) { nodes { action } }
    } }`);
    expect(pole.labels).toEqual([
      { since: '2010', until: '2012', term: '2010-2012', conditions: 'Un an.', version: 3 },
      { since: '2020', until: null, term: null, conditions: null, version: 1 },
    ]);
    expect([pole.before, pole.during, pole.between, pole.again]).toEqual([false, true, false, true]);
    expect(pole.history.nodes.map(({ action }: { action: string }) => action)).toEqual(
      expect.arrayContaining(['labelStart', 'labelUpdate', 'labelEnd', 'labelStart']),
    );
  });

  it('reports that a label ends before it begins, and deletes one that was recorded in error', async () => {
    await using graph = await emptyGraph();
    await graph.fill(new World().topic(POLE, { scheme: 'LABEL' }).pole('P', { id: 'pole/p', since: '2005' }));
    const input = { network: 'pole/p', label: POLE, since: '2010', sources: SOURCES };
    expect(await rejected(graph, 'labelStart', { input: { ...input, until: '2009' } })).toEqual([
      expect.stringMatching(/^INVALID until/),
    ]);
    const id = await done(graph, 'labelStart', { input });
    expect(await rejected(graph, 'labelEnd', { id, on: '2009', sources: SOURCES })).toEqual([
      expect.stringMatching(/^INVALID on/),
    ]);
    await done(graph, 'nodeDelete', { id });
    const { pole } = await graph.ask(`{ pole(id: "pole/p") { labels { since } ${isActive('2007')} } }`);
    expect(pole).toEqual({ labels: [], isActive: true });
  });

  it('ends the labels of a network that another succeeds', async () => {
    await using graph = await emptyGraph();
    const labelled = new World().topic(POLE, { scheme: 'LABEL' }).pole('A', { id: 'pole/a', since: '2005' });
    await graph.fill(labelled.pole('B', { id: 'pole/b', since: '2019' }).label('pole/a', POLE, { since: '2005' }));
    await done(graph, 'networkSucceed', {
      input: { from: 'pole/a', to: 'pole/b', kind: 'MERGE', since: '2019', sources: SOURCES },
    });
    const { pole } = await graph.ask(
      `{ pole(id: "pole/a") { before: ${isActive('2019')} after: ${isActive('2020')} } }`,
    );
    expect(pole).toEqual({ before: true, after: false });
  });
});
