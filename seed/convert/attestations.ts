import { fold } from '../../src/domain/fold.ts';
import { digest } from '../../src/domain/global-id.ts';
import { isPartialDate, type PartialDate } from '../../src/domain/partial-date.ts';
import { holds, isInverted, spanOf } from '../../src/domain/period.ts';
import type { MembershipRole } from '../../src/domain/vocabulary.ts';
import { factNetwork } from './facts.ts';
import { actorNamed, identityOf, isNetwork } from './identities.ts';
import { networkIds } from './network-ids.ts';
import type { Note } from './notes.ts';
import type { Raw, RawAttestation } from './raw.ts';
import type { SourceBook } from './sources.ts';
import type { Row } from './table.ts';

/** What one page says of one member: a row of members.csv of either folder. */
export interface Statement {
  readonly member: string;
  readonly network: string;
  readonly role: MembershipRole;
  readonly label: string;
  /** The member's name as the page writes it. */
  readonly written: string;
  readonly since: string;
  readonly until: string;
  readonly attestedOn: string;
  readonly sources: readonly string[];
}

type Membership = Row<'memberships.csv'>;

const ROLES: Readonly<Record<string, readonly [role: MembershipRole, label: string]>> = {
  MEMBER: ['MEMBER', ''],
  FOUNDER: ['FOUNDER', 'fondateur'],
  BOARD: ['BOARD', "conseil d'administration"],
  PRESIDENCY: ['PRESIDENCY', 'présidence'],
  // Carried the bid for the label: a relationship, and no membership in the usual sense.
  BEARER: ['ASSOCIATE', 'porteur du projet'],
  PARTNER: ['ASSOCIATE', 'partenaire'],
};

function statementOf(row: RawAttestation, network: string, end: string, sources: SourceBook): Statement {
  const role = ROLES[row.role];
  if (!role) throw new Error(`No reading for the role "${row.role}".`);
  // A page that tells a beginning or an end need not have seen it hold.
  const isPeriod = row.since !== '' || row.until !== '';
  const seen = isPeriod ? '' : row.attested_on || row.source_date;
  return {
    member: actorNamed(row.organisation),
    network,
    role: role[0],
    label: role[1],
    written: row.organisation,
    since: row.since,
    until: row.until,
    attestedOn: isPartialDate(seen) && !(end !== '' && seen > end) ? seen : '',
    sources: sources.cite(row.source_url),
  };
}

/** Networks of which pages tell what was so before they took their name: who belonged then belonged to their predecessor. */
const PREDECESSORS: Readonly<Record<string, { readonly until: string; readonly network: string }>> = {
  'pole/cara': { until: '2017-11-21', network: 'pole/lutb' },
};

/** The network that a statement is of, given when it says it was valid. */
function networkThen(network: string, { since, attested_on }: RawAttestation): string {
  const before = PREDECESSORS[network];
  const date = since || attested_on;
  return before && date !== '' && date < before.until ? before.network : network;
}

/** Who founded a network by merging into it stands in the succession. */
function isSuccession(raw: Raw): (row: RawAttestation, network: string) => boolean {
  const idOf = networkIds(raw);
  const known = new Set(raw.successions.map(({ from_slug, to_slug }) => `${idOf(from_slug)} ${idOf(to_slug)}`));
  return ({ organisation, role }, network) =>
    role === 'FOUNDER' && isNetwork(organisation) && known.has(`${actorNamed(organisation)} ${network}`);
}

/** A year as the last of its days, so that dates compare; empty where no end is known. */
const lastYear = (year: string): string => (year.length === 4 ? `${year}-12-31` : year);

/** What the gathered pages attest: facts, and what one weak page alone says. */
export function attestations(raw: Raw, sources: SourceBook): { sure: Statement[]; doubtful: Statement[] } {
  const idOf = factNetwork(raw);
  const isInSuccession = isSuccession(raw);
  const ends = new Map([...raw.poles, ...raw.clusters].map(({ slug, end_year }) => [idOf(slug), lastYear(end_year)]));
  const rows = raw.gathered.members
    .map((row) => ({ row, network: networkThen(idOf(row.network), row) }))
    .filter(({ row, network }) => !isInSuccession(row, network) && actorNamed(row.organisation) !== network);
  const read = (isSure: boolean) =>
    rows
      .filter(({ row }) => (row.confidence !== 'low') === isSure)
      .map(({ row, network }) => statementOf(row, network, ends.get(network) ?? '', sources));
  return { sure: read(true), doubtful: read(false) };
}

const keyOf = ({ member, network, role }: Pick<Statement, 'member' | 'network' | 'role'>) =>
  digest([member, network, role]);
const agree = (a: string, b: string): boolean => a === '' || b === '' || a.startsWith(b) || b.startsWith(a);
const precise = (dates: readonly string[]): string => [...dates].sort((a, b) => b.length - a.length)[0] ?? '';
const unique = (values: readonly string[]): string[] => [...new Set(values.filter((value) => value !== ''))];

/** Statements of one member in one role that may be of one period. */
class Period {
  readonly statements: Statement[] = [];

  /** Whether both began and neither is known to have ended: what began later was seen to hold then. */
  continues({ since, until }: Statement): boolean {
    return since !== '' && until === '' && this.since !== '' && this.until === '';
  }

  /** Takes what it continues: the earlier beginning stands, the later one is a date on which it was seen. */
  join(statement: Statement): void {
    const first = this.since < statement.since ? this.since : statement.since;
    const joined = [...this.statements, statement].map((each) =>
      each.since === '' || agree(each.since, first) ? each : { ...each, since: '', attestedOn: each.since },
    );
    this.statements.splice(0, this.statements.length, ...joined);
  }

  get since(): string {
    return precise(this.statements.map(({ since }) => since));
  }

  get until(): string {
    return precise(this.statements.map(({ until }) => until));
  }

  takes({ since, until, attestedOn }: Statement): boolean {
    if (since !== '' || until !== '') {
      const [from, to] = [precise([since, this.since]), precise([until, this.until])];
      const dates = { since: (from || null) as PartialDate | null, until: (to || null) as PartialDate | null };
      return agree(since, this.since) && agree(until, this.until) && !isInverted(dates);
    }
    if (attestedOn === '') return true;
    const dates = {
      since: (this.since || null) as PartialDate | null,
      until: (this.until || null) as PartialDate | null,
    };
    return holds(spanOf(dates), attestedOn as PartialDate);
  }
}

const isDated = ({ since, until }: Statement): boolean => since !== '' || until !== '';

/** The periods of one member in one role; a founder has one, that of the first statement. */
function periodsOf(statements: readonly Statement[]): { periods: Period[]; apart: Statement[] } {
  const periods: Period[] = [];
  const apart: Statement[] = [];
  const sorted = [...statements].sort((a, b) => Number(isDated(b)) - Number(isDated(a)));
  for (const statement of sorted) {
    const isFounding = statement.role === 'FOUNDER' && periods.length > 0;
    const fitting = periods.find((period) => period.takes(statement));
    const continued = isFounding ? undefined : periods.find((period) => period.continues(statement));
    if (fitting) fitting.statements.push(statement);
    else if (continued) continued.join(statement);
    else if (isFounding) apart.push(statement);
    else {
      const period = new Period();
      period.statements.push(statement);
      periods.push(period);
    }
  }
  return { periods, apart };
}

function membershipOf(period: Period, nameOf: (member: string) => string): Membership {
  const { statements } = period;
  const { member, network, role } = statements[0]!;
  const name = nameOf(member) || identityOf(statements[0]!.written).name;
  return {
    member,
    network,
    role,
    roleLabel: unique(statements.map(({ label }) => label))
      .slice(0, 2)
      .join(' ; '),
    writtenAs: unique(statements.map(({ written }) => written)).filter((written) => fold(written) !== fold(name)),
    since: period.since,
    until: period.until,
    attestedOn: mostPrecise(unique(statements.map(({ attestedOn }) => attestedOn))).sort(),
    sources: unique(statements.flatMap(({ sources }) => sources)),
  };
}

/** Dates without those that say no more than another: 2010 beside 2010-04. */
const mostPrecise = (dates: readonly string[]): string[] =>
  dates.filter((date) => !dates.some((other) => other.startsWith(`${date}-`)));

/** The memberships that statements make, one for each member, role and period, with all pages that saw it. */
export function membershipsOf(
  statements: readonly Statement[],
  nameOf: (member: string) => string,
): { rows: Membership[]; apart: Statement[] } {
  const groups = [...Map.groupBy(statements, keyOf).values()].map(periodsOf);
  return {
    rows: groups.flatMap(({ periods }) => periods.map((period) => membershipOf(period, nameOf))),
    apart: groups.flatMap(({ apart }) => apart),
  };
}

const WORDS: Readonly<Record<MembershipRole, string>> = {
  MEMBER: 'membre',
  FOUNDER: 'fondateur',
  BOARD: "conseil d'administration",
  PRESIDENCY: 'présidence',
  FUNDER: 'soutien',
  ASSOCIATE: 'associé',
};

/** What is no membership: one weak page alone says it, or a page dates a foundation otherwise. */
export function membershipClaims(
  { sure, doubtful }: { readonly sure: readonly Statement[]; readonly doubtful: readonly Statement[] },
  apart: readonly Statement[],
): Map<string, Note[]> {
  const known = new Set(sure.map(keyOf));
  const weak = doubtful.filter((statement) => !known.has(keyOf(statement)));
  const stated = [
    ...weak.map((statement) => ({
      statement,
      note: "D'après une seule page peu sûre : n'est pas repris parmi les membres.",
    })),
    ...apart.map((statement) => ({ statement, note: 'Une autre page donne une autre date de fondation.' })),
  ];
  const claims = new Map<string, Note[]>();
  for (const { statement, note } of stated) {
    const { network, written, role, label, since, sources } = statement;
    const what = [label || WORDS[role], since && `depuis ${since}`].filter(Boolean).join(' ');
    const claim: Note = { field: 'members', value: `${written} (${what})`, note, from: sources };
    claims.set(network, [...(claims.get(network) ?? []), claim]);
  }
  return claims;
}
