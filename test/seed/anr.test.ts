import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { learnRepair, tidyName } from '../../seed/convert/anr-names.ts';
import { readPlace } from '../../seed/convert/anr-places.ts';
import { fold } from '../../src/domain/fold.ts';
import { isGlobalId } from '../../src/domain/global-id.ts';
import { identifierProblem } from '../../src/domain/identifier.ts';
import { isPartialDate } from '../../src/domain/partial-date.ts';
import { ORGANISATION_KINDS, ORGANISATION_SIZES, PARTICIPATION_ROLES } from '../../src/domain/vocabulary.ts';

const SOURCE = 'source/anr-dos-2022';
const repository = new URL('../../', import.meta.url);

function read<C extends string>(path: string): Record<C, string>[] {
  return parse(readFileSync(new URL(path, repository)), { columns: true }) as Record<C, string>[];
}

const organisations = read<
  'id' | 'name' | 'kind' | 'public' | 'size' | 'aliases' | 'territory' | 'city' | 'siren' | 'rnsr' | 'sources'
>('seed/data/anr/organisations.csv');
const projects = read<'id' | 'name' | 'acronym' | 'start' | 'programme' | 'sources'>('seed/data/anr/projects.csv');
const participations = read<'project' | 'participant' | 'role' | 'sources'>('seed/data/anr/participations.csv');
const sources = read<'id' | 'title' | 'licence'>('seed/data/anr/sources.csv');
const equivalences = read<'anr' | 'organisation' | 'reason'>('seed/convert/equivalences.csv');
const curated = read<'id' | 'name'>('seed/data/curated/organisations.csv');
const territories = new Set(
  ['curated', 'communes', 'anr'].flatMap((part) => read<'id'>(`seed/data/${part}/territories.csv`).map(({ id }) => id)),
);

const networks = read<'id'>('seed/data/curated/networks.csv');
const curatedIds = new Set([...curated, ...networks].map(({ id }) => id));
const byId = new Map(organisations.map((organisation) => [organisation.id, organisation]));
const named = (name: string) => organisations.filter((organisation) => organisation.name === name);

describe('the files converted from the dump of the ANR', () => {
  it('keep every project, and organisations and participations save those merged, left out or curated', () => {
    expect(projects).toHaveLength(17_080);
    expect(organisations.length).toBeGreaterThan(17_900);
    expect(organisations.length).toBeLessThan(19_380);
    expect(participations.length).toBeGreaterThan(53_500);
    expect(participations.length).toBeLessThan(53_903);
  });

  it('name one source, which has a licence, on every line', () => {
    expect(sources.map(({ id }) => id)).toEqual([SOURCE]);
    expect(sources[0]?.licence).toContain('Licence Ouverte');
    const cited = new Set([organisations, projects, participations].flatMap((rows) => rows.map((row) => row.sources)));
    // Those that are a record of ROR name it beside.
    expect([...cited].sort()).toEqual([SOURCE, `${SOURCE};source/ror-2026`]);
  });

  it('give each organisation an identifier of its own, which no curated one has', () => {
    expect(byId.size).toBe(organisations.length);
    expect(organisations.filter(({ id }) => !isGlobalId(id) || !id.startsWith('organisation/'))).toEqual([]);
    expect(organisations.filter(({ id }) => curatedIds.has(id))).toEqual([]);
  });

  it('give each laboratory one valid RNSR number in capitals', () => {
    const numbers = organisations.map(({ rnsr }) => rnsr).filter((rnsr) => rnsr !== '');
    expect(numbers.length).toBeGreaterThan(2_600);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.filter((rnsr) => identifierProblem('RNSR', rnsr) !== null)).toEqual([]);
    expect(organisations.filter(({ siren }) => siren !== '' && identifierProblem('SIREN', siren) !== null)).toEqual([]);
  });

  it('use the words of the vocabulary', () => {
    const strange = organisations.filter(
      (row) =>
        row.name === '' ||
        !ORGANISATION_KINDS.some((kind) => kind === row.kind) ||
        !['', 'true', 'false'].includes(row.public) ||
        !['', ...ORGANISATION_SIZES].includes(row.size) ||
        !(row.territory === '' || territories.has(row.territory)),
    );
    expect(strange).toEqual([]);
    expect(participations.filter(({ role }) => !PARTICIPATION_ROLES.some((known) => known === role))).toEqual([]);
  });

  it('number and date each project once', () => {
    expect(new Set(projects.map(({ id }) => id)).size).toBe(projects.length);
    expect(projects.filter(({ id }) => !/^project\/anr-\d\d-[a-z0-9]{4}-\d{4}$/.test(id))).toEqual([]);
    expect(projects.filter(({ name, start }) => name === '' || !isPartialDate(start))).toEqual([]);
    expect(projects.filter(({ programme }) => !/^ANR \S+$/.test(programme))).toEqual([]);
  });

  it('let an organisation take part in a project once, both being known', () => {
    const pairs = new Set(participations.map(({ project, participant }) => `${project} ${participant}`));
    const known = new Set(projects.map(({ id }) => id));
    expect(pairs.size).toBe(participations.length);
    expect(participations.filter(({ project }) => !known.has(project))).toEqual([]);
    expect(participations.filter(({ participant: id }) => !byId.has(id) && !curatedIds.has(id))).toEqual([]);
  });

  it('hold no organisation that takes part in nothing', () => {
    const active = new Set(participations.map(({ participant }) => participant));
    expect(organisations.filter(({ id }) => !active.has(id))).toEqual([]);
  });

  it('name no person where the dump named one for an organisation', () => {
    expect(organisations.filter(({ name }) => /@\w+\.|^(M|Mme|Mr)\.? \p{Lu}/u.test(name))).toEqual([]);
  });

  it('say where a laboratory is when the commune is certain', () => {
    expect(byId.get('organisation/rnsr-200711886U')).toMatchObject({ territory: 'territory/commune-38421' });
    expect(organisations.filter(({ territory }) => territory !== '').length).toBeGreaterThan(8_500);
  });
});

describe('equivalences', () => {
  it('point to curated organisations and networks, each with its reason', () => {
    const lost = equivalences.filter(({ organisation }) => organisation !== '' && !curatedIds.has(organisation));
    expect(lost).toEqual([]);
    expect(equivalences.filter(({ reason }) => reason.length < 5)).toEqual([]);
    expect(new Set(equivalences.map(({ anr }) => anr)).size).toBe(equivalences.length);
  });

  it('make one CNRS of its records', () => {
    expect(participations.filter(({ participant }) => participant === 'organisation/cnrs').length).toBeGreaterThan(100);
    expect(
      organisations.filter(({ name }) => /^(CNRS|Centre National de (la )?Recherche Scientifique)$/i.test(name)),
    ).toEqual([]);
  });

  it('leave no second record of a curated name, but for those said to be another', () => {
    const names = new Set(curated.map(({ name }) => fold(name)));
    expect(organisations.filter(({ name }) => names.has(fold(name))).map(({ name }) => name)).toEqual([
      'COMAT',
      'Institut Pasteur',
    ]);
  });
});

describe('the repair of apostrophes', () => {
  it('gave them back, and has the written form as another name', () => {
    const [physics] = named("LABORATOIRE DE PHYSIQUE DE L'ENS DE LYON");
    expect(physics?.aliases?.split(';')).toContain('LABORATOIRE DE PHYSIQUE DE LENS DE LYON');
    const [climate] = named("Laboratoire des Sciences du Climat et de l'Environnement");
    expect(climate?.aliases?.split(';')).toContain('Laboratoire des Sciences du Climat et de lEnvironnement');
    expect(named("Grand accélérateur national d'ions lourds")).toHaveLength(1);
  });

  it('left none of the common glued words', () => {
    const glued = /(?<![p{L}'])(?:d(?:etudes?|informatique|histoire|economie)|l(?:environnement|energie|universite))\b/;
    expect(
      organisations.filter(({ name }) => glued.test(name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase())),
    ).toEqual([]);
  });

  it('split no word that is whole', () => {
    const whole = `dans data decision deux denis design diagnostic dispositifs dont droit durable dynamique jeunes
      lamour langevin langues laser les lien lieu lille loire lorraine lyon nice nord nous sante sols sud systeme
      dassault debre lions lorient`;
    const halves = new Set(whole.split(/\s+/).map((word) => `${word[0]}'${word.slice(1)}`));
    const names = organisations.map(({ name }) => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase());
    const broken = names.filter((name) =>
      [...name.matchAll(/(?<!\p{L})[dlnsj]'\p{L}+/gu)].some(([word]) => halves.has(word) && word !== "l'orient"),
    );
    expect(broken).toEqual([]);
  });

  it('needs to see a word by itself before it splits one', () => {
    const repair = learnRepair(['informatique', 'Laboratoire dEtudes', 'Universita degli Studi']);
    expect(repair('INSTITUT DINFORMATIQUE ET DETUDES')).toBe("INSTITUT D'INFORMATIQUE ET D'ETUDES");
    expect(repair('CENTRE D ETUDES, R&D Etudes')).toBe("CENTRE D'ETUDES, R&D Etudes");
    expect(repair('Institut Langevin, LAboratoire, Università dellAbruzzo')).toBe(
      "Institut Langevin, LAboratoire, Università dell'Abruzzo",
    );
    expect(repair('lépilepsie')).toBe('lépilepsie');
  });

  it('comes after marks and spaces are tidied', () => {
    expect(tidyName('Technische Universita¨t Mu¨nchen ')).toBe('Technische Universität München');
    expect(tidyName('UNIVERSITE D´ARTOIS,')).toBe("UNIVERSITE D'ARTOIS");
    expect(tidyName('III-V Lab / III-V LAB')).toBe('III-V Lab');
    expect(tidyName('Healtis SAS / N/A')).toBe('Healtis SAS');
  });
});

describe('the place of a record', () => {
  const place = (city: string, region: string, country: string) => readPlace({ city, region, country });

  it('is the commune that has the name in the région, whatever the post adds to it', () => {
    const paris = { city: 'Paris', territory: 'territory/commune-75056', abroad: '' };
    expect(place('PARIS CEDEX 05', 'Île-de-France', 'France')).toEqual(paris);
    expect(place('Paris 15', 'Île-de-France', '')).toEqual(paris);
    expect(place('ST MARTIN D HERES', 'Auvergne-Rhône-Alpes', 'France').territory).toBe('territory/commune-38421');
    expect(place('Annecy-le-Vieux', 'Auvergne-Rhône-Alpes', 'France').territory).toBe('territory/commune-74010');
    expect(place('Saint-Denis', '', 'Réunion').territory).toBe('territory/commune-97411');
  });

  it('is no commune where several have the name, where the région does not, or abroad', () => {
    expect(place('Saint-Louis', 'Grand Est', 'France').territory).toBeUndefined();
    expect(place('Rennes', 'Île-de-France', 'France').territory).toBeUndefined();
    expect(place('Vienne', '', 'Autriche')).toEqual({ city: 'Vienne', territory: undefined, abroad: 'Autriche' });
  });
});
