import { fold } from '../../domain/fold.ts';
import type { KnownOrganisation } from '../../store/known-organisation.ts';
import { CsvFileError } from '../csv.ts';
import { affiliationRows, type ListedAffiliation } from './affiliations.ts';
import { type Connector, listCell } from './connector.ts';
import { KnownOrganisations } from './known-organisations.ts';
import { validIdentifier } from './partners.ts';
import { type Line, openPublished } from './published-csv.ts';
import { BY_PROJECTS, doubtInWords, RegistryMatches } from './registry-matches.ts';

const SOURCE = {
  id: 'source/rnsr',
  title: 'Répertoire national des structures de recherche',
  publisher: "Ministère chargé de l'enseignement supérieur et de la recherche",
  url: 'https://data.enseignementsup-recherche.gouv.fr/explore/dataset/fr-esr-repertoire-national-structures-recherche/',
  licence: 'Licence Ouverte (Etalab)',
};

const NUMBER = 'numero national de structure';
const NAME = 'libelle';

/** A structure of the directory, as far as it is read: persons are not. */
interface Structure {
  readonly name: string;
  readonly acronym: string;
  readonly city: string;
  readonly founded: string;
  readonly closed: string;
  readonly website: string;
  readonly parents: readonly { readonly name: string; readonly siren: string }[];
}

const yearOf = (written: string): string => /^\d{4}$/.exec(written)?.[0] ?? '';
const items = (written: string): string[] => (written === '' ? [] : written.split(';').map((item) => item.trim()));

/** Bodies that run a structure (TUTE); those that only take part in it (PART) are left. Lists of different lengths say nothing. */
function parentsOf(line: Line): Structure['parents'] {
  const names = items(line('tutelles'));
  const sirets = items(line('siret des tutelles'));
  const types = items(line('code de type de tutelle'));
  return names.flatMap((name, index) => {
    if (types.length === names.length ? types[index] !== 'TUTE' : types.includes('PART')) return [];
    const siret = sirets.length === names.length ? (sirets[index] ?? '').replace(/\s/g, '') : '';
    return [{ name, siren: validIdentifier('SIREN', siret.slice(0, 9)) }];
  });
}

function structureOf(line: Line): Structure {
  const website = line('site web');
  return {
    name: line(NAME),
    acronym: line('sigle'),
    city: line('commune'),
    founded: yearOf(line('annee de creation')),
    closed: yearOf(line('annee de fermeture')),
    website: /^https?:\/\/[^\s.]+\.\S+$/.test(website) ? website : '',
    parents: parentsOf(line),
  };
}

function rowOf(number: string, known: KnownOrganisation, structure: Structure): Record<string, string> {
  return {
    ...{ id: known.id, name: known.name, rnsr: number },
    kind: known.kind === 'UNKNOWN' ? 'RESEARCH' : known.kind,
    acronym: known.acronym ?? structure.acronym,
    website: known.website ?? structure.website,
    city: known.city ?? structure.city,
    foundedOn: structure.founded || (known.foundedOn ?? ''),
    sources: listCell([...(known.sources ?? []), SOURCE.id]),
  };
}

/** A research structure is no company. */
const isOfKind = (kind: string): boolean => kind !== 'COMPANY';

/**
 * Reads the directory of French research structures (CSV, columns by their technical names or by the same in words) for the
 * organisations of a graph: those that have its number, or the name and the place of one active structure. They get its
 * number, acronym, year and website where they have none, and their affiliations with the bodies that run them, found by
 * SIREN, or by name. It makes no organisations.
 */
export const readRnsr: Connector = async (file, graph, { signal } = {}) => {
  const published = await openPublished(file, [NUMBER, NAME], fold);
  if (!published.columns.has(NUMBER) || !published.columns.has(NAME)) {
    throw new CsvFileError(
      `${file} is no list of the RNSR: its first line must name the columns numero_national_de_structure and libelle.`,
    );
  }
  const organisations = await KnownOrganisations.read(graph, signal);
  const found = new RegistryMatches<Structure>(organisations, 'rnsr', BY_PROJECTS);
  let read = 0;
  for await (const line of published.lines()) {
    signal?.throwIfAborted();
    read++;
    const number = validIdentifier('RNSR', line(NUMBER));
    const structure = structureOf(line);
    if (number === '' || found.byIdentifier(number, structure)) continue;
    const isClosed = structure.closed !== '' || /^(?:inacti|ferm)/i.test(line('etat'));
    if (isClosed || organisations.alike([structure.name]).size === 0) continue;
    found.offer({
      number,
      record: structure,
      listed: { names: [structure.name], city: structure.city, isOfKind },
      isActive: true,
    });
  }
  found.decide();
  const { matches, doubtful } = found;
  const doubtfulParents = new Map<string, string>();
  const parentOf = ({ name, siren }: Structure['parents'][number]): string | null => {
    const byNumber = siren === '' ? null : organisations.called('siren', siren);
    if (byNumber) return byNumber.id;
    const byName = organisations.find({ names: [name], city: '' }, { trustsWholeNames: true });
    if (byName.as === 'doubtful') doubtfulParents.set(name, `${byName.known.id}, ${byName.why}`);
    return byName.as === 'known' ? byName.known.id : null;
  };
  const affiliations: ListedAffiliation[] = [...matches.values()].flatMap(({ known, record }) =>
    record.parents.flatMap((one) => {
      const parent = parentOf(one);
      return parent === null || parent === known.id ? [] : [{ organisation: known, parent, until: record.closed }];
    }),
  );
  return {
    files: {
      'sources.csv': [SOURCE],
      'organisations.csv': [...matches].map(([number, { known, record }]) => rowOf(number, known, record)),
      'affiliations.csv': affiliationRows(affiliations, SOURCE.id),
    },
    read,
    matched: matches.size,
    added: 0,
    doubtful: [
      ...doubtful.map(doubtInWords),
      ...[...doubtfulParents].map(([name, why]) => `${name}: ${why}; no affiliation with it`),
    ],
    left: read - matches.size - new Set(doubtful.map(({ number }) => number)).size,
    unreadable: published.unreadable,
  };
};
