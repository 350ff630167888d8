import type { Row, World } from '../support/world.ts';

/** What is wrong, where, why, and the row in a world. */
type BadCell = readonly [what: string, file: string, column: string, reason: RegExp, add: (world: World) => World];

/** Rows of a file that are right but for some cells. */
const cellsOf =
  (file: string, add: (world: World, row: Row) => World) =>
  (what: string, column: string, reason: RegExp, row: Row): BadCell => [
    what,
    file,
    column,
    reason,
    (world) => add(world, row),
  ];
const ofOrganisation = cellsOf('organisations.csv', (world, row) => world.organisation('Gamma', row));
const ofNetwork = cellsOf('networks.csv', (world, row) => world.pole('Gamma', row));
const ofMembership = cellsOf('memberships.csv', (world, row) => world.member('Alpha', 'Pole Y', row));
const ofPartnership = cellsOf('partnerships.csv', (world, row) => world.partners('Alpha', 'Beta', row));
const ofProject = cellsOf('projects.csv', (world, row) => world.project('project/q', row));

/** Each of them is alone in its row; `ground.ts` has what it refers to. */
export const BAD_CELLS: readonly BadCell[] = [
  [
    'no name',
    'organisations.csv',
    'name',
    /name is empty: every organisation needs one/,
    (world) => world.organisation(''),
  ],
  ofOrganisation('no source', 'sources', /Every fact needs at least one source/, { sources: '' }),
  [
    'a name that nobody sees',
    'organisations.csv',
    'name',
    /name is empty: every organisation needs one/,
    (world) => world.organisation('\u200B\u2060'),
  ],
  ofOrganisation('an unknown source', 'sources', /no source "source\/none"/, { sources: 'source/none' }),
  ofOrganisation('an unknown kind', 'kind', /"FIRM" is none of COMPANY, /, { kind: 'FIRM' }),
  ofOrganisation('a kind in lower case', 'kind', /"company" is none of/, { kind: 'company' }),
  ofOrganisation('an unknown size', 'size', /"HUGE" is none of MICRO/, { size: 'HUGE' }),
  ofOrganisation('neither yes nor no', 'public', /"maybe" is neither true nor false/, { public: 'maybe' }),
  ofOrganisation('no web address', 'website', /is not a web address: it begins with https/, {
    website: 'www.example.org',
  }),
  ofOrganisation('an address that runs code', 'website', /is not a web address/, { website: 'javascript:alert(1)' }),
  ofOrganisation(
    'a SIREN with a wrong check digit',
    'siren',
    /"552032535" is not a SIREN identifier: it has nine digits/,
    { siren: '552 032 535' },
  ),
  ofOrganisation('a short RNSR number', 'rnsr', /is not a RNSR identifier: .*200611689J/, { rnsr: '2006J' }),
  ofOrganisation('a ROR with a forbidden letter', 'ror', /is not a ROR identifier/, { ror: '0iiiiii12' }),
  ofOrganisation('an ISNI with a wrong check digit', 'isni', /is not a ISNI|is not an ISNI/, {
    isni: '0000000121129283',
  }),
  ofOrganisation('a latitude beyond the pole', 'latitude', /90 at most/, { latitude: '91', longitude: '0' }),
  ofOrganisation('a latitude alone', 'longitude', /needs its longitude/, { latitude: '45' }),
  ofOrganisation('a Wikidata property', 'wikidata', /is not a WIKIDATA identifier/, { wikidata: 'P31' }),
  ofOrganisation('a PIC with letters', 'cordisPic', /is not a CORDIS_PIC identifier/, { cordisPic: '12345678X' }),
  ofOrganisation('an identifier of another type', 'id', /"pole\/gamma" is not an identifier: write organisation\/…/, {
    id: 'pole/gamma',
  }),
  ofOrganisation('an identifier with spaces', 'id', /is not an identifier/, { id: 'organisation/a b' }),
  ofOrganisation('an identifier that is too long', 'id', /200 characters at most/, {
    id: `organisation/${'x'.repeat(200)}`,
  }),
  [
    'a name of 501 characters',
    'organisations.csv',
    'name',
    /has 501 characters; 500 is the most/,
    (world) => world.organisation('x'.repeat(501)),
  ],
  ofOrganisation('control characters', 'city', /holds control characters/, { city: 'Tou\u0007louse' }),
  ofOrganisation('too many aliases', 'aliases', /has 101 items; 100 is the most/, {
    aliases: Array.from({ length: 101 }, (_, place) => `a${place}`),
  }),
  ofOrganisation('too many sources', 'sources', /has 26 items; 25 is the most/, {
    sources: Array.from({ length: 26 }, (_, place) => `source/s${place}`),
  }),
  ofOrganisation('an unknown territory', 'territory', /no territory "territory\/none"/, {
    territory: 'territory/none',
  }),
  ofOrganisation('a seat whose period is no period', 'territory', /has no period after the @: write @2005\.\.2022/, {
    territory: 'territory/x@2005',
  }),
  ofOrganisation('a seat with three dates', 'territory', /has no period after the @/, {
    territory: 'territory/x@2005..2006..2007',
  }),
  ofOrganisation(
    'a seat since a month that is none',
    'territory',
    /"2009-13" is not a date: write 2009, 2009-03 or 2009-03-14/,
    { territory: 'territory/x@2009-13..' },
  ),
  ofOrganisation('a topic of another type', 'topics', /"territory\/x" is a territory; a topic is needed here/, {
    topics: ['topic/a', 'territory/x'],
  }),
  ofNetwork('an unknown type of network', 'type', /"NETWORK" is none of POLE, CLUSTER/, { type: 'NETWORK' }),
  [
    'a rank of a cluster',
    'networks.csv',
    'rank',
    /Only poles have a national rank/,
    (world) => world.cluster('Gamma', { rank: 'WORLD' }),
  ],
  ofNetwork('a date that is none', 'since', /"2009-02-29" is not a date/, { since: '2009-02-29' }),
  ofNetwork('a date as people write it', 'since', /"14\/03\/2009" is not a date/, { since: '14/03/2009' }),
  ofNetwork('a label that ends before it begins', 'until', /ends \(2004\) before it begins \(2005\)/, {
    since: '2005',
    until: '2004',
  }),
  ofNetwork('a structure that ends before it begins', 'dissolvedOn', /ends \(2004\) before it begins \(2005\)/, {
    foundedOn: '2005',
    dissolvedOn: '2004',
  }),
  ofMembership('an inverted period', 'until', /ends \(2008-12-31\) before it begins \(2009\)/, {
    since: '2009',
    until: '2008-12-31',
  }),
  ofMembership('an unknown role', 'role', /"CHIEF" is none of MEMBER, FOUNDER/, { role: 'CHIEF' }),
  ofMembership('an attestation that is no date', 'attestedOn', /"soon" is not a date/, {
    attestedOn: ['2009', 'soon'],
  }),
  ofMembership('an identifier without its shape', 'id', /"x" is not an identifier: write membership\/…/, { id: 'x' }),
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
  ofPartnership('a partnership that is derived', 'kind', /PROJECT partnerships are derived from participations/, {
    kind: 'PROJECT',
  }),
  ofPartnership('an agreement of one', 'parties', /at least two parties, not 1/, { parties: 1 }),
  ofPartnership('half a party', 'parties', /"2\.5" is not a whole number/, { parties: 2.5 }),
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
  ofProject('an amount without its currency', 'currency', /needs its currency/, { funding: 100 }),
  ofProject('a currency without its amount', 'currency', /a currency its funding/, { currency: 'EUR' }),
  ofProject('a currency in words', 'currency', /"euro" is not a currency: write EUR/, {
    funding: 100,
    currency: 'euro',
  }),
  ofProject('an amount with a comma', 'funding', /"2,5" is not a number/, { funding: '2,5', currency: 'EUR' }),
  ofProject('an endless amount', 'funding', /is not a number/, { funding: '1e999', currency: 'EUR' }),
  ofProject('fewer than no participants', 'participantCount', /"-1" is not a whole number/, { participantCount: -1 }),
  ofProject('more participants than can be counted', 'participantCount', /is not a whole number/, {
    participantCount: '99999999999999999999',
  }),
  ofProject('a project that ends before it starts', 'end', /ends \(2009\) before it begins \(2010\)/, {
    start: '2010',
    end: '2009',
  }),
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
];
