import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { isGlobalId } from '../../src/domain/global-id.ts';
import { identifierProblem } from '../../src/domain/identifier.ts';
import { isPartialDate, partialDate } from '../../src/domain/partial-date.ts';
import { holds, isInverted } from '../../src/domain/period.ts';
import {
  MEMBERSHIP_ROLES,
  ORGANISATION_KINDS,
  PARTICIPATION_ROLES,
  PARTNERSHIP_KINDS,
  POLE_RANKS,
  SUCCESSION_KINDS,
  TERRITORY_LEVELS,
  TOPIC_SCHEMES,
} from '../../src/domain/vocabulary.ts';
import {
  actors,
  byId,
  data,
  dateOf,
  everything,
  FILES,
  type FileName,
  FORMATS,
  KEYS,
  labels,
  listOf,
  networks,
  placeOf,
  projects,
  type Row,
  rowsOf,
  sources,
  structureOf,
  territories,
  topics,
} from './curated-files.ts';

describe('the curated files', () => {
  it.each(FILES)('%s has the columns that the import knows, and those that it requires', (file) => {
    const { required, optional } = FORMATS[file];
    const [header] = parse(readFileSync(join(data, 'curated', file)), { toLine: 1 }) as string[][];
    expect([...required.split(' '), ...optional.split(' ')]).toEqual(expect.arrayContaining(header!));
    expect(header).toEqual(expect.arrayContaining(required.split(' ')));
    for (const row of rowsOf(file)) for (const column of required.split(' ')) expect(row[column]).not.toBe('');
  });

  it('give every node an identifier of its own, readable and well-formed', () => {
    const seen = new Set<string>();
    for (const file of FILES) {
      for (const { id } of rowsOf(file)) {
        if (id === undefined) continue;
        expect(isGlobalId(id), id).toBe(true);
        expect(seen.has(id), id).toBe(false);
        seen.add(id);
      }
    }
    for (const id of sources) expect(id.length).toBeLessThan(100);
  });

  it.each(Object.keys(KEYS) as FileName[])('%s says nothing twice', (file) => {
    const keys = rowsOf(file).map((row) => KEYS[file]!.map((column) => row[column]).join(' | '));
    const same = Map.groupBy(keys, (key) => key);
    expect([...same.keys()].filter((key) => same.get(key)!.length > 1)).toEqual([]);
  });

  it('write only dates, and no end before its beginning', () => {
    const columns = [
      'since',
      'until',
      'foundedOn',
      'dissolvedOn',
      'start',
      'end',
      'from',
      'to',
      'publishedOn',
      'consultedOn',
      'attestedOn',
    ];
    for (const file of FILES) {
      for (const row of rowsOf(file)) {
        for (const column of columns) {
          const isActor = row[column]?.includes('/');
          if (!row[column] || isActor) continue;
          for (const date of listOf(row[column])) expect(isPartialDate(date), `${file}: ${column} ${date}`).toBe(true);
        }
        if ('until' in row) {
          const period = { since: dateOf(row.since), until: dateOf(row.until) };
          expect(isInverted(period), JSON.stringify(row)).toBe(false);
        }
      }
    }
  });

  it('take every word from its vocabulary', () => {
    const words: readonly [FileName, string, readonly string[]][] = [
      ['territories.csv', 'level', TERRITORY_LEVELS],
      ['topics.csv', 'scheme', TOPIC_SCHEMES],
      ['organisations.csv', 'kind', ORGANISATION_KINDS],
      ['networks.csv', 'type', ['POLE', 'CLUSTER']],
      ['networks.csv', 'rank', ['', ...POLE_RANKS]],
      ['memberships.csv', 'role', MEMBERSHIP_ROLES],
      ['partnerships.csv', 'kind', PARTNERSHIP_KINDS.filter((kind) => kind !== 'PROJECT')],
      ['participations.csv', 'role', PARTICIPATION_ROLES],
      ['successions.csv', 'kind', SUCCESSION_KINDS],
      ['claims.csv', 'preferred', ['true', 'false']],
      ['claims.csv', 'inferred', ['true', 'false']],
    ];
    for (const [file, column, vocabulary] of words) {
      const used = new Set(rowsOf(file).map((row) => row[column]!));
      expect(vocabulary, `${file}: ${column}`).toEqual(expect.arrayContaining([...used]));
    }
    for (const { cordisPic } of rowsOf('networks.csv')) {
      if (cordisPic) expect(identifierProblem('CORDIS_PIC', cordisPic)).toBeNull();
    }
  });

  it('refer only to what is there', () => {
    const references: readonly [FileName, string, ReadonlySet<string>][] = [
      ['territory_parts.csv', 'part', territories],
      ['territory_parts.csv', 'whole', territories],
      ['organisations.csv', 'territory', territories],
      ['organisations.csv', 'topics', topics],
      ['networks.csv', 'territory', territories],
      ['networks.csv', 'covers', territories],
      ['networks.csv', 'topics', topics],
      ['memberships.csv', 'member', actors],
      ['memberships.csv', 'network', networks],
      ['partnerships.csv', 'from', actors],
      ['partnerships.csv', 'to', actors],
      ['projects.csv', 'labelledBy', networks],
      ['participations.csv', 'project', projects],
      ['participations.csv', 'participant', actors],
      ['successions.csv', 'from', networks],
      ['successions.csv', 'to', networks],
      ['labels.csv', 'network', networks],
      ['labels.csv', 'label', labels],
      ['indicators.csv', 'about', new Set([...actors, ...territories])],
      ['claims.csv', 'about', everything],
    ];
    for (const [file, column, known] of references) {
      const unknown = rowsOf(file).flatMap((row) =>
        listOf(row[column])
          .map(placeOf)
          .filter((id) => !known.has(id)),
      );
      expect(unknown, `${file}: ${column}`).toEqual([]);
    }
  });

  it('name at least one source, one that exists, for every fact', () => {
    for (const file of FILES) {
      if (!FORMATS[file].required.includes('sources')) continue;
      for (const row of rowsOf(file)) {
        const cited = listOf(row.sources);
        expect(cited.length, JSON.stringify(row)).toBeGreaterThan(0);
        expect(cited.filter((id) => !sources.has(id))).toEqual([]);
        expect(new Set(cited).size).toBe(cited.length);
      }
    }
  });
});

describe('the topics', () => {
  it('have a name in English, and the notions of the field a sourced definition in both languages', () => {
    for (const topic of rowsOf('topics.csv')) {
      if (topic.scheme === 'LABEL') continue;
      expect(topic.nameEn, topic.id).not.toBe('');
      if (topic.scheme !== 'CONCEPT') continue;
      expect(topic.definition, topic.id).not.toBe('');
      expect(topic.definitionEn, topic.id).not.toBe('');
      expect(listOf(topic.sources).length, topic.id).toBeGreaterThan(0);
    }
    expect(byId('topics.csv', 'topic/label-pole-de-competitivite').definition).toMatch(/amont/);
    expect(byId('topics.csv', 'topic/concept-cluster').definition).toMatch(/aval/);
  });

  it('lead from relocation to the networks of which pages speak of it', () => {
    const about = rowsOf('networks.csv').filter(({ topics }) =>
      listOf(topics).includes('topic/concept-delocalisation'),
    );
    for (const { id } of about) {
      const said = rowsOf('claims.csv').filter(
        (claim) => claim.about === id && ['délocalisation', 'production locale'].includes(claim.field!),
      );
      expect(said.length, id).toBeGreaterThan(0);
    }
    expect(about.map(({ id }) => id)).toEqual(expect.arrayContaining(['cluster/mecanic-vallee', 'cluster/mecaloire']));
  });
});

describe('the relationships', () => {
  it('begin and end within the lifespan of the structures that they join', () => {
    const lifespans = new Map(rowsOf('networks.csv').map((row) => [row.id!, structureOf(row)]));
    const ends = (row: Row) =>
      [row.member, row.network, row.from, row.to].flatMap((id) => lifespans.get(id ?? '') ?? []);
    for (const row of [...rowsOf('memberships.csv'), ...rowsOf('partnerships.csv')]) {
      for (const date of [row.since, row.until, ...listOf(row.attestedOn)]) {
        if (!date) continue;
        for (const lifespan of ends(row)) expect(holds(lifespan, partialDate(date)), JSON.stringify(row)).toBe(true);
      }
    }
  });

  it('make no member of an organisation that was only cited', () => {
    const labels = rowsOf('memberships.csv').map(({ roleLabel }) => roleLabel);
    expect(
      labels.filter((label) => /acteur cité|entreprise|impliquée|présent|bénéficiaire|projet Neofertil/.test(label!)),
    ).toEqual([]);
  });

  it('let a cluster be a member of a pole, and the founders of an institute its partners', () => {
    const ofCimes = rowsOf('memberships.csv').filter(({ network }) => network === 'pole/cimes');
    expect(ofCimes.map(({ member }) => member)).toContain('cluster/mecaloire');
    const ofInstitute = rowsOf('partnerships.csv').filter(({ to }) => to === 'organisation/irt-saint-exupery');
    expect(ofInstitute).toHaveLength(12);
    expect(new Set(ofInstitute.map(({ kind }) => kind))).toEqual(new Set(['OTHER']));
  });

  it('join every two parties of an agreement of many', () => {
    const charter = rowsOf('partnerships.csv').filter(({ kind }) => kind === 'CHARTER');
    expect(charter).toHaveLength((13 * 12) / 2);
    expect(new Set(charter.map(({ parties }) => parties))).toEqual(new Set(['13']));
  });

  it('keep labelling a project apart from taking part in it', () => {
    for (const { id, labelledBy } of rowsOf('projects.csv')) {
      const participants = rowsOf('participations.csv').filter(({ project }) => project === id);
      for (const network of listOf(labelledBy)) {
        expect(participants.map(({ participant }) => participant)).not.toContain(network);
      }
    }
  });
});

describe('the members', () => {
  it('are known of 85 poles and 20 clusters, 900 memberships in all, each with its source', () => {
    const rows = rowsOf('memberships.csv');
    const joined = new Set(rows.map(({ network }) => network!));
    const withMembers = (prefix: string) => [...joined].filter((id) => id.startsWith(prefix)).length;
    expect(rows.length).toBeGreaterThanOrEqual(900);
    expect(withMembers('pole/')).toBeGreaterThanOrEqual(85);
    expect(withMembers('cluster/')).toBeGreaterThanOrEqual(20);
  });

  it('are one organisation under all of its names, as their sources write them', () => {
    const engie = rowsOf('memberships.csv').filter(({ member }) => member === 'organisation/engie');
    expect(engie.flatMap(({ writtenAs }) => listOf(writtenAs))).toContain('GDF-Suez');
    const names = new Set(rowsOf('organisations.csv').map(({ name }) => name));
    for (const former of ['GDF-Suez', 'DCNS', 'DCN', 'INRA', 'Inra', 'IFP', 'IFPEN', 'Lyonnaise des Eaux']) {
      expect(names.has(former), former).toBe(false);
    }
  });

  it('do not rest on one weak page', () => {
    const weak = rowsOf('claims.csv').filter(({ note }) => note?.includes("n'est pas repris parmi les membres"));
    expect(weak.length).toBeGreaterThan(50);
    const bnp = rowsOf('memberships.csv').filter(({ network }) => network === 'cluster/aerocentre');
    expect(bnp.map(({ member }) => member)).not.toContain('organisation/groupe-banque-populaire');
  });
});

describe('the sources', () => {
  it('have titles that no address made, and no address of a copy', () => {
    for (const { id, title, url } of rowsOf('sources.csv')) {
      expect(title, id).not.toMatch(/\w\.(?:fr|com|net|org)\b/);
      if (!url) continue;
      const { hostname } = new URL(url);
      expect(hostname, id).not.toMatch(
        /^(?:test|dev|recette|amp)\.|testing|staging|doczz|fdokumen|docsbay|profilbaru|scoop\.it/,
      );
    }
  });

  it.each([
    ['published, for eight of ten curated facts', ['publishedOn'], 0.8],
    ['published or consulted, for nine of ten', ['publishedOn', 'consultedOn'], 0.9],
  ])('say when they were %s', (_, dates, least) => {
    const dated = new Set(
      rowsOf('sources.csv')
        .filter((source) => dates.some((date) => source[date]))
        .map(({ id }) => id!),
    );
    const facts = FILES.filter((file) => FORMATS[file].required.includes('sources')).flatMap(rowsOf);
    const share = facts.filter(({ sources }) => listOf(sources).some((id) => dated.has(id))).length / facts.length;
    expect(share).toBeGreaterThan(least);
  });
});

describe('the figures and claims', () => {
  it('give Mecanic Vallée 210 companies in 2016, and France its counts of poles', () => {
    const figures = rowsOf('indicators.csv').map(({ about, measure, value, from, to }) => [
      about,
      measure,
      value,
      from,
      to,
    ]);
    expect(figures).toContainEqual(['cluster/mecanic-vallee', 'companies', '210', '2016', '']);
    expect(figures).toContainEqual(['territory/fr', 'poles', '71', '2007-07-05', '2013']);
    expect(figures).toContainEqual(['territory/fr', 'clusters', '126', '2011-01-21', '']);
    expect(figures).toContainEqual(['territory/fr', 'poles', '74', '2016', '']);
  });

  it('prefer what the field itself shows, and one value only', () => {
    const single = ['name', 'since', 'until', 'foundedOn', 'rank', 'city'];
    const preferred = rowsOf('claims.csv').filter(({ about, field, preferred }) => {
      return preferred === 'true' && networks.has(about!) && single.includes(field!);
    });
    expect(preferred.length).toBeGreaterThan(40);
    for (const { about, field, value } of preferred) expect(byId('networks.csv', about!)[field!], about).toBe(value);
  });
});

describe('the territories', () => {
  it('know the 22 metropolitan régions of before 2016 and the 18 of today', () => {
    const regions = rowsOf('territories.csv').filter(({ level }) => level === 'REGION');
    expect(regions.filter(({ until }) => until === '2015-12-31')).toHaveLength(16);
    expect(regions.filter(({ until }) => until === '')).toHaveLength(18);
    expect(regions.filter(({ since }) => since === '2016-01-01')).toHaveLength(7);
  });

  it('put a département into both of its régions, each in its time, and a commune into its département', () => {
    const wholes = (id: string) => rowsOf('territory_parts.csv').filter(({ part }) => part === id);
    expect(wholes('territory/departement-31')).toEqual([
      { part: 'territory/departement-31', whole: 'territory/region-midi-pyrenees', since: '', until: '2015-12-31' },
      { part: 'territory/departement-31', whole: 'territory/region-occitanie', since: '2016-01-01', until: '' },
    ]);
    expect(wholes('territory/commune-31555').map(({ whole }) => whole)).toEqual(['territory/departement-31']);
    const parts = new Set(rowsOf('territory_parts.csv').map(({ part }) => part));
    expect([...territories].filter((id) => !parts.has(id))).toEqual(['territory/fr']);
  });
});
