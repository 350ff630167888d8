import type { KnownOrganisation } from '../../store/known-organisation.ts';
import { affiliationRows } from './affiliations.ts';
import { type Connector, listCell } from './connector.ts';
import { objectsOfArray } from './json-array.ts';
import { KnownOrganisations } from './known-organisations.ts';
import { RegistryMatches } from './registry-matches.ts';

/** A record of the registry, of its schema 2.0 or 2.1, as far as it is read. */
interface RorRecord {
  readonly id: string;
  readonly status?: string;
  readonly established?: number | null;
  readonly types?: readonly string[];
  readonly names?: readonly { readonly value: string; readonly types: readonly string[] }[];
  readonly links?: readonly { readonly type: string; readonly value: string }[];
  readonly locations?: readonly {
    readonly geonames_details?: { readonly name?: string; readonly lat?: number; readonly lng?: number };
  }[];
  readonly external_ids?: readonly {
    readonly type: string;
    readonly preferred?: string | null;
    readonly all?: readonly string[];
  }[];
  readonly relationships?: readonly { readonly type: string; readonly id: string }[];
}

const SOURCE = {
  id: 'source/ror',
  title: 'Research Organization Registry',
  publisher: 'Research Organization Registry',
  url: 'https://ror.org/',
  licence: 'CC0 1.0',
};

/** Kinds of organisations that records of a type cannot be. */
const OTHER_KINDS: Readonly<Record<string, readonly string[]>> = {
  company: ['RESEARCH', 'TRAINING', 'PUBLIC_BODY', 'ASSOCIATION'],
  education: ['COMPANY'],
  facility: ['COMPANY'],
  government: ['COMPANY', 'ASSOCIATION', 'TRAINING'],
  healthcare: ['COMPANY', 'TRAINING'],
  nonprofit: ['COMPANY', 'TRAINING'],
};

/** Communes of one agglomeration: an institution has its address in one and its seat in the next. */
const NEIGHBOURHOOD_KM = 20;
const KM_PER_DEGREE = 111.2;

const keyOf = (id: string): string => id.replace(/^https?:\/\/ror\.org\//, '');
const external = ({ external_ids = [] }: RorRecord, type: string): string => {
  const found = external_ids.find((one) => one.type === type);
  return (found?.preferred ?? found?.all?.[0] ?? '').replaceAll(' ', '');
};

function isNear({ locations = [] }: RorRecord): (organisation: KnownOrganisation) => boolean {
  const points = locations.flatMap(({ geonames_details: at }) =>
    at?.lat && at.lng ? [[at.lat, at.lng] as const] : [],
  );
  // On a plane: over twenty kilometres the earth is one.
  return ({ seats }) =>
    seats.some(([, latitude, longitude]) =>
      points.some(([north, east]) => {
        if (latitude === null || longitude === null) return false;
        const eastward = (east - longitude) * Math.cos((north * Math.PI) / 180);
        return Math.hypot(north - latitude, eastward) * KM_PER_DEGREE <= NEIGHBOURHOOD_KM;
      }),
    );
}

function isOfKind({ types = [] }: RorRecord): (organisation: KnownOrganisation) => boolean {
  const telling = types.filter((type) => type in OTHER_KINDS);
  return ({ kind }) => telling.length === 0 || telling.some((type) => !OTHER_KINDS[type]!.includes(kind));
}

/** The row of a matched organisation: what the registry knows of it, and for the rest what is there. */
function rowOf(known: KnownOrganisation, record: RorRecord): Record<string, string> {
  const website = record.links?.find(({ type }) => type === 'website')?.value ?? '';
  return {
    id: known.id,
    name: known.name,
    kind: known.kind,
    website: known.website ?? website,
    foundedOn: record.established ? String(record.established) : (known.foundedOn ?? ''),
    ror: keyOf(record.id),
    isni: external(record, 'isni') || (known.isni ?? ''),
    wikidata: external(record, 'wikidata') || (known.wikidata ?? ''),
    sources: listCell([...(known.sources ?? []), SOURCE.id]),
  };
}

/**
 * Reads a dump of the Research Organization Registry (JSON, schema 2) for the organisations of a graph: those that have its
 * identifier, or the name and the place of one record that no other has. They get its identifiers, its year, a website
 * where they have none, and their affiliations with one another. It makes no organisations: the registry has 120,000.
 */
export const readRor: Connector = async (file, engine, { signal } = {}) => {
  const organisations = await KnownOrganisations.read(engine, signal);
  const found = new RegistryMatches<RorRecord>(organisations, 'ror');
  let read = 0;
  for await (const object of objectsOfArray(file)) {
    signal?.throwIfAborted();
    read++;
    const record = object as unknown as RorRecord;
    const number = keyOf(record.id);
    if (found.byIdentifier(number, record)) continue;
    const names = namesOf(record);
    if (record.status !== 'active' || !organisations.hasName(names)) continue;
    const city = record.locations?.[0]?.geonames_details?.name ?? '';
    const rules = { isNear: isNear(record), isOfKind: isOfKind(record) };
    found.offer({ number, record, listed: { names, city }, rules });
  }
  found.decide();
  const { matches, doubtful } = found;
  const affiliations = [...matches.values()].flatMap(({ known, record }) =>
    (record.relationships ?? []).flatMap(({ type, id }) => {
      const parent = type === 'parent' ? matches.get(keyOf(id)) : undefined;
      return parent ? [{ organisation: known, parent: parent.known.id, until: '' }] : [];
    }),
  );
  return {
    files: {
      'sources.csv': [SOURCE],
      'organisations.csv': [...matches.values()].map(({ known, record }) => rowOf(known, record)),
      'affiliations.csv': affiliationRows(affiliations, SOURCE.id),
    },
    read,
    matched: matches.size,
    added: 0,
    doubtful,
    left: read - matches.size - doubtful.length,
    unreadable: [],
  };
};

/** The names of a record, the displayed one first; acronyms are none. */
function namesOf({ names = [] }: RorRecord): string[] {
  const isShown = ({ types }: { readonly types: readonly string[] }): number => Number(types.includes('ror_display'));
  return names
    .filter(({ types }) => types.some((type) => type !== 'acronym'))
    .toSorted((a, b) => isShown(b) - isShown(a))
    .map(({ value }) => value);
}
