import type { Fact, FactBook } from './facts.ts';
import type { Lifespan } from './lifespans.ts';
import type { Note } from './notes.ts';
import { NEW_REGIONS, OLD_REGIONS } from './old-regions.ts';
import { listOf, type RawNetwork } from './raw.ts';
import { departmentOfSeat, type Seat } from './seats.ts';
import { EDITORIAL, type SourceBook } from './sources.ts';
import { collectivityNamed, departmentId, isRegion, oldRegionOfDepartment, regionId } from './territories.ts';

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
const MATERALIA_2008 = 'naissance-dun-pole-de-competitivite-commun';
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
  mipi: { regions: ['Lorraine'], source: MATERALIA_2008 },
  mta: { regions: ['Poitou-Charentes'], source: JULY_2005 },
  'normandy-motor-valley': {
    regions: ['Basse-Normandie', 'Haute-Normandie'],
    inference: 'La source écrit « Normandie », qui comptait alors deux régions.',
  },
  nsl: { regions: ['Nord-Pas-de-Calais'], source: NOVEMBER_2005 },
  orpheme: { regions: ['Languedoc-Roussillon'], source: 'gazettelabo.fr/archives/publics/2006/113orpheme' },
  p2mi: { regions: ['Champagne-Ardenne'], source: MATERALIA_2008 },
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

/** Networks whose départements are a list of the source's, not just that of the seat. */
const LISTED_DEPARTMENTS: ReadonlySet<string> = new Set(['cosmetic-valley', 'mecanic-vallee']);

/** Networks of which nothing is known after the old régions had ended. */
const ONLY_EARLIER = /^ra-/;

/** Régions as the gathered pages write them, where they add a remark or the name is no longer official. */
const WRITTEN_REGIONS: Readonly<Record<string, readonly string[]>> = {
  Centre: ['Centre-Val de Loire'],
  'Centre-Val de Loire, Normandie, Île-de-France': ['Centre-Val de Loire', 'Normandie', 'Île-de-France'],
  'Midi-Pyrénées et Limousin (Aveyron, Lot, Corrèze)': ['Midi-Pyrénées', 'Limousin'],
  'Occitanie et Nouvelle-Aquitaine (Aveyron, Cantal, Corrèze, Dordogne, Lot, Haute-Vienne)': [
    'Occitanie',
    'Nouvelle-Aquitaine',
  ],
  'Rhône-Alpes (Loire et Haute-Loire)': ['Rhône-Alpes'],
  'Auvergne-Rhône-Alpes (Loire, Rhône, Drôme, Ardèche, Isère, Haute-Loire, Puy-de-Dôme)': ['Auvergne-Rhône-Alpes'],
  'Rhône-Alpes puis Auvergne-Rhône-Alpes': ['Rhône-Alpes', 'Auvergne-Rhône-Alpes'],
};

const isOld = (name: string): boolean => OLD_REGIONS.some((old) => old.name === name);

/** The territories that a network covers, what was only inferred of them, and the pages that tell the rest. */
export interface Cover {
  /** References with their periods, as networks.csv writes them. */
  readonly covers: readonly string[];
  readonly claims: readonly Note[];
  readonly sources: readonly string[];
}

/** One région with the year from which it was covered, where a page tells that it was not covered from the start. */
interface Part {
  readonly name: string;
  readonly from: string;
}

function partsOf(facts: readonly Fact[], since: string): Part[] {
  return facts.flatMap(({ value, from }) => {
    const written = value.replaceAll('’', "'");
    return (WRITTEN_REGIONS[written] ?? [written]).filter(isRegion).map((name) => ({
      name,
      from:
        from !== '' && since !== '' && from.slice(0, 4) > since.slice(0, 4) && !/^20(?:16|05)$/.test(from) ? from : '',
    }));
  });
}

/** The régions that pages name among those that a network covered: what they name need not be inferred. */
export const regionsNamed = (facts: readonly Fact[]): Set<string> =>
  new Set(partsOf(facts, '').map(({ name }) => name));

/** What a région becomes among the covers of a network that began and ended when it did. */
function referenceOf({ name, from }: Part, since: string, until: string): string[] {
  const endedBefore2016 = until !== '' && until < '2016';
  if (isOld(name)) {
    if (since >= '2016') return [];
    if (from === '' && endedBefore2016) return [regionId(name)];
    return [`${regionId(name)}@${from}..2015`];
  }
  if (NEW_REGIONS.has(name)) {
    if (endedBefore2016) return [];
    if (from === '' || from < '2016') return [since >= '2016' ? regionId(name) : `${regionId(name)}@2016..`];
  }
  return [from === '' ? regionId(name) : `${regionId(name)}@${from}..`];
}

/** The region of before 2016 that a network's seat was in, and which no page names among those that it covered. */
function regionOfSeat(network: RawNetwork, seat: Seat, named: readonly Part[], since: string): string | undefined {
  const department = departmentOfSeat(seat);
  const region = department && oldRegionOfDepartment(department);
  if (!region || since === '' || since >= '2016') return undefined;
  if (EARLIER_COVERS[network.slug]?.inference) return undefined;
  return named.some(({ name }) => name === region) ? undefined : region;
}

/**
 * The territories that a network covers, each with its period where the régions changed during its lifespan. What no page
 * tells of the régions of before 2016 is inferred from the seat.
 */
export function coverOf(
  network: RawNetwork,
  id: string,
  lifespan: Lifespan,
  seat: Seat,
  book: FactBook,
  sources: SourceBook,
): Cover {
  const { since, until } = lifespan;
  const earlier = EARLIER_COVERS[network.slug];
  const said = book.facts(id, 'covers_region');
  const todays = listOf(network.regions).filter((name) => !(NEW_REGIONS.has(name) && ONLY_EARLIER.test(network.slug)));
  const named: Part[] = [
    ...todays.filter(isRegion).map((name) => ({ name, from: '' })),
    ...(earlier?.regions ?? []).map((name) => ({ name, from: '' })),
    ...partsOf(said, since),
  ];
  const inferred = regionOfSeat(network, seat, named, since);
  const parts = [...named, ...(inferred ? [{ name: inferred, from: '' }] : [])];
  // A page that only knows when a région joined does not take back what another says of all times.
  const earliest = [...Map.groupBy(parts, ({ name }) => name).values()].map((same) =>
    same.reduce((a, b) => (a.from <= b.from ? a : b)),
  );
  const collectivities = listOf(network.regions).flatMap((name) => collectivityNamed(name) ?? []);
  const listed = LISTED_DEPARTMENTS.has(network.slug) ? listOf(network.departments).map(departmentId) : [];
  const covers = [...earliest.flatMap((part) => referenceOf(part, since, until)), ...collectivities, ...listed].sort();
  if (covers.length === 0 && network.regions !== '') throw new Error(`Nothing is left of what ${network.slug} covers.`);
  const note = `Déduit du siège, ${seat.city} : la région d'alors.`;
  return {
    covers: [...new Set(covers)],
    claims: inferred
      ? [{ field: 'covers', value: inferred, preferred: true, inferred: true, note, from: [EDITORIAL] }]
      : [],
    sources: [...(earlier?.source ? [sources.find(earlier.source)] : []), ...said.flatMap(({ cited }) => cited)],
  };
}
