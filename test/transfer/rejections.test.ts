import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { type Row, World } from '../support/world.ts';
import { ground, recordsIn } from './ground.ts';

/** A row of each file that nothing is wrong with. */
const GOOD: Readonly<Record<string, (world: World) => World>> = {
  'organisations.csv': (world) => world.organisation('Good'),
  'networks.csv': (world) => world.cluster('Good Cluster'),
  'memberships.csv': (world) => world.member('Beta', 'Pole Y'),
  'partnerships.csv': (world) => world.partners('Beta', 'Alpha'),
  'successions.csv': (world) => world.succession('Pole X', 'Pole Y'),
  'labels.csv': (world) => world.label('Pole X', 'topic/a'),
  'projects.csv': (world) => world.project('project/good'),
  'participations.csv': (world) => world.takesPart('Beta', 'project/p'),
  'productions.csv': (world) => world.production('FR1', 'territory/x'),
  'indicators.csv': (world) => world.indicator('Pole X', 'members', 3),
  'claims.csv': (world) => world.claim('Pole X', 'name', 'X'),
  'territory_parts.csv': (world) => world.part('territory/x', 'territory/y'),
};

describe('a bad cell', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await (await emptyGraph()).fill(ground());
  });
  afterAll(() => graph?.[Symbol.asyncDispose]());

  const organisation = (row: Row) => (world: World) => world.organisation('Gamma', row);
  const network = (row: Row) => (world: World) => world.pole('Gamma', row);
  const membership = (row: Row) => (world: World) => world.member('Alpha', 'Pole Y', row);
  const partnership = (row: Row) => (world: World) => world.partners('Alpha', 'Beta', row);
  const project = (row: Row) => (world: World) => world.project('project/q', row);

  it.each<[what: string, file: string, column: string, reason: RegExp, add: (world: World) => World]>([
    [
      'no name',
      'organisations.csv',
      'name',
      /name is empty: every organisation needs one/,
      (world) => world.organisation(''),
    ],
    [
      'no source',
      'organisations.csv',
      'sources',
      /Every fact needs at least one source/,
      organisation({ sources: '' }),
    ],
    [
      'a name that nobody sees',
      'organisations.csv',
      'name',
      /name is empty: every organisation needs one/,
      (world) => world.organisation('\u200B\u2060'),
    ],
    [
      'an unknown source',
      'organisations.csv',
      'sources',
      /no source "source\/none"/,
      organisation({ sources: 'source/none' }),
    ],
    ['an unknown kind', 'organisations.csv', 'kind', /"FIRM" is none of COMPANY, /, organisation({ kind: 'FIRM' })],
    ['a kind in lower case', 'organisations.csv', 'kind', /"company" is none of/, organisation({ kind: 'company' })],
    ['an unknown size', 'organisations.csv', 'size', /"HUGE" is none of MICRO/, organisation({ size: 'HUGE' })],
    [
      'neither yes nor no',
      'organisations.csv',
      'public',
      /"maybe" is neither true nor false/,
      organisation({ public: 'maybe' }),
    ],
    [
      'no web address',
      'organisations.csv',
      'website',
      /is not a web address: it begins with https/,
      organisation({ website: 'www.example.org' }),
    ],
    [
      'an address that runs code',
      'organisations.csv',
      'website',
      /is not a web address/,
      organisation({ website: 'javascript:alert(1)' }),
    ],
    [
      'a SIREN with a wrong check digit',
      'organisations.csv',
      'siren',
      /"552032535" is not a SIREN identifier: it has nine digits/,
      organisation({ siren: '552 032 535' }),
    ],
    [
      'a short RNSR number',
      'organisations.csv',
      'rnsr',
      /is not a RNSR identifier: .*200611689J/,
      organisation({ rnsr: '2006J' }),
    ],
    [
      'a ROR with a forbidden letter',
      'organisations.csv',
      'ror',
      /is not a ROR identifier/,
      organisation({ ror: '0iiiiii12' }),
    ],
    [
      'an ISNI with a wrong check digit',
      'organisations.csv',
      'isni',
      /is not a ISNI|is not an ISNI/,
      organisation({ isni: '0000000121129283' }),
    ],
    [
      'a latitude beyond the pole',
      'organisations.csv',
      'latitude',
      /90 at most/,
      organisation({ latitude: '91', longitude: '0' }),
    ],
    ['a latitude alone', 'organisations.csv', 'longitude', /needs its longitude/, organisation({ latitude: '45' })],
    [
      'a Wikidata property',
      'organisations.csv',
      'wikidata',
      /is not a WIKIDATA identifier/,
      organisation({ wikidata: 'P31' }),
    ],
    [
      'a PIC with letters',
      'organisations.csv',
      'cordisPic',
      /is not a CORDIS_PIC identifier/,
      organisation({ cordisPic: '12345678X' }),
    ],
    [
      'an identifier of another type',
      'organisations.csv',
      'id',
      /"pole\/gamma" is not an identifier: write organisation\/…/,
      organisation({ id: 'pole/gamma' }),
    ],
    [
      'an identifier with spaces',
      'organisations.csv',
      'id',
      /is not an identifier/,
      organisation({ id: 'organisation/a b' }),
    ],
    [
      'an identifier that is too long',
      'organisations.csv',
      'id',
      /200 characters at most/,
      organisation({ id: `organisation/${'x'.repeat(200)}` }),
    ],
    [
      'a name of 501 characters',
      'organisations.csv',
      'name',
      /has 501 characters; 500 is the most/,
      (world) => world.organisation('x'.repeat(501)),
    ],
    [
      'control characters',
      'organisations.csv',
      'city',
      /holds control characters/,
      organisation({ city: 'Tou\u0007louse' }),
    ],
    [
      'too many aliases',
      'organisations.csv',
      'aliases',
      /has 101 items; 100 is the most/,
      organisation({ aliases: Array.from({ length: 101 }, (_, place) => `a${place}`) }),
    ],
    [
      'too many sources',
      'organisations.csv',
      'sources',
      /has 26 items; 25 is the most/,
      organisation({ sources: Array.from({ length: 26 }, (_, place) => `source/s${place}`) }),
    ],
    [
      'an unknown territory',
      'organisations.csv',
      'territory',
      /no territory "territory\/none"/,
      organisation({ territory: 'territory/none' }),
    ],
    [
      'a seat whose period is no period',
      'organisations.csv',
      'territory',
      /has no period after the @: write @2005\.\.2022/,
      organisation({ territory: 'territory/x@2005' }),
    ],
    [
      'a seat with three dates',
      'organisations.csv',
      'territory',
      /has no period after the @/,
      organisation({ territory: 'territory/x@2005..2006..2007' }),
    ],
    [
      'a seat since a month that is none',
      'organisations.csv',
      'territory',
      /"2009-13" is not a date: write 2009, 2009-03 or 2009-03-14/,
      organisation({ territory: 'territory/x@2009-13..' }),
    ],
    [
      'a topic of another type',
      'organisations.csv',
      'topics',
      /"territory\/x" is a territory; a topic is needed here/,
      organisation({ topics: ['topic/a', 'territory/x'] }),
    ],
    [
      'an unknown type of network',
      'networks.csv',
      'type',
      /"NETWORK" is none of POLE, CLUSTER/,
      network({ type: 'NETWORK' }),
    ],
    [
      'a rank of a cluster',
      'networks.csv',
      'rank',
      /Only poles have a national rank/,
      (world) => world.cluster('Gamma', { rank: 'WORLD' }),
    ],
    ['a date that is none', 'networks.csv', 'since', /"2009-02-29" is not a date/, network({ since: '2009-02-29' })],
    [
      'a date as people write it',
      'networks.csv',
      'since',
      /"14\/03\/2009" is not a date/,
      network({ since: '14/03/2009' }),
    ],
    [
      'a label that ends before it begins',
      'networks.csv',
      'until',
      /ends \(2004\) before it begins \(2005\)/,
      network({ since: '2005', until: '2004' }),
    ],
    [
      'a structure that ends before it begins',
      'networks.csv',
      'dissolvedOn',
      /ends \(2004\) before it begins \(2005\)/,
      network({ foundedOn: '2005', dissolvedOn: '2004' }),
    ],
    [
      'an inverted period',
      'memberships.csv',
      'until',
      /ends \(2008-12-31\) before it begins \(2009\)/,
      membership({ since: '2009', until: '2008-12-31' }),
    ],
    ['an unknown role', 'memberships.csv', 'role', /"CHIEF" is none of MEMBER, FOUNDER/, membership({ role: 'CHIEF' })],
    [
      'an attestation that is no date',
      'memberships.csv',
      'attestedOn',
      /"soon" is not a date/,
      membership({ attestedOn: ['2009', 'soon'] }),
    ],
    [
      'an identifier without its shape',
      'memberships.csv',
      'id',
      /"x" is not an identifier: write membership\/…/,
      membership({ id: 'x' }),
    ],
    [
      'a membership after the network ended',
      'memberships.csv',
      'since',
      /from 2013 to the end lies outside the lifespan of its ends: pole\/pole-x existed from 2005-01-01 to 2012-12-31/,
      (world) => world.member('Alpha', 'Pole X', { since: '2013' }),
    ],
    [
      'a membership before the network began',
      'memberships.csv',
      'since',
      /outside the lifespan/,
      (world) => world.member('Alpha', 'Pole X', { until: '2004-12-31' }),
    ],
    [
      'a member of itself',
      'memberships.csv',
      'network',
      /"pole\/pole-y" cannot be at both ends/,
      (world) => world.member('Pole Y', 'Pole Y'),
    ],
    [
      'a partnership that is derived',
      'partnerships.csv',
      'kind',
      /PROJECT partnerships are derived from participations/,
      partnership({ kind: 'PROJECT' }),
    ],
    ['an agreement of one', 'partnerships.csv', 'parties', /at least two parties, not 1/, partnership({ parties: 1 })],
    ['half a party', 'partnerships.csv', 'parties', /"2\.5" is not a whole number/, partnership({ parties: 2.5 })],
    [
      'a partner of itself',
      'partnerships.csv',
      'to',
      /cannot be at both ends/,
      (world) => world.partners('Alpha', 'Alpha'),
    ],
    [
      'a succession of organisations',
      'successions.csv',
      'from',
      /"Alpha" is a organisation; a pole or cluster/,
      (world) => world.succession('Alpha', 'Pole X'),
    ],
    ['an amount without its currency', 'projects.csv', 'currency', /needs its currency/, project({ funding: 100 })],
    [
      'a currency without its amount',
      'projects.csv',
      'currency',
      /a currency its funding/,
      project({ currency: 'EUR' }),
    ],
    [
      'a currency in words',
      'projects.csv',
      'currency',
      /"euro" is not a currency: write EUR/,
      project({ funding: 100, currency: 'euro' }),
    ],
    [
      'an amount with a comma',
      'projects.csv',
      'funding',
      /"2,5" is not a number/,
      project({ funding: '2,5', currency: 'EUR' }),
    ],
    ['an endless amount', 'projects.csv', 'funding', /is not a number/, project({ funding: '1e999', currency: 'EUR' })],
    [
      'fewer than no participants',
      'projects.csv',
      'participantCount',
      /"-1" is not a whole number/,
      project({ participantCount: -1 }),
    ],
    [
      'more participants than can be counted',
      'projects.csv',
      'participantCount',
      /is not a whole number/,
      project({ participantCount: '99999999999999999999' }),
    ],
    [
      'a project that ends before it starts',
      'projects.csv',
      'end',
      /ends \(2009\) before it begins \(2010\)/,
      project({ start: '2010', end: '2009' }),
    ],
    [
      'no project',
      'participations.csv',
      'project',
      /no project "project\/none"/,
      (world) => world.takesPart('Alpha', 'project/none'),
    ],
    [
      'a network that is no patent',
      'productions.csv',
      'patent',
      /is a pole; a patent is needed/,
      (world) => world.production('Pole X', 'territory/x'),
    ],
    [
      'a figure that is none',
      'indicators.csv',
      'value',
      /"many" is not a number/,
      (world) =>
        world.row('indicators.csv', {
          about: 'Pole X',
          measure: 'companies',
          value: 'many',
          from: '2016',
          sources: 'source/fixture',
        }),
    ],
    [
      'a figure without a date',
      'indicators.csv',
      'from',
      /from is empty/,
      (world) => world.indicator('Pole X', 'companies', 210, { from: '' }),
    ],
    [
      'a figure of an inverted period',
      'indicators.csv',
      'to',
      /ends \(2015\) before it begins \(2016\)/,
      (world) => world.indicator('Pole X', 'companies', 210, { to: '2015' }),
    ],
    [
      'a figure about a project',
      'indicators.csv',
      'about',
      /is a project; a organisation or pole or cluster or territory/,
      (world) => world.indicator('project/p', 'companies', 210),
    ],
    [
      'a claim about nothing',
      'claims.csv',
      'about',
      /no .*"pole\/none"/,
      (world) => world.claim('pole/none', 'since', '2005'),
    ],
    [
      'a part of a topic',
      'territory_parts.csv',
      'whole',
      /"topic\/a" is a topic; a territory is needed/,
      (world) => world.part('territory/x', 'topic/a'),
    ],
    [
      'a part of itself',
      'territory_parts.csv',
      'whole',
      /cannot be at both ends/,
      (world) => world.part('territory/x', 'territory/x'),
    ],
  ])(
    'is reported by file, line and column, and the other rows are imported: %s',
    async (_, file, column, reason, add) => {
      const before = await recordsIn(graph);
      const { rejections, created, unchanged } = await graph.import(GOOD[file]!(add(new World())));
      expect(rejections).toEqual([{ file, line: 2, column, reason: expect.stringMatching(reason) }]);
      // The source and the good row; of the bad one nothing is left.
      expect(created + unchanged).toBeGreaterThanOrEqual(2);
      expect(await recordsIn(graph)).toBe(before + created);
    },
  );
});

describe('a row', () => {
  it('with several bad cells is reported once for each', async () => {
    await using graph = await emptyGraph();
    const { rejections } = await graph.import(
      new World().organisation('Alpha', { kind: 'FIRM', siren: '1', size: 'HUGE' }),
    );
    expect(rejections.map(({ line, column }) => [line, column])).toEqual([
      [2, 'kind'],
      [2, 'siren'],
      [2, 'size'],
    ]);
  });

  it.each([
    ['too short', 'Alpha,COMPANY', /has 2 cells; the header names 3 columns/],
    ['too long', 'Alpha,COMPANY,source/fixture,more', /has 4 cells; the header names 3 columns/],
    ['broken by a quote within a cell', 'Al"pha,COMPANY,source/fixture', /quotation mark/],
    ['broken by text after a quote', '"Alpha"x,COMPANY,source/fixture', /quotation mark/],
    ['broken by quotes that are not doubled', '"Alpha "the first" one",COMPANY,source/fixture', /quotation mark/],
  ])('is left out when it is %s, and the others are imported', async (_, row, reason) => {
    await using graph = await emptyGraph();
    const text = `name,kind,sources\nFirst,COMPANY,source/fixture\n${row}\nLast,COMPANY,source/fixture\n`;
    const { rejections } = await graph.import(new World().text('organisations.csv', text));
    expect(rejections).toEqual([
      { file: 'organisations.csv', line: 3, column: '', reason: expect.stringMatching(reason) },
    ]);
    const { organisations } = await graph.ask('{ organisations { nodes { name } } }');
    expect(organisations.nodes).toEqual([{ name: 'First' }, { name: 'Last' }]);
  });

  it.each([
    ['to the end of the file', 1, /opened and never closed/],
    ['for more than a row may be long', 60_000, /longer than 1000000 characters: a quotation mark may be missing/],
  ])(
    'whose quote is never closed takes what follows it with it, %s, and is reported once',
    async (_, lines, reason) => {
      await using graph = await emptyGraph();
      const good = 'First,COMPANY,source/fixture\n';
      const text = `name,kind,sources\n${good}"Lost,COMPANY,source/fixture\n${good.repeat(lines)}`;
      const { rejections } = await graph.import(new World().text('organisations.csv', text));
      expect(rejections).toEqual([
        { file: 'organisations.csv', line: 3, column: '', reason: expect.stringMatching(reason) },
      ]);
      const { organisations } = await graph.ask('{ organisations { nodes { name } } }');
      expect(organisations.nodes).toEqual([{ name: 'First' }]);
    },
  );

  it('is named by the line on which it begins, also after cells of several lines', async () => {
    await using graph = await emptyGraph();
    const text = [
      'name,kind,city,sources',
      '"First","COMPANY","one\ntwo\nthree",source/fixture',
      'Second,FIRM,,source/fixture',
      '',
      '"Third","COMPANY","one\r\ntwo",source/fixture',
      '"Fourth\nname",FIRM,,source/fixture',
      'Fifth,FIRM,,source/fixture',
    ].join('\n');
    const { rejections } = await graph.import(new World().text('organisations.csv', text));
    expect(rejections.filter(({ column }) => column === 'kind').map(({ line }) => line)).toEqual([5, 9, 11]);
  });

  it('that says what the graph forbids is left out whole', async () => {
    await using graph = await emptyGraph();
    await graph.fill(ground());
    const before = await recordsIn(graph);
    // Of the labels one is a network that is none: neither the project nor its other label may be there.
    const { created } = await graph.import(new World().project('project/q', { labelledBy: ['Pole X', 'Alpha'] }));
    expect([created, await recordsIn(graph)]).toEqual([0, before]);
  });
});
