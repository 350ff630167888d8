import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Circle, lensArea, regionAreas, threeCircles, twoCircles } from '../explorer/src/compare/circles.ts';

const area = ({ r }: Circle): number => Math.PI * r * r;
const shared = (a: Circle, b: Circle): number => lensArea(a.r, b.r, Math.hypot(a.x - b.x, a.y - b.y));
const size = fc.integer({ min: 1, max: 500 });

describe('circles of two sets', () => {
  it('have the areas of their sizes, and share the area of what the sets share', () => {
    fc.assert(
      fc.property(size, size, fc.double({ min: 0, max: 1, noNaN: true }), (first, second, part) => {
        const common = Math.round(part * Math.min(first, second));
        const [a, b] = twoCircles([first, second], common);
        expect(area(a)).toBeCloseTo(first, 6);
        expect(area(b)).toBeCloseTo(second, 6);
        expect(Math.abs(shared(a, b) - common)).toBeLessThan(1e-3);
      }),
    );
  });

  it('stand apart where nothing is shared, and one lies in the other where it is a part of it', () => {
    const [a, b] = twoCircles([10, 20], 0);
    expect(b.x - a.x).toBeGreaterThan(a.r + b.r);
    const [whole, part] = twoCircles([20, 5], 5);
    expect(Math.hypot(whole.x - part.x, whole.y - part.y) + part.r).toBeLessThanOrEqual(whole.r + 1e-6);
  });

  it('have areas that counting points finds, too', () => {
    const circles = twoCircles([60, 40], 15);
    const [, onlyFirst, onlySecond, both] = regionAreas(circles);
    expect([onlyFirst, onlySecond, both].map((found) => Math.round(found!))).toEqual([45, 25, 15]);
  });
});

describe('circles of three sets', () => {
  it('have the areas of their sizes, always', () => {
    fc.assert(
      fc.property(size, size, size, fc.tuple(size, size, size), (a, b, c, shared) => {
        const [ab, ac, bc] = shared;
        const common = [Math.min(ab, a, b), Math.min(ac, a, c), Math.min(bc, b, c)] as const;
        const circles = threeCircles([a, b, c], common);
        expect(circles.map((circle) => Math.round(area(circle)))).toEqual([a, b, c]);
      }),
      { numRuns: 30 },
    );
  });

  it('share what pairs share, where circles can', () => {
    const [a, b, c] = threeCircles([100, 80, 60], [20, 15, 10]);
    expect([shared(a, b), shared(a, c), shared(b, c)].map((found) => Math.round(found * 10) / 10)).toEqual([
      20, 15, 10,
    ]);
  });

  it('stand apart where a pair shares nothing', () => {
    const [a, b, c] = threeCircles([100, 80, 60], [20, 0, 10]);
    expect(shared(a, c)).toBe(0);
    expect([shared(a, b), shared(b, c)].map(Math.round)).toEqual([20, 10]);
  });
});
