import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../seed/convert/ror.ts';
import { kilometres } from '../../src/domain/distance.ts';
import { identifierProblem } from '../../src/domain/identifier.ts';
import { isPartialDate } from '../../src/domain/partial-date.ts';
import { isSchool } from '../../src/domain/school-name.ts';
import { KnownOrganisations } from '../../src/transfer/connectors/known-organisations.ts';
import { matchRor } from '../../src/transfer/connectors/ror.ts';
import type { RorRecord } from '../../src/transfer/connectors/ror-record.ts';

type Row = Readonly<Record<string, string>>;

const read = (path: string): Row[] =>
  parse(readFileSync(new URL(`../../seed/data/${path}.csv`, import.meta.url)), { columns: true }) as Row[];

const organisations = ['curated', 'anr', 'dgpie'].flatMap((part) => read(`${part}/organisations`));
const territories = ['curated', 'communes', 'anr'].flatMap((part) => read(`${part}/territories`));
const located = new Set(territories.filter(({ latitude }) => latitude).map(({ id }) => id));
const matched = organisations.filter(({ ror }) => ror);
const byId = new Map(organisations.map((row) => [row.id, row]));

describe('the organisations of the seed', () => {
  it('have a record of ROR where name, place and kind hold it, and coordinates with it', () => {
    expect(matched.length).toBeGreaterThan(1_650);
    expect(matched.filter(({ territory }) => located.has(territory!)).length).toBeGreaterThan(1_500);
    expect(matched.filter(({ sources }) => !sources!.split(';').includes('source/ror-2026'))).toEqual([]);
    expect(byId.get('organisation/cnrs')).toMatchObject({ ror: '02feahw73', wikidata: 'Q280413', foundedOn: '1939' });
  });

  it('have identifiers of their own, each in its registry’s form', () => {
    for (const [field, scheme] of [
      ['ror', 'ROR'],
      ['isni', 'ISNI'],
      ['wikidata', 'WIKIDATA'],
    ] as const) {
      const values = organisations.map((row) => row[field]!).filter((value) => value);
      expect(new Set(values).size, field).toBe(values.length);
      expect(values.filter((value) => identifierProblem(scheme, value) !== null)).toEqual([]);
      expect(values.length, field).toBeGreaterThan(1_000);
    }
    expect(matched.filter(({ foundedOn }) => foundedOn !== '' && !isPartialDate(foundedOn!))).toEqual([]);
  });

  it('train where they are universities and schools, and do research in their laboratories', () => {
    const kinds = Map.groupBy(organisations, ({ kind }) => kind);
    expect(kinds.get('TRAINING')!.length).toBeGreaterThan(2_000);
    expect(kinds.get('RESEARCH')!.length).toBeGreaterThan(8_000);
    expect(byId.get('organisation/universite-de-strasbourg')?.kind).toBe('TRAINING');
    expect(byId.get('organisation/rnsr-200711886U')?.kind).toBe('RESEARCH');
    expect(
      ['University of Geneva', 'Ecole Navale', 'INSA Lyon', 'Bar Ilan University (BIU)'].filter(isSchool),
    ).toHaveLength(4);
    expect(
      ['University of Zurich / Institute of Geography', 'INSERM', 'Universitätsklinikum Ulm, Klinik', 'IUT-Lab'].filter(
        isSchool,
      ),
    ).toEqual([]);
  });

  it('leave a likeness that place, kind or another record speaks against as a claim that says why', () => {
    const doubts = read('dgpie/claims').filter(({ field }) => field === 'ror');
    expect(doubts.length).toBeGreaterThan(200);
    expect(doubts.filter(({ inferred, preferred }) => inferred !== 'true' || preferred !== 'false')).toEqual([]);
    expect(doubts.filter(({ about }) => !byId.has(about!) || byId.get(about!)!.ror)).toEqual([]);
    expect(doubts.find(({ about }) => about === 'organisation/institut-pasteur-abidjan')?.note).toMatch(/autre lieu/);
  });

  it('are affiliated with others as ROR and names say, each once, without a circle', () => {
    const affiliations = read('dgpie/affiliations');
    const ends = affiliations.map(({ organisation, parent }) => `${organisation} ${parent}`);
    expect(new Set(ends).size).toBe(ends.length);
    const registered = affiliations.filter(({ sources }) => sources === 'source/ror-2026');
    expect(registered.length).toBeGreaterThan(2_900);
    expect(
      registered.filter(({ organisation, parent }) => !byId.get(organisation!)?.ror || !byId.get(parent!)?.ror),
    ).toEqual([]);
    const above = Map.groupBy(affiliations, ({ organisation }) => organisation);
    const heightOf = (id: string | undefined, below: readonly unknown[] = []): number => {
      if (below.includes(id)) throw new Error(`${id} is affiliated with itself.`);
      return Math.max(0, ...(above.get(id) ?? []).map(({ parent }) => 1 + heightOf(parent, [...below, id])));
    };
    expect(Math.max(...affiliations.map(({ organisation }) => heightOf(organisation)))).toBeLessThanOrEqual(4);
    expect(ends).toContain('organisation/rnsr-193719314X organisation/cnrs');
  });

  it('are in a country where the dump gives one', () => {
    const abroad = new Set(read('anr/territories').map(({ id }) => id));
    expect(abroad.size).toBeGreaterThan(100);
    expect(organisations.filter(({ territory }) => abroad.has(territory!)).length).toBeGreaterThan(3_500);
    expect(byId.get('organisation/teagasc')).toMatchObject({ territory: 'territory/ie', city: 'Wexford' });
    expect(organisations.filter(({ city }) => city === 'Allemagne')).toEqual([]);
  });
});

describe('the communes of the seed', () => {
  it('have coordinates where GeoNames or records of ROR give them', () => {
    expect(located.size).toBeGreaterThan(8_000);
    const seated = organisations.filter(({ territory }) => territory?.startsWith('territory/commune-'));
    expect(seated.filter(({ territory }) => located.has(territory!)).length / seated.length).toBeGreaterThan(0.97);
    const paris = territories.find(({ id }) => id === 'territory/commune-75056')!;
    const middle = { latitude: 48.8566, longitude: 2.3522 };
    expect(kilometres({ latitude: Number(paris.latitude), longitude: Number(paris.longitude) }, middle)).toBeLessThan(
      1,
    );
  });
});

describe('a match with ROR', () => {
  const NAME = 'Laboratoire de Génie Chimique';
  const record = (id: string, { name = NAME, ...more }: Partial<RorRecord> & { name?: string } = {}): RorRecord => ({
    id: `https://ror.org/${id}`,
    status: 'active',
    types: ['facility'],
    names: [{ value: name, types: ['ror_display'] }],
    locations: [{ geonames_details: { name: 'Grenoble', lat: 45.18869, lng: 5.72478 } }],
    ...more,
  });
  // Saint-Martin-d'Hères is 5 km from the middle of Grenoble.
  const SEATS: Readonly<Record<string, [number, number]>> = {
    Grenoble: [45.18869, 5.72478],
    'St Martin': [45.1784, 5.7536],
    Toulouse: [43.60426, 1.44367],
  };
  const ours = (id: string, city: string, more: Partial<Candidate> = {}): Candidate => ({
    id,
    ...{ name: 'LABORATOIRE DE GENIE CHIMIQUE', aliases: null, kind: 'RESEARCH', city: null },
    seats: city === '' ? [] : [[city, SEATS[city]?.[0] ?? null, SEATS[city]?.[1] ?? null]],
    ...{ isCurated: false, projects: 1 },
    ...more,
  });
  const matched = async (candidates: Candidate[], records = [record('0aaaaaa11')]) => {
    const precedence = { isFirst: (one: Candidate) => one.isCurated, projectsOf: (one: Candidate) => one.projects };
    return (await matchRor(records, new KnownOrganisations(candidates), precedence)).found;
  };
  const grounds = async (candidates: Candidate[], records?: RorRecord[]) => {
    const { matches, doubtful } = await matched(candidates, records);
    const inWords = (why: (typeof doubtful)[number]['why']): string =>
      typeof why === 'string' ? why : 'given' in why ? `the record is ${why.given}` : `which is ${why.is}`;
    return [
      ...[...matches.values()].map(({ known: { id }, ground }) => `${id}: ${ground}`),
      ...doubtful.map(({ known: { id }, why }) => `${id}: ${inWords(why)}`),
    ];
  };

  it('needs the same name and the same place, or one near', async () => {
    expect(await grounds([ours('a', 'Grenoble')])).toEqual(['a: name and place']);
    expect(await grounds([ours('a', 'GRENOBLE CEDEX 9')])).toEqual(['a: name and place']);
    expect(await grounds([ours('a', 'St Martin')])).toEqual(['a: name and neighbourhood']);
    expect(await grounds([ours('a', 'Toulouse')])).toEqual(['a: another place']);
    expect(await grounds([ours('a', 'Springfield')])).toEqual(['a: another place']);
    expect(await grounds([ours('a', '', { name: 'Laboratoire de chimie' })])).toEqual([]);
  });

  it('needs a telling name where no place is known', async () => {
    expect(await grounds([ours('a', '')])).toEqual(['a: name alone']);
    expect(await grounds([ours('a', '', { name: 'LGC' })], [record('0aaaaaa11', { name: 'LGC' })])).toEqual([
      'a: a short name',
    ]);
    const university = record('0aaaaaa11', { name: 'Université de Grenoble', types: ['education'] });
    expect(await grounds([ours('a', '', { name: 'Université de Grenoble' })], [university])).toEqual(['a: name alone']);
  });

  it('is none of a company with a laboratory', async () => {
    expect(await grounds([ours('a', 'Grenoble', { kind: 'COMPANY' })])).toEqual(['a: another kind']);
  });

  it('gives a record to one organisation and an organisation one record', async () => {
    const twice = [ours('a', 'Grenoble'), ours('b', 'Grenoble', { projects: 9 })];
    expect(await grounds(twice)).toEqual(['b: name and place', 'a: the record is b']);
    const curated = [ours('a', '', { isCurated: true }), ours('b', 'Grenoble')];
    expect(await grounds(curated)).toEqual(['a: name alone', 'b: the record is a']);
    const both = [record('0aaaaaa11'), record('0bbbbbb22')];
    expect(await grounds([ours('a', 'Grenoble')], both)).toEqual(['a: several records', 'a: several records']);
    const old = [record('0aaaaaa11', { status: 'inactive' }), record('0bbbbbb22')];
    expect([...(await matched([ours('a', 'Grenoble')], old)).matches.keys()]).toEqual(['0bbbbbb22']);
    const numbered = [ours('a', 'Toulouse', { ror: '0aaaaaa11' }), ours('b', 'Grenoble')];
    expect(await grounds(numbered)).toEqual(['a: identifier']);
  });
});
