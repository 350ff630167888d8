import { readableId } from '../../src/domain/global-id.ts';
import type { ParticipationRole } from '../../src/domain/vocabulary.ts';
import { factNetwork } from './facts.ts';
import { actorNamed } from './identities.ts';
import { readingOf } from './labelled.ts';
import { readMembers } from './memberships.ts';
import { networkIds } from './network-ids.ts';
import { listOf, type Raw, type RawLabelled, type RawProject } from './raw.ts';
import { CORDIS, type SourceBook } from './sources.ts';
import type { Row } from './table.ts';

/** Projects in which the networks named take part; everywhere else they labelled them, which is not taking part. */
const NETWORKS_TAKE_PART: Readonly<Record<string, { readonly role: ParticipationRole; readonly from: string }>> = {
  // The title of the source: the région and Cosmetic Valley steer it together.
  ACTT4Cosmetics: { role: 'COORDINATOR', from: 'la-region-centre-val-de-loire-et-cosmetic-valley-pilotent' },
  DIVA: { role: 'COORDINATOR', from: 'agri-sud-ouest-innovation-en-charge-du-projet-europeen-diva' },
  'Turbo-Sudoe': { role: 'PARTNER', from: 'mecanic-vallee-un-cluster-qui-met-le-turbo' },
};

/** Partners of whom the source says that they steer the project. */
const COORDINATORS: Readonly<Record<string, readonly string[]>> = {
  ACTT4Cosmetics: ['Région Centre-Val de Loire'],
};

const PROGRAMMES = /^(FUI \d+|UE|ANR|Investissements d'avenir)\b/;
/** An amount of this project alone: not "5,9 M€ for 3 projects". */
const AMOUNT = /(\d+(?:,\d+)?) M€(?! for)/;

type Project = Row<'projects.csv'>;

/** The name that stands before the brackets, and the long title that stands within. */
function namesOf(written: string): { name: string; title: string | undefined } {
  const match = /^(\S+) \((.+)\)$/.exec(written);
  return { name: match?.[1] ?? written, title: match?.[2] };
}

/** The identifier of the project that a raw name means. */
export const projectId = (written: string): string => readableId('project', namesOf(written).name, []);
/** The identifier of the project of a line of labelled.csv. */
export const labelledId = (row: RawLabelled): string => readableId('project', readingOf(row).name, []);
const cordisId = (rcn: string): string => `project/cordis-${rcn}`;
const takesPart = ({ name }: RawProject): boolean => name in NETWORKS_TAKE_PART;

function millionsOf(funding: string): number | undefined {
  const [, millions] = AMOUNT.exec(funding) ?? [];
  return millions === undefined ? undefined : Math.round(Number(millions.replace(',', '.')) * 1_000_000);
}

function cordisRows(raw: Raw): Row<'projects.csv'>[] {
  const projects = Map.groupBy(raw.h2020, ({ project_rcn }) => project_rcn);
  return [...projects].map(([rcn, [first]]) => ({
    id: cordisId(rcn),
    name: `H2020 project ${rcn}`,
    start: first!.project_start,
    end: first!.project_end,
    programme: 'H2020',
    participantCount: first!.n_participants,
    sources: [CORDIS],
  }));
}

/** The projects that poles labelled or take part in. */
export function projectRows(raw: Raw, sources: SourceBook): Row<'projects.csv'>[] {
  const idOf = networkIds(raw);
  const named = raw.projects.map((row) => {
    const { name, title } = namesOf(row.name);
    const funding = millionsOf(row.funding);
    return {
      id: projectId(row.name),
      name,
      title,
      acronym: title === undefined ? undefined : name,
      start: row.start_year,
      end: row.end_year,
      programme: PROGRAMMES.exec(row.funding)?.[1],
      funding,
      currency: funding === undefined ? undefined : 'EUR',
      labelledBy: takesPart(row) ? [] : listOf(row.pole_slugs).map(idOf),
      sources: sources.cite(row.source_url),
    };
  });
  return [...joinedWith(named, labelledRows(raw, sources)), ...cordisRows(raw)];
}

/** The projects that gathered pages say a network labelled. Their year is that of the page or of the label: a claim. */
function labelledRows(raw: Raw, sources: SourceBook): Project[] {
  const idOf = factNetwork(raw);
  return raw.gathered.labelled.map((row) => {
    const { name, title, programme, participantCount, backing } = readingOf(row);
    return {
      id: labelledId(row),
      name,
      title,
      acronym: title === undefined ? undefined : name,
      programme,
      participantCount,
      labelledBy: backing === 'labelled' ? [idOf(row.network)] : [],
      sources: sources.cite(row.source_url),
    };
  });
}

const both = (a: Project, b: Project, column: 'labelledBy' | 'sources') => [
  ...new Set([...((a[column] ?? []) as string[]), ...((b[column] ?? []) as string[])]),
];

/** One row for each project, the first one's with what the others add. */
function joinedWith(first: readonly Project[], more: readonly Project[]): Project[] {
  const rows = new Map<unknown, Project>();
  for (const row of [...first, ...more]) {
    const known = rows.get(row.id);
    const joined = known && {
      ...row,
      ...known,
      labelledBy: both(known, row, 'labelledBy'),
      sources: both(known, row, 'sources'),
    };
    rows.set(row.id, joined ?? row);
  }
  return [...rows.values()];
}

/** Who takes part in which project. */
export function participationRows(raw: Raw, sources: SourceBook): Row<'participations.csv'>[] {
  const idOf = networkIds(raw);
  const stated = readMembers(raw, 'participation');
  const partners = raw.projects.flatMap((project) =>
    listOf(project.partners).map((partner) => {
      const members = stated.filter(({ row, reading }) => reading.project === project.name && row.org_name === partner);
      const steers = COORDINATORS[project.name]?.includes(partner) ? 'COORDINATOR' : 'PARTNER';
      const cells = [project.source_url, ...members.map(({ row }) => row.source_url)];
      return {
        project: projectId(project.name),
        participant: actorNamed(partner),
        role: members[0]?.reading.role ?? steers,
        sources: [...new Set(cells.flatMap(sources.cite))],
      };
    }),
  );
  const networks = raw.projects.filter(takesPart).flatMap((project) =>
    listOf(project.pole_slugs).map((slug) => ({
      project: projectId(project.name),
      participant: idOf(slug),
      role: NETWORKS_TAKE_PART[project.name]!.role,
      sources: [sources.find(NETWORKS_TAKE_PART[project.name]!.from)],
    })),
  );
  const cordis = raw.h2020.map(({ slug, project_rcn, role }) => ({
    project: cordisId(project_rcn),
    participant: idOf(slug),
    role: role === 'coordinator' ? 'COORDINATOR' : 'PARTNER',
    sources: [CORDIS],
  }));
  const labeller = factNetwork(raw);
  const inLabelled = raw.gathered.labelled.flatMap((row) =>
    listOf(row.organisations)
      .map(actorNamed)
      .filter((participant) => participant !== labeller(row.network))
      .map((participant) => ({
        project: labelledId(row),
        participant,
        role: 'PARTNER',
        sources: sources.cite(row.source_url),
      })),
  );
  const carriers = raw.gathered.labelled
    .filter((row) => readingOf(row).backing === 'carried')
    .map((row) => ({
      project: labelledId(row),
      participant: labeller(row.network),
      role: 'COORDINATOR',
      sources: sources.cite(row.source_url),
    }));
  return joinedParticipations([...partners, ...networks, ...cordis, ...inLabelled, ...carriers]);
}

/** One row for each project and participant, as coordinator where any says so, with all sources. */
function joinedParticipations(rows: readonly Row<'participations.csv'>[]): Row<'participations.csv'>[] {
  const groups = Map.groupBy(rows, ({ project, participant }) => `${project} ${participant}`);
  return [...groups.values()].map((same) => ({
    ...same[0]!,
    role: same.some(({ role }) => role === 'COORDINATOR') ? 'COORDINATOR' : 'PARTNER',
    sources: [...new Set(same.flatMap(({ sources }) => sources as readonly string[]))],
  }));
}
