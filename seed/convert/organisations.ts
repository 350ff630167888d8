import { fold } from '../../src/domain/fold.ts';
import { kindByName } from '../../src/domain/school-name.ts';
import { actorNamed, ESTABLISHMENTS, identityOf, isNetwork } from './identities.ts';
import { websiteOf } from './networks.ts';
import { INSTITUTE, listOf, type Raw } from './raw.ts';
import { EDITORIAL, type SourceBook } from './sources.ts';
import type { Row } from './table.ts';
import { communeNamed } from './territories.ts';
import { sectorTopics } from './topics.ts';

const KINDS: Readonly<Record<string, string>> = {
  company: 'COMPANY',
  research: 'RESEARCH',
  training: 'TRAINING',
  public: 'PUBLIC_BODY',
  association: 'ASSOCIATION',
  // A network that is none of ours is an association.
  network: 'ASSOCIATION',
  public_body: 'PUBLIC_BODY',
  other: 'OTHER',
};

export const INSTITUTE_ID = `organisation/${INSTITUTE}`;

/** One place where the raw data mention an organisation. */
interface Mention {
  readonly written: string;
  readonly kind: string;
  readonly city: string;
  readonly department: string;
  readonly cited: string;
}

const named = (written: string, cited: string, kind = ''): Mention => ({
  written,
  kind,
  city: '',
  department: '',
  cited,
});

function mentionsIn({ members, projects, gathered }: Raw): Mention[] {
  const asMembers = members.map((row) => ({
    written: row.org_name,
    kind: row.org_type,
    city: row.city,
    department: row.department_code,
    cited: row.source_url,
  }));
  const asPartners = projects.flatMap((row) => listOf(row.partners).map((name) => named(name, row.source_url)));
  const attested = gathered.members.map((row) => named(row.organisation, row.source_url, row.organisation_kind));
  const inLabelled = gathered.labelled.flatMap((row) =>
    listOf(row.organisations).map((name) => named(name, row.source_url)),
  );
  return [...asMembers, ...asPartners, ...attested, ...inLabelled].filter(({ written }) => !isNetwork(written));
}

/** The one value that all mentions agree on; two different ones stop the conversion, for a person to decide. */
function agreed(what: string, id: string, values: readonly string[]): string {
  const [value = '', ...others] = new Set(values.filter((given) => given !== ''));
  if (others.length > 0) throw new Error(`${id} has several values of ${what}: ${[value, ...others].join(', ')}.`);
  return value;
}

/** The kind that most mentions give; of two as frequent the first. */
function kindOf(written: readonly string[]): string {
  const kinds = written.map((kind) => KINDS[kind.toLowerCase()]).filter((kind) => kind !== undefined);
  const counted = [...Map.groupBy(kinds, (kind) => kind)].sort(([, a], [, b]) => b.length - a.length);
  return counted[0]?.[0] ?? 'UNKNOWN';
}

/** Where the raw data saw an establishment of an organisation whose seat is elsewhere. */
export function establishments(raw: Raw, sources: SourceBook): { id: string; city: string; cited: string[] }[] {
  return mentionsIn(raw)
    .filter(({ written, city }) => city !== '' && ESTABLISHMENTS.has(identityOf(written).name))
    .map(({ written, city, cited }) => ({ id: actorNamed(written), city, cited: sources.cite(cited) }));
}

function instituteRow({ institute }: Raw, sources: SourceBook): Row<'organisations.csv'> {
  return {
    id: INSTITUTE_ID,
    name: institute.name,
    kind: 'RESEARCH',
    aliases: listOf(institute.former_names),
    website: websiteOf(institute.website),
    territory: communeNamed(institute.seat_city, listOf(institute.departments)),
    city: institute.seat_city,
    topics: sectorTopics(institute),
    sources: [...sources.cite(institute.source_url), EDITORIAL],
  };
}

/** Every name under which the raw data know each organisation, by identifier. */
export function writtenNames(raw: Raw): ReadonlyMap<string, readonly string[]> {
  const mentions = Map.groupBy(mentionsIn(raw), ({ written }) => actorNamed(written));
  return new Map([...mentions].map(([id, seen]) => [id, [...new Set(seen.map(({ written }) => written))].sort()]));
}

/** One record for each organisation that the members and the projects name, and the institute. */
export function organisationRows(raw: Raw, sources: SourceBook): Row<'organisations.csv'>[] {
  const mentions = Map.groupBy(mentionsIn(raw), ({ written }) => actorNamed(written));
  const rows = [...mentions].map(([id, seen]) => {
    const identities = seen.map(({ written }) => identityOf(written));
    const { name } = identities[0]!;
    const acronym = identities.find((identity) => identity.acronym)?.acronym;
    const places = ESTABLISHMENTS.has(name) ? [] : seen;
    const city = agreed(
      'city',
      id,
      places.map((place) => place.city),
    );
    const department = places.find((place) => place.city === city)?.department ?? '';
    const written = [...new Set(seen.map((mention) => mention.written))].sort();
    return {
      id,
      name,
      kind: kindByName(kindOf(seen.map(({ kind }) => kind)), name),
      acronym,
      aliases: written.filter((alias) => fold(alias) !== fold(name) && alias !== acronym),
      territory: city === '' ? undefined : communeNamed(city, listOf(department)),
      city,
      sources: [...new Set(seen.flatMap(({ cited }) => sources.cite(cited)))],
    };
  });
  return [...rows, instituteRow(raw, sources)];
}
