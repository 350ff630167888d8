/** A région that ended with the year 2015: its INSEE code and its départements. */
export interface OldRegion {
  readonly name: string;
  readonly code: string;
  readonly departments: readonly string[];
}

export const LAST_DAY_OF_OLD_REGIONS = '2015-12-31';
export const FIRST_DAY_OF_NEW_REGIONS = '2016-01-01';

/** The sixteen régions that the law of 16 January 2015 merged into others (code officiel géographique, INSEE). */
export const OLD_REGIONS: readonly OldRegion[] = [
  { name: 'Alsace', code: '42', departments: ['67', '68'] },
  { name: 'Aquitaine', code: '72', departments: ['24', '33', '40', '47', '64'] },
  { name: 'Auvergne', code: '83', departments: ['03', '15', '43', '63'] },
  { name: 'Basse-Normandie', code: '25', departments: ['14', '50', '61'] },
  { name: 'Bourgogne', code: '26', departments: ['21', '58', '71', '89'] },
  { name: 'Champagne-Ardenne', code: '21', departments: ['08', '10', '51', '52'] },
  { name: 'Franche-Comté', code: '43', departments: ['25', '39', '70', '90'] },
  { name: 'Haute-Normandie', code: '23', departments: ['27', '76'] },
  { name: 'Languedoc-Roussillon', code: '91', departments: ['11', '30', '34', '48', '66'] },
  { name: 'Limousin', code: '74', departments: ['19', '23', '87'] },
  { name: 'Lorraine', code: '41', departments: ['54', '55', '57', '88'] },
  { name: 'Midi-Pyrénées', code: '73', departments: ['09', '12', '31', '32', '46', '65', '81', '82'] },
  { name: 'Nord-Pas-de-Calais', code: '31', departments: ['59', '62'] },
  { name: 'Picardie', code: '22', departments: ['02', '60', '80'] },
  { name: 'Poitou-Charentes', code: '54', departments: ['16', '17', '79', '86'] },
  { name: 'Rhône-Alpes', code: '82', departments: ['01', '07', '26', '38', '42', '69', '73', '74'] },
];

/** The seven régions that were made of them. */
export const NEW_REGIONS: ReadonlySet<string> = new Set([
  'Auvergne-Rhône-Alpes',
  'Bourgogne-Franche-Comté',
  'Grand Est',
  'Hauts-de-France',
  'Normandie',
  'Nouvelle-Aquitaine',
  'Occitanie',
]);
