import { expect, it } from 'vitest';
import { BloomFilter, type Hashes, hashesOf, joined } from '../../src/editing/bloom-filter.ts';

const whole = (number: number): Hashes =>
  hashesOf(`PARTNERS_WITH organisation/made-up-${number} organisation/made-up-${number * 7}`);
const type = hashesOf('PARTNERS_WITH');
const inParts = (number: number): Hashes =>
  joined(joined(type, hashesOf(`organisation/made-up-${number}`)), hashesOf(`organisation/made-up-${number * 7}`));

it.each([
  ['texts', whole],
  ['texts in parts', inParts],
])('has all %s that were added, and few that were not', (_, text) => {
  const filter = new BloomFilter(2 ** 17);
  for (let number = 0; number < 10_000; number++) filter.add(text(number));
  for (let number = 0; number < 10_000; number++) expect(filter.has(text(number))).toBe(true);
  let taken = 0;
  for (let number = 10_000; number < 30_000; number++) if (filter.has(text(number))) taken++;
  // 13 bits a text and four probes: 0.5 % by the theory.
  expect(taken / 20_000).toBeLessThan(0.01);
});

it('takes texts of any script, and the empty one', () => {
  const filter = new BloomFilter(2 ** 10);
  for (const added of ['', 'é', '𝒳', 'Ærø']) filter.add(hashesOf(added));
  for (const added of ['', 'é', '𝒳', 'Ærø']) expect(filter.has(hashesOf(added))).toBe(true);
  expect(filter.has(hashesOf('e'))).toBe(false);
});

it('distinguishes the order of parts', () => {
  expect(joined(hashesOf('a'), hashesOf('b'))).not.toEqual(joined(hashesOf('b'), hashesOf('a')));
});
