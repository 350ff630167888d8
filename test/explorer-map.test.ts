import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classesOf, classOf } from '../explorer/src/map/classes.ts';
import { loadShapes, type Shape } from '../explorer/src/map/france.ts';
import { areaOf, contains, ringsOf } from '../explorer/src/map/outline.ts';
import { project, squareKilometres } from '../explorer/src/map/projection.ts';
import { ARROWS, nearestTowards } from '../explorer/src/map/step.ts';

const shapes = await loadShapes();
const byCode = new Map(shapes.map((shape) => [shape.code, shape]));

describe('the map of France', () => {
  it('has the 101 départements, each once, those overseas as squares', () => {
    expect(byCode.size).toBe(101);
    expect(shapes.filter(({ isOverseas }) => isOverseas).map(({ code }) => code)).toEqual([
      ...['971', '972', '973', '974', '976'],
    ]);
  });

  it('places communes in their own départements', () => {
    const file = new URL('../seed/data/communes/territories.csv', import.meta.url);
    const rows = parse(readFileSync(file, 'utf8'), { columns: true }) as Record<string, string>[];
    const located = rows.filter(({ level, latitude, code = '' }) => level === 'COMMUNE' && latitude && code < '97');
    expect(located.length).toBeGreaterThan(8_000);
    const own = located.filter(({ code = '', latitude, longitude }) =>
      contains(
        byCode.get(code.slice(0, 2))!.rings,
        project({ latitude: Number(latitude), longitude: Number(longitude) }),
      ),
    );
    // The outlines are simplified: what lies at a border, or on an island, may fall outside.
    expect(own.length / located.length).toBeGreaterThan(0.99);
  });

  it.each([
    ['Haute-Garonne', '31', 6_309],
    ['Gironde', '33', 10_000],
    ['Corse-du-Sud', '2A', 4_014],
    ['Nord', '59', 5_743],
    ['Var', '83', 5_973],
  ])('measures the area of %s', (_, code, squareKm) => {
    expect(byCode.get(code)!.squareKm / squareKm).toBeGreaterThan(0.97);
    expect(byCode.get(code)!.squareKm / squareKm).toBeLessThan(1.03);
  });

  it('measures metropolitan France as a whole', () => {
    const metropolitan = shapes.filter(({ isOverseas }) => !isOverseas);
    expect(metropolitan.reduce((sum, { squareKm }) => sum + squareKm, 0) / 543_940).toBeCloseTo(1, 1);
  });

  it('reads the rings of a path, and the area of a square', () => {
    const rings = ringsOf('m 10,500 4,0 0,4 -4,0 z m 20,0 1,0 0,1 -1,0 z');
    expect(rings.map((ring) => ring[0])).toEqual([
      [10, 500],
      [30, 500],
    ]);
    expect(areaOf(rings) / (17 * squareKilometres(502))).toBeCloseTo(1, 2);
    expect([contains(rings, [12, 502]), contains(rings, [20, 502])]).toEqual([true, false]);
  });

  it('is walked by the arrow keys to every département of the mainland', () => {
    const mainland = shapes.filter(({ isOverseas, code }) => !isOverseas && !code.startsWith('2A') && code !== '2B');
    const reached = new Set<Shape>([byCode.get('63')!]);
    for (const shape of reached) {
      for (const direction of Object.values(ARROWS)) {
        const next = nearestTowards(shapes, shape, direction);
        if (next) reached.add(next);
      }
    }
    expect(mainland.filter((shape) => !reached.has(shape)).map(({ code }) => code)).toEqual([]);
  });
});

describe('classes of a legend', () => {
  it('hold every value, in order, without a gap for one', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 110 }), (values) => {
        const classes = classesOf(values);
        const positive = values.filter((value) => value > 0);
        expect(classes.reduce((sum, { count }) => sum + count, 0)).toBe(positive.length);
        expect(classes.length).toBeLessThanOrEqual(5);
        for (const value of positive) {
          const { from, to } = classes[classOf(classes, value)]!;
          expect(value >= from && value <= to).toBe(true);
        }
        expect(classOf(classes, 0)).toBe(-1);
      }),
    );
  });
});
