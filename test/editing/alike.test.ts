import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EditAction, EditArguments } from '../../src/editing/editor.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';
import { dump } from './dump.ts';
import { rejected, SOURCES } from './editors.ts';
import { networks, succeed } from './networks.ts';

const sources = SOURCES;
let graph: TestGraph;
beforeEach(async () => {
  graph = await emptyGraph();
});
afterEach(() => graph?.[Symbol.asyncDispose]());

/** What a row and a mutation that say the same are both rejected for, with the same message. */
const ALIKE: readonly (readonly [what: string, row: (world: World) => World, edit: [EditAction, EditArguments]])[] = [
  [
    'an overlapping membership',
    (world) => world.member('organisation/a', 'pole/new', { since: '2016' }),
    [
      'membershipStart',
      { input: { member: 'organisation/a', network: 'pole/new', role: 'MEMBER', since: '2016', sources } },
    ],
  ],
  [
    'an overlapping partnership, from the other side',
    (world) => world.partners('organisation/b', 'organisation/a', { kind: 'ALLIANCE', since: '2010' }),
    [
      'partnershipStart',
      { input: { from: 'organisation/b', to: 'organisation/a', kind: 'ALLIANCE', since: '2010', sources } },
    ],
  ],
  [
    'a placeholder for a SIREN',
    (world) => world.organisation('X', { siren: '000000000' }),
    ['organisationCreate', { input: { name: 'X', kind: 'COMPANY', siren: '000 000 000', sources } }],
  ],
  [
    'a placeholder for a PIC',
    (world) => world.organisation('X', { cordisPic: '999999999' }),
    ['organisationCreate', { input: { name: 'X', kind: 'COMPANY', cordisPic: '999999999', sources } }],
  ],
  [
    'a negative amount',
    (world) => world.project('project/x', { name: 'X', funding: -5, currency: 'EUR' }),
    ['projectCreate', { input: { name: 'X', funding: { amount: -5, currency: 'EUR' }, sources } }],
  ],
  [
    'a currency in words',
    (world) => world.project('project/x', { name: 'X', funding: 5, currency: 'euro' }),
    ['projectCreate', { input: { name: 'X', funding: { amount: 5, currency: 'euro' }, sources } }],
  ],
  [
    'an address with a space in it',
    (world) => world.organisation('X', { website: 'https://example.org/a b' }),
    ['organisationCreate', { input: { name: 'X', kind: 'COMPANY', website: 'https://example.org/a b', sources } }],
  ],
  [
    'an address that runs code',
    (world) => world.source('source/x', { title: 'X', url: 'javascript:alert(1)' }),
    ['sourceCreate', { input: { title: 'X', url: 'javascript:alert(1)' } }],
  ],
  [
    'dates out of order',
    (world) => world.pole('X', { since: '2010', until: '2009' }),
    ['networkCreate', { input: { type: 'POLE', name: 'X', since: '2010', until: '2009', sources } }],
  ],
  [
    'a body that ends before its label begins',
    (world) => world.pole('X', { since: '2010', dissolvedOn: '2009' }),
    ['networkCreate', { input: { type: 'POLE', name: 'X', since: '2010', dissolvedOn: '2009', sources } }],
  ],
  [
    'a succession before the former network began',
    (world) => world.succession('pole/late', 'pole/new', { since: '2001' }),
    succeed('pole/late', 'pole/new', 'MERGE', '2001'),
  ],
  [
    'no name',
    (world) => world.organisation(' '),
    ['organisationCreate', { input: { name: ' ', kind: 'COMPANY', sources } }],
  ],
  [
    'no source',
    (world) => world.organisation('X', { sources: '' }),
    ['organisationCreate', { input: { name: 'X', kind: 'COMPANY', sources: [] } }],
  ],
  [
    'a name that is too long',
    (world) => world.organisation('x'.repeat(501)),
    ['organisationCreate', { input: { name: 'x'.repeat(501), kind: 'COMPANY', sources } }],
  ],
  [
    'a figure that is not finite',
    (world) =>
      world.row('indicators.csv', {
        about: 'pole/new',
        measure: 'm',
        value: 'Infinity',
        from: '2016',
        sources: 'source/fixture',
      }),
    [
      'indicatorRecord',
      { input: { about: 'pole/new', measure: 'm', value: Number.POSITIVE_INFINITY, from: '2016', sources } },
    ],
  ],
  [
    'an agreement of one party',
    (world) => world.partners('organisation/a', 'organisation/b', { kind: 'CHARTER', parties: 1 }),
    [
      'partnershipStart',
      { input: { from: 'organisation/a', to: 'organisation/b', kind: 'CHARTER', parties: 1, sources } },
    ],
  ],
  [
    'the rank of a cluster',
    (world) => world.cluster('X', { rank: 'WORLD' }),
    ['networkCreate', { input: { type: 'CLUSTER', name: 'X', rank: 'WORLD', sources } }],
  ],
];

describe('what a mutation rejects, an import rejects with the same message', () => {
  it.each(ALIKE)('%s', async (_, row, edit) => {
    await graph.fill(
      networks()
        .organisation('A', { id: 'organisation/a' })
        .organisation('B', { id: 'organisation/b' })
        .member('organisation/a', 'pole/new', { since: '2012' })
        .partners('organisation/a', 'organisation/b', { kind: 'ALLIANCE', until: '2012' }),
    );
    const before = await dump(graph.engine);
    const [ofMutation] = await rejected(graph, ...edit);
    const { rejections } = await graph.import(row(new World()));
    expect(rejections).toHaveLength(1);
    // After the code and the path, the message of the problem is the reason of the row.
    expect(ofMutation).toMatch(/^(INVALID|TAKEN) [\w.]+: /);
    expect(rejections[0]!.reason).toBe(ofMutation!.replace(/^\w+ [\w.]+: /, ''));
    expect(await dump(graph.engine)).toEqual(before);
  });

  it('but for a circle of territories or topics, which imports alone could make: it is named', async () => {
    const { rejections } = await graph.import(
      new World()
        .territory('territory/a')
        .territory('territory/b')
        .territory('territory/c')
        .part('territory/a', 'territory/b')
        .part('territory/b', 'territory/c')
        .part('territory/c', 'territory/a')
        .topic('topic/a', { broader: 'topic/c' })
        .topic('topic/b')
        .topic('topic/c', { broader: 'topic/b' }),
    );
    expect(rejections.map(({ line, reason }) => [line, reason])).toEqual([
      [4, 'This would close a circle: territory/c → territory/a → territory/b → territory/c.'],
    ]);
    const again = await graph.import(
      new World().topic('topic/b', { broader: 'topic/a' }).part('territory/b', 'territory/a', { since: '2016' }),
    );
    expect(again.rejections.map(({ column, reason }) => `${column}: ${reason}`)).toEqual([
      'broader: This would close a circle: topic/b → topic/a → topic/c → topic/b.',
      'whole: This would close a circle: territory/b → territory/a → territory/b.',
    ]);
  });

  it('and a relationship between others under the identifier of one that is there', async () => {
    await graph.fill(
      networks()
        .organisation('A', { id: 'organisation/a' })
        .member('organisation/a', 'pole/new', { id: 'membership/m' }),
    );
    const { rejections } = await graph.import(
      new World().member('organisation/a', 'pole/late', { id: 'membership/m' }),
    );
    expect(rejections).toEqual([
      expect.objectContaining({
        column: 'id',
        reason: expect.stringContaining('is between organisation/a and pole/new'),
      }),
    ]);
  });
});
