import { readableId } from '../../domain/global-id.ts';
import type { KnownOrganisation } from '../../store/known-organisation.ts';
import { CsvFileError } from '../csv.ts';
import { type Connector, listCell } from './connector.ts';
import { KnownOrganisations } from './known-organisations.ts';
import type { MatchedGraph } from './matched-graph.ts';
import { validIdentifier } from './partners.ts';
import { type Line, openPublished, type PublishedCsv, publishedFiles } from './published-csv.ts';
import { BY_PROJECTS, doubtInWords, RegistryMatches } from './registry-matches.ts';

const SOURCE = {
  id: 'source/sirene',
  title: 'Base Sirene des entreprises et de leurs établissements',
  publisher: 'Insee',
  url: 'https://www.data.gouv.fr/fr/datasets/base-sirene-des-entreprises-et-de-leurs-etablissements-siren-siret/',
  licence: 'Licence Ouverte (Etalab)',
};

const UNIT_COLUMNS = [
  'siren',
  'denominationUniteLegale',
  'categorieJuridiqueUniteLegale',
  'statutDiffusionUniteLegale',
];
const ESTABLISHMENT_COLUMNS = ['siren', 'siret', 'etablissementSiege', 'libelleCommuneEtablissement'];

/** Size classes by the code of the number of employees (tranche d'effectifs): up to 9, 49, 249, and more. */
const SIZES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    MICRO: ['00', '01', '02', '03'],
    SMALL: ['11', '12'],
    MEDIUM: ['21', '22', '31'],
    LARGE: ['32', '41', '42', '51', '52', '53'],
  }).flatMap(([size, codes]) => codes.map((code) => [code, size])),
);

/** Kinds by the beginning of the legal category (catégorie juridique); others say nothing. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^738[1-9]/, 'TRAINING'],
  [/^5/, 'COMPANY'],
  [/^7/, 'PUBLIC_BODY'],
  [/^9[123]/, 'ASSOCIATION'],
];

/** A legal unit, as far as it is read: natural persons are not. */
interface LegalUnit {
  readonly names: readonly string[];
  readonly acronym: string;
  readonly kind: string;
  readonly founded: string;
  readonly size: string;
}

function unitOf(line: Line): LegalUnit | null {
  const category = line('categorieJuridiqueUniteLegale');
  const usual = [1, 2, 3].map((number) => line(`denominationUsuelle${number}UniteLegale`));
  const names = [line('denominationUniteLegale'), ...usual].filter((name) => name !== '');
  // 1000: a natural person. P: partly public, at the wish of those concerned.
  if (names.length === 0 || category.startsWith('1') || line('statutDiffusionUniteLegale') !== 'O') return null;
  const created = line('dateCreationUniteLegale');
  return {
    names,
    acronym: line('sigleUniteLegale'),
    kind: KINDS.find(([pattern]) => pattern.test(category))?.[1] ?? 'UNKNOWN',
    // Insee writes 1900-01-01 where it does not know.
    founded: /^\d{4}-\d\d-\d\d$/.test(created) && created !== '1900-01-01' ? created : '',
    size: SIZES[line('trancheEffectifsUniteLegale')] ?? '',
  };
}

/** The SIRENs that a file asks for, in its column siren, or siret. */
async function askedFor(file: string): Promise<Set<string>> {
  const { columns, lines } = await openPublished(file, ['siren', 'siret'], (column) => column.toLowerCase());
  if (!columns.has('siren') && !columns.has('siret')) {
    throw new CsvFileError(`${file} names no companies: its first line must name a column siren or siret.`);
  }
  const asked = new Set<string>();
  for await (const line of lines()) {
    const siren = validIdentifier('SIREN', line('siren', 'siret').replace(/\s/g, '').slice(0, 9));
    if (siren !== '') asked.add(siren);
  }
  return asked;
}

interface SireneFiles {
  readonly units: PublishedCsv | undefined;
  readonly establishments: PublishedCsv | undefined;
}

async function filesOf(path: string): Promise<SireneFiles> {
  const expected = [...UNIT_COLUMNS, ...ESTABLISHMENT_COLUMNS];
  const opened: PublishedCsv[] = [];
  for (const file of await publishedFiles(path)) opened.push(await openPublished(file, expected));
  const having = (columns: readonly string[]): PublishedCsv | undefined =>
    opened.find((one) => columns.every((column) => one.columns.has(column)));
  const found = { units: having(UNIT_COLUMNS), establishments: having(ESTABLISHMENT_COLUMNS) };
  if (found.units || found.establishments) return found;
  throw new CsvFileError(
    `${path} is no list of SIRENE: legal units have the columns ${UNIT_COLUMNS.join(', ')}, establishments ${ESTABLISHMENT_COLUMNS.join(', ')}.`,
  );
}

/** The row of an organisation of the graph: what is missing there, and the size as the register has it now. */
function knownRow(
  siren: string,
  known: KnownOrganisation,
  unit: LegalUnit | null,
  city: string,
): Record<string, string> {
  const kind = known.kind === 'UNKNOWN' ? (unit?.kind ?? known.kind) : known.kind;
  return {
    ...{ id: known.id, name: known.name, kind, siren },
    aliases: listCell([...(known.aliases ?? []), ...(unit?.names ?? []).filter((name) => name !== known.name)]),
    acronym: known.acronym ?? unit?.acronym ?? '',
    foundedOn: known.foundedOn ?? unit?.founded ?? '',
    size: unit?.size || (known.size ?? ''),
    city: known.city ?? city,
    sources: listCell([...(known.sources ?? []), SOURCE.id]),
  };
}

function newRow(siren: string, unit: LegalUnit, city: string): Record<string, string> {
  const [name = '', ...aliases] = unit.names;
  return {
    ...{ id: readableId('organisation', name, [['SIREN', siren]]), name, kind: unit.kind, siren },
    aliases: listCell(aliases.filter((alias) => alias !== name)),
    ...{ acronym: unit.acronym, foundedOn: unit.founded, size: unit.size, city, sources: SOURCE.id },
  };
}

/** The networks that the register knows, by the SIREN of the body that runs each. */
async function networksBySiren(graph: MatchedGraph, signal?: AbortSignal): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const rows of graph.networks(signal)) {
    for (const { id, siren } of rows) if (siren) found.set(siren, id);
  }
  return found;
}

/**
 * Reads the register of companies (CSV of Insee: legal units, establishments, or a folder of both) for the SIRENs that the
 * organisations of a graph have, and those that `identifiers` asks for; the rest of its thirty million are passed over. Seats
 * are the establishments that say so. What is asked for and not there is found by its name and city, or made, unless it is the
 * body that runs a network: that stays a network alone, and is named.
 */
export const readSirene: Connector = async (path, graph, { signal, identifiers } = {}) => {
  const asked = identifiers === undefined ? new Set<string>() : await askedFor(identifiers);
  const { units, establishments } = await filesOf(path);
  const organisations = await KnownOrganisations.read(graph, signal);
  const selected = new Set([...organisations.identifiers('siren'), ...asked]);
  const cities = new Map<string, string>();
  const legal = new Map<string, LegalUnit>();
  let [read, used] = [0, 0];
  for await (const line of units?.lines() ?? []) {
    signal?.throwIfAborted();
    read++;
    const siren = line('siren');
    const unit = selected.has(siren) ? unitOf(line) : null;
    if (!unit) continue;
    used++;
    legal.set(siren, unit);
  }
  for await (const line of establishments?.lines() ?? []) {
    signal?.throwIfAborted();
    read++;
    if (!selected.has(line('siren')) || line('etablissementSiege').toLowerCase() !== 'true') continue;
    if (line('statutDiffusionEtablissement') !== 'O') continue;
    used++;
    cities.set(line('siren'), line('libelleCommuneEtablissement'));
  }
  const found = new RegistryMatches<LegalUnit | null>(organisations, 'siren', BY_PROJECTS);
  const networks = await networksBySiren(graph, signal);
  const ofNetworks: string[] = [];
  for (const siren of new Set([...legal.keys(), ...cities.keys()])) {
    const unit = legal.get(siren) ?? null;
    if (found.byIdentifier(siren, unit) || unit === null) continue;
    const network = networks.get(siren);
    if (network !== undefined) {
      ofNetworks.push(`${siren} ${unit.names[0]} (${cities.get(siren) ?? ''}): ${network}, a network`);
      continue;
    }
    found.offer({
      number: siren,
      record: unit,
      listed: { names: unit.names, city: cities.get(siren) ?? '' },
      isActive: true,
    });
  }
  const added = found.decide();
  const { matches, doubtful } = found;
  return {
    files: {
      'sources.csv': [SOURCE],
      'organisations.csv': [
        ...[...matches].map(([siren, { known, record }]) => knownRow(siren, known, record, cities.get(siren) ?? '')),
        ...added.map(({ number, record, listed }) => newRow(number, record!, listed.city)),
      ],
    },
    read,
    matched: matches.size,
    added: added.length,
    doubtful: [...ofNetworks, ...doubtful.map(doubtInWords)],
    left: read - used,
    unreadable: [...(units?.unreadable ?? []), ...(establishments?.unreadable ?? [])],
  };
};
