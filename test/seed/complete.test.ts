import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { drawnFacts, drawnOfLists, SEED_OF_DRAW, SEED_OF_LISTS, shownFact } from '../../seed/convert/sample.ts';
import { fold } from '../../src/domain/fold.ts';
import { isPartialDate } from '../../src/domain/partial-date.ts';

// How complete the seed is: what a person who knows the field would miss first. The figures are floors, not aims.

type Row = Readonly<Record<string, string>>;

const read = (path: string): Row[] =>
  parse(readFileSync(new URL(`../../seed/data/${path}.csv`, import.meta.url)), { columns: true }) as Row[];
const listOf = (cell: string | undefined): string[] => (cell ? cell.split(';') : []);

const [networks, memberships, labels, sources, indicators, claims, topics] = [
  'networks',
  'memberships',
  'labels',
  'sources',
  'indicators',
  'claims',
  'topics',
].map((file) => read(`curated/${file}`)) as [Row[], Row[], Row[], Row[], Row[], Row[], Row[]];

/** Whether a claim about a field says what is known instead, or why nothing is. */
const hasClaim = (about: string, ...fields: string[]): boolean =>
  claims.some((claim) => claim.about === about && fields.includes(claim.field!));

const holdsToday = new Set(
  labels
    .filter(({ label, until }) => label === 'topic/label-pole-de-competitivite' && until === '')
    .map(({ network }) => network),
);
const today = networks.filter(({ id }) => holdsToday.has(id));

describe('networks of the seed', () => {
  it('have members: 85 poles and 20 clusters at least, each membership with its sources', () => {
    const withMembers = new Set(memberships.map(({ network }) => network));
    const count = (type: string): number =>
      networks.filter((row) => row.type === type && withMembers.has(row.id)).length;
    expect(count('POLE')).toBeGreaterThanOrEqual(85);
    expect(count('CLUSTER')).toBeGreaterThanOrEqual(20);
    expect(memberships.length).toBeGreaterThanOrEqual(900);
    expect(memberships.filter((row) => row.sources === '')).toEqual([]);
  });

  it.each<[what: string, lacks: (row: Row) => boolean]>([
    ['a website, or a claim that says why none', ({ id, website }) => !website && !hasClaim(id!, 'website')],
    [
      'a seat, or a claim about it',
      ({ id, territory, city }) => !territory && !city && !hasClaim(id!, 'territory', 'city'),
    ],
    [
      'a dated number of members, or a claim with one that has no date',
      ({ id }) =>
        !indicators.some((row) => row.about === id && row.measure === 'members' && row.from) &&
        !hasClaim(id!, 'members'),
    ],
    [
      'a market or a technology',
      ({ topics: own }) =>
        !listOf(own).some((id) =>
          ['MARKET', 'TECHNOLOGY'].includes(topics.find((topic) => topic.id === id)?.scheme ?? ''),
        ),
    ],
    ['a description in both languages', ({ description, descriptionEn }) => !description || !descriptionEn],
  ])('that hold the label of a pole today have %s', (_, lacks) => {
    expect(today).toHaveLength(56);
    expect(today.filter(lacks).map(({ id }) => id)).toEqual([]);
  });

  it('have topics that search finds by the words of their English names', () => {
    // Search reads names and other names.
    const wordsOf = (text: string): string[] => fold(text.replace(/ \(.*\)$/, '')).split(' ');
    const lacking = topics.filter(({ name, nameEn, aliases }) => {
      const found = new Set([name!, ...listOf(aliases)].flatMap(wordsOf));
      return nameEn && !found.has(wordsOf(nameEn)[0]!);
    });
    expect(lacking.map(({ id, nameEn }) => [id, nameEn])).toEqual([]);
  });

  it('have markets and technologies with English names', () => {
    const named = topics.filter(({ scheme }) => scheme === 'MARKET' || scheme === 'TECHNOLOGY');
    expect(named.length).toBeGreaterThan(600);
    expect(named.filter(({ nameEn }) => nameEn === '')).toEqual([]);
  });
});

describe('sources of the seed', () => {
  const byId = new Map(sources.map((row) => [row.id, row]));
  const facts =
    'networks organisations memberships successions labels projects participations partnerships indicators claims'
      .split(' ')
      .flatMap((file) => read(`curated/${file}`));
  const share = (isDated: (row: Row) => boolean): number =>
    facts.filter((fact) => listOf(fact.sources).some((id) => isDated(byId.get(id) ?? {}))).length / facts.length;

  it('have titles that are no addresses', () => {
    const address = /https?:|www\.|\.(?:fr|com|org|eu|net)\b|\bnode[ /]\d+|\.html?\b|^[a-z0-9]+(?:-[a-z0-9]+)+$/;
    expect(sources.filter(({ title }) => address.test(title!)).map(({ title }) => title)).toEqual([]);
  });

  // What "dated" means stands in seed/SOURCES.md: published, or read, on a known day, month or year.
  it('are dated for 99 of 100 facts: published on a known date for 90, read on a known day for the others', () => {
    expect(share(({ publishedOn }) => Boolean(publishedOn))).toBeGreaterThanOrEqual(0.9);
    expect(share(({ publishedOn, consultedOn }) => Boolean(publishedOn || consultedOn))).toBeGreaterThan(0.99);
  });

  it('have dates with a reason where the page shows none', () => {
    const inferred = parse(readFileSync(new URL('../../seed/convert/tables/source-dates.csv', import.meta.url)), {
      columns: true,
    }) as Row[];
    expect(inferred.filter(({ date, reason }) => !isPartialDate(date!) || !reason)).toEqual([]);
    const dateOf = new Map(sources.map((row) => [row.url, row.publishedOn]));
    expect(inferred.filter(({ url, date }) => dateOf.get(url) !== date)).toEqual([]);
  });
});

describe('projects of the Investissements d’avenir', () => {
  it('have a title, and a programme that has a name', () => {
    const projects = read('dgpie/projects');
    expect(projects.filter(({ title }) => title === '')).toEqual([]);
    const codes = projects.filter(({ programme }) => programme?.startsWith("Investissements d'avenir ("));
    expect(codes.map(({ programme }) => programme)).toEqual([]);
  });
});

describe('docs/data-sample.md', () => {
  const page = readFileSync(new URL('../../docs/data-sample.md', import.meta.url), 'utf8');
  const cells = (line: string) => line.split(/(?<!\\)\|/).map((cell) => cell.trim());
  const rowsOf = (pattern: RegExp) => page.split('\n').flatMap((line) => (pattern.test(line) ? [cells(line)] : []));

  it.each([
    ['hundred facts of the curated files', /^\| \d+ /, () => drawnFacts(100, SEED_OF_DRAW)],
    ['thirty facts of the lists', /^\| L\d+ /, () => drawnOfLists(SEED_OF_LISTS)],
  ] as const)('checks the %s that its seed draws, each with its result', (_, pattern, draw) => {
    const rows = rowsOf(pattern);
    expect(rows.map(([, , file, fact]) => `${file}: ${fact}`)).toEqual(
      draw().map((fact) => `${fact.file}: ${shownFact(fact)}`),
    );
    expect(rows.filter(([, , , , checkedAgainst, result]) => !checkedAgainst || !result?.startsWith('right'))).toEqual(
      [],
    );
  });
});
