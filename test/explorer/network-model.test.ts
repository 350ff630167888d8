import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placedLabels } from '../../explorer/src/network/draw/labels.ts';
import { type NodeLinkFile, networkOf } from '../../explorer/src/network/graph/file.ts';
import { CommunityColours, groupingOf } from '../../explorer/src/network/graph/groups.ts';
import { Network, type NetworkNode } from '../../explorer/src/network/graph/network.ts';
import { changesOf, isValidIn, strengthIn, yearsOf } from '../../explorer/src/network/graph/periods.ts';
import { placeBodies } from '../../explorer/src/network/graph/place.ts';

const NO_DATES = { since: null, until: null };
const fact = (dates: { since?: string; until?: string }) => ({
  type: 'PARTNERS_WITH',
  kind: 'PROJECT',
  ...NO_DATES,
  ...{ strength: 1, projects: 0 },
  ...dates,
});

/** A file of nodes with the positions that are given, joined by edges. */
const file = (nodes: Record<string, [number, number] | null>, edges: [string, string][]): NodeLinkFile => ({
  graph: { title: '', date: '', sources: [] },
  nodes: Object.entries(nodes).map(([id, at]) => ({
    id,
    name: id,
    type: 'Organisation',
    ...(at ? { x: at[0], y: at[1] } : {}),
  })),
  edges: edges.map(([source, target]) => ({ source, target, weight: 1, projects: 0, relationships: [] })),
});

describe('an expanded network', () => {
  it('leaves nodes where they were, and places the added ones beside their neighbours', () => {
    const base = file({ a: [0, 0], b: [100, 0], c: [0, 100] }, [['a', 'b']]);
    const more = file({ a: null, b: null, c: null, d: null, e: null, far: null }, [
      ['a', 'b'],
      ['d', 'b'],
      ['e', 'd'],
    ]);
    const network = networkOf(more, base);
    const at = (id: string) => [network.x[network.find(id)]!, network.y[network.find(id)]!] as const;
    expect([at('a'), at('b'), at('c')]).toEqual([
      [0, 0],
      [100, 0],
      [0, 100],
    ]);
    const distance = (one: string, other: string) => Math.hypot(at(one)[0] - at(other)[0], at(one)[1] - at(other)[1]);
    expect(distance('d', 'b')).toBeLessThan(distance('d', 'a'));
    expect(distance('e', 'd')).toBeLessThan(distance('e', 'a'));
    expect(Number.isFinite(distance('far', 'a'))).toBe(true);
    expect([...networkOf(more, base).x]).toEqual([...network.x]);
  });
});

describe('a network that has changed', () => {
  it('leaves nodes where they were, though its own places are others, and forgets those that are gone', () => {
    const before = networkOf(file({ a: [0, 0], b: [100, 0], c: [0, 100] }, [['a', 'b']]));
    const now = networkOf(
      file({ b: [7, 7], a: [9, 9], d: [8, 8] }, [
        ['a', 'b'],
        ['d', 'b'],
      ]),
    ).placedAs(before);
    const at = (id: string) => [now.x[now.find(id)]!, now.y[now.find(id)]!];
    expect([at('a'), at('b'), now.find('c')]).toEqual([[0, 0], [100, 0], -1]);
    const [x = 0, y = 0] = at('d');
    expect(Math.hypot(x - 100, y)).toBeLessThan(Math.hypot(x, y));
  });
});

describe('communities as nodes', () => {
  it('have places, the same each time', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 2, max: 60 }), { minLength: 2, maxLength: 40 }), (radii) => {
        const bodies = radii.map((radius) => ({ radius }));
        const edges = radii.slice(1).map((_, at) => ({ from: 0, to: at + 1, weight: at + 1 }));
        const placed = placeBodies(bodies, edges);
        expect(placed.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
        expect(placeBodies(bodies, edges)).toEqual(placed);
      }),
      { numRuns: 30 },
    );
  });
});

describe('labels', () => {
  it('never overlap, and stay within the picture', () => {
    const wish = fc.record({
      node: fc.nat(),
      text: fc.string({ minLength: 1, maxLength: 30 }),
      x: fc.integer({ min: -20, max: 520 }),
      y: fc.integer({ min: -20, max: 420 }),
      radius: fc.integer({ min: 1, max: 30 }),
    });
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 80 }), (wishes) => {
        const measure = (text: string): number => 7 * text.length;
        const placed = placedLabels(wishes, { width: 500, height: 400, lineHeight: 15, measure }, 60);
        const boxes = placed.map(({ text, x, y }) => ({ left: x, right: x + measure(text), top: y, bottom: y + 15 }));
        for (const [at, box] of boxes.entries()) {
          expect(box.left >= 0 && box.right <= 500 && box.top >= 0 && box.bottom <= 400).toBe(true);
          for (const other of boxes.slice(at + 1)) {
            const isApart =
              box.right <= other.left || other.right <= box.left || box.bottom <= other.top || other.bottom <= box.top;
            expect(isApart).toBe(true);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('years', () => {
  it('have what is valid on some of their days: without an end still, without a beginning before', () => {
    expect(isValidIn(fact({ since: '2008-12-31', until: '2010-01-01' }), 2010)).toBe(true);
    expect(isValidIn(fact({ since: '2008', until: '2009-12' }), 2010)).toBe(false);
    expect(isValidIn(fact({ since: '2011' }), 2010)).toBe(false);
    expect(isValidIn(fact({ until: '2010' }), 1990)).toBe(true);
    expect(isValidIn(fact({}), 2010)).toBe(true);
  });

  it('show what came and what went between two, and count beginnings and ends', () => {
    const node = (id: string): NetworkNode => ({
      ...{ id, name: id, type: 'Organisation', kind: null, region: null, community: null, values: {} },
    });
    const edge = (to: number, relationships: ReturnType<typeof fact>[]) => ({
      from: 0,
      to,
      weight: 5 - to,
      projects: 0,
      relationships,
    });
    const network = new Network(
      ['a', 'b', 'c', 'd', 'e'].map(node),
      [
        edge(1, [fact({ since: '2005', until: '2012' })]),
        edge(2, [fact({ since: '2015' })]),
        edge(3, [fact({ since: '2001', until: '2006' }), fact({ since: '2019' })]),
        edge(4, [fact({ since: '2011', until: '2012' })]),
      ],
      () => [0, 0],
    );
    expect(changesOf(network, 2006, 2020)).toEqual(['went', 'came', 'both', 'neither']);
    expect(changesOf(network, 2006, null)).toEqual(['both', 'neither', 'both', 'neither']);
    const { counts, undatedBegin, undatedEnd, total } = yearsOf(network);
    expect([counts[0]!.year, counts.at(-1)!.year]).toEqual([2001, 2019]);
    expect(counts.find(({ year }) => year === 2012)).toEqual({ year: 2012, began: 0, ended: 2 });
    expect([undatedBegin, undatedEnd, total]).toEqual([0, 2, 5]);
  });
});

describe('the strength of an edge', () => {
  it('is that of what is valid in the year: of partnerships their own, of others 1 each', () => {
    const { edges } = networkOf({
      ...file({ a: null, b: null }, []),
      edges: [
        {
          ...{ source: 'a', target: 'b', weight: 3.5, projects: 4 },
          relationships: [
            { type: 'MEMBER_OF', since: '2005' },
            { type: 'MEMBER_OF', since: '2015' },
            { type: 'PARTNERS_WITH', since: '2010', until: '2012', strength: 1.5, projects: 4 },
          ],
        },
      ],
    });
    const strengths = [null, 2006, 2012, 2020].map((year) => strengthIn(edges[0]!, year));
    expect(strengths).toEqual([3.5, 1, 2.5, 2]);
    expect(strengthIn(edges[0]!, 2006, 2020)).toBe(2);
  });
});

describe('a community', () => {
  it('keeps its colour when others grow before it and its number changes', () => {
    const nodes = (communities: Record<string, number>): Network =>
      new Network(
        Object.entries(communities).map(([id, community]) => ({
          ...{ id, name: id, type: 'Organisation', kind: null, region: null, community, values: {} },
        })),
        [],
        () => [0, 0],
      );
    const colours = new CommunityColours();
    const slots = (network: Network) => {
      const { groups, of } = groupingOf(network, 'community', 'degree', colours);
      return Object.fromEntries(network.nodes.map(({ id }, node) => [id, groups[of[node]!]!.slot]));
    };
    const before = slots(nodes({ a: 0, b: 0, c: 0, x: 1, y: 1 }));
    const after = slots(nodes({ a: 1, b: 1, c: 1, x: 0, y: 0, z: 0, u: 0, p: 2 }));
    expect([after.a, after.x, after.z]).toEqual([before.a, before.x, before.x]);
    expect(new Set([after.a, after.x, after.p]).size).toBe(3);
  });
});

describe('classes of a measure', () => {
  const classes = (values: readonly number[]) => {
    const nodes = values.map((value, at) => ({
      ...{ id: `${at}`, name: `${at}`, type: 'Organisation', kind: null, region: null, community: null },
      values: { betweenness: value },
    }));
    return groupingOf(new Network(nodes, [], () => [0, 0]), 'measure', 'betweenness').groups;
  };

  it('tell the few high values from the many that are zero', () => {
    const groups = classes([...new Array(24).fill(0), 0.02, 0.02, 0.66]);
    expect(groups.map(({ value, count }) => [value, count])).toEqual([
      ['0.66', 1],
      ['0.02', 2],
      ['0', 24],
    ]);
    expect(new Set(groups.map(({ slot }) => slot)).size).toBe(3);
  });

  it('have all nodes, five classes at the most, and equal values together', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 60 }), (values) => {
        const groups = classes(values);
        expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(values.length);
        const different = new Set(values).size;
        expect(groups.length).toBeLessThanOrEqual(5);
        expect(groups.length).toBeGreaterThanOrEqual(Math.min(2, different));
        if (different <= 5) expect(groups.length).toBe(different);
        const bounds = groups.map(({ value }) => Number(value));
        expect(bounds).toEqual(bounds.toSorted((a, b) => b - a));
      }),
    );
  });
});
