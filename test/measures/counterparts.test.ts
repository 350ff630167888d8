import { describe, expect, it } from 'vitest';
import { counterparts } from '../../src/measures/counterparts.ts';

const same = (node: number): number => node;

describe('counterparts', () => {
  it('are the groups with most in common, each taken once', () => {
    // Groups of 4, 3 and 2 nodes; the first has split since, the third is new.
    const one = { membership: [0, 0, 0, 0, 1, 1, 1, 2, 2], groups: 3 };
    const other = { membership: [0, 0, 0, 1, 1, 1, 1, 2, 3], groups: 2 };
    expect(counterparts(one, other, same)).toEqual([
      { group: 0, shared: 3, overlap: 3 / 4 },
      { group: 1, shared: 3, overlap: 3 / 4 },
      null,
    ]);
  });

  it('leave a group without one where another resembles it more', () => {
    const one = { membership: [0, 0, 0, 1, 1], groups: 2 };
    const other = { membership: [0, 0, 0, 0, 0], groups: 1 };
    expect(counterparts(one, other, same)).toEqual([{ group: 0, shared: 3, overlap: 3 / 5 }, null]);
  });

  it('follow nodes by their place in the other division, and leave out those that are not there', () => {
    const one = { membership: [0, 0, 0], groups: 1 };
    const other = { membership: [0, 1, 1], groups: 2 };
    expect(counterparts(one, other, (node) => [2, 1, -1][node]!)).toEqual([{ group: 1, shared: 2, overlap: 2 / 3 }]);
    expect(counterparts(one, { membership: [], groups: 0 }, () => -1)).toEqual([null]);
  });
});
