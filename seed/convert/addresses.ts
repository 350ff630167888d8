/** Hosts of copies and of document states: the page is named by its publisher, without their address. */
const COPIES: ReadonlySet<string> = new Set([
  '123dok.net',
  'chemsiyatt.info',
  'docplayer.fr',
  'docsbay.net',
  'doczz.fr',
  'fdocuments.fr',
  'fdokumen.com',
  'fr-academic.com',
  'fr.doczz.net',
  'lawinsider.com',
  'mtaville.twic.pics',
  'paperblog.fr',
  'pdfslide.net',
  'polymerisv2.valcomweb.fr',
  'pressreader.com',
  'profilbaru.com',
  'pukefugtribun.pages.dev',
  'scoop.it',
]);

/** Staging hosts and copies, and the host of the page itself. */
const ORIGINAL_HOSTS: Readonly<Record<string, string>> = {
  'dev.villesdefrance.fr': 'www.villesdefrance.fr',
  'presselib.com.': 'presselib.com',
  'recette.entreprises-occitanie.com': 'www.entreprises-occitanie.com',
  'senat.fr.': 'senat.fr',
  'test.infos.lagazettedescommunes.com': 'www.lagazettedescommunes.com',
  'www.testing.lemoniteur.fr': 'www.lemoniteur.fr',
};

/** Addresses that only stand for another. */
const ORIGINAL_PAGES: readonly (readonly [part: string, original: string])[] = [
  [
    'pole-de-competitivite-ii-1553',
    'https://www.agoravox.fr/actualites/info-locale/article/pole-de-competitivite-ii-1553',
  ],
];

/** What follows an address where a page is shared, printed or shown on a telephone: not part of the page's own. */
const SHARED = [/[?&](?:share|amp|utm_\w+|pk_\w+|print|secteur)=[^&]*/g, /\/\{\{ampUrl\}\}$/, /\/amp(?:\.html?)?$/];

export const hostOf = (url: string): string => new URL(url).hostname.replace(/^www\./, '').replace(/\.$/, '');

/** The address of the page itself, of whatever copy or staging host it was read on. */
export function originalOf(url: string): string {
  const [, page] = ORIGINAL_PAGES.find(([part]) => url.includes(part)) ?? [];
  if (page) return page;
  const { host } = new URL(url);
  const staging = host.startsWith('infopro-le-moniteur-staging') ? 'www.lemoniteur.fr' : ORIGINAL_HOSTS[host];
  const moved = staging ? url.replace(host, staging) : url;
  return SHARED.reduce((address, shared) => address.replace(shared, ''), moved);
}

/** Whether the page can only be read on a host that copies it: it is then cited without an address. */
export const isCopy = (url: string): boolean => COPIES.has(hostOf(url));
