import { digest, slug } from '../../src/domain/global-id.ts';
import { isPartialDate } from '../../src/domain/partial-date.ts';
import type { Raw } from './raw.ts';
import type { Row } from './table.ts';

export const AGORAVOX = 'source/agoravox-2016';
export const AGORAVOX_REACTION = 'source/agoravox-2016-reaction';
export const CORDIS = 'source/cordis-h2020';
export const DECOUPAGE = 'source/decoupage-administratif-6';
export const EDITORIAL = 'source/grappe-editorial';

type SourceRow = Row<'sources.csv'> & { readonly id: string };

const KNOWN: readonly SourceRow[] = [
  {
    id: AGORAVOX,
    title: 'Clusters et Pôles de compétitivités',
    publisher: 'AgoraVox',
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
    title: "CORDIS : projets de recherche de l'Union européenne, programme Horizon 2020",
    publisher: 'Commission européenne',
    url: 'https://cordis.europa.eu',
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
    licence: 'MIT',
  },
];

/** Pages that the remarks name, or that settle what the raw data leave open, beside those of the raw files. */
const MORE_PAGES: readonly string[] = [
  'https://aboironassocies.wordpress.com/',
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

function hostOf(url: string): string {
  return new URL(url).hostname.replace(/^www\./, '').replace(/\.$/, '');
}

function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return decoded(`${pathname} ${search.replace(/^\?/, '')}`);
}

const partsOf = (path: string): string[] =>
  decoded(path)
    .split(/[/?&]/)
    .map((part) => part.replace(/\.(html?|php)$/, '').replace(/[-_+\s]+/g, ' '))
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** Parts of an address with fewer words than this name a section or a number, not a page. */
const WORDS_OF_A_TITLE = 4;

/** Host and the last wordy part of the path: enough to know the page by, and nothing that the address does not say. */
function titleOf(url: string): string {
  const { pathname, search } = new URL(url);
  const path = partsOf(pathname);
  const wordy = path.findLast((part) => part.split(' ').length >= WORDS_OF_A_TITLE);
  return [hostOf(url), wordy ?? [...path, ...partsOf(search)].join(' ')].filter((part) => part !== '').join(' : ');
}

/** The day that an address carries in its path, as newspapers write it there. */
function dayOf(url: string): string | undefined {
  const path = new URL(url).pathname;
  const match = /\/(\d{4})[/-](\d{2})[/-](\d{2})\//.exec(path) ?? /-(20\d{2})(\d{2})(\d{2})-/.exec(path);
  const day = match?.slice(1).join('-') ?? '';
  return isPartialDate(day) ? day : undefined;
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

/** Every document that the raw data cite, and the identifiers by which facts name them. */
export interface SourceBook {
  /** The sources of a raw cell, in its order. */
  readonly cite: (cell: string) => string[];
  /** The one source whose address contains the fragment; an identifier stands for itself. */
  readonly find: (fragment: string) => string;
  readonly rows: readonly SourceRow[];
}

/** Collects the sources of all raw files. */
export function openSources(raw: Raw): SourceBook {
  const tables = [raw.poles, raw.clusters, [raw.institute], raw.members, raw.projects, raw.partnerships];
  const cells = [...tables, raw.successions].flatMap((rows) => rows.map(({ source_url }) => source_url));
  const urls = [...new Set([...cells.flatMap(mentionsIn), ...MORE_PAGES])]
    .filter((mention) => mention.startsWith('http'))
    .sort();
  const keys = keysOf(urls);
  const idOf = (mention: string) => (keys.has(mention) ? `source/${keys.get(mention)}` : mention);
  return {
    cite: (cell) => [...new Set(mentionsIn(cell).map(idOf))],
    find(fragment) {
      if (fragment.startsWith('source/')) return fragment;
      const [found, ...others] = urls.filter((url) => url.includes(fragment));
      if (!found || others.length > 0)
        throw new Error(`"${fragment}" names ${others.length + (found ? 1 : 0)} sources.`);
      return idOf(found);
    },
    rows: [
      ...KNOWN,
      ...urls.map((url) => ({
        id: idOf(url),
        title: titleOf(url),
        publisher: hostOf(url),
        url,
        publishedOn: dayOf(url),
        licence: hostOf(url).endsWith('wikipedia.org') ? 'CC BY-SA 4.0' : undefined,
      })),
    ],
  };
}
