import type { PartnershipKind } from '../../src/domain/vocabulary.ts';
import { actorNamed } from './identities.ts';
import { readMembers } from './memberships.ts';
import { networkIds } from './network-ids.ts';
import { INSTITUTE_ID } from './organisations.ts';
import { INSTITUTE, listOf, type Raw, type RawPartnership } from './raw.ts';
import type { SourceBook } from './sources.ts';
import type { Row } from './table.ts';

/** The kind of each written type, and whether its year is a beginning or the day on which the source saw it. */
const TYPES: Readonly<Record<string, { readonly kind: PartnershipKind; readonly year: 'since' | 'attestedOn' }>> = {
  convention: { kind: 'CONVENTION', year: 'since' },
  charte: { kind: 'CHARTER', year: 'since' },
  réseau: { kind: 'ALLIANCE', year: 'since' },
  alliance: { kind: 'ALLIANCE', year: 'since' },
  partenariat: { kind: 'OTHER', year: 'since' },
  coordination: { kind: 'OTHER', year: 'attestedOn' },
  'publication commune': { kind: 'OTHER', year: 'attestedOn' },
  'candidature commune': { kind: 'OTHER', year: 'attestedOn' },
  'projet commun': { kind: 'OTHER', year: 'attestedOn' },
};

/** Agreements whose parties all deal with one of them, and not with each other. */
const CENTRES: Readonly<Record<string, string>> = {
  'ASTech et Pégase en lien avec Aerospace Valley': 'pole/aerospace-valley',
};

function pairsOf(name: string, parties: readonly string[]): [from: string, to: string][] {
  const centre = CENTRES[name];
  const sorted = [...parties].sort();
  const pairs = sorted.flatMap((from, at) => sorted.slice(at + 1).map((to): [string, string] => [from, to]));
  return centre ? pairs.filter((pair) => pair.includes(centre)) : pairs;
}

function agreementRows(
  agreement: RawPartnership,
  parties: readonly string[],
  cited: string[],
): Row<'partnerships.csv'>[] {
  const type = TYPES[agreement.type];
  if (!type) throw new Error(`No kind for a partnership of type "${agreement.type}".`);
  return pairsOf(agreement.name, parties).map(([from, to]) => ({
    from,
    to,
    kind: type.kind,
    label: agreement.name,
    parties: parties.length,
    [type.year]: agreement.year,
    sources: cited,
  }));
}

/** What a member's role tells of a partnership: with the institute that it founded, or beside a pole. */
function rolesAsPartnerships(raw: Raw, sources: SourceBook): Row<'partnerships.csv'>[] {
  const idOf = networkIds(raw);
  return readMembers(raw, 'partnership').map(({ row, reading }) => {
    const slug = row.pole_or_cluster_slug;
    return {
      from: actorNamed(row.org_name),
      to: slug === INSTITUTE ? INSTITUTE_ID : idOf(slug),
      kind: 'OTHER',
      label: row.role,
      since: reading.since,
      attestedOn: reading.attestedOn,
      sources: sources.cite(row.source_url),
    };
  });
}

/** The pole that a cluster carries, as the notes and a source common to both tell. */
function carriedPoles(sources: SourceBook): Row<'partnerships.csv'>[] {
  return [
    {
      from: 'cluster/indura',
      to: 'pole/infra-2050',
      kind: 'OTHER',
      label: 'Indura porte le pôle Infr@2050',
      attestedOn: '2023',
      sources: [sources.find('auvergnerhonealpes.fr/actualites/lensemble-des-poles')],
    },
  ];
}

/** Agreements, as one pair for every two of their parties. */
export function partnershipRows(raw: Raw, sources: SourceBook): Row<'partnerships.csv'>[] {
  const idOf = networkIds(raw);
  const agreements = raw.partnerships.filter(({ type }) => type !== 'membre');
  return [
    ...agreements.flatMap((row) => agreementRows(row, listOf(row.slugs).map(idOf), sources.cite(row.source_url))),
    ...rolesAsPartnerships(raw, sources),
    ...carriedPoles(sources),
  ];
}
