import { describe, expect, it } from 'vitest';
import { clip, spanOf } from '../../src/domain/period.ts';
import { SUCCESSION_KINDS } from '../../src/domain/vocabulary.ts';
import { COUNTED_OTHERWISE, STATE_COUNTS } from '../support/state-counts.ts';
import {
  byId,
  dateOf,
  labelledIn,
  labelOf,
  listOf,
  networks,
  organisations,
  periodOf,
  placeOf,
  poles,
  rowsOf,
} from './curated-files.ts';

describe('the poles and clusters', () => {
  it('are 96 poles and 65 clusters, the research institute being an organisation', () => {
    expect(poles).toHaveLength(96);
    expect(networks.size).toBe(96 + 65);
    expect(byId('organisations.csv', 'organisation/irt-saint-exupery').kind).toBe('RESEARCH');
  });

  it.each(STATE_COUNTS)('had the label as often as the State counted: %s, %i', (date, count) => {
    expect(labelledIn(date).size).toBe(count);
  });

  it.each(COUNTED_OTHERWISE)('had the label $here times, and $state by the State, on $date: $why', ({ date, here }) => {
    expect(labelledIn(date).size).toBe(here);
  });

  it('had the label as often as the State counted, but for the two of which no page says when they ended in 2006', () => {
    const inDoubt = ['pole/normandy-motor-valley', 'pole/vestapolis'];
    expect([...labelledIn('2006-12')].filter((id) => !inDoubt.includes(id))).toHaveLength(66);
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
