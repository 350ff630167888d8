import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importPublished } from '../../src/transfer/connectors/run.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { scratchFolder, World } from '../support/world.ts';

// Every file here is a fixture of these tests in the layout that is published; none of it is real.

let graph: TestGraph;
beforeEach(async () => {
  graph = await emptyGraph();
});
afterEach(() => graph[Symbol.asyncDispose]());

async function fixture(name: string, text: string): Promise<string> {
  const path = join(await scratchFolder(), name);
  await writeFile(path, text);
  return path;
}

interface RorFixture {
  readonly id: string;
  readonly name: string;
  readonly city?: string;
  readonly types?: string[];
  readonly parents?: string[];
  readonly established?: number;
}

/** A record in the layout of ROR's schema 2.1. */
const ror = ({ id, name, city = 'Toulouse', types = ['facility'], parents = [], established = 1999 }: RorFixture) => ({
  id: `https://ror.org/${id}`,
  status: 'active',
  established,
  types,
  domains: [],
  names: [
    { lang: null, types: ['acronym'], value: 'FIX {"' },
    { lang: 'fr', types: ['label', 'ror_display'], value: name },
  ],
  links: [{ type: 'website', value: `https://${id}.example` }],
  locations: [
    {
      geonames_id: 1,
      geonames_details: { name: city, country_code: 'FR', country_name: 'France', lat: 43.60426, lng: 1.44367 },
    },
  ],
  external_ids: [{ type: 'wikidata', preferred: null, all: [`Q${id.charCodeAt(8)}7`] }],
  relationships: parents.map((parent) => ({ type: 'parent', label: 'A', id: `https://ror.org/${parent}` })),
});

const institutions = (): World =>
  new World()
    .territory('territory/toulouse', { name: 'Toulouse', level: 'COMMUNE', latitude: 43.60426, longitude: 1.44367 })
    .territory('territory/labege', { name: 'Labège', level: 'COMMUNE', latitude: 43.5307, longitude: 1.5325 })
    .territory('territory/lille', { name: 'Lille', level: 'COMMUNE', latitude: 50.6292, longitude: 3.0573 })
    .organisation('Université de Toulouse', { id: 'organisation/u', kind: 'TRAINING', ror: '004raaa70' })
    .organisation('LABORATOIRE DE GENIE CHIMIQUE', {
      id: 'organisation/l',
      kind: 'RESEARCH',
      territory: 'territory/labege',
    })
    .organisation('Institut de génie végétal', { id: 'organisation/v', kind: 'RESEARCH', territory: 'territory/lille' })
    .organisation('Chimie fine', {
      id: 'organisation/f',
      kind: 'COMPANY',
      city: 'Toulouse',
      website: 'https://own.example',
    });

const RECORDS = [
  ror({ id: '004raaa70', name: 'Université de Toulouse', types: ['education'], established: 1229 }),
  ror({ id: '01ahyrz84', name: 'Laboratoire de Génie Chimique', parents: ['004raaa70', '05a0dhs15'] }),
  ror({ id: '05a0dhs15', name: 'Institut de génie végétal' }),
  ror({ id: '02feahw73', name: 'Chimie fine', types: ['facility'] }),
  ror({ id: '04z22qz54', name: 'An institute that the graph does not have' }),
];

describe('a dump of ROR', () => {
  const dump = (records: object[]) => fixture('ror.json', JSON.stringify(records, null, 2));

  it('gives organisations their identifiers and affiliations, by identifier, or by name, place and kind', async () => {
    await graph.fill(institutions());
    const { summary, ...counts } = await importPublished(graph.engine, 'ror', await dump(RECORDS));
    expect(summary).toMatchObject({ rejected: 0 });
    expect(counts).toEqual({
      read: 5,
      matched: 2,
      added: 0,
      left: 1,
      unreadable: [],
      doubtful: [
        '02feahw73 Chimie fine (Toulouse): organisation/f, another kind',
        '05a0dhs15 Institut de génie végétal (Toulouse): organisation/v, another place',
      ],
    });
    const { organisation } = await graph.ask(`{ organisation(by: { ror: "01ahyrz84" }) {
      name website foundedOn sources { title }
      affiliations { edges { node { id foundedOn } affiliations { sources { title } } } } } }`);
    expect(organisation).toEqual({
      name: 'LABORATOIRE DE GENIE CHIMIQUE',
      website: 'https://01ahyrz84.example',
      foundedOn: '1999',
      sources: [{ title: 'A fixture of the tests' }, { title: 'Research Organization Registry' }],
      affiliations: {
        edges: [
          {
            node: { id: 'organisation/u', foundedOn: '1229' },
            affiliations: [{ sources: [{ title: 'Research Organization Registry' }] }],
          },
        ],
      },
    });
  });

  it('changes nothing a second time, and a newer one brings what is new', async () => {
    await graph.fill(institutions());
    await importPublished(graph.engine, 'ror', await dump(RECORDS));
    const again = await importPublished(graph.engine, 'ror', await dump(RECORDS));
    expect(again.summary).toMatchObject({ created: 0, updated: 0, rejected: 0 });
    const newer = RECORDS.map((record) => ({ ...record, established: 2000 }));
    expect((await importPublished(graph.engine, 'ror', await dump(newer))).summary).toMatchObject({ updated: 2 });
  });

  it.each([
    ['an object', '{"id": "x"}', 'it begins with an object'],
    ['a text that ends early', '[{"id": "x"', 'it ends within an object'],
    ['no JSON', '[{id}]', 'is not a JSON array'],
  ])('that is none is refused, with nothing written: %s', async (_, text, reason) => {
    await graph.fill(institutions());
    await expect(importPublished(graph.engine, 'ror', await fixture('ror.json', text))).rejects.toThrow(reason);
  });
});

describe('a list of the ANR', () => {
  const PROJECTS = `Projet.Code_Decision;Action.Edition;Projet.Acronyme;Projet.Titre.Francais;Projet.T0 scientifique;Projet.Montant.AF.Aide_allouee.ANR
ANR-21-CE14-0001;2021;FIXTURE;Un projet des tests;2021-10-01;250000,5
ANR-21-CE14-0002;2021;;Un autre;;`;
  const PARTNERS = `Projet.Code_Decision;Projet.Partenaire.Est_coordinateur;Projet.Partenaire.Nom_organisme;Projet.Partenaire.Categorie_organisme;Projet.Partenaire.Code_RNSR;Projet.Partenaire.Adresse.Ville
ANR-21-CE14-0001;True;Laboratoire de génie chimique;Laboratoire public;;Labège Cedex
ANR-21-CE14-0001;False;Laboratoire sans nom d'ici;Laboratoire public;200611689J;Pau
ANR-21-CE14-0001;False;Génie végétal (institut);Laboratoire public;;Pau cedex 2
ANR-21-CE14-0002;True;Laboratoire au nouveau nom;Laboratoire public;200611689J;Pau
ANR-21-CE14-0002;False;Non renseigné;;;
ANR-21-CE14-0009;False;Laboratoire de génie chimique;Laboratoire public;;Labège`;

  it('gives projects and their partners: known by number, or by name and place, or new', async () => {
    await graph.fill(institutions());
    const projects = await importPublished(graph.engine, 'anr', await fixture('projets.csv', PROJECTS));
    expect(projects).toMatchObject({ read: 2, summary: { rejected: 0 } });
    const partners = await importPublished(graph.engine, 'anr', await fixture('partenaires.csv', PARTNERS));
    expect(partners).toMatchObject({
      ...{ read: 6, matched: 1, added: 2, left: 1 },
      doubtful: ['Génie végétal (institut) (Pau cedex 2): organisation/v, another place; recorded as another one'],
      // The project 0009 is in no list of projects.
      summary: { rejected: 1 },
    });
    const { project, other } = await graph.ask(`{
      project(id: "project/anr-21-ce14-0001") {
        name title start programme funding { amount currency }
        participants(orderBy: { field: ROLE }) { edges { roles node { id } } } }
      other: project(id: "project/anr-21-ce14-0002") { name start participants { nodes { id name } } }
    }`);
    expect(project).toEqual({
      ...{ name: 'FIXTURE', title: 'Un projet des tests', start: '2021-10-01', programme: 'ANR CE14' },
      funding: { amount: 250000.5, currency: 'EUR' },
      participants: {
        edges: [
          { roles: ['COORDINATOR'], node: { id: 'organisation/l' } },
          { roles: ['PARTNER'], node: { id: 'organisation/genie-vegetal-institut' } },
          { roles: ['PARTNER'], node: { id: 'organisation/rnsr-200611689J' } },
        ],
      },
    });
    expect(other).toEqual({
      ...{ name: 'Un autre', start: '2021' },
      participants: { nodes: [{ id: 'organisation/rnsr-200611689J', name: "Laboratoire sans nom d'ici" }] },
    });
    const again = await importPublished(graph.engine, 'anr', await fixture('partenaires.csv', PARTNERS));
    expect(again.summary).toMatchObject({ created: 0, updated: 0 });
  });

  it('keeps apart what has one short name in two places, and decides the same a second time', async () => {
    await graph.fill(institutions());
    const twins = `${PARTNERS.split('\n')[0]}
ANR-21-CE14-0001;True;Tisse;PME;;Pau
ANR-21-CE14-0001;False;TISSE SAS;PME;;Lyon
ANR-21-CE14-0001;False;Tisse;PME;;Pau cedex
ANR-21-CE14-0001;False;Université sans nom d'ici;Laboratoire public;;Pau`;
    await importPublished(graph.engine, 'anr', await fixture('projets.csv', PROJECTS));
    const partners = await importPublished(graph.engine, 'anr', await fixture('partenaires.csv', twins));
    expect(partners).toMatchObject({
      ...{ matched: 0, added: 3, left: 0 },
      doubtful: ['TISSE SAS (Lyon): organisation/tisse, another place; recorded as another one'],
    });
    const { project } = await graph.ask(
      '{ project(id: "project/anr-21-ce14-0001") { participants { nodes { id ... on Organisation { kind city } } } } }',
    );
    expect(project.participants.nodes).toEqual(
      expect.arrayContaining([
        { id: 'organisation/tisse', kind: 'COMPANY', city: 'Pau' },
        { id: 'organisation/tisse-sas', kind: 'COMPANY', city: 'Lyon' },
        // A university trains, whatever the list says of its laboratories.
        { id: 'organisation/universite-sans-nom-ici', kind: 'TRAINING', city: 'Pau' },
      ]),
    );
    const again = await importPublished(graph.engine, 'anr', await fixture('partenaires.csv', twins));
    expect(again).toMatchObject({ matched: 3, added: 0, doubtful: [], summary: { created: 0, updated: 0 } });
    // What somebody has joined is neither new nor doubtful.
    await graph.fill(new World().row('merges.csv', { merged: 'organisation/tisse-sas', into: 'organisation/tisse' }));
    const joined = await importPublished(graph.engine, 'anr', await fixture('partenaires.csv', twins));
    expect(joined).toMatchObject({ matched: 2, added: 0, doubtful: [], summary: { created: 0, updated: 0 } });
  });

  it('of the Investissements d’avenir names the programme, in the columns of 2022 too', async () => {
    const list = `Projet.Code_Decision_ANR,Projet.Date_debut,Action.Edition,Action.Titre.Francais,Projet.Acronyme,Projet.Titre.Francais,Projet.Resume.Francais,Projet.Aide_allouee
ANR-10-LABX-0001,,2010,LABX,FIXTURE,Un laboratoire des tests,,0.0`;
    await importPublished(graph.engine, 'dgpie', await fixture('projets.csv', list));
    const { project } = await graph.ask(
      '{ project(id: "project/anr-10-labx-0001") { programme start funding { amount } } }',
    );
    expect(project).toEqual({ programme: "Laboratoires d'excellence (LABX)", start: '2010', funding: null });
  });

  it('is refused where its columns are not those of one', async () => {
    const other = await fixture('other.csv', 'a,b\n1,2');
    await expect(importPublished(graph.engine, 'anr', other)).rejects.toThrow(/Projet\.Code_Decision/);
  });
});
