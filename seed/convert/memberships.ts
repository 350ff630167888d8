import { attestations, membershipsOf, type Statement } from './attestations.ts';
import { actorNamed, identityOf } from './identities.ts';
import { networkIds } from './network-ids.ts';
import { INSTITUTE, listOf, type Raw, type RawMember } from './raw.ts';
import { type Reading, readRole } from './roles.ts';
import type { SourceBook } from './sources.ts';
import type { Row } from './table.ts';

/** Each line of members.csv with each thing that its role says. */
export function readMembers<A extends Reading['as']>(
  raw: Raw,
  as: A,
): { row: RawMember; reading: Extract<Reading, { as: A }> }[] {
  const readings = raw.members.flatMap((row) => readRole(row.role, row.since).map((reading) => ({ row, reading })));
  return readings.filter((read): read is { row: RawMember; reading: Extract<Reading, { as: A }> } => {
    return read.reading.as === as;
  });
}

/** Memberships that partnerships.csv lists among the agreements: a cluster within a pole. */
function clustersInPoles(raw: Raw, sources: SourceBook): Statement[] {
  const idOf = networkIds(raw);
  return raw.partnerships
    .filter(({ type }) => type === 'membre')
    .map(({ name, slugs, source_url }) => {
      const [member, network] = listOf(slugs).map(idOf) as [string, string];
      return statement({ member, network, label: `membre (${name})`, sources: sources.cite(source_url) });
    });
}

function statement(known: Partial<Statement> & Pick<Statement, 'member' | 'network' | 'sources'>): Statement {
  return { role: 'MEMBER', label: '', written: '', since: '', until: '', attestedOn: '', ...known };
}

/** Everything that the first members.csv says of who belongs to which network. */
function firstStatements(raw: Raw, sources: SourceBook): Statement[] {
  const idOf = networkIds(raw);
  return readMembers(raw, 'membership').map(({ row, reading }) => {
    if (row.pole_or_cluster_slug === INSTITUTE) throw new Error(`"${row.role}" makes a member of an institute.`);
    const { role, label, since = '', until = '', attestedOn = '' } = reading;
    return statement({
      member: actorNamed(row.org_name),
      network: idOf(row.pole_or_cluster_slug),
      role,
      label,
      written: identityOf(row.org_name).name.includes('/') ? '' : row.org_name,
      since,
      until,
      attestedOn,
      sources: sources.cite(row.source_url),
    });
  });
}

/** Who belongs to which network, in which role, and what pages say that is no membership. */
export function memberships(raw: Raw, sources: SourceBook) {
  const gathered = attestations(raw, sources);
  const sure = [...firstStatements(raw, sources), ...clustersInPoles(raw, sources), ...gathered.sure];
  const idOf = networkIds(raw);
  const names = new Map([...raw.poles, ...raw.clusters].map(({ slug, name }) => [idOf(slug), name]));
  return {
    ...membershipsOf(sure, (member) => names.get(member) ?? ''),
    statements: { sure, doubtful: gathered.doubtful },
  };
}

/** The rows of memberships.csv. */
export function membershipRows(raw: Raw, sources: SourceBook): Row<'memberships.csv'>[] {
  return memberships(raw, sources).rows;
}

/** The lines of members.csv that state no relationship, each with the reason. */
export function rowsLeftOut(raw: Raw): { who: string; where: string; role: string; reason: string }[] {
  return readMembers(raw, 'nothing').map(({ row, reading }) => ({
    who: row.org_name,
    where: row.pole_or_cluster_slug,
    role: row.role,
    reason: reading.reason,
  }));
}
