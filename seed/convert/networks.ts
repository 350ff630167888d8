import { slug } from '../../src/domain/global-id.ts';
import { coversOf, sourceOfCover } from './covers.ts';
import type { Life } from './lives.ts';
import { ACRONYMS, ALIASES, DESCRIPTIONS, ORIGIN_TEXT_NAMES, SEATS } from './network-facts.ts';
import { listOf, type Raw, type RawNetwork } from './raw.ts';
import { EDITORIAL, type SourceBook } from './sources.ts';
import type { Row } from './table.ts';
import { communeNamed } from './territories.ts';

const RANKS: Readonly<Record<string, string>> = {
  mondial: 'WORLD',
  'à vocation mondiale': 'WORLD_VOCATION',
  national: 'NATIONAL',
};

/** The sectors that our grouping writes as two in one. */
const DOUBLE_SECTORS: Readonly<Record<string, readonly string[]>> = {
  'Agroalimentaire / santé': ['Agroalimentaire', 'Santé et biotechnologies'],
};

const sectorsOf = (written: string): readonly string[] => DOUBLE_SECTORS[written] ?? (written === '' ? [] : [written]);
const sectorId = (name: string): string => `topic/sector-${slug(name)}`;

/** The sectors of a network or of the institute: our own grouping. */
export function topicsOf({ sector }: RawNetwork): string[] {
  return sectorsOf(sector).map(sectorId);
}

/** One topic for each sector in use. */
export function topicRows(raw: Raw): Row<'topics.csv'>[] {
  const sectors = new Set([...raw.poles, ...raw.clusters, raw.institute].flatMap(({ sector }) => sectorsOf(sector)));
  return [...sectors].map((name) => ({ id: sectorId(name), name, scheme: 'SECTOR' }));
}

/** The identifier of the pole or cluster that a slug of the raw data names. */
export function networkIds(raw: Raw): (slug: string) => string {
  const ids = new Map([
    ...raw.poles.map(({ slug }) => [slug, `pole/${slug}`] as const),
    ...raw.clusters.map(({ slug }) => [slug, `cluster/${slug}`] as const),
  ]);
  return (slug) => {
    const id = ids.get(slug);
    if (!id) throw new Error(`No pole or cluster is called "${slug}".`);
    return id;
  };
}

/** An address with its scheme; the raw data write most without. */
export function websiteOf(written: string): string | undefined {
  if (written === '') return undefined;
  return /^https?:\/\//.test(written) ? written : `https://${written}`;
}

/** Other names: those of before, unless another network of ours carries the name and the succession tells it. */
function aliasesOf(network: RawNetwork, otherNames: ReadonlySet<string>): string[] {
  const acronym = ACRONYMS[network.slug];
  const written = listOf(network.former_names).flatMap((name) => ALIASES[name] ?? [name]);
  const former = written.filter((name) => name !== acronym && !otherNames.has(name));
  return [...former, ...(ORIGIN_TEXT_NAMES[network.slug] ?? [])];
}

function descriptionOf({ slug, kind, domain }: RawNetwork): string | undefined {
  const own = DESCRIPTIONS[slug];
  if (own) return own;
  if (domain === '') return undefined;
  return `${kind === 'pole_competitivite' ? 'Pôle de compétitivité' : "Grappe d'entreprises"}. Domaine : ${domain}.`;
}

/** All poles and clusters. */
export function networkRows(
  raw: Raw,
  sources: SourceBook,
  lifeOf: (network: RawNetwork) => Life,
): Row<'networks.csv'>[] {
  const idOf = networkIds(raw);
  const all = [...raw.poles, ...raw.clusters];
  const pics = new Map(raw.pics.map(({ slug, cordis_pic }) => [slug, cordis_pic]));
  const namesOf = ({ slug, name }: RawNetwork) => [name, ACRONYMS[slug] ?? name];
  return all.map((network) => {
    const { since, until, foundedOn } = lifeOf(network);
    const others = new Set(all.filter((other) => other !== network).flatMap(namesOf));
    const id = idOf(network.slug);
    return {
      id,
      type: id.startsWith('pole/') ? 'POLE' : 'CLUSTER',
      name: network.name,
      acronym: ACRONYMS[network.slug],
      aliases: aliasesOf(network, others),
      description: descriptionOf(network),
      website: websiteOf(network.website),
      territory: SEATS[network.slug] ?? communeNamed(network.seat_city, listOf(network.departments)),
      city: network.seat_city,
      covers: coversOf(network, since, until),
      topics: topicsOf(network),
      since,
      until,
      foundedOn,
      rank: RANKS[network.class],
      cordisPic: pics.get(network.slug),
      sources: [
        ...new Set([
          ...sources.cite(network.source_url),
          ...sourceOfCover(network.slug, sources),
          ...(network.sector === '' ? [] : [EDITORIAL]),
        ]),
      ],
    };
  });
}
