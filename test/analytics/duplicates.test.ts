import { describe, expect, it } from 'vitest';
import { isOneTypoApart } from '../../src/analytics/duplicates.ts';
import { editDistance } from '../search/reference.ts';
import { Dice } from '../traversal/random-world.ts';

describe('a comparison of names', () => {
  it('knows a typing error as the book does', () => {
    const dice = new Dice(13);
    for (let round = 0; round < 20_000; round++) {
      const word = (): string => Array.from({ length: dice.whole(1, 6) }, () => dice.pick(['a', 'b', 'c'])).join('');
      const [one, other] = [word(), word()];
      expect({ one, other, apart: isOneTypoApart(one, other) }).toEqual({
        one,
        other,
        apart: editDistance(one, other) === 1,
      });
    }
  });
});
