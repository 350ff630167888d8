import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { drawnAffiliations } from '../../seed/convert/affiliation-sample.ts';
import { Institutions, type Placed } from '../../seed/convert/parents-in-names.ts';

type Row = Readonly<Record<string, string>>;

const read = (path: string): Row[] =>
  parse(readFileSync(new URL(`../../seed/data/${path}.csv`, import.meta.url)), { columns: true }) as Row[];

const affiliations = read('dgpie/affiliations');
const ofNames = affiliations.filter(({ sources }) => !sources!.includes('source/ror-2026'));

describe('the affiliations of the seed', () => {
  it('are those of 2,000 organisations and more', () => {
    expect(new Set(affiliations.map(({ organisation }) => organisation)).size).toBeGreaterThanOrEqual(2_000);
  });

  it('say when the list names an organisation so, and that a name was read', () => {
    const dated = ofNames.filter(({ attestedOn }) => /^20\d\d(;20\d\d)*$/.test(attestedOn!));
    expect(dated.length / ofNames.length).toBeGreaterThan(0.99);
    const claimed = read('dgpie/claims').filter(
      ({ field, inferred }) => field === 'affiliations' && inferred === 'true',
    );
    expect(new Set(claimed.map(({ about }) => about))).toEqual(
      new Set(ofNames.map(({ organisation }) => organisation)),
    );
  });
});

describe('what a name says that an organisation is a part of', () => {
  const placed = (id: string, name: string, more: Partial<Placed> = {}): Placed => ({
    ...{ id, names: [name], kind: 'RESEARCH', country: 'FR' },
    ...more,
  });
  const angers = placed('angers', "Université d'Angers", { kind: 'TRAINING' });
  const berkeley = placed('berkeley', 'University of California, Berkeley', { kind: 'TRAINING', country: 'us' });
  const all = [
    ...[angers, berkeley, placed('california', 'University of California', { kind: 'TRAINING', country: 'us' })],
    ...[placed('cnrs', 'CNRS'), placed('inserm', 'Inserm'), placed('inra', 'INRA'), placed('curie', 'Institut Curie')],
    ...[
      placed('chu', 'CHU de Nantes', { kind: 'PUBLIC_BODY' }),
      placed('organisation/institut-pasteur', 'Institut Pasteur'),
    ],
    ...[
      placed('twin-1', 'Université du Parc', { kind: 'TRAINING' }),
      placed('isa', 'Instituto Superior de Agronomia', { kind: 'TRAINING', country: '' }),
      placed('twin-2', 'Université du Parc', { kind: 'TRAINING' }),
    ],
  ];
  const institutions = new Institutions(all, [
    ['CNRS', 'cnrs'],
    ['Centre national de la recherche scientifique', 'cnrs'],
    ['Inserm', 'inserm'],
    ['INRA', 'inra'],
  ]);

  it.each<[name: string, parents: string[], more?: Partial<Placed>]>([
    ["Laboratoire de chimie / Université d'Angers", ['angers']],
    ["Université d'Angers - Département de physique", ['angers']],
    ['UMR 5561 CNRS', ['cnrs']],
    ['BMSSI CNRS', ['cnrs']],
    ['Inserm U837', ['inserm']],
    ["Virologie, Inserm U1234, CNRS UMR 5678, Université d'Angers", ['angers', 'inserm', 'cnrs']],
    ['CENTRE NATIONAL DE LA RECHERCHE SCIENTIFIQUE - DELEGATION REGIONALE ALSACE', ['cnrs']],
    ['University of California, Berkeley / Department of Physics', ['berkeley'], { country: '' }],
    ['CHU de Nantes - Service de neurologie', ['chu']],
    ['Anticorps en thérapie, Institut Pasteur', ['organisation/institut-pasteur']],
    ["UNIVERSITE D'ANGERS", ['angers'], { names: ["UNIVERSITE D'ANGERS (RNSR 200012345A)"] }],
  ])('reads %s', (name, parents, more) => {
    expect(institutions.parentsOf(placed('part', name, more), name)).toEqual(parents);
  });

  it.each<[name: string, why: string, more?: Partial<Placed>]>([
    ["Université d'Angers - CNRS", 'institutions alone'],
    ["CHU de Nantes - Université d'Angers", 'a hospital beside a university'],
    ["Fondation de l'Université d'Angers, laboratoire", 'a foundation'],
    ['Inserm Transfert', 'a company of its own'],
    ['Alcatel / CNRS', 'a company', { kind: 'COMPANY' }],
    ['Institut Pasteur de Lille - Virologie', 'another institute'],
    ['Laboratoire de chimie / Université du Parc', 'a name that two have'],
    ["Laboratoire de chimie / Université d'Angers", 'another country', { country: 'territory/be' }],
    ['INRA Rabat', 'a namesake abroad', { country: 'territory/ma' }],
    ["Université d'Angers / Laboratoire public", 'a category of the list'],
    ["Université d'Angers, Angers", 'a city'],
    ['CNRS - EHESS', 'institutions alone, one by its acronym'],
    ['School of Agriculture / Instituto Superior de Agronomia', 'its name in another language'],
  ])('reads nothing from %s: %s', (name, _, more) => {
    expect(institutions.parentsOf(placed('part', name, more), name)).toEqual([]);
  });

  it('says nothing of an institution itself', () => {
    expect(institutions.parentsOf(angers, "Laboratoires de l'Université d'Angers / CNRS")).toEqual([]);
  });
});

describe('docs/affiliation-sample.md', () => {
  const page = readFileSync(new URL('../../docs/affiliation-sample.md', import.meta.url), 'utf8');
  const rows = page
    .split('\n')
    .filter((line) => /^\| \d+ /.test(line))
    .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|')));

  it('checks the hundred that its seed draws, each with its result', () => {
    expect(rows.map(([, , name, parent]) => [name, parent])).toEqual(
      drawnAffiliations().map(({ name, parent }) => [name, parent]),
    );
    expect(rows.filter(([, , , , result]) => !result)).toEqual([]);
  });
});
