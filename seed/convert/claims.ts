import { EARLIER_COVERS } from './covers.ts';
import type { Life } from './lives.ts';
import { networkIds } from './networks.ts';
import { NOTES, type Note, PROJECT_NOTES } from './notes.ts';
import { establishments } from './organisations.ts';
import { projectId } from './projects.ts';
import type { Raw, RawNetwork } from './raw.ts';
import { AGORAVOX, AGORAVOX_REACTION, EDITORIAL, type SourceBook } from './sources.ts';
import type { Row } from './table.ts';
import { FRANCE, regionId } from './territories.ts';

type Claim = Row<'claims.csv'>;

const BY_ELIMINATION = 'label_year inferred by elimination';
const REGIONAL_LABEL = 'Regional cluster label confirmed by Région Rhône-Alpes.';

const flag = (set: true | undefined): string => (set ? 'true' : 'false');

function claimOf(about: string, { field, value, preferred, inferred, note }: Note, sources: readonly string[]): Claim {
  return { about, field, value, preferred: flag(preferred), inferred: flag(inferred), note, sources };
}

/** What the origin text and its reader say of the whole, beyond single networks. */
function originText(): Claim[] {
  const says = (about: string, field: string, value: string, note: string, source: string) =>
    claimOf(about, { field, value, note }, [source]);
  const region = regionId('Midi-Pyrénées');
  return [
    says(FRANCE, 'policyLaunch', '2004', "L'État lance la politique des pôles de compétitivité.", AGORAVOX),
    says(FRANCE, 'poleDevelops', 'amont', "Un pôle développe l'amont d'une filière.", AGORAVOX),
    says(FRANCE, 'clusterDevelops', 'aval', "Une grappe développe l'aval d'une filière.", AGORAVOX),
    says(
      FRANCE,
      'productionLocality',
      'non garantie',
      "Un lecteur : une fois brevets et prototypes déposés, rien n'assure que la production reste locale.",
      AGORAVOX_REACTION,
    ),
    says(
      region,
      'results',
      'brevets déposés et croissance des secteurs',
      'Résultats que le texte attribue à la coopération, sans chiffres.',
      AGORAVOX,
    ),
    says(region, 'clustersSince', '2009', 'La région prend part aux grappes à partir de 2009.', AGORAVOX),
  ];
}

/** Remarks that recur word for word in the notes. */
function recurring(note: string, network: RawNetwork): Note[] {
  const found: Note[] = [];
  if (note.includes(BY_ELIMINATION)) {
    found.push({
      field: 'since',
      value: network.label_year,
      preferred: true,
      inferred: true,
      note: 'Par élimination : compté parmi les 71 pôles, absent des vagues connues de 2006, 2007 et 2010.',
      from: [EDITORIAL],
    });
  }
  if (note === REGIONAL_LABEL) {
    found.push({ field: 'label', value: 'label régional confirmé', note: 'Par la Région Rhône-Alpes.' });
  }
  return found;
}

function ownClaims(raw: Raw, sources: SourceBook, lifeOf: (network: RawNetwork) => Life): Claim[] {
  const idOf = networkIds(raw);
  const notes = new Map(raw.notes.map(({ slug, note }) => [slug, note]));
  for (const slug of Object.keys(NOTES)) idOf(slug);
  return [...raw.poles, ...raw.clusters].flatMap((network) => {
    const { slug } = network;
    const own = sources.cite(network.source_url);
    const written = notes.get(slug) ?? '';
    const claims = [...(NOTES[slug] ?? []), ...recurring(written, network)];
    if (written !== '' && claims.length === 0) throw new Error(`The note on ${slug} is not read: see notes.ts.`);
    const { inherited } = lifeOf(network);
    if (inherited !== '') {
      claims.push({
        field: 'since',
        value: inherited,
        note: "Année du label d'un prédécesseur, dont le réseau hérite.",
      });
    }
    const inference = EARLIER_COVERS[slug]?.inference;
    if (inference) {
      const value = EARLIER_COVERS[slug]!.regions.join(', ');
      claims.push({ field: 'covers', value, preferred: true, inferred: true, note: inference, from: [EDITORIAL] });
    }
    return claims.map((claim) => claimOf(idOf(slug), claim, claim.from ? claim.from.map(sources.find) : own));
  });
}

/** Successions that are less than their kind says. */
function transfers(raw: Raw, sources: SourceBook): Claim[] {
  const idOf = networkIds(raw);
  const names = new Map(raw.poles.map(({ slug, name }) => [slug, name]));
  return raw.successions
    .filter(({ type }) => type === 'activity transfer')
    .map(({ from_slug, to_slug, source_url }) => {
      const value = names.get(to_slug) ?? to_slug;
      const note = "Transfert de l'activité d'accompagnement des adhérents, sans fusion.";
      return claimOf(idOf(from_slug), { field: 'successors', value, preferred: true, note }, sources.cite(source_url));
    });
}

/** What the funding column of projects.csv says beside a programme and an amount. */
function projectClaims(raw: Raw, sources: SourceBook): Claim[] {
  return raw.projects.flatMap(({ name, funding, source_url }) => {
    const [, part] = /\((pôle leader|co-labellisation)\)/.exec(funding) ?? [];
    const label: Note[] = part ? [{ field: 'labelledBy', value: part, note: "Part d'Aerospace Valley au label." }] : [];
    const claims = [...(PROJECT_NOTES[name] ?? []), ...label];
    return claims.map((claim) => claimOf(projectId(name), claim, sources.cite(source_url)));
  });
}

/** Places of the raw data that are no seat. */
function placesOfEstablishments(raw: Raw, sources: SourceBook): Claim[] {
  const note = "Lieu d'un établissement : le siège est ailleurs.";
  return establishments(raw, sources).map(({ id, city, cited }) => {
    return claimOf(id, { field: 'territory', value: city, inferred: true, note }, [...cited, EDITORIAL]);
  });
}

/** Where sources disagree, or a value was only inferred; and what the origin text says of the whole. */
export function claimRows(raw: Raw, sources: SourceBook, lifeOf: (network: RawNetwork) => Life): Claim[] {
  return [
    ...originText(),
    ...ownClaims(raw, sources, lifeOf),
    ...transfers(raw, sources),
    ...projectClaims(raw, sources),
    ...placesOfEstablishments(raw, sources),
  ];
}
