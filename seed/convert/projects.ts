import { readableId } from '../../src/domain/global-id.ts';
import type { ParticipationRole } from '../../src/domain/vocabulary.ts';
import { readMembers } from './memberships.ts';
import { networkIds } from './networks.ts';
import { actorNamed } from './organisations.ts';
import { listOf, type Raw, type RawProject } from './raw.ts';
import { CORDIS, type SourceBook } from './sources.ts';
import type { Row } from './table.ts';

/** Projects in which the networks named take part; everywhere else they labelled them, which is not taking part. */
const NETWORKS_TAKE_PART: Readonly<Record<string, { readonly role: ParticipationRole; readonly from: string }>> = {
  // The title of the source: the région and Cosmetic Valley steer it together.
  ACTT4Cosmetics: { role: 'COORDINATOR', from: 'la-region-centre-val-de-loire-et-cosmetic-valley-pilotent' },
  DIVA: { role: 'COORDINATOR', from: 'agri-sud-ouest-innovation-en-charge-du-projet-europeen-diva' },
  'Turbo-Sudoe': { role: 'PARTNER', from: 'occitanie.cci.fr/actualite/mecanic-vallee' },
};

/** Partners of whom the source says that they steer the project. */
const COORDINATORS: Readonly<Record<string, readonly string[]>> = {
  ACTT4Cosmetics: ['Région Centre-Val de Loire'],
};

const PROGRAMMES = /^(FUI \d+|UE|ANR|Investissements d'avenir)\b/;
/** An amount of this project alone: not "5,9 M€ for 3 projects". */
const AMOUNT = /(\d+(?:,\d+)?) M€(?! for)/;

/** The name that stands before the brackets, and the long title that stands within. */
function namesOf(written: string): { name: string; title: string | undefined } {
  const match = /^(\S+) \((.+)\)$/.exec(written);
  return { name: match?.[1] ?? written, title: match?.[2] };
}

/** The identifier of the project that a raw name means. */
export const projectId = (written: string): string => readableId('project', namesOf(written).name, []);
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
  return [...named, ...cordisRows(raw)];
}

/** Who takes part in which project. */
export function participationRows(raw: Raw, sources: SourceBook): Row<'participations.csv'>[] {
  const idOf = networkIds(raw);
  const told = readMembers(raw, 'participation');
  const partners = raw.projects.flatMap((project) =>
    listOf(project.partners).map((partner) => {
      const members = told.filter(({ row, reading }) => reading.project === project.name && row.org_name === partner);
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
  return [...partners, ...networks, ...cordis];
}
