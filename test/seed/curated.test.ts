import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { isGlobalId } from '../../src/domain/global-id.ts';
import { identifierProblem } from '../../src/domain/identifier.ts';
import { isPartialDate, type PartialDate, partialDate } from '../../src/domain/partial-date.ts';
import { clip, holds, isInverted, type Span, spanOf } from '../../src/domain/period.ts';
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
import { STATE_COUNTS } from '../support/state-counts.ts';

/** The import's columns, required ones first, as its documentation lists them. */
const FORMATS = {
  'sources.csv': { required: 'id title', optional: 'publisher url publishedOn consultedOn licence' },
  'territories.csv': { required: 'id name level', optional: 'code latitude longitude since until' },
  'territory_parts.csv': { required: 'part whole', optional: 'since until' },
  'topics.csv': {
    required: 'id name scheme',
    optional: 'nameEn broader aliases definition definitionEn sources',
  },
  'organisations.csv': {
    required: 'name kind sources',
    optional:
      'id public size foundedOn acronym aliases website territory city latitude longitude topics siren rnsr ror isni wikidata cordisPic',
  },
  'networks.csv': {
    required: 'type name sources',
    optional:
      'id acronym aliases description descriptionEn website territory city latitude longitude covers topics since until foundedOn dissolvedOn rank siren ror isni wikidata cordisPic',
  },
  'memberships.csv': {
    required: 'member network sources',
    optional: 'id role roleLabel writtenAs since until attestedOn',
  },
  'partnerships.csv': { required: 'from to kind sources', optional: 'id label parties since until attestedOn' },
  'projects.csv': {
    required: 'id name sources',
    optional: 'title summary acronym start end programme funding currency participantCount labelledBy topics',
  },
  'participations.csv': { required: 'project participant sources', optional: 'id role' },
  'successions.csv': { required: 'from to kind sources', optional: 'id since' },
  'labels.csv': { required: 'network label sources', optional: 'id since until attestedOn term conditions' },
  'indicators.csv': { required: 'about measure value from sources', optional: 'id unit to note' },
  'claims.csv': { required: 'about field value sources', optional: 'preferred inferred note' },
} as const;
type FileName = keyof typeof FORMATS;
const FILES = Object.keys(FORMATS) as FileName[];

/** What makes two rows of a file the same row, where it has no identifier. */
const KEYS: Partial<Record<FileName, readonly string[]>> = {
  'territory_parts.csv': ['part', 'whole'],
  'memberships.csv': ['member', 'network', 'role', 'since'],
  'partnerships.csv': ['from', 'to', 'kind', 'label', 'since'],
  'participations.csv': ['project', 'participant', 'role'],
  'successions.csv': ['from', 'to', 'kind'],
  'labels.csv': ['network', 'label', 'since'],
  'indicators.csv': ['about', 'measure', 'from'],
  'claims.csv': ['about', 'field', 'value'],
};

type Row = Readonly<Record<string, string>>;

const data = join(import.meta.dirname, '..', '..', 'seed', 'data');
/** The communes that no network needs come in files of their own, after the others. */
const foldersOf = (file: FileName): string[] => (file.startsWith('territor') ? ['curated', 'communes'] : ['curated']);
const tables = new Map(
  FILES.map((file) => [
    file,
    foldersOf(file).flatMap((folder) => parse(readFileSync(join(data, folder, file)), { columns: true }) as Row[]),
  ]),
);
const rowsOf = (file: FileName): Row[] => tables.get(file)!;
const listOf = (cell: string | undefined): string[] => (cell ? cell.split(';') : []);
const idsOf = (file: FileName): Set<string> => new Set(rowsOf(file).map((row) => row.id!));
const byId = (file: FileName, id: string): Row => rowsOf(file).find((row) => row.id === id)!;

const sources = idsOf('sources.csv');
const territories = idsOf('territories.csv');
const topics = idsOf('topics.csv');
const labels = new Set(rowsOf('topics.csv').flatMap(({ id, scheme }) => (scheme === 'LABEL' ? id! : [])));
const networks = idsOf('networks.csv');
const organisations = idsOf('organisations.csv');
const projects = idsOf('projects.csv');
const actors = new Set([...networks, ...organisations]);
const everything = new Set([...actors, ...projects, ...territories, ...topics, ...sources]);

const dateOf = (cell: string | undefined): PartialDate | null => (cell ? partialDate(cell) : null);
const labelOf = (row: Row): Span => spanOf({ since: dateOf(row.since), until: dateOf(row.until) });
const structureOf = (row: Row): Span => {
  const structure = spanOf({ since: dateOf(row.foundedOn || row.since), until: dateOf(row.dissolvedOn || row.until) });
  const { from } = labelOf(row);
  return row.since && from < structure.from ? { ...structure, from } : structure;
};
const placeOf = (reference: string): string => reference.split('@')[0]!;
const periodOf = (reference: string): string[] => reference.split('@')[1]?.split('..') ?? [];

const poles = rowsOf('networks.csv').filter(({ type }) => type === 'POLE');
/** The poles that hold the State's label on some day of a date. */
const labelledIn = (date: string): Set<string> =>
  new Set(
    rowsOf('labels.csv')
      .filter((row) => row.label === 'topic/label-pole-de-competitivite' && holds(labelOf(row), partialDate(date)))
      .map(({ network }) => network!),
  );

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

describe('the poles and clusters', () => {
  it('are 96 poles and 65 clusters, the research institute being an organisation', () => {
    expect(poles).toHaveLength(96);
    expect(networks.size).toBe(96 + 65);
    expect(byId('organisations.csv', 'organisation/irt-saint-exupery').kind).toBe('RESEARCH');
  });

  it.each(STATE_COUNTS)('had the label as often as the State counted: %s, %i', (date, count) => {
    expect(labelledIn(date).size).toBe(count);
  });

  it.each([...labelledIn('2026')])(
    'describe a pole that holds its label: where it is and what for, in both languages: %s',
    (id) => {
      const pole = byId('networks.csv', id);
      const claimed = (field: string) =>
        rowsOf('claims.csv').filter((claim) => claim.about === id && claim.field === field);
      const figures = rowsOf('indicators.csv').filter(({ about, measure }) => about === id && measure === 'members');
      expect(pole.description!.length, 'description').toBeGreaterThan(30);
      expect(pole.descriptionEn!.length, 'descriptionEn').toBeGreaterThan(30);
      expect(
        listOf(pole.topics).some((topic) => /topic\/(market|technology)-/.test(topic)),
        'topics',
      ).toBe(true);
      // Where no cited page gives it, a claim says so.
      expect(pole.website !== '' || claimed('website').length > 0, 'website').toBe(true);
      expect(pole.territory !== '' || claimed('territory').length > 0, 'territory').toBe(true);
      expect(figures.some(({ from }) => from !== '') || claimed('members').length > 0, 'members').toBe(true);
    },
  );

  it('lack a website, a seat or a dated number of members where no cited page gives it', () => {
    const today = [...labelledIn('2026')].map((id) => byId('networks.csv', id));
    const counted = new Set(rowsOf('indicators.csv').flatMap((row) => (row.measure === 'members' ? row.about! : [])));
    expect(today).toHaveLength(56);
    expect(today.filter(({ territory }) => territory === '').map(({ id }) => id)).toEqual(['pole/aquanova']);
    expect(today.filter(({ website }) => website === '').length).toBeLessThanOrEqual(20);
    expect(today.filter(({ id }) => !counted.has(id!)).map(({ id }) => id)).toEqual([
      'pole/capenergies',
      'pole/enter',
      'pole/pole-europeen-ceramique',
      'pole/team2',
    ]);
  });

  it('lost the label, regained it or had it on conditions', () => {
    const of = (network: string) => rowsOf('labels.csv').filter((row) => row.network === network);
    expect(of('pole/aqua-valley').map(({ since, until }) => [since, until])).toEqual([
      ['2010-05-11', '2018'],
      ['2024-01-08', ''],
    ]);
    expect(of('pole/materalia').at(-1)).toMatchObject({ since: '2023', term: '2023-2026' });
    expect(of('pole/materalia').at(-1)!.conditions).toMatch(/^Un an/);
    const grappes = rowsOf('labels.csv').filter(({ label }) => label === 'topic/label-grappe-d-entreprises');
    expect(new Set(grappes.map(({ since }) => since))).toEqual(new Set(['2010-05-04', '2011-01-21']));
    expect(grappes.length).toBeGreaterThanOrEqual(45);
  });

  it('hold no label of the State after their end, nor before their beginning', () => {
    const poleLabels = rowsOf('labels.csv').filter(({ label }) => label === 'topic/label-pole-de-competitivite');
    for (const { network, since, until } of poleLabels) {
      const label = labelOf({ since: since!, until: until! });
      const dates = byId('networks.csv', network!);
      if (!dates.since) continue;
      expect(label.from >= labelOf(dates).from, network).toBe(true);
      expect(until === '' && dates.until !== '' && label.from > labelOf(dates).to, network).toBe(false);
    }
  });

  it('start with their first merger, rename or federation when they were born of one', () => {
    const since = (id: string) => byId('networks.csv', id).since;
    expect(since('pole/eurobiomed')).toBe('2009');
    expect(since('pole/cara')).toBe('2017-11-21');
    expect(since('pole/nextmove')).toBe('2021-01-07');
    expect(since('pole/materalia')).toBe('2008-12-20');
    expect(since('pole/moveo')).toBe('2006');
    expect(since('pole/derbi-cemater')).toBe('2025');
    expect(since('pole/images-et-reseaux')).toBe('2005');
  });

  it('keep a label year that they inherited as a claim', () => {
    const claimed = rowsOf('claims.csv').filter(({ about, field }) => about === 'pole/eurobiomed' && field === 'since');
    expect(claimed.map(({ value, preferred }) => [value, preferred])).toEqual([
      ['2006', 'false'],
      ['2009', 'true'],
    ]);
  });

  it('end no later than the network that they went on in can have begun', () => {
    // Those that a federation joins go on beside it.
    for (const { from, to, kind, since } of rowsOf('successions.csv').filter(({ kind }) => kind !== 'FEDERATION')) {
      const { until } = byId('networks.csv', from!);
      expect(until, `${from} has no end`).not.toBe('');
      const gap = Number(since!.slice(0, 4)) - Number(until!.slice(0, 4));
      // An effect on 1 January follows an end with the year before.
      expect(since!.endsWith('-01-01') ? 1 : 0, `${from} ${until} → ${to} ${since}`).toBe(gap);
      expect(SUCCESSION_KINDS).toContain(kind);
    }
  });

  it('lead from Orpheme (2009) and Cancer-Bio-Santé (2019) to Eurobiomed', () => {
    const before = rowsOf('successions.csv').filter(({ to }) => to === 'pole/eurobiomed');
    expect(before.map(({ from, since }) => [from, since])).toEqual([
      ['pole/cancer-bio-sante', '2019'],
      ['pole/orpheme', '2009'],
    ]);
    expect([...labelledIn('2016')]).toContain('pole/cancer-bio-sante');
    expect([...labelledIn('2020')]).not.toContain('pole/cancer-bio-sante');
  });

  it('are named once each', () => {
    expect(networks.has('pole/medee')).toBe(false);
    expect(networks.has('cluster/ra-automotive')).toBe(false);
    const twins = ['pole-de-competitivite-mer-bretagne', 'sporaltec', 'association-mecaloire'];
    for (const key of twins) expect(organisations.has(`organisation/${key}`)).toBe(false);
  });

  it('covered the régions of before 2016 that their seats were in', () => {
    const inRhoneAlpes = poles.filter(({ covers }) =>
      listOf(covers).some((one) => one.startsWith('territory/region-rhone-alpes')),
    );
    const twelve =
      'axelera mont-blanc-industries imaginove lutb lyonbiopole minalogic plastipolis sporaltec techtera tenerrdis viameca trimatec';
    expect(inRhoneAlpes.map(({ id }) => id)).toEqual(
      expect.arrayContaining(twelve.split(' ').map((key) => `pole/${key}`)),
    );
    const inferred = rowsOf('claims.csv').filter(({ field, inferred }) => field === 'covers' && inferred === 'true');
    expect(inferred.map(({ about }) => about)).toContain('pole/minalogic');
  });

  it('have their seats, which may move', () => {
    const aerospace = byId('networks.csv', 'pole/aerospace-valley');
    expect(aerospace).toMatchObject({
      since: '2005',
      until: '',
      territory: 'territory/commune-31555',
      city: 'Toulouse',
    });
    expect(byId('networks.csv', 'pole/eurobiomed').territory).toBe(
      'territory/commune-13055@..2022-12-31;territory/commune-34172@2023-01-01..',
    );
    expect(byId('networks.csv', 'pole/scs')).toMatchObject({
      territory: 'territory/commune-06152',
      city: 'Sophia Antipolis',
    });
  });

  it('cover no région before it began or after it ended', () => {
    for (const network of rowsOf('networks.csv')) {
      for (const reference of [...listOf(network.covers), ...listOf(network.territory)]) {
        const territory = byId('territories.csv', placeOf(reference));
        const [since = '', until = ''] = periodOf(reference);
        const written = spanOf({ since: dateOf(since), until: dateOf(until) });
        const both = clip(clip(written, labelOf(territory)), labelOf(network));
        expect(both.from <= both.to, `${network.id} covers ${reference}`).toBe(true);
      }
    }
  });

  it('leave the year open where the origin text gives two and no other source one', () => {
    const five = [
      'midi-pyrenees-saveurs',
      'pyrenees-industries-ceramiques',
      'digital-place',
      'wsm',
      'pyrenees-bien-etre',
    ];
    for (const key of five) {
      const id = `cluster/${key}`;
      const years = rowsOf('claims.csv').filter((claim) => claim.about === id && claim.field === 'since');
      expect(years.map(({ value }) => value)).toEqual(['2010', '2011']);
      for (const year of years) {
        expect(listOf(year.sources)).toContain('source/agoravox-2016');
        expect(year.inferred).toBe('false');
      }
      expect(byId('networks.csv', id).since).toBe(key === 'pyrenees-bien-etre' ? '' : '2011');
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
