import { fold } from '../../domain/fold.ts';
import { CsvFileError } from '../csv.ts';
import { affiliationRows } from './affiliations.ts';
import { type Connector, type FileRows, listCell } from './connector.ts';
import { objectsOfArray } from './json-array.ts';
import { type Known, KnownOrganisations } from './known-organisations.ts';
import { BY_PROJECTS, doubtInWords, type Match, type Precedence, RegistryMatches } from './registry-matches.ts';
import { kindByTypes } from './ror-kinds.ts';
import {
  acronymOf,
  cityOf,
  externalId,
  labelsOf,
  listedOf,
  parentsOf,
  predecessorsOf,
  type RorRecord,
  rorNumber,
  successorsOf,
  websiteOf,
} from './ror-record.ts';

const SOURCE = {
  id: 'source/ror',
  title: 'Research Organization Registry',
  publisher: 'Research Organization Registry',
  url: 'https://ror.org/',
  licence: 'CC0 1.0',
};

/** What the registry says of an organisation that is there. */
export interface RegistryFacts {
  readonly kind: string;
  readonly names: readonly string[];
  readonly acronym: string;
  readonly website: string;
  readonly foundedOn: string;
  readonly city: string;
  readonly ror: string;
  readonly isni: string;
  readonly wikidata: string;
}

/** The matches of the registry's records with organisations, and how many records were read. */
export async function matchRor<K extends Known>(
  records: AsyncIterable<RorRecord> | Iterable<RorRecord>,
  organisations: KnownOrganisations<K>,
  precedence: Precedence<K>,
): Promise<{ readonly found: RegistryMatches<RorRecord, K>; readonly read: number }> {
  const found = new RegistryMatches<RorRecord, K>(organisations, 'ror', precedence);
  let read = 0;
  for await (const record of records) {
    read++;
    const number = rorNumber(record.id);
    if (record.status === 'withdrawn' || found.byIdentifier(number, record)) continue;
    const listed = listedOf(record);
    if (organisations.alike(listed.names).size === 0) continue;
    found.offer({ number, record, listed, isActive: record.status === 'active' });
  }
  found.decide();
  return { found, read };
}

/** The other names of an organisation, then those of its record that differ from them by more than case and accents. */
export function aliasesWith(
  { name, aliases, acronym }: { readonly name: string; readonly aliases: readonly string[]; readonly acronym: string },
  names: readonly string[],
): string[] {
  const named = new Set([name, acronym, ...aliases].map(fold));
  const added = names.filter((one) => {
    const isNew = !named.has(fold(one));
    named.add(fold(one));
    return isNew && !one.includes(';');
  });
  return [...aliases, ...added];
}

/**
 * What the registry says of each matched organisation, by its identifier. An ISNI or a Wikidata item that it gives to two of
 * them is given to neither.
 */
export function registryFacts<K extends Known>(matches: Iterable<Match<RorRecord, K>>): Map<string, RegistryFacts> {
  const all = [...matches];
  const counts = new Map<string, number>();
  for (const { record } of all) {
    for (const type of ['isni', 'wikidata']) {
      const value = externalId(record, type);
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  const own = (record: RorRecord, type: string): string => {
    const value = externalId(record, type);
    return counts.get(value) === 1 ? value : '';
  };
  return new Map(
    all.map(({ known, record }) => [
      known.id,
      {
        kind: kindByTypes(known.kind, record.types ?? []),
        names: labelsOf(record),
        acronym: acronymOf(record),
        website: websiteOf(record),
        foundedOn: record.established ? String(record.established) : '',
        city: cityOf(record),
        ror: rorNumber(record.id),
        isni: own(record, 'isni'),
        wikidata: own(record, 'wikidata'),
      },
    ]),
  );
}

/** The affiliations that the registry gives, between organisations that are records of it. */
export function registryAffiliations<K extends Known>(
  matches: ReadonlyMap<string, Match<RorRecord, K>>,
): { readonly organisation: K; readonly parent: string; readonly record: RorRecord }[] {
  return [...matches.values()].flatMap(({ known, record }) =>
    parentsOf(record).flatMap((number) => {
      const parent = matches.get(number);
      return parent ? [{ organisation: known, parent: parent.known.id, record }] : [];
    }),
  );
}

/**
 * What the registry says of organisations that followed others, between two that are records of it, as claims: the API has
 * successions of networks only. A university that was merged with others is not the one that they became.
 */
export function successionClaims<K extends Known>(
  matches: ReadonlyMap<string, Match<RorRecord, K>>,
  source: string,
): FileRows {
  const claims = new Map<string, Record<string, string>>();
  const claim = (former: K, later: K): void => {
    if (former.id === later.id) return;
    for (const [about, field, other] of [
      [former, 'successors', later],
      [later, 'predecessors', former],
    ] as const) {
      const row = { about: about.id, field, value: other.name, note: other.id, sources: source };
      claims.set(JSON.stringify(row), row);
    }
  };
  for (const { known, record } of matches.values()) {
    for (const number of successorsOf(record)) {
      const later = matches.get(number);
      if (later) claim(known, later.known);
    }
    for (const number of predecessorsOf(record)) {
      const former = matches.get(number);
      if (former) claim(former.known, known);
    }
  }
  return [...claims.values()];
}

/** Throws a CsvFileError for an object that is no record of the registry in the layout of schema 2. */
function checkRecord({ id, names }: Record<string, unknown>, file: string): void {
  if (typeof id !== 'string' || !/^https?:\/\/ror\.org\/\w{9}$/.test(id)) {
    throw new CsvFileError(
      `${file} is no dump of ROR: one of its objects has no id such as https://ror.org/02feahw73.`,
    );
  }
  if (!Array.isArray(names)) {
    throw new CsvFileError(
      `${file} is a dump of ROR in schema 1: take the file of schema 2 (its name ends in _schema_v2).`,
    );
  }
}

async function* recordsOf(file: string, signal: AbortSignal | undefined): AsyncGenerator<RorRecord> {
  for await (const object of objectsOfArray(file)) {
    signal?.throwIfAborted();
    checkRecord(object, file);
    yield object as unknown as RorRecord;
  }
}

/**
 * Reads a dump of the Research Organization Registry (JSON, schema 2) for the organisations of a graph: those that have its
 * identifier, or the name and the place of one record that no other has. They get its identifiers, its names and its year, an acronym, a website, a
 * kind and a city where they have none, and their affiliations with one another. It makes no organisations: the registry has
 * 120,000.
 */
export const readRor: Connector = async (file, graph, { signal } = {}) => {
  const organisations = await KnownOrganisations.read(graph, signal);
  const { found, read } = await matchRor(recordsOf(file, signal), organisations, BY_PROJECTS);
  const { matches, doubtful } = found;
  const facts = registryFacts(matches.values());
  const rows = [...matches.values()].map(({ known }) => {
    const { names, website, foundedOn, city, isni, wikidata, ...registry } = facts.get(known.id)!;
    const acronym = known.acronym ?? registry.acronym;
    return {
      ...{ id: known.id, name: known.name, ...registry },
      aliases: listCell(aliasesWith({ name: known.name, aliases: known.aliases ?? [], acronym }, names)),
      acronym,
      website: known.website ?? website,
      foundedOn: foundedOn || (known.foundedOn ?? ''),
      city: known.city ?? (known.seats.length === 0 ? city : ''),
      isni: isni || (known.isni ?? ''),
      wikidata: wikidata || (known.wikidata ?? ''),
      sources: listCell([...(known.sources ?? []), SOURCE.id]),
    };
  });
  const affiliations = registryAffiliations(matches).map((one) => ({ ...one, until: '' }));
  return {
    files: {
      'sources.csv': [SOURCE],
      'organisations.csv': rows,
      'affiliations.csv': affiliationRows(affiliations, SOURCE.id),
      'claims.csv': successionClaims(matches, SOURCE.id),
    },
    read,
    matched: matches.size,
    added: 0,
    doubtful: doubtful.map(doubtInWords),
    left: read - matches.size - new Set(doubtful.map(({ number }) => number)).size,
    unreadable: [],
  };
};
