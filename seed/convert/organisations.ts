import { readableId } from '../../src/domain/global-id.ts';
import { topicsOf, websiteOf } from './networks.ts';
import {
  ESTABLISHMENTS,
  NETWORKS_AMONG_MEMBERS,
  ORGANISATION_NAMES,
  type OrganisationName,
} from './organisation-names.ts';
import { INSTITUTE, listOf, type Raw } from './raw.ts';
import { EDITORIAL, type SourceBook } from './sources.ts';
import type { Row } from './table.ts';
import { communeNamed } from './territories.ts';

const KINDS: Readonly<Record<string, string>> = {
  company: 'COMPANY',
  research: 'RESEARCH',
  training: 'TRAINING',
  public: 'PUBLIC_BODY',
  association: 'ASSOCIATION',
};

export const INSTITUTE_ID = `organisation/${INSTITUTE}`;

function nameOf(written: string): OrganisationName {
  return ORGANISATION_NAMES[written] ?? { name: written, reason: '' };
}

/** The identifier of whoever a raw name means: an organisation, or a network that is a member of another. */
export function actorNamed(written: string): string {
  return NETWORKS_AMONG_MEMBERS[written] ?? readableId('organisation', nameOf(written).name, []);
}

/** One place where the raw data mention an organisation. */
interface Mention {
  readonly written: string;
  readonly kind: string;
  readonly city: string;
  readonly department: string;
  readonly cited: string;
}

function mentionsIn(raw: Raw): Mention[] {
  const asMembers = raw.members.map((row) => ({
    written: row.org_name,
    kind: row.org_type,
    city: row.city,
    department: row.department_code,
    cited: row.source_url,
  }));
  const asPartners = raw.projects.flatMap((row) =>
    listOf(row.partners).map((written) => ({ written, kind: '', city: '', department: '', cited: row.source_url })),
  );
  return [...asMembers, ...asPartners].filter(({ written }) => !(written in NETWORKS_AMONG_MEMBERS));
}

/** The one value that all mentions agree on; two different ones stop the conversion, for a person to decide. */
function agreed(what: string, id: string, values: readonly string[]): string {
  const [value = '', ...others] = new Set(values.filter((given) => given !== ''));
  if (others.length > 0) throw new Error(`${id} has several values of ${what}: ${[value, ...others].join(', ')}.`);
  return value;
}

/** Where the raw data saw an establishment of an organisation whose seat is elsewhere. */
export function establishments(raw: Raw, sources: SourceBook): { id: string; city: string; cited: string[] }[] {
  return mentionsIn(raw)
    .filter(({ written, city }) => city !== '' && ESTABLISHMENTS.has(nameOf(written).name))
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
    topics: topicsOf(institute),
    sources: [...sources.cite(institute.source_url), EDITORIAL],
  };
}

/** One record for each organisation that the members and the projects name, and the institute. */
export function organisationRows(raw: Raw, sources: SourceBook): Row<'organisations.csv'>[] {
  const mentions = Map.groupBy(mentionsIn(raw), ({ written }) => actorNamed(written));
  const rows = [...mentions].map(([id, seen]) => {
    const names = seen.map(({ written }) => nameOf(written));
    const { name } = names[0]!;
    const places = ESTABLISHMENTS.has(name) ? [] : seen;
    const cities = places.map(({ city }) => city);
    const kinds = seen.map(({ kind }) => kind);
    const city = agreed('city', id, cities);
    const department = places[cities.indexOf(city)]?.department ?? '';
    return {
      id,
      name,
      kind: KINDS[agreed('kind', id, kinds)] ?? 'UNKNOWN',
      acronym: names.find(({ acronym }) => acronym)?.acronym,
      aliases: [...new Set(names.flatMap(({ aliases }) => aliases ?? []))].sort(),
      territory: city === '' ? undefined : communeNamed(city, listOf(department)),
      city,
      sources: [...new Set(seen.flatMap(({ cited }) => sources.cite(cited)))],
    };
  });
  return [...rows, instituteRow(raw, sources)];
}
