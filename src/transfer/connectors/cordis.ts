import { dirname } from 'node:path';
import { CsvFileError, sizeOf } from '../csv.ts';
import type { Connector } from './connector.ts';
import { KnownOrganisations } from './known-organisations.ts';
import type { MatchedGraph } from './matched-graph.ts';
import { type Partner, Partners, validIdentifier } from './partners.ts';
import { type Line, openPublished, type PublishedCsv, publishedFiles } from './published-csv.ts';

const PUBLISHED = { publisher: 'Commission européenne', url: 'https://cordis.europa.eu', licence: 'CC BY 4.0' };

/** A framework programme, as projects of the graph name it, and the source that its list is. */
interface Programme {
  readonly name: string;
  readonly source: Readonly<Record<'id' | 'title' | 'publisher' | 'url' | 'licence', string>>;
}

const programme = (name: string, id: string, written: string): Programme => ({
  name,
  source: { id, title: `CORDIS : projets de recherche de l'Union européenne, programme ${written}`, ...PUBLISHED },
});

/** The programmes of the lists, by the code that they give. */
const PROGRAMMES: Readonly<Record<string, Programme>> = {
  H2020: programme('H2020', 'source/cordis-h2020', 'Horizon 2020'),
  HORIZON: programme('Horizon Europe', 'source/cordis-horizon-europe', 'Horizon Europe'),
};

const PROJECT_COLUMNS = [
  'id',
  'acronym',
  'title',
  'startDate',
  'endDate',
  'ecMaxContribution',
  'frameworkProgramme',
  'rcn',
];
const ORGANISATION_COLUMNS = [
  'projectID',
  'organisationID',
  'vatNumber',
  'name',
  'activityType',
  'city',
  'country',
  'role',
];

/** France and its territories overseas, as the Union's lists write them. */
const FRENCH = new Set(['FR', 'GP', 'MQ', 'GF', 'RE', 'YT', 'PM', 'BL', 'MF', 'WF', 'PF', 'NC']);

/** The list's kinds of organisations; "other" says nothing. */
const KINDS: Readonly<Record<string, string>> = {
  HES: 'TRAINING',
  REC: 'RESEARCH',
  PRC: 'COMPANY',
  PUB: 'PUBLIC_BODY',
};

/** The SIREN within a French VAT number: FR, two characters, nine digits. */
const sirenOf = (vat: string): string =>
  validIdentifier('SIREN', /^FR\w{2}(\d{9})$/.exec(vat.replace(/[\s.-]/g, '').toUpperCase())?.[1] ?? '');

/** A name as others write it: without the short one at its end, with the apostrophes that the list leaves out. */
function otherNamesOf(name: string, short: string): string[] {
  const isAtEnd = short !== '' && name.toUpperCase().endsWith(` ${short.toUpperCase()}`);
  const alone = isAtEnd ? name.slice(0, -short.length - 1).trim() : name;
  return [alone, alone.replace(/(?<!\S)([LD]) (?=[AEIOUYHÉÈÊ])/giu, "$1'")];
}

function partnerOf(line: Line): Partner {
  const name = line('name');
  return {
    name,
    otherNames: otherNamesOf(name, line('shortName')),
    city: line('city'),
    kind: KINDS[line('activityType')] ?? 'UNKNOWN',
    numbers: {
      CORDIS_PIC: validIdentifier('CORDIS_PIC', line('organisationID')),
      SIREN: sirenOf(line('vatNumber')),
    },
  };
}

/** Who takes part in a project, by the identifiers of the graph, and the number of participants in all. */
interface Participants {
  readonly roles: Map<string, 'COORDINATOR' | 'PARTNER'>;
  readonly all: Set<string>;
}

/** The networks that CORDIS has a code for: poles take part in projects, too. */
async function networksByCode(graph: MatchedGraph, signal: AbortSignal | undefined): Promise<Map<string, string>> {
  const networks = new Map<string, string>();
  for await (const rows of graph.networks(signal)) {
    for (const { id, cordisPic } of rows) if (cordisPic !== null) networks.set(cordisPic, id);
  }
  return networks;
}

/** An amount as the lists write it, 1234567.89 or 1234567,89; '' where there is none. */
function amountOf(written: string): string {
  const amount = Number(written.replace(',', '.'));
  return amount > 0 ? String(amount) : '';
}

const dateOf = (written: string): string => /^\d{4}-\d\d-\d\d/.exec(written)?.[0] ?? '';

function projectRow({ name, source }: Programme, line: Line): Record<string, string> | null {
  const rcn = line('rcn');
  if (!/^\d+$/.test(rcn)) return null;
  const [acronym, title, funding] = [line('acronym'), line('title'), amountOf(line('ecMaxContribution'))];
  return {
    id: `project/cordis-${rcn}`,
    name: acronym || title || `${name} project ${rcn}`,
    ...{ title, acronym, start: dateOf(line('startDate')), end: dateOf(line('endDate')) },
    ...{ programme: name, funding, currency: funding === '' ? '' : 'EUR', sources: source.id },
  };
}

/** The two files of a list, found by their columns: of the folder, or of the folder of the one that is named. */
async function filesOf(
  path: string,
): Promise<{ readonly projects: PublishedCsv; readonly organisations: PublishedCsv }> {
  const folder = (await sizeOf(path)) === null ? path : dirname(path);
  const expected = [...PROJECT_COLUMNS, ...ORGANISATION_COLUMNS];
  const isNamed = (name: string): boolean => /(?:^|[/\\])(?:project|organization)\.(?:csv|xlsx)$/i.test(name);
  const files = (await publishedFiles(folder)).filter(isNamed);
  const opened = await Promise.all(files.map((file) => openPublished(file, expected)));
  const having = (columns: readonly string[]): PublishedCsv | undefined =>
    opened.find((one) => columns.every((column) => one.columns.has(column)));
  const [projects, organisations] = [having(PROJECT_COLUMNS), having(ORGANISATION_COLUMNS)];
  if (projects && organisations) return { projects, organisations };
  throw new CsvFileError(
    `${folder} is no list of CORDIS: it needs project.csv, with the columns ${PROJECT_COLUMNS.join(', ')}, and organization.csv, with ${ORGANISATION_COLUMNS.join(', ')}.`,
  );
}

/** The projects of a list by their number there, and their programme; the number of lines. */
async function readProjects(file: PublishedCsv): Promise<{
  readonly programme: Programme | undefined;
  readonly rows: ReadonlyMap<string, Record<string, string>>;
  readonly read: number;
}> {
  const rows = new Map<string, Record<string, string>>();
  let programme: Programme | undefined;
  let read = 0;
  for await (const line of file.lines()) {
    read++;
    // A list is of one programme; projects of Euratom in it have another code.
    programme ??= PROGRAMMES[line('frameworkProgramme').toUpperCase()];
    const row = programme ? projectRow(programme, line) : null;
    if (row && line('id') !== '') rows.set(line('id'), row);
  }
  return { programme, rows, read };
}

/**
 * Reads CORDIS' list of the projects of Horizon 2020 or of Horizon Europe (CSV: project.csv and organization.csv): the
 * organisations of France, those of the graph and its networks by their CORDIS code, and the projects that one of them takes
 * part in. An organisation is that of its code, of the SIREN of its VAT number, or of its name and city.
 */
export const readCordis: Connector = async (path, graph, { signal } = {}) => {
  const files = await filesOf(path);
  const { programme, rows: projects, read: projectLines } = await readProjects(files.projects);
  if (programme === undefined) {
    throw new CsvFileError(`${path}: no project is of ${Object.keys(PROGRAMMES).join(' or ')} (frameworkProgramme).`);
  }
  const { source } = programme;
  const known = await KnownOrganisations.read(graph, signal);
  const networks = await networksByCode(graph, signal);
  const partners = new Partners(known, {
    ...{ source: source.id, schemes: ['CORDIS_PIC', 'SIREN'], givesIdentifiers: true },
    // Bodies of research and schools have sites in many places, and only one has such a whole name; companies do not.
    trustsWholeNames: ({ kind }) => kind === 'RESEARCH' || kind === 'TRAINING' || kind === 'PUBLIC_BODY',
  });
  const matchedNetworks = new Set<string>();
  const byProject = new Map<string, Participants>();
  let [read, left] = [projectLines, 0];
  for await (const line of files.organisations.lines()) {
    signal?.throwIfAborted();
    read++;
    const [project, code, name] = [line('projectID'), line('organisationID'), line('name')];
    const participants: Participants = byProject.get(project) ?? { roles: new Map(), all: new Set() };
    participants.all.add(code || name);
    byProject.set(project, participants);
    const network = networks.get(code);
    if (network !== undefined) matchedNetworks.add(network);
    const isOurs = FRENCH.has(line('country').toUpperCase()) || known.called('cordisPic', code) !== null;
    const isPartner = isOurs && name !== '' && projects.has(project);
    const id = network ?? (isPartner ? partners.idOf(partnerOf(line)) : null);
    const role = line('role') === 'coordinator' ? 'COORDINATOR' : 'PARTNER';
    if (id === null) left++;
    else if (role === 'COORDINATOR' || !participants.roles.has(id)) participants.roles.set(id, role);
  }
  const shown = [...projects].flatMap(([number, row]) => {
    const { roles, all } = byProject.get(number) ?? { roles: new Map(), all: new Set() };
    return roles.size === 0 ? [] : [{ id: row.id!, row: { ...row, participantCount: String(all.size) }, roles }];
  });
  return {
    files: {
      'sources.csv': [source],
      'organisations.csv': [...partners.rows.values()],
      'projects.csv': shown.map(({ row }) => row),
      'participations.csv': shown.flatMap(({ id, roles }) =>
        [...roles].map(([participant, role]) => ({ project: id, participant, role, sources: source.id })),
      ),
    },
    read,
    matched: partners.matched.size + matchedNetworks.size,
    added: partners.added,
    doubtful: partners.doubtful,
    left: left + projectLines - shown.length,
    unreadable: [...files.projects.unreadable, ...files.organisations.unreadable],
  };
};
