/** A row of the example: cells by column, as written in the file. */
type ExampleRow = Readonly<Record<string, string>>;

const CREATION = 'source/creation-de-cimes';
const TURBO = 'source/mecanic-vallee-turbo';

/**
 * The rows of a small folder that can be imported into an empty store: the pole CIMES, which succeeded ViaMéca, with
 * two of its members, and a project of the cluster Mecanic Vallée. The facts are those of seed/data/curated. Files that
 * are not named have no rows.
 */
export const EXAMPLE: Readonly<Record<string, readonly ExampleRow[]>> = {
  'sources.csv': [
    {
      id: CREATION,
      title: 'Mécanique : création du pôle de compétitivité CIMES',
      publisher: 'ledecolletage.com',
      url: 'https://www.ledecolletage.com/mecanique-creation-du-pole-de-competitivite-cimes/',
    },
    {
      id: TURBO,
      title: 'Mecanic Vallée, un cluster qui met le turbo',
      publisher: 'occitanie.cci.fr',
      url: 'https://www.occitanie.cci.fr/actualite/mecanic-vallee-un-cluster-qui-met-le-turbo',
    },
  ],
  'territories.csv': [
    { id: 'territory/commune-63113', name: 'Clermont-Ferrand', level: 'COMMUNE', code: '63113' },
    { id: 'territory/departement-63', name: 'Puy-de-Dôme', level: 'DEPARTMENT', code: '63' },
    { id: 'territory/region-auvergne', name: 'Auvergne', level: 'REGION', code: '83', until: '2015-12-31' },
    {
      id: 'territory/region-auvergne-rhone-alpes',
      name: 'Auvergne-Rhône-Alpes',
      level: 'REGION',
      code: '84',
      since: '2016-01-01',
    },
  ],
  'territory_parts.csv': [
    { part: 'Clermont-Ferrand', whole: 'Puy-de-Dôme' },
    { part: 'Puy-de-Dôme', whole: 'Auvergne', until: '2015-12-31' },
    { part: 'Puy-de-Dôme', whole: 'Auvergne-Rhône-Alpes', since: '2016-01-01' },
  ],
  'topics.csv': [{ id: 'topic/sector-mecanique', name: 'Mécanique', scheme: 'SECTOR' }],
  'networks.csv': [
    {
      type: 'POLE',
      name: 'CIMES',
      territory: 'Clermont-Ferrand',
      city: 'Clermont-Ferrand',
      covers: 'Auvergne-Rhône-Alpes',
      topics: 'topic/sector-mecanique',
      since: '2019',
      sources: CREATION,
    },
    {
      type: 'POLE',
      name: 'ViaMéca',
      topics: 'topic/sector-mecanique',
      since: '2005',
      until: '2019',
      sources: CREATION,
    },
    {
      type: 'CLUSTER',
      name: 'Mecanic Vallée',
      aliases: 'Mecanic Valley',
      topics: 'topic/sector-mecanique',
      since: '2009',
      foundedOn: '1998',
      sources: TURBO,
    },
  ],
  'organisations.csv': [
    { name: 'Michelin', kind: 'COMPANY', sources: CREATION },
    { name: 'Vilesta', kind: 'ASSOCIATION', sources: CREATION },
  ],
  'memberships.csv': [
    { member: 'Michelin', network: 'CIMES', role: 'MEMBER', attestedOn: '2019', sources: CREATION },
    {
      member: 'Vilesta',
      network: 'CIMES',
      role: 'MEMBER',
      roleLabel: 'groupement adhérent',
      attestedOn: '2019',
      sources: CREATION,
    },
  ],
  'successions.csv': [{ from: 'ViaMéca', to: 'CIMES', kind: 'MERGE', since: '2019', sources: CREATION }],
  'projects.csv': [{ id: 'project/turbo-sudoe', name: 'Turbo-Sudoe', start: '2017', sources: TURBO }],
  'participations.csv': [
    { project: 'project/turbo-sudoe', participant: 'Mecanic Vallée', role: 'PARTNER', sources: TURBO },
  ],
  'claims.csv': [
    {
      about: 'Mecanic Vallée',
      field: 'since',
      value: '1999',
      note: '« Labellisé cluster en 1999 ».',
      sources: TURBO,
    },
  ],
};
