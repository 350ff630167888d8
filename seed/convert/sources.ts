import { digest, slug } from '../../src/domain/global-id.ts';
import { hostOf, isCopy, originalOf } from './addresses.ts';
import type { Raw } from './raw.ts';
import { type PageFacts, pageFacts, pageKey } from './source-pages.ts';
import type { Row } from './table.ts';

export const AGORAVOX = 'source/agoravox-2016';
export const AGORAVOX_REACTION = 'source/agoravox-2016-reaction';
export const CORDIS = 'source/cordis-h2020-2020';
export const DECOUPAGE = 'source/decoupage-administratif-6';
export const EDITORIAL = 'source/grappe-editorial';

type SourceRow = Row<'sources.csv'> & { readonly id: string };

// CORDIS: the dump that the portal gave out in December 2020 has the same participations of the poles, all and no other
// (54, with the same roles, dates and numbers of participants); later ones have more.
const KNOWN: readonly SourceRow[] = [
  {
    id: AGORAVOX,
    title: 'Clusters et Pôles de compétitivités',
    publisher: 'AgoraVox (ADECNS)',
    publishedOn: '2016-03-14',
  },
  {
    id: AGORAVOX_REACTION,
    title: "Clusters et Pôles de compétitivités : réaction d'un lecteur",
    publisher: 'AgoraVox',
    publishedOn: '2016-03-15',
  },
  {
    id: CORDIS,
    title: "CORDIS : projets de recherche de l'Union européenne, programme Horizon 2020 (état de décembre 2020)",
    publisher: 'Commission européenne',
    url: 'https://cordis.europa.eu',
    publishedOn: '2020-12',
    licence: 'CC BY 4.0',
  },
  {
    id: DECOUPAGE,
    title:
      'Découpage administratif français 6.0.0 (paquet @etalab/decoupage-administratif ; code officiel géographique 2026)',
    publisher: 'Etalab',
    url: 'https://github.com/datagouv/decoupage-administratif',
    licence: 'Licence Ouverte (données), MIT (code)',
  },
  {
    id: EDITORIAL,
    title: 'Regroupements et déductions de la rédaction de Grappe',
    publisher: 'Grappe',
    publishedOn: '2026-11',
    licence: 'MIT',
  },
];

/** Pages that the remarks name, or that settle what the raw data leave open, beside those of the raw files. */
const MORE_PAGES: readonly string[] = [
  'https://aboironassocies.wordpress.com/',
  'https://www.usinenouvelle.com/editorial/les-fusions-de-poles-relancees-avec-celle-d-images-et-reseaux-et-de-tes.N757874',
  'https://entreprises.gouv.fr/la-dge/actualites/labellisation-de-55-poles-de-competitivite-pour-la-phase-v-2023-2026',
  'https://www.regionsmagazine.com/poles-de-competitivite-et-voici-les-55-labellises/',
  'https://www.lejournaldesentreprises.com/article/agri-sud-ouest-innovation-en-charge-du-projet-europeen-diva-118615',
];

/** Longest readable part of a source's key; the rest of a long address becomes a digest. */
const MAX_KEY_LENGTH = 80;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return decoded(`${pathname} ${search.replace(/^\?/, '')}`);
}

/** One mention in a raw cell: the address it starts with, or the known source that it describes. */
function mentionOf(mention: string): string {
  const [url] = /^https?:\/\/\S+/.exec(mention) ?? [];
  if (url) return url;
  if (mention.includes('origin text')) return AGORAVOX;
  if (mention.includes('CORDIS H2020')) return CORDIS;
  throw new Error(`No source known for "${mention}".`);
}

function mentionsIn(cell: string): string[] {
  return cell
    .split(/\s+;\s+/)
    .filter((mention) => mention !== '')
    .map(mentionOf);
}

/** Readable keys; an address gets a digest when its key is cut or another address has the same. */
function keysOf(urls: readonly string[]): Map<string, string> {
  const full = new Map(urls.map((url) => [url, slug(`${hostOf(url)} ${pathOf(url)}`)]));
  const taken = Map.groupBy(urls, (url) => full.get(url)!);
  return new Map(
    urls.map((url) => {
      const key = full.get(url)!;
      if (key.length <= MAX_KEY_LENGTH && taken.get(key)!.length === 1) return [url, key];
      return [url, `${key.slice(0, MAX_KEY_LENGTH).replace(/-+$/, '')}-${digest([url]).slice(0, 6)}`];
    }),
  );
}

/** When the pages of the gathered facts were read (facts/README.md); of the others no day is known. */
const GATHERED_ON = '2026-11-28';

/** Pages that were read again, or first, on a later day: their stored text has what the facts say. */
const READ_ON: ReadonlyMap<string, string> = new Map(
  [
    'https://aerospace-valley.com/en/new/felicitations-aux-membres-du-pole-laureats-et-preselectionnes-de-lappel-projet-france-2030',
    'http://www.eurobiomed.org/en/news/detail/News/the-seven-french-health-competitiveness-clusters-create-a-network/',
    'https://reseau-healthtech.fr/En-dix-ans-le-pole-de-competitivite-Medicen-est-devenu-un-acteur-majeur-des.html',
  ].map((url) => [pageKey(url), '2026-11-29']),
);

function rowOf(id: string, url: string, { title, publisher, date }: PageFacts, consultedOn?: string): SourceRow {
  return {
    id,
    title,
    publisher,
    url: isCopy(url) ? undefined : url,
    publishedOn: date,
    consultedOn: isCopy(url) ? undefined : consultedOn,
    licence: publisher.startsWith('Wikip') ? 'CC BY-SA 4.0' : undefined,
  };
}

/** Every document that the raw data cite, and the identifiers by which facts name them. */
export interface SourceBook {
  /** The sources of a raw cell, in its order. */
  readonly cite: (cell: string) => string[];
  /** The one source whose address contains the fragment; an identifier stands for itself. */
  readonly find: (fragment: string) => string;
  readonly rows: readonly SourceRow[];
}

/** Collects the sources of all raw files: one for each page, of however many copies and spellings of its address. */
export function openSources(raw: Raw): SourceBook {
  const tables = [raw.poles, raw.clusters, [raw.institute], raw.members, raw.projects, raw.partnerships];
  const rows = [...tables, raw.successions, ...Object.values(raw.gathered)].flat() as { source_url: string }[];
  const mentions = rows.flatMap(({ source_url }) => mentionsIn(source_url));
  const written = [...new Set([...mentions, ...MORE_PAGES])].filter((mention) => mention.startsWith('http')).sort();
  const pages = Map.groupBy(written.map(originalOf), pageKey);
  // Of several spellings the one that sorts last, https before http.
  const urls = [...pages.values()].map((spellings) => spellings.sort().at(-1)!).sort();
  const urlOf = new Map(urls.map((url) => [pageKey(url), url]));
  const keys = keysOf(urls);
  const idOf = (mention: string) => {
    if (!mention.startsWith('http')) return mention;
    return `source/${keys.get(urlOf.get(pageKey(originalOf(mention)))!)}`;
  };
  const facts = pageFacts(raw);
  const gathered = Object.values(raw.gathered).flat() as { source_url: string }[];
  const consulted = new Set(gathered.flatMap(({ source_url }) => mentionsIn(source_url)).map(idOf));
  return {
    cite: (cell) => [...new Set(mentionsIn(cell).map(idOf))],
    find(fragment) {
      if (fragment.startsWith('source/')) return fragment;
      const found = urls.filter((url) => url.includes(fragment));
      if (found.length !== 1) throw new Error(`"${fragment}" names ${found.length} sources.`);
      return idOf(found[0]!);
    },
    rows: [
      ...KNOWN,
      ...urls.map((url) => {
        const day = READ_ON.get(pageKey(url)) ?? (consulted.has(idOf(url)) ? GATHERED_ON : undefined);
        return rowOf(idOf(url), url, facts(url), day);
      }),
    ],
  };
}
