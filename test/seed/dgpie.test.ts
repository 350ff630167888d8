import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { summaryOf } from '../../seed/convert/dgpie-summaries.ts';
import { isGlobalId } from '../../src/domain/global-id.ts';
import { isPartialDate } from '../../src/domain/partial-date.ts';
import { ORGANISATION_KINDS, PARTICIPATION_ROLES } from '../../src/domain/vocabulary.ts';
import { wordKey } from '../../src/domain/word-key.ts';
import { KnownOrganisations } from '../../src/transfer/connectors/known-organisations.ts';

const SOURCE = 'source/anr-dgpie-2022';
type Row = Readonly<Record<string, string>>;

const read = (path: string): Row[] =>
  parse(readFileSync(new URL(`../../seed/data/${path}.csv`, import.meta.url)), { columns: true }) as Row[];

const organisations = read('dgpie/organisations');
const projects = read('dgpie/projects');
const participations = read('dgpie/participations');
const topics = read('anr/topics');
const others = ['curated/networks', 'curated/organisations', 'anr/organisations'].flatMap(read);
const elsewhere = new Set(others.map(({ id }) => id));
const project = (number: string): Row | undefined => projects.find(({ id }) => id === `project/${number}`);

describe("the files converted from the ANR's list of the Investissements d'avenir", () => {
  it('give every project a title, and none another one has', () => {
    expect(projects).toHaveLength(1_379);
    expect(new Set(projects.map(({ id }) => id)).size).toBe(1_379);
    expect(projects.filter(({ title, name }) => title === '' || name === '')).toEqual([]);
    expect(projects.filter(({ id, start }) => !isGlobalId(id!) || !isPartialDate(start!))).toEqual([]);
    const anr = new Set(read('anr/projects').map(({ id }) => id));
    expect(projects.filter(({ id }) => anr.has(id!))).toEqual([]);
  });

  it('say programme, funding and summary as the list does', () => {
    expect(project('anr-10-labx-0008')).toMatchObject({
      name: 'CORAIL',
      title: 'Coral reefs facing global change',
      start: '2011-04-13',
      programme: "Laboratoires d'excellence (LABX)",
      funding: '6764811',
      currency: 'EUR',
    });
    expect(project('anr-10-labx-0008')!.summary).toMatch(/^Bien que ne couvrant que 0,02% de la surface des océans/);
    // An amount of nought is one that the list does not give.
    expect(project('anr-22-petq-0010')).toMatchObject({ funding: '', currency: '', summary: '' });
    expect(projects.filter(({ summary }) => summary !== '').length).toBeGreaterThan(400);
    const total = projects.reduce((sum, { funding }) => sum + Number(funding), 0);
    expect(Math.round(total / 1e8)).toBe(134);
  });

  it('name their source on every line, and no organisation that takes part in nothing', () => {
    for (const row of [...projects, ...participations]) expect(row.sources).toBe(SOURCE);
    for (const row of organisations) expect(row.sources!.split(';')[0]).toBe(SOURCE);
    const active = new Set(participations.map(({ participant }) => participant));
    expect(organisations.filter(({ id }) => !active.has(id!))).toEqual([]);
  });

  it('let each organisation take part once, as a known one where there is one', () => {
    const own = new Set(organisations.map(({ id }) => id));
    expect(own.size).toBe(organisations.length);
    expect(organisations.filter(({ id }) => elsewhere.has(id))).toEqual([]);
    const strange = participations.filter(({ participant, role }) => {
      return !(own.has(participant) || elsewhere.has(participant)) || !PARTICIPATION_ROLES.some((one) => one === role);
    });
    expect(strange).toEqual([]);
    expect(new Set(participations.map(({ project, participant }) => `${project} ${participant}`)).size).toBe(
      participations.length,
    );
    const taking = (id: string) => participations.filter(({ participant }) => participant === id).length;
    expect(taking('organisation/cnrs')).toBeGreaterThan(400);
    expect(taking('pole/finance-innovation')).toBeGreaterThan(0);
    expect(taking('pole/lyonbiopole')).toBeGreaterThan(0);
  });

  it('have the kind of each organisation in the words of the vocabulary', () => {
    expect(organisations.filter(({ kind }) => !ORGANISATION_KINDS.some((known) => known === kind))).toEqual([]);
    expect(organisations.find(({ name }) => name === "Université Côte d'Azur")).toMatchObject({
      kind: 'TRAINING',
      public: 'true',
      territory: 'territory/commune-06088',
    });
  });

  it('name no person in a summary', () => {
    expect(summaryOf('Le projet étudie les coraux. Il est coordonné par le Pr A. Martin. Il dure six ans.')).toBe(
      'Le projet étudie les coraux. Il dure six ans.',
    );
    expect(summaryOf('Coordinated by Prof. Anna Martin (Lyon).')).toBe('');
    expect(projects.filter(({ summary }) => /\b(?:Prof|Pr|Dr)\.? \p{Lu}/u.test(summary!))).toEqual([]);
  });
});

describe('the topics of the ANR’s projects', () => {
  it('are those of its 56 committees, in both languages', () => {
    expect(topics).toHaveLength(56);
    expect(topics.find(({ id }) => id === 'topic/technology-anr-ce23')).toMatchObject({
      name: 'Intelligence artificielle et science des données',
      nameEn: 'Artificial intelligence and data science',
      scheme: 'TECHNOLOGY',
    });
    const known = new Set(topics.map(({ id }) => id));
    const about = read('anr/projects').filter(({ topics: of }) => of !== '');
    // Those of CE91, CE92 and CE93, of calls with other countries, have none.
    expect(about).toHaveLength(8_659);
    expect(about.filter(({ topics: of, programme }) => !known.has(of!) || !programme!.startsWith('ANR CE'))).toEqual(
      [],
    );
  });
});

describe('the names of organisations', () => {
  const known = (id: string, name: string, city: string, projectCount = 1) => ({
    ...{ id, name, aliases: null, kind: 'UNKNOWN', city, seats: [], projectCount },
  });
  const organisations = new KnownOrganisations([
    known('a', 'UNIVERSITE PAUL VALERY - MONTPELLIER III', 'Montpellier'),
    known('b', 'Ecole Normale Supérieure', 'Paris'),
    known('c', 'SIEMENS', 'Toulouse'),
    known('d', 'Institut inventé des matériaux', 'Lyon'),
    known('e', 'Institut des matériaux inventé', 'Lyon', 5),
  ]);
  const found = (name: string, city: string, trustsWholeNames = false) => {
    const one = organisations.find({ names: [name], city }, { trustsWholeNames });
    return one.as === 'known' ? one.known.id : one.as === 'new' ? 'new' : `${one.known.id}: ${one.why}`;
  };

  it('are compared by their telling words, in the same place', () => {
    expect(wordKey('Trad')).toBe(wordKey('SARL TRAD'));
    expect(found('Université de Montpellier III (Paul Valery)', 'Montpellier Cedex 5')).toBe('a');
    expect(found('Ecole Normale supérieure de Paris', 'Paris')).toBe('b');
    expect(found('Ecole Normale supérieure de Paris', 'Lyon')).toBe('new');
    expect(found('Siemens SAS', 'Saint-Denis')).toBe('c: another place');
    expect(found('Siemens SAS', '')).toBe('c: a short name');
  });

  it('are enough where the list has places of sites, whole and but for the legal form', () => {
    expect(found('Siemens SAS', 'Saint-Denis', true)).toBe('c');
    expect(found('Université Montpellier III Paul Valéry', 'Béziers', true)).toBe('a');
  });

  it('mean the one with the whole name, or with more projects, where several are in the place', () => {
    expect(found('Institut inventé des matériaux', 'Lyon')).toBe('d');
    expect(found('Matériaux, institut inventé', 'Lyon')).toBe('e');
  });
});
