import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importPublished } from '../../src/transfer/connectors/run.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { scratchFolder, World } from '../support/world.ts';

// Every file here is a fixture of these tests in the columns that are published; none of its records is real.

let graph: TestGraph;
beforeEach(async () => {
  graph = await emptyGraph();
});
afterEach(() => graph[Symbol.asyncDispose]());

type Cells = Readonly<Record<string, string>>;

/** A published file: its header in full, and rows of which only some cells are given. */
function csv(header: string, rows: readonly Cells[], separator = ';'): string {
  const columns = header.split(separator);
  const quoted = (cell: string): string => (/["\n;,]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const lines = rows.map((row) => {
    const unknown = Object.keys(row).filter((column) => !columns.includes(column));
    if (unknown.length > 0) throw new Error(`The published layout has no column ${unknown.join(', ')}.`);
    return columns.map((column) => quoted(row[column] ?? '')).join(separator);
  });
  return [header, ...lines, ''].join('\n');
}

async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = join(await scratchFolder(), 'published');
  await mkdir(folder);
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

const graphOf = (): World =>
  new World()
    .organisation('Institut de génie végétal', { id: 'organisation/v', kind: 'RESEARCH', city: 'Lille' })
    .organisation('Laboratoire de chimie inventée', { id: 'organisation/l', kind: 'UNKNOWN', city: 'Pau' })
    .organisation('Université de Pau inventée', {
      id: 'organisation/u',
      kind: 'TRAINING',
      city: 'Pau',
      siren: '123456782',
    })
    .organisation("Commissariat à l'énergie inventée", { id: 'organisation/c', kind: 'RESEARCH', city: 'Grenoble' })
    .organisation('Chimie fine', { id: 'organisation/f', city: 'Toulouse', website: 'https://own.example' })
    .pole('Pôle inventé', { id: 'pole/p', cordisPic: '999000009' });

describe('a list of CORDIS', () => {
  const PROJECT =
    'id;acronym;status;title;startDate;endDate;totalCost;ecMaxContribution;legalBasis;topics;frameworkProgramme;masterCall;subCall;fundingScheme;nature;objective;contentUpdateDate;rcn;grantDoi';
  const ORGANISATION =
    'projectID;projectAcronym;organisationID;vatNumber;name;shortName;SME;activityType;street;postCode;city;country;nutsCode;geolocation;organizationURL;contactForm;contentUpdateDate;rcn;order;role;ecContribution;netEcContribution;totalCost;endOfParticipation;active';
  const projects = [
    {
      ...{ id: '101', acronym: 'FIXTURE', title: 'A project of the tests; with a "title"', rcn: '900001' },
      ...{
        startDate: '2023-01-01',
        endDate: '2026-12-31',
        ecMaxContribution: '1234567,89',
        frameworkProgramme: 'HORIZON',
      },
    },
    { id: '102', acronym: 'ABROAD', rcn: '900002', startDate: '2023-02-01', frameworkProgramme: 'HORIZON' },
    { id: '103', title: 'Led by a pole', rcn: '900003', startDate: '2023-03-01', frameworkProgramme: 'EURATOM' },
  ];
  const french = (projectID: string, organisationID: string, name: string, city: string, more: Cells = {}) => ({
    ...{ projectID, organisationID, name, city, country: 'FR', role: 'participant', activityType: 'REC' },
    ...more,
  });
  const organisations = [
    french('101', '999000001', 'INSTITUT DE GENIE VEGETAL IGV', 'LILLE CEDEX', {
      shortName: 'IGV',
      role: 'coordinator',
    }),
    french('101', '999000002', 'UNIVERSITE AU NOM NEUF', 'PAU', { vatNumber: 'FR12123456782', activityType: 'HES' }),
    french('101', '999000003', 'Chimie fine', 'BORDEAUX', { activityType: 'PRC', role: 'thirdParty' }),
    french('101', '999000007', 'COMMISSARIAT A L ENERGIE INVENTEE', 'PARIS'),
    french('101', '999000004', 'Ein Institut', 'BERLIN', { country: 'DE' }),
    french('102', '999000004', 'Ein Institut', 'BERLIN', { country: 'DE', role: 'coordinator' }),
    french('103', '999000009', 'POLE INVENTE', 'PAU', { role: 'coordinator', activityType: 'OTH' }),
    french('103', '999000005', 'Atelier neuf', 'CAYENNE', {
      country: 'GF',
      vatNumber: 'FR55345678908',
      activityType: 'PRC',
    }),
  ];
  const list = () =>
    folderOf({ 'project.csv': csv(PROJECT, projects), 'organization.csv': csv(ORGANISATION, organisations) });

  it('brings the projects that France takes part in: partners by code, by VAT number, by name and city, or new', async () => {
    await graph.fill(graphOf());
    const folder = await list();
    const { summary, ...counts } = await importPublished(graph.engine, 'cordis', folder);
    expect(summary).toMatchObject({ rejected: 0 });
    expect(counts).toEqual({
      ...{ read: 11, matched: 4, added: 2, left: 3, unreadable: [] },
      doubtful: ['Chimie fine (BORDEAUX): organisation/f, another place; recorded as another one'],
    });
    const { project, led, abroad } = await graph.ask(`{
      project(id: "project/cordis-900001") {
        name title start end programme participantCount funding { amount currency } sources { title }
        participants(orderBy: { field: ROLE }) { edges { roles node { id } } } }
      led: project(id: "project/cordis-900003") { name participants { edges { roles node { id } } } }
      abroad: project(id: "project/cordis-900002") { id }
    }`);
    expect(project).toEqual({
      ...{ name: 'FIXTURE', title: 'A project of the tests; with a "title"', start: '2023-01-01', end: '2026-12-31' },
      ...{ programme: 'Horizon Europe', participantCount: 5, funding: { amount: 1234567.89, currency: 'EUR' } },
      sources: [{ title: "CORDIS : projets de recherche de l'Union européenne, programme Horizon Europe" }],
      participants: {
        edges: [
          { roles: ['COORDINATOR'], node: { id: 'organisation/v' } },
          { roles: ['PARTNER'], node: { id: 'organisation/cordis_pic-999000003' } },
          { roles: ['PARTNER'], node: { id: 'organisation/c' } },
          { roles: ['PARTNER'], node: { id: 'organisation/u' } },
        ],
      },
    });
    expect(abroad).toBeNull();
    expect(led).toMatchObject({ name: 'Led by a pole' });
    expect(led.participants.edges).toHaveLength(2);
    expect(led.participants.edges).toContainEqual({ roles: ['COORDINATOR'], node: { id: 'pole/p' } });
    const { organisation } = await graph.ask('{ organisation(by: { siren: "345678908" }) { name kind } }');
    expect(organisation).toMatchObject({ name: 'Atelier neuf', kind: 'COMPANY' });
  });

  it('gives its code to what it finds by name, changes nothing a second time, and a newer one brings what is new', async () => {
    await graph.fill(graphOf());
    const folder = await list();
    await importPublished(graph.engine, 'cordis', folder);
    const { organisation } = await graph.ask('{ organisation(by: { cordisPic: "999000001" }) { id name } }');
    expect(organisation).toEqual({ id: 'organisation/v', name: 'Institut de génie végétal' });
    // Either of the two files names the list.
    const again = await importPublished(graph.engine, 'cordis', join(folder, 'project.csv'));
    expect(again).toMatchObject({ added: 0, doubtful: [] });
    expect(again.summary).toMatchObject({ created: 0, updated: 0, rejected: 0 });
    await writeFile(join(folder, 'project.csv'), csv(PROJECT, [{ ...projects[0], endDate: '2027-06-30' }]));
    const newer = await importPublished(graph.engine, 'cordis', folder);
    expect(newer.summary).toMatchObject({ created: 0, updated: 1 });
  });

  it('does not join what has another code', async () => {
    await graph.fill(graphOf());
    const twins = [
      french('101', '999000001', 'Institut de génie végétal', 'Lille'),
      french('101', '999000006', 'Institut de génie végétal', 'Lille'),
    ];
    const folder = await folderOf({
      'project.csv': csv(PROJECT, projects),
      'organization.csv': csv(ORGANISATION, twins),
    });
    const first = await importPublished(graph.engine, 'cordis', folder);
    expect(first).toMatchObject({
      ...{ matched: 1, added: 1 },
      doubtful: [
        'Institut de génie végétal (Lille): organisation/v, which is CORDIS_PIC 999000001; recorded as another one',
      ],
    });
    expect((await importPublished(graph.engine, 'cordis', folder)).summary).toMatchObject({ created: 0, updated: 0 });
  });

  it('is refused where a file or a column is missing', async () => {
    const alone = await folderOf({ 'project.csv': csv(PROJECT, projects) });
    await expect(importPublished(graph.engine, 'cordis', alone)).rejects.toThrow(
      /it needs project\.csv.*organization\.csv/,
    );
    const absent = join(alone, 'absent');
    await expect(importPublished(graph.engine, 'cordis', absent)).rejects.toThrow('There is no file or folder');
  });
});

describe('the directory of research structures (RNSR)', () => {
  const NAMES =
    'numero_national_de_structure;libelle;sigle;annee_de_creation;type_de_structure;code_de_type_de_structure;code_de_niveau_de_structure;site_web;adresse;code_postal;commune;nom_du_responsable;prenom_du_responsable;titre_du_responsable;label_numero;tutelles;sigles_des_tutelles;code_de_nature_de_tutelle;nature_de_tutelle;uai_des_tutelles;siret_des_tutelles;code_de_type_de_tutelle;type_de_tutelle;etat;annee_de_fermeture;fiche_rnsr';
  const structures = [
    {
      ...{ numero_national_de_structure: '200099991a', libelle: 'LABORATOIRE DE CHIMIE INVENTEE', sigle: 'LCI' },
      ...{
        annee_de_creation: '2001',
        site_web: 'http://lci.example',
        commune: 'PAU CEDEX 9',
        nom_du_responsable: 'FIXTURE',
      },
      tutelles: 'Université de Pau inventée;Chimie fine;Un organisme ailleurs',
      siret_des_tutelles: '12345678200018;;',
      code_de_type_de_tutelle: 'TUTE;PART;TUTE',
    },
    { numero_national_de_structure: '200099992B', libelle: 'Institut de génie végétal', commune: 'NANTES' },
    {
      numero_national_de_structure: '200099993C',
      libelle: 'Une structure dont le graphe ne sait rien',
      commune: 'BREST',
    },
    { numero_national_de_structure: '200099994D', libelle: 'Chimie fine', commune: 'TOULOUSE' },
    {
      ...{ numero_national_de_structure: '199099995E', libelle: 'Laboratoire de chimie inventée', commune: 'PAU' },
      ...{ etat: 'Inactive', annee_de_fermeture: '2000' },
    },
  ];
  const directory = async (text: string) => join(await folderOf({ 'rnsr.csv': text }), 'rnsr.csv');

  it('gives organisations their number and what runs them, and makes none', async () => {
    await graph.fill(graphOf().affiliation('organisation/l', 'organisation/u', { since: '2003' }));
    const { summary, ...counts } = await importPublished(graph.engine, 'rnsr', await directory(csv(NAMES, structures)));
    expect(summary).toMatchObject({ rejected: 0 });
    expect(counts).toEqual({
      ...{ read: 5, matched: 1, added: 0, left: 2, unreadable: [] },
      doubtful: [
        '200099994D Chimie fine (TOULOUSE): organisation/f, another kind',
        '200099992B Institut de génie végétal (NANTES): organisation/v, another place',
      ],
    });
    const { organisation } = await graph.ask(`{ organisation(by: { rnsr: "200099991A" }) {
      id name acronym kind website foundedOn
      affiliations { edges { node { id } affiliations { since sources { title } } } } } }`);
    expect(organisation).toEqual({
      ...{ id: 'organisation/l', name: 'Laboratoire de chimie inventée', acronym: 'LCI', kind: 'RESEARCH' },
      ...{ website: 'http://lci.example', foundedOn: '2001' },
      affiliations: {
        edges: [
          {
            node: { id: 'organisation/u' },
            // What was there stays as it was, and has this source besides.
            affiliations: [
              {
                since: '2003',
                sources: [
                  { title: 'A fixture of the tests' },
                  { title: 'Répertoire national des structures de recherche' },
                ],
              },
            ],
          },
        ],
      },
    });
  });

  it('is read by the names of its columns in words too, and changes nothing a second time', async () => {
    await graph.fill(graphOf());
    const words = csv(NAMES, structures)
      .replace('numero_national_de_structure;libelle', 'Numéro national de structure;Libellé')
      .replace('siret_des_tutelles', 'SIRET des tutelles');
    const file = await directory(words);
    expect((await importPublished(graph.engine, 'rnsr', file)).summary).toMatchObject({ rejected: 0, updated: 1 });
    expect((await importPublished(graph.engine, 'rnsr', file)).summary).toMatchObject({ created: 0, updated: 0 });
    const newer = await directory(csv(NAMES, [{ ...structures[0], annee_de_creation: '2002' }]));
    expect((await importPublished(graph.engine, 'rnsr', newer)).summary).toMatchObject({ created: 0, updated: 1 });
  });

  it('names the rows that are no CSV, and takes the others', async () => {
    await graph.fill(graphOf());
    const [header, row, ...others] = csv(NAMES, structures).split('\n');
    const file = await directory([header, '"200099999Z"x;broken', row, ...others].join('\n'));
    const { matched, unreadable } = await importPublished(graph.engine, 'rnsr', file);
    expect({ matched, unreadable }).toEqual({
      matched: 1,
      unreadable: [expect.stringContaining('rnsr.csv, line 2: ')],
    });
  });

  it('is refused where its columns are not those of one', async () => {
    const other = await directory('a;b\n1;2\n');
    await expect(importPublished(graph.engine, 'rnsr', other)).rejects.toThrow('numero_national_de_structure');
  });
});

describe('the register of companies (SIRENE)', () => {
  const UNIT =
    'siren,statutDiffusionUniteLegale,unitePurgeeUniteLegale,dateCreationUniteLegale,sigleUniteLegale,sexeUniteLegale,prenom1UniteLegale,prenom2UniteLegale,prenom3UniteLegale,prenom4UniteLegale,prenomUsuelUniteLegale,pseudonymeUniteLegale,identifiantAssociationUniteLegale,trancheEffectifsUniteLegale,anneeEffectifsUniteLegale,dateDernierTraitementUniteLegale,nombrePeriodesUniteLegale,categorieEntreprise,anneeCategorieEntreprise,dateDebut,etatAdministratifUniteLegale,nomUniteLegale,nomUsageUniteLegale,denominationUniteLegale,denominationUsuelle1UniteLegale,denominationUsuelle2UniteLegale,denominationUsuelle3UniteLegale,categorieJuridiqueUniteLegale,activitePrincipaleUniteLegale,nomenclatureActivitePrincipaleUniteLegale,nicSiegeUniteLegale,economieSocialeSolidaireUniteLegale,caractereEmployeurUniteLegale';
  const ESTABLISHMENT =
    'siren,nic,siret,statutDiffusionEtablissement,dateCreationEtablissement,trancheEffectifsEtablissement,anneeEffectifsEtablissement,activitePrincipaleRegistreMetiersEtablissement,dateDernierTraitementEtablissement,etablissementSiege,nombrePeriodesEtablissement,complementAdresseEtablissement,numeroVoieEtablissement,indiceRepetitionEtablissement,typeVoieEtablissement,libelleVoieEtablissement,codePostalEtablissement,libelleCommuneEtablissement';
  const unit = (siren: string, name: string, category: string, more: Cells = {}) => ({
    ...{ siren, denominationUniteLegale: name, categorieJuridiqueUniteLegale: category },
    ...{ statutDiffusionUniteLegale: 'O', dateCreationUniteLegale: '1990-05-01', ...more },
  });
  const units = [
    unit('123456782', 'UNIVERSITE INVENTEE DE PAU', '7383', {
      sigleUniteLegale: 'UIP',
      trancheEffectifsUniteLegale: '51',
    }),
    unit('234567899', 'CHIMIE FINE', '5710', {
      trancheEffectifsUniteLegale: '12',
      dateCreationUniteLegale: '1900-01-01',
    }),
    unit('345678908', 'ATELIER QUE PERSONNE NE DEMANDE', '5710'),
    unit('456789015', '', '1000', { nomUniteLegale: 'FIXTURE', denominationUsuelle1UniteLegale: 'UNE PERSONNE' }),
    unit('567890124', 'ASSOCIATION DEMANDEE', '9220'),
  ];
  const seat = (siren: string, city: string, isSeat = 'true') => ({
    ...{ siren, nic: '00011', siret: `${siren}00011`, statutDiffusionEtablissement: 'O' },
    ...{ etablissementSiege: isSeat, libelleCommuneEtablissement: city },
  });
  const establishments = [
    seat('123456782', 'PAU'),
    seat('234567899', 'MURET', 'false'),
    seat('234567899', 'TOULOUSE'),
    seat('567890124', 'LYON'),
  ];
  const register = () =>
    folderOf({
      'StockUniteLegale_utf8.csv': csv(UNIT, units, ','),
      'StockEtablissement_utf8.csv': csv(ESTABLISHMENT, establishments, ','),
    });

  it('completes the organisations whose SIREN the graph has, and nothing else', async () => {
    await graph.fill(graphOf());
    const folder = await register();
    const { summary, ...counts } = await importPublished(graph.engine, 'sirene', folder);
    expect(summary).toMatchObject({ created: 1, updated: 1, rejected: 0 });
    expect(counts).toEqual({ read: 9, matched: 1, added: 0, left: 7, doubtful: [], unreadable: [] });
    const { organisation } = await graph.ask(
      '{ organisation(by: { siren: "123456782" }) { id name acronym aliases foundedOn size kind } }',
    );
    expect(organisation).toEqual({
      ...{ id: 'organisation/u', name: 'Université de Pau inventée', acronym: 'UIP', kind: 'TRAINING' },
      ...{ aliases: ['UNIVERSITE INVENTEE DE PAU'], foundedOn: '1990-05-01', size: 'LARGE' },
    });
    expect((await importPublished(graph.engine, 'sirene', folder)).summary).toMatchObject({ created: 0, updated: 0 });
  });

  it('brings what a column asks for: found by name and city, or made; natural persons are left', async () => {
    await graph.fill(graphOf());
    const folder = await register();
    const identifiers = join(await scratchFolder(), 'asked.csv');
    await writeFile(identifiers, 'note;SIRET\na;23456789900011\nb;567 890 124 00011\nc;45678901500011\nd;999\n');
    const { summary, ...counts } = await importPublished(graph.engine, 'sirene', folder, { identifiers });
    expect(summary).toMatchObject({ rejected: 0 });
    expect(counts).toMatchObject({ matched: 2, added: 1, doubtful: [] });
    const { fine, made, unasked, person } = await graph.ask(`{
      fine: organisation(by: { siren: "234567899" }) { id foundedOn size }
      made: organisation(by: { siren: "567890124" }) { id name kind foundedOn }
      unasked: organisation(by: { siren: "345678908" }) { id }
      person: organisation(by: { siren: "456789015" }) { id }
    }`);
    expect(fine).toEqual({ id: 'organisation/f', foundedOn: null, size: 'SMALL' });
    expect(made).toEqual({
      ...{ id: 'organisation/siren-567890124', name: 'ASSOCIATION DEMANDEE', kind: 'ASSOCIATION' },
      foundedOn: '1990-05-01',
    });
    expect([unasked, person]).toEqual([null, null]);
    const again = await importPublished(graph.engine, 'sirene', folder, { identifiers });
    expect(again.summary).toMatchObject({ created: 0, updated: 0 });
  });

  it('makes no organisation of the body that runs a network, which has its SIREN', async () => {
    await graph.fill(graphOf().cluster('Réseau demandé', { id: 'cluster/r', siren: '567890124' }));
    const identifiers = join(await scratchFolder(), 'asked.csv');
    await writeFile(identifiers, 'siren\n567890124\n');
    const published = importPublished(graph.engine, 'sirene', await register(), { identifiers, dryRun: true });
    expect(await published).toMatchObject({
      ...{ added: 0, doubtful: ['567890124 ASSOCIATION DEMANDEE (LYON): cluster/r, a network'] },
      summary: { rejected: 0 },
    });
  });

  it('is refused where its columns, or those of what is asked for, are others', async () => {
    const other = await folderOf({ 'other.csv': 'a,b\n1,2\n' });
    await expect(importPublished(graph.engine, 'sirene', other)).rejects.toThrow('is no list of SIRENE');
    const asked = { identifiers: join(other, 'other.csv') };
    await expect(importPublished(graph.engine, 'sirene', await register(), asked)).rejects.toThrow('siren or siret');
  });
});
