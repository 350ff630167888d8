import { NEW_REGIONS } from './old-regions.ts';
import { listOf, type RawNetwork } from './raw.ts';
import type { SourceBook } from './sources.ts';
import { departmentId, regionId } from './territories.ts';

/** What is known of the régions that a network covered before 2016. */
interface EarlierCover {
  readonly regions: readonly string[];
  /** A fragment of the address that says so, or a source's identifier; absent where it was only inferred. */
  readonly source?: string;
  /** Why we take it to be so, where no source says it in these words. */
  readonly inference?: string;
}

const MIDI_PYRENEES: EarlierCover = { regions: ['Midi-Pyrénées'], source: 'source/agoravox-2016' };
const RHONE_ALPES: EarlierCover = { regions: ['Rhône-Alpes'], source: 'lyonmag.com/article/66410' };
const JULY_2005 = 'lagazettedescommunes.com/19152';
const NOVEMBER_2005 = 'lagazettedescommunes.com/18778';
const AGORAVOX_2005 = 'article/pole-de-competitivite-ii-1553';
const SOUTH_2005 = 'categorynet.com/business/4270';

/** The raw data write the régions of today for all times; this is what their sources say of those of before. */
export const EARLIER_COVERS: Readonly<Record<string, EarlierCover>> = {
  'aerospace-valley': { regions: ['Midi-Pyrénées', 'Aquitaine'], source: 'source/agoravox-2016' },
  'agri-sud-ouest-innovation': MIDI_PYRENEES,
  'alsace-energivie': { regions: ['Alsace'], inference: 'Déduit du nom du pôle.' },
  'bioeconomy-for-change': { regions: ['Champagne-Ardenne', 'Picardie'], source: AGORAVOX_2005 },
  'biovalley-france': { regions: ['Alsace'], source: AGORAVOX_2005 },
  'cancer-bio-sante': { regions: ['Midi-Pyrénées', 'Limousin'], source: 'source/agoravox-2016' },
  'cosmetic-valley': {
    regions: ['Haute-Normandie'],
    inference: "Déduit de la liste des départements : l'Eure était en Haute-Normandie jusqu'en 2015.",
  },
  'digital-place': MIDI_PYRENEES,
  elastopole: { regions: ['Auvergne'], source: 'labellises-par-le-ciact-du-5-juillet-2007' },
  elopsys: { regions: ['Limousin'], source: NOVEMBER_2005 },
  eurobiomed: { regions: ['Languedoc-Roussillon'], source: 'polescompet.canalblog.com/archives/2009/01/11' },
  fibres: { regions: ['Lorraine'], inference: "Déduit de l'article de France 3 sur l'évaluation des pôles lorrains." },
  hippolia: { regions: ['Basse-Normandie'], source: NOVEMBER_2005 },
  innoviandes: { regions: ['Auvergne'], inference: 'Déduit du siège, Clermont-Ferrand.' },
  'mecanic-vallee': {
    regions: ['Midi-Pyrénées', 'Limousin', 'Aquitaine', 'Auvergne'],
    inference: 'Déduit de la liste des départements : 12 et 46, 19 et 87, 24, 15.',
  },
  'midi-pyrenees-saveurs': MIDI_PYRENEES,
  mta: { regions: ['Poitou-Charentes'], source: JULY_2005 },
  'normandy-motor-valley': {
    regions: ['Basse-Normandie', 'Haute-Normandie'],
    inference: 'La source écrit « Normandie », qui comptait alors deux régions.',
  },
  nsl: { regions: ['Nord-Pas-de-Calais'], source: NOVEMBER_2005 },
  orpheme: { regions: ['Languedoc-Roussillon'], source: 'gazettelabo.fr/archives' },
  picom: { regions: ['Nord-Pas-de-Calais'], source: NOVEMBER_2005 },
  plastipolis: { regions: ['Rhône-Alpes', 'Franche-Comté'], source: JULY_2005 },
  'pole-europeen-ceramique': { regions: ['Limousin', 'Midi-Pyrénées'], source: JULY_2005 },
  prodinnov: { regions: ['Aquitaine'], source: NOVEMBER_2005 },
  'pyrenees-bien-etre': MIDI_PYRENEES,
  'pyrenees-industries-ceramiques': MIDI_PYRENEES,
  qualimediterranee: { regions: ['Languedoc-Roussillon'], source: SOUTH_2005 },
  'ra-aerospace': RHONE_ALPES,
  'ra-automotive': RHONE_ALPES,
  'ra-eco-energies': RHONE_ALPES,
  'ra-edit': RHONE_ALPES,
  'ra-i-care': RHONE_ALPES,
  'ra-lumiere': RHONE_ALPES,
  'ra-montagne': RHONE_ALPES,
  'ra-organics': RHONE_ALPES,
  risques: { regions: ['Languedoc-Roussillon'], source: 'au-revoir-pegase-et-risques-bonjour-safe' },
  'saveurs-des-pyrenees': { regions: ['Midi-Pyrénées'], source: 'lagazettedescommunes.com/54612' },
  sporaltec: { regions: ['Rhône-Alpes'], inference: 'Déduit du siège, Saint-Étienne.' },
  trimatec: { regions: ['Languedoc-Roussillon'], source: SOUTH_2005 },
  vitagora: { regions: ['Bourgogne'], source: NOVEMBER_2005 },
  wsm: MIDI_PYRENEES,
  xylofutur: { regions: ['Aquitaine'], source: NOVEMBER_2005 },
};

/** Extensions of which a source tells the year. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  'agri-sud-ouest-innovation': `${regionId('Aquitaine')}@2012..2015`,
};

/** Networks whose départements are a list of the source's, not just that of the seat. */
const LISTED_DEPARTMENTS: ReadonlySet<string> = new Set(['cosmetic-valley', 'mecanic-vallee']);

/** Networks of which nothing is known after the old régions had ended. */
const ONLY_EARLIER = /^ra-/;

/** The territories that a network covers, each with its period where the régions changed during its life. */
export function coversOf(network: RawNetwork, since: string, until: string): string[] {
  const earlier = EARLIER_COVERS[network.slug];
  const endedBefore2016 = until !== '' && until < '2016';
  const todays = listOf(network.regions).flatMap((name) => {
    if (!NEW_REGIONS.has(name)) return [regionId(name)];
    if (endedBefore2016 || ONLY_EARLIER.test(network.slug)) return [];
    return [since >= '2016' ? regionId(name) : `${regionId(name)}@2016..`];
  });
  const olds = (earlier?.regions ?? []).map((name) => regionId(name) + (endedBefore2016 ? '' : '@..2015'));
  const extension = EXTENSIONS[network.slug];
  const listed = LISTED_DEPARTMENTS.has(network.slug) ? listOf(network.departments).map(departmentId) : [];
  const all = [...todays, ...olds, ...(extension ? [extension] : []), ...listed];
  if (all.length === 0 && network.regions !== '') throw new Error(`Nothing is left of what ${network.slug} covers.`);
  return all.sort();
}

/** The source that tells a network's régions of before 2016, where it is not among the network's own. */
export function sourceOfCover(slug: string, sources: SourceBook): string[] {
  const fragment = EARLIER_COVERS[slug]?.source;
  return fragment ? [sources.find(fragment)] : [];
}
