import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyGraph } from '../../src/editing/verify.ts';
import { statement } from '../../src/graph/statement.ts';
import type { ImportProgress } from '../../src/transfer/import-options.ts';
import { dumpOf } from '../support/dump.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { amount } from '../support/tier.ts';
import { World } from '../support/world.ts';
import { richWorld } from '../support/world-of-plan.ts';

/** An import is stopped after one step in so many. */
const STRIDE = amount({ usual: 2, neo4j: 4, long: 1 });

let graph: TestGraph;
beforeEach(async () => {
  graph = await emptyGraph();
});
afterEach(() => graph?.[Symbol.asyncDispose]());

interface Entry {
  readonly sequence: number;
  readonly at: string;
  readonly by?: string;
  readonly action: string;
  readonly touched: readonly string[];
}
const entries = statement<{ entry: Entry }>(
  'entries',
  'MATCH (c:Change) RETURN properties(c) AS entry ORDER BY entry.sequence',
);
const log = async (): Promise<Entry[]> =>
  (await graph.engine.read(entries)).map(({ entry }) => entry).sort((a, b) => a.sequence - b.sequence);

const consortium = (): World =>
  new World()
    .organisation('Alpha')
    .organisation('Beta')
    .pole('Pole X')
    .member('Alpha', 'Pole X')
    .project('project/p', { labelledBy: ['Pole X'] })
    .takesPart('Alpha', 'project/p')
    .takesPart('Beta', 'project/p');

describe('the log of an import', () => {
  it('has one entry for each batch that changed something, naming file and lines, and what was touched', async () => {
    await graph.import(consortium(), { by: 'a fixture' });
    const entries = (await log()).map(({ action, by, touched }) => ({ action, by, touched }));
    const by = 'a fixture';
    expect(entries).toEqual([
      { action: 'import sources.csv, line 2', by, touched: ['source/fixture'] },
      { action: 'import networks.csv, line 2', by, touched: ['pole/pole-x'] },
      { action: 'import organisations.csv, lines 2 to 3', by, touched: ['organisation/alpha', 'organisation/beta'] },
      { action: 'import memberships.csv, line 2', by, touched: ['organisation/alpha', 'pole/pole-x'] },
      { action: 'import projects.csv, line 2', by, touched: ['pole/pole-x', 'project/p'] },
      {
        action: 'import participations.csv, lines 2 to 3',
        by,
        touched: ['organisation/alpha', 'organisation/beta', 'project/p'],
      },
      {
        action: 'derive partnerships from common projects',
        by: undefined,
        touched: ['organisation/alpha', 'organisation/beta'],
      },
      { action: 'derive counts', by: undefined, touched: ['pole/pole-x'] },
    ]);
    for (const { at } of await log()) expect(new Date(at).toISOString()).toBe(at);
  });

  it('numbers its entries from one, without a gap, also after rows that were rejected', async () => {
    await graph.import(consortium().organisation('Bad', { kind: 'FIRM' }).member('Nobody', 'Pole X'));
    await graph.import(new World().organisation('Alpha', { city: 'Toulouse' }));
    const sequences = (await log()).map(({ sequence }) => sequence);
    expect(sequences).toEqual(sequences.map((_, place) => place + 1));
    expect(sequences.length).toBe(9);
  });

  it('leaves the counts of what it touched to its end, and to the next import where it is stopped before', async () => {
    const stopped = new Error('stopped by the fixture');
    const importing = graph.import(consortium(), {
      onProgress: ({ file }) => {
        if (file === 'projects.csv') throw stopped;
      },
    });
    await expect(importing).rejects.toBe(stopped);
    await graph.import(new World());
    expect(await verifyGraph(graph.engine)).toEqual([]);
    const { pole } = await graph.ask('{ pole(id: "pole/pole-x") { members { totalCount } } }');
    expect(pole).toEqual({ members: { totalCount: 1 } });
    expect((await log()).at(-1)).toMatchObject({ action: 'derive counts', touched: ['pole/pole-x'] });
  });

  it('has no entry when nothing changed, or when every row was rejected', async () => {
    await graph.import(consortium());
    const before = await log();
    await graph.import(consortium());
    await graph.import(new World().organisation('Bad', { kind: 'FIRM' }));
    await graph.import(consortium(), { dryRun: true });
    expect(await log()).toEqual(before);
  });

  it('has two entries for a file of two batches', async () => {
    const world = new World();
    for (let place = 0; place < 2_500; place++) world.organisation(`Fixture ${place}`);
    expect(await graph.import(world)).toMatchObject({ created: 2_501 });
    const organisations = (await log()).filter(({ action }) => action.includes('organisations'));
    expect(organisations.map(({ action, touched }) => [action, touched.length])).toEqual([
      ['import organisations.csv, lines 2 to 2001', 2_000],
      ['import organisations.csv, lines 2002 to 2501', 500],
    ]);
  });

  it('names the nodes whose links changed with a record, the other ends too', async () => {
    await graph.import(
      new World()
        .topic('topic/a')
        .topic('topic/b')
        .organisation('Alpha', { topics: ['topic/a'] }),
    );
    await graph.import(new World().organisation('Alpha', { topics: ['topic/b'] }));
    const last = (await log()).at(-1);
    expect(last).toMatchObject({
      action: 'import organisations.csv, line 2',
      touched: ['organisation/alpha', 'topic/a', 'topic/b'],
    });
  });
});

describe('a network whose lifespan changes', () => {
  const members = async (asOf: string): Promise<string[]> => {
    const { pole } = await graph.ask(
      'query ($asOf: PartialDate) { pole(id: "pole/pole-x") { members(asOf: $asOf) { nodes { name } } } }',
      { asOf },
    );
    return pole.members.nodes.map(({ name }: { name: string }) => name);
  };
  const edges = async (): Promise<unknown[]> =>
    Object.values((await dumpOf(graph.engine)).edges)
      .filter(({ type }) => type === 'MEMBER_OF')
      .map(({ from, validFrom, validTo, since, until }) => [from, since, until, validFrom, validTo]);

  const idOfDated = async (): Promise<string> => {
    const [id] = Object.entries((await dumpOf(graph.engine)).edges).find(
      ([, edge]) => edge.from === 'organisation/dated',
    )!;
    return id;
  };

  beforeEach(() =>
    graph.fill(
      new World()
        .pole('Pole X', { since: '2005' })
        .organisation('Dated')
        .organisation('Undated')
        .member('Dated', 'Pole X', { since: '2007', until: '2010' })
        .member('Undated', 'Pole X'),
    ),
  );

  it('clips its memberships again, and keeps what sources write', async () => {
    expect([await members('2004'), await members('2005'), await members('2011')]).toEqual([
      [],
      ['Undated'],
      ['Undated'],
    ]);
    await graph.fill(
      new World().pole('Pole X', { since: '2005', foundedOn: '2003-06', until: '2009', dissolvedOn: '' }),
    );
    expect(await edges()).toEqual(
      expect.arrayContaining([
        ['organisation/dated', '2007', '2010', '2007-01-01', '2009-12-31'],
        ['organisation/undated', undefined, undefined, '2003-06-01', '2009-12-31'],
      ]),
    );
    expect([await members('2003-05'), await members('2003'), await members('2009'), await members('2010')]).toEqual([
      [],
      ['Undated'],
      ['Dated', 'Undated'],
      [],
    ]);
  });

  it('restores the periods of memberships when a lifespan that was too short grows', async () => {
    const before = await edges();
    await graph.fill(new World().pole('Pole X', { since: '2009' }));
    expect([await members('2008'), await members('2010')]).toEqual([[], ['Dated', 'Undated']]);
    await graph.fill(new World().pole('Pole X', { since: '2005' }));
    expect(await edges()).toEqual(before);
  });

  it('accepts a lifespan that contains its memberships, and names the line of one that does not', async () => {
    const shorter = (): World => new World().cluster('Cluster Y').pole('Pole X', { since: '2011' });
    const before = await edges();
    const reason =
      /^1 memberships would lie outside the lifespan of "pole\/pole-x", such as membership\/\w+: put their dates/;
    const rejection = { file: 'networks.csv', line: 3, column: 'since', reason: expect.stringMatching(reason) };
    expect((await graph.import(shorter(), { dryRun: true })).rejections).toEqual([rejection]);
    // Its neighbours in the file are taken.
    expect(await graph.import(shorter())).toMatchObject({ created: 1, rejections: [rejection] });
    expect(await edges()).toEqual(before);
    expect(await members('2008')).toEqual(['Dated', 'Undated']);
    // A later file puts the dates right, and then the row is taken.
    const corrected = shorter().member('Dated', 'Pole X', { id: await idOfDated(), since: '2011', until: '2012' });
    expect((await graph.import(corrected)).rejections).toEqual([rejection]);
    expect((await graph.import(corrected)).rejections).toEqual([]);
    expect([await members('2010'), await members('2011')]).toEqual([[], ['Dated', 'Undated']]);
  });

  it('may be shortened further where memberships lay outside before: they are no worse off', async () => {
    const [, dated] = Object.entries((await dumpOf(graph.engine)).nodes).find(([id]) => id === 'pole/pole-x')!;
    const outside = statement<never>('outside', 'MATCH (n:Entity {id: $id}) SET n.since = $since, n.lifeFrom = $from');
    await graph.engine.write((transaction) =>
      transaction.run(outside, { id: String(dated.id), since: '2011', from: '2011-01-01' }),
    );
    await graph.fill(new World().pole('Pole X', { since: '2012' }));
  });

  it('is touched together with its members', async () => {
    await graph.fill(new World().pole('Pole X', { since: '2006' }));
    // The dated membership begins later: only the other was clipped again.
    expect((await log()).at(-1)!.touched).toEqual(['organisation/undated', 'pole/pole-x']);
  });

  it('clips what it covers, whom it is a partner of, and what it takes part in', async () => {
    const world = (): World =>
      new World()
        .territory('territory/x', { until: '2015-12-31' })
        .cluster('Cluster Y', { since: '2009', covers: ['territory/x'] })
        .partners('Cluster Y', 'Undated')
        .project('project/p', { start: '2012', end: '2013' })
        .takesPart('Cluster Y', 'project/p')
        .takesPart('Dated', 'project/p');
    await graph.fill(world());
    const validity = async (): Promise<unknown> =>
      Object.fromEntries(
        Object.values((await dumpOf(graph.engine)).edges)
          .filter(({ from, to }) => from === 'cluster/cluster-y' || to === 'cluster/cluster-y')
          .map(({ type, kind, validFrom, validTo }) => [`${type} ${kind ?? ''}`, [validFrom, validTo]]),
      );
    expect(await validity()).toEqual({
      'COVERS ': ['2009-01-01', '2015-12-31'],
      'PARTNERS_WITH SUPPLY': ['2009-01-01', '9999-12-31'],
      'PARTICIPATES_IN ': ['2012-01-01', '2013-12-31'],
      'PARTNERS_WITH PROJECT': ['2012-01-01', '2013-12-31'],
    });
    await graph.fill(new World().cluster('Cluster Y', { since: '2009', until: '2012-06' }));
    expect(await validity()).toEqual({
      'COVERS ': ['2009-01-01', '2012-06-30'],
      'PARTNERS_WITH SUPPLY': ['2009-01-01', '2012-06-30'],
      'PARTICIPATES_IN ': ['2012-01-01', '2012-06-30'],
      'PARTNERS_WITH PROJECT': ['2012-01-01', '2012-06-30'],
    });
  });
});

describe('an import that is stopped', () => {
  it('and taken up again, gives the graph of one that was not, wherever it stopped', async () => {
    const folder = await richWorld().write();
    const steps: ImportProgress[] = [];
    await graph.import(folder, { onProgress: (progress) => void steps.push(progress) });
    const whole = await dumpOf(graph.engine);
    expect(steps.length).toBeGreaterThan(10);
    let stopped = 0;
    for (let after = 1; after <= steps.length; after += STRIDE) {
      await using fresh = await emptyGraph();
      const controller = new AbortController();
      const reason = new Error('stopped by the fixture');
      let seen = 0;
      const onProgress = (): void => {
        if (++seen === after) controller.abort(reason);
      };
      // Past the last batch nothing is left to be stopped.
      const error = await fresh.import(folder, { onProgress, signal: controller.signal }).then(
        () => null,
        (caught: unknown) => caught,
      );
      if (error !== null) {
        expect(error).toBe(reason);
        stopped++;
        expect(await dumpOf(fresh.engine)).not.toEqual(whole);
      }
      await fresh.import(folder);
      expect(await dumpOf(fresh.engine), `stopped after ${after} steps`).toEqual(whole);
    }
    expect(stopped).toBeGreaterThan(8 / STRIDE);
  });

  it('has reported its progress: the rows, and the share of all that is to be done, which deriving partnerships is a part of', async () => {
    const steps: ImportProgress[] = [];
    const { rows } = await graph.import(richWorld(), { onProgress: (progress) => void steps.push(progress) });
    for (const [place, { share, rows }] of steps.entries()) {
      expect(share).toBeGreaterThanOrEqual(steps[place - 1]?.share ?? 0);
      expect(share < 1).toBe(place < steps.length - 1);
      expect(rows).toBeGreaterThanOrEqual(steps[place - 1]?.rows ?? 0);
    }
    const deriving = steps.filter(({ file }) => file.startsWith('partnerships ')).map(({ share }) => share);
    expect(deriving.length).toBeGreaterThan(1);
    expect(deriving.at(-1)! - deriving[0]!).toBeGreaterThan(0.05);
    expect(steps.at(-1)!.rows).toBe(rows);
  });
});
