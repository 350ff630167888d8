import { networkIds } from './networks.ts';
import { actorNamed } from './organisations.ts';
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
function clustersInPoles(raw: Raw, sources: SourceBook): Row<'memberships.csv'>[] {
  const idOf = networkIds(raw);
  return raw.partnerships
    .filter(({ type }) => type === 'membre')
    .map(({ name, slugs, source_url }) => {
      const [member, network] = listOf(slugs).map(idOf);
      return { member, network, role: 'MEMBER', roleLabel: `membre (${name})`, sources: sources.cite(source_url) };
    });
}

/** Who belongs to which network, in which role. */
export function membershipRows(raw: Raw, sources: SourceBook): Row<'memberships.csv'>[] {
  const idOf = networkIds(raw);
  const fromMembers = readMembers(raw, 'membership').map(({ row, reading }) => {
    if (row.pole_or_cluster_slug === INSTITUTE) throw new Error(`"${row.role}" makes a member of an institute.`);
    return {
      member: actorNamed(row.org_name),
      network: idOf(row.pole_or_cluster_slug),
      role: reading.role,
      roleLabel: reading.label,
      since: reading.since,
      until: reading.until,
      attestedOn: reading.attestedOn,
      sources: sources.cite(row.source_url),
    };
  });
  return [...fromMembers, ...clustersInPoles(raw, sources)];
}

/** The lines of members.csv that state no tie, each with the reason. */
export function rowsLeftOut(raw: Raw): { who: string; where: string; role: string; reason: string }[] {
  return readMembers(raw, 'nothing').map(({ row, reading }) => ({
    who: row.org_name,
    where: row.pole_or_cluster_slug,
    role: row.role,
    reason: reading.reason,
  }));
}
