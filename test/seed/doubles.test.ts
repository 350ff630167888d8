import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { communeName } from '../../seed/convert/anr-places.ts';
import {
  bareName,
  type Compared,
  sameByName,
  sameByRecord,
  successorsOf,
} from '../../seed/convert/same-organisation.ts';

type Row = Readonly<Record<string, string>>;

const PARTS = ['curated', 'anr', 'dgpie'];
const read = (path: string): Row[] =>
  parse(readFileSync(new URL(`../../seed/data/${path}.csv`, import.meta.url)), { columns: true }) as Row[];
const organisations = PARTS.flatMap((part, index) =>
  read(`${part}/organisations`).map((row): Row => ({ ...row, part: String(index) })),
);

const compared = organisations.map(({ id = '', name = '', part, territory = '', city = '', rnsr = '' }): Compared => {
  const commune = communeName(territory);
  const country = commune === '' && /^territory\/[a-z]{2}$/.test(territory) ? territory : commune && 'territory/fr';
  return { id, name, part: Number(part), city: commune || city, country, rnsr, projects: 0 };
});

const one = (id: string, more: Partial<Compared> = {}): Compared => ({
  ...{ id, name: 'Laboratoire de chimie fine', part: 1, city: 'Pau', country: 'territory/fr', rnsr: '', projects: 1 },
  ...more,
});
const idsOf = (groups: readonly (readonly Compared[])[]): string[][] =>
  groups.map((group) => group.map(({ id }) => id));

describe('the organisations of the seed stand once', () => {
  it.each(['ror', 'isni', 'wikidata', 'siren', 'rnsr', 'cordisPic'])('with one %s', (field) => {
    const given = organisations.filter((row) => row[field]);
    const doubles = [...Map.groupBy(given, (row) => row[field])].filter(([, rows]) => rows.length > 1);
    expect(doubles.map(([value, rows]) => [value, rows.map(({ id }) => id)])).toEqual([]);
  });

  it('with one website and one name', () => {
    const given = organisations.filter(({ website }) => website);
    const key = ({ website, name }: Row): string =>
      `${website!.replace(/^https?:\/\/(?:www\.)?|\/$/g, '').toLowerCase()} ${bareName(name!).toLowerCase()}`;
    expect([...Map.groupBy(given, key)].filter(([, rows]) => rows.length > 1).map(([name]) => name)).toEqual([]);
  });

  it('with one name in one place, but for units whose numbers tell them apart', () => {
    expect(idsOf(sameByName(compared))).toEqual([]);
  });

  it('as a person read them', () => {
    const path = new URL('../../seed/convert/tables/same-organisations.csv', import.meta.url);
    const table = parse(readFileSync(path), { columns: true }) as Row[];
    const ids = new Set(organisations.map(({ id }) => id));
    expect(table.filter(({ organisation }) => ids.has(organisation!))).toEqual([]);
    expect(table.filter(({ reason }) => reason === '')).toEqual([]);
    const cemagref = organisations.filter(({ name, aliases }) =>
      /(?:^|;)cemagref\/irstea(?:;|$)/i.test(`${name};${aliases}`),
    );
    expect(cemagref.map(({ id }) => id)).toEqual(['organisation/cemagref']);
  });

  it('and former ones stay apart from what they became, which claims say with their source', () => {
    const claims = read('dgpie/claims').filter(({ field }) => field === 'successors');
    expect(claims.length).toBeGreaterThan(20);
    expect(claims.find(({ about }) => about === 'organisation/universite-bordeaux-ii-victor-segalen')).toMatchObject({
      ...{ value: 'Université de Bordeaux', note: 'organisation/universite-de-bordeaux', sources: 'source/ror-2026' },
    });
    const ids = new Set(organisations.map(({ id }) => id));
    expect(claims.filter(({ about, note }) => !ids.has(about!) || !ids.has(note!) || about === note)).toEqual([]);
  });
});

describe('two records are one organisation', () => {
  it('where the words of the name and the city are the same, in any order and spelling', () => {
    const turned = one('b', { name: 'CHIMIE FINE (LABORATOIRE)', city: 'Pau Cedex 9' });
    expect(idsOf(sameByName([one('a'), turned, one('c', { city: 'Lille' })]))).toEqual([['a', 'b']]);
    expect(bareName('Bureau de recherches géologiques et minières (BRGM)')).toBe(
      'Bureau de recherches géologiques et minières',
    );
    expect(bareName('Fondation Jean-Jacques Laffont (TSE)')).toBe('Fondation Jean-Jacques Laffont (TSE)');
  });

  it('also where one has no place, if the name tells enough and only one place has it', () => {
    const nowhere = { name: 'Institut de chimie fine et de physique', city: '', country: '' };
    const placed = { ...nowhere, city: 'Pau', country: 'territory/fr' };
    expect(idsOf(sameByName([one('a', placed), one('b', nowhere)]))).toEqual([['a', 'b']]);
    expect(idsOf(sameByName([one('a', placed), one('b', nowhere), one('c', { ...placed, city: 'Lyon' })]))).toEqual([]);
    expect(idsOf(sameByName([one('a'), one('b', { city: '', country: '' })]))).toEqual([]);
    expect(idsOf(sameByName([one('a', placed), one('b', { ...nowhere, country: 'territory/de' })]))).toEqual([]);
  });

  it('unless two numbers, or a number beside the name of an institution, tell them apart', () => {
    const [first, second] = [one('a', { rnsr: '199511947M' }), one('b', { rnsr: '200012345X' })];
    expect(idsOf(sameByName([first, second]))).toEqual([]);
    expect(idsOf(sameByName([first, one('c')]))).toEqual([['a', 'c']]);
    const university = { name: 'Université de Pau' };
    expect(idsOf(sameByName([one('a', { ...university, rnsr: '199511947M' }), one('c', university)]))).toEqual([]);
  });

  it('where one record of a registry is both, and no other', () => {
    const shared = (record: string, other: Compared) => ({ record, holder: one('a'), other });
    expect(idsOf(sameByRecord([shared('r', one('b')), shared('r', one('c'))]))).toEqual([['a', 'b', 'c']]);
    expect(idsOf(sameByRecord([shared('r', one('b')), shared('s', one('b'))]))).toEqual([]);
    expect(idsOf(sameByRecord([shared('r', one('b', { country: 'territory/de' }))]))).toEqual([]);
  });

  it('and go on as that of the earlier part, with a number, in more projects', () => {
    const group = [one('a', { projects: 9 }), one('b', { rnsr: '199511947M' }), one('c', { part: 2, projects: 99 })];
    expect(successorsOf([], [group])).toEqual(
      new Map([
        ['a', 'b'],
        ['c', 'b'],
      ]),
    );
    expect(successorsOf([[one('b'), one('a')]], [[one('a'), one('d', { part: 0 })]])).toEqual(
      new Map([
        ['b', 'd'],
        ['a', 'd'],
      ]),
    );
    expect(() => successorsOf([[one('a'), one('b', { part: 2 })]], [])).toThrow('later part');
  });
});
