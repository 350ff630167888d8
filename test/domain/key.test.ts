import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compactKey, constantPart, fingerprintOf, keyOf, keyWithin } from '../../src/domain/key.ts';

/** Values as questions have them: texts with the signs by which keys are put together, numbers that JSON cannot write. */
const text = fc.string({ unit: fc.constantFrom('a', '"', '\\', ',', ':', '{', '}', '[', ']', '\n', ' ', 'null', '1') });
const leaf = fc.oneof(
  text,
  fc.constantFrom(null, true, false, 'true', 'null', Number.NaN, Infinity, -Infinity, 0, -0, 1, '1'),
);
const { part } = fc.letrec<{ part: unknown }>((of) => ({
  part: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.array(of('part'), { maxLength: 3 }),
    fc.dictionary(text, of('part'), { maxKeys: 3, noNullPrototype: false }),
    fc.uniqueArray(text, { maxLength: 3 }).map((items) => new Set(items)),
  ),
}));
const description = fc.dictionary(text, part, { maxKeys: 3, noNullPrototype: false });

const isSame = (a: unknown, b: unknown): boolean => {
  try {
    expect(a).toEqual(b);
    return true;
  } catch {
    return false;
  }
};

describe('a key', () => {
  it('is that of another description only if every part is the same', () => {
    fc.assert(
      fc.property(description, description, (a, b) => {
        expect(keyOf('page', a) === keyOf('page', b)).toBe(isSame(a, b));
        expect(fingerprintOf(a) === fingerprintOf(b)).toBe(isSame(a, b));
        expect(compactKey(keyOf('page', a)) === compactKey(keyOf('page', b))).toBe(isSame(a, b));
      }),
      { numRuns: 2_000 },
    );
  });

  it('is the same for the same description, in whatever order its parts stand', () => {
    fc.assert(
      fc.property(description, (parts) => {
        const turned = Object.fromEntries(Object.entries(parts).reverse());
        expect(keyOf('page', turned)).toBe(keyOf('page', structuredClone(parts)));
        expect(fingerprintOf(turned)).toBe(fingerprintOf(parts));
      }),
    );
  });

  it('is the same for many parts, too', () => {
    const parts = Array.from({ length: 40 }, (_, number) => [`part ${number}`, number] as const);
    expect(keyOf('page', Object.fromEntries(parts))).toBe(keyOf('page', Object.fromEntries(parts.toReversed())));
  });

  it('is never that of a value of another kind', () => {
    expect(new Set([keyOf('page'), keyOf('page readers'), keyOf('ids'), keyOf('total')]).size).toBe(4);
    expect(keyOf('history total', {})).not.toBe(keyOf('history', { total: true }));
  });

  it('distinguishes items, whatever characters they have', () => {
    fc.assert(
      fc.property(description, description, text, text, (a, b, one, other) => {
        const same = isSame(a, b) && one === other;
        expect(keyWithin(keyOf('page', a), one) === keyWithin(keyOf('page', b), other)).toBe(same);
        expect(keyWithin(compactKey(keyOf('page', a)), one) === keyWithin(compactKey(keyOf('page', b)), other)).toBe(
          same,
        );
      }),
    );
  });

  it('takes functions by their identity, and what is undefined as left out', () => {
    const [one, other] = [() => 1, () => 1];
    expect(keyOf('page', { edge: one })).toBe(keyOf('page', { edge: one }));
    expect(keyOf('page', { edge: one })).not.toBe(keyOf('page', { edge: other }));
    expect(keyOf('page', { asOf: undefined })).toBe(keyOf('page', {}));
    expect(keyOf('page', { asOf: undefined })).not.toBe(keyOf('page', { asOf: null }));
  });

  it('has a constant part as if it were written out', () => {
    const listing = { name: 'poles', pattern: '(b:Pole)', columns: null };
    expect(keyOf('page', { listing: constantPart(listing) })).toBe(keyOf('page', { listing }));
    expect(constantPart(listing)).toBe(constantPart(listing));
  });

  it('rejects what is not plain, instead of leaving out what decides the value', () => {
    for (const odd of [new Map([[1, 2]]), new Date(0), /a/, Symbol('a'), 1n, new (class Odd {})(), [undefined]]) {
      expect(() => keyOf('page', { odd }), String(odd)).toThrow(TypeError);
    }
    expect(() => fingerprintOf({ edge: () => 1 })).toThrow(TypeError);
    expect(() => constantPart({ edge: () => 1 })).toThrow(TypeError);
  });
});
