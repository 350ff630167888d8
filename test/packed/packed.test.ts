import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareTexts } from '../../src/domain/fold.ts';
import { NumbersById } from '../../src/packed/numbers-by-id.ts';
import { Texts } from '../../src/packed/texts.ts';

/** Letters of one to four bytes. */
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'é', 'œ', '字', '𝔘', '\uffee'), maxLength: 6 });
const texts = fc.array(fc.option(text), { minLength: 1, maxLength: 60 });

describe('texts in one array', () => {
  it('are what was put last, also in a copy, and again after more has changed than stays', () => {
    const changes = fc.array(fc.record({ at: fc.nat(), to: fc.option(text) }), { maxLength: 300, size: 'max' });
    fc.assert(
      fc.property(texts, changes, (first, later) => {
        const packed = new Texts();
        const expected = [...first];
        for (const each of first) packed.push(each);
        for (const { at, to } of later) {
          packed.set(at % first.length, to);
          expected[at % first.length] = to;
        }
        const copy = new Texts();
        copy.take(structuredClone(packed.arrays));
        for (const each of [packed, copy]) expect(expected.map((_, number) => each.get(number))).toEqual(expected);
        copy.push('more');
        expect([copy.size, copy.get(first.length)]).toEqual([first.length + 1, 'more']);
      }),
    );
  });

  it('compare, and begin, as texts do by code points', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        const packed = new Texts();
        packed.push(one);
        const bytes = Buffer.from(other);
        expect(Math.sign(packed.compare(0, bytes))).toBe(Math.sign(compareTexts(one, other)));
        expect(packed.startsWith(0, bytes)).toBe(one.startsWith(other));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('numbers by identifiers', () => {
  it('are those that were added and not removed, however many share a slot', () => {
    const change = fc.record({ name: fc.nat(400), isAdded: fc.boolean() });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 3_000, size: 'max' }), (changes) => {
        const ids: string[] = [];
        const numbers = new NumbersById((number) => ids[number]!);
        const expected = new Map<string, number>();
        for (const { name, isAdded } of changes) {
          const id = `organisation/${name}`;
          if (isAdded && !expected.has(id)) {
            expected.set(id, ids.push(id) - 1);
            numbers.add(id, expected.get(id)!);
          } else if (!isAdded) {
            expect(numbers.remove(id)).toBe(expected.delete(id));
          }
        }
        expect(numbers.size).toBe(expected.size);
        for (let name = 0; name <= 400; name++) {
          const id = `organisation/${name}`;
          expect(numbers.find(id)).toBe(expected.get(id) ?? -1);
        }
      }),
      { numRuns: 50 },
    );
  });
});
