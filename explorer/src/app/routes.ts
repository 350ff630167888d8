import type { ComponentType } from 'preact';
import type { PageName } from './paths.ts';
import type { Phrase } from './words/words.ts';

/** A page: its module is loaded when it is opened first. */
export interface Route {
  /** The title of the document until the page sets its own. */
  readonly title: Phrase;
  readonly load: () => Promise<{ readonly Page: ComponentType }>;
  /** Whether the header links to it. */
  readonly inHeader?: boolean;
}

export const ROUTES: Readonly<Record<PageName, Route>> = {
  start: {
    title: { fr: 'Les réseaux d’innovation', en: 'Innovation networks' },
    load: () => import('../start/page.tsx'),
  },
  search: { title: { fr: 'Recherche', en: 'Search' }, load: () => import('../search/page.tsx') },
  network: {
    title: { fr: 'Réseau', en: 'Network' },
    load: () => import('../network/page.tsx'),
    inHeader: true,
  },
  map: { title: { fr: 'Carte', en: 'Map' }, load: () => import('../map/page.tsx'), inHeader: true },
  path: {
    title: { fr: 'Chemins', en: 'Paths' },
    load: () => import('../path/page.tsx'),
    inHeader: true,
  },
  compare: { title: { fr: 'Comparer', en: 'Compare' }, load: () => import('../compare/page.tsx'), inHeader: true },
  measures: { title: { fr: 'Mesures', en: 'Measures' }, load: () => import('../measures/page.tsx'), inHeader: true },
  edit: { title: { fr: 'Modifier', en: 'Edit' }, load: () => import('../edit/page.tsx') },
  duplicates: { title: { fr: 'Doublons', en: 'Duplicates' }, load: () => import('../edit/duplicates.tsx') },
  account: { title: { fr: 'Modifier les données', en: 'Edit the data' }, load: () => import('../edit/account.tsx') },
  node: { title: { fr: 'Fiche', en: 'Record' }, load: () => import('../entity/page.tsx') },
};
