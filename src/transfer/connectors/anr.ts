import { kindByName } from '../../domain/school-name.ts';
import { CsvFileError } from '../csv.ts';
import { categoryOf } from './anr-categories.ts';
import { type AnrList, CODE, DGPIE, DOS, ListCheck, PARTNER, projectId, projectRow } from './anr-lists.ts';
import type { Connector, Converted } from './connector.ts';
import { type Known, KnownOrganisations } from './known-organisations.ts';
import { Participations } from './participations.ts';
import { type Partner, Partners, validIdentifier } from './partners.ts';
import { type Line, openPublished, type PublishedCsv } from './published-csv.ts';

const NOTHING = { matched: 0, added: 0, doubtful: [], left: 0 };

/** The rows of the projects of a list. */
export async function readProjects(list: AnrList, { lines, unreadable }: PublishedCsv): Promise<Converted> {
  const rows = new Map<string, Record<string, string>>();
  let read = 0;
  for await (const line of lines()) {
    read++;
    const row = projectRow(list, line);
    if (row) rows.set(row.id!, row);
  }
  const files = { 'sources.csv': [list.source], 'projects.csv': [...rows.values()] };
  return { ...NOTHING, files, read, left: read - rows.size, unreadable };
}

/** A partner as a line says it. */
export function partnerOf(line: Line): Partner {
  const name = line(PARTNER);
  const { kind, public: isPublic, size } = categoryOf(line('Projet.Partenaire.Categorie_organisme'));
  return {
    name,
    city: line('Projet.Partenaire.Adresse.Ville'),
    kind: kindByName(kind, name),
    numbers: { RNSR: validIdentifier('RNSR', line('Projet.Partenaire.Code_RNSR')) },
    more: { public: isPublic === undefined ? '' : String(isPublic), size: size ?? '' },
  };
}

/** What a person has read of a list of partners. */
export interface PartnerReading {
  /** The partner of a line, where more is known of it than the line says. */
  readonly partnerOf?: (line: Line) => Partner;
  /** The organisation that a name is, where it was read. */
  readonly identityOf?: (name: string) => string | null;
}

/** The rows of the partners of a list: those that are there, and new ones. */
export async function readPartners<K extends Known>(
  { source }: AnrList,
  { lines, unreadable }: PublishedCsv,
  known: KnownOrganisations<K>,
  reading: PartnerReading = {},
): Promise<Converted> {
  const partners = new Partners(known, {
    ...{ source: source.id, schemes: ['RNSR'], givesIdentifiers: false },
    trustsWholeNames: () => true,
    ...reading,
  });
  const participations = new Participations(source.id);
  let [read, left] = [0, 0];
  for await (const line of lines()) {
    read++;
    const code = line(...CODE);
    const partner = (reading.partnerOf ?? partnerOf)(line);
    const participant = code === '' || partner.name === '' ? null : partners.idOf(partner);
    const isCoordinator = /^(?:true|1|oui|vrai)$/i.test(line('Projet.Partenaire.Est_coordinateur'));
    if (participant === null) left++;
    else participations.add(projectId(code), participant, isCoordinator);
  }
  return {
    files: {
      'sources.csv': [source],
      'organisations.csv': [...partners.rows.values()],
      'participations.csv': participations.rows(),
    },
    read,
    matched: partners.matched.size,
    added: partners.added,
    doubtful: partners.doubtful,
    left,
    unreadable,
  };
}

/**
 * Reads one of the two files of a list of the ANR (CSV of data.gouv.fr), whichever it is by its columns: the projects, or
 * their partners. Partners are the organisations that have their RNSR number, or their name and city.
 */
const readList =
  (list: AnrList): Connector =>
  async (file, graph, { signal } = {}) => {
    const opened = await openPublished(file, [...CODE, PARTNER]);
    const { columns } = opened;
    const lists = new ListCheck();
    async function* lines(): AsyncGenerator<Line, void, void> {
      for await (const line of opened.lines()) {
        signal?.throwIfAborted();
        lists.add(line(...CODE));
        yield line;
      }
      lists.check(file, list);
    }
    const published = { ...opened, lines };
    if (!CODE.some((code) => columns.has(code))) {
      throw new CsvFileError(
        `${file} is no list of the ANR: its first line must name the column ${CODE.join(' or ')}.`,
      );
    }
    if (!columns.has(PARTNER)) return readProjects(list, published);
    return readPartners(list, published, await KnownOrganisations.read(graph, signal));
  };

/** The projects that the ANR funds (DOS), and their partners. */
export const readAnr = readList(DOS);
/** The projects of the Investissements d'avenir (DGPIE), and their partners. */
export const readDgpie = readList(DGPIE);
