import { membershipClaims } from './attestations.ts';
import { DELOCALISATION, subjectOf } from './concepts.ts';
import { countsOf } from './counts.ts';
import { EARLIER_COVERS, regionsNamed } from './covers.ts';
import { factNetwork } from './facts.ts';
import { readingOf } from './labelled.ts';
import { memberships } from './memberships.ts';
import { networkIds } from './network-ids.ts';
import { type NetworkInputs, networkClaims } from './networks.ts';
import { NOTES, type Note, PROJECT_NOTES } from './notes.ts';
import { establishments } from './organisations.ts';
import { labelledId, projectId } from './projects.ts';
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
    says(
      DELOCALISATION,
      'question',
      "En quoi les pôles et les clusters combattent-ils les délocalisations, si rien n'assure, une fois brevets et prototypes déposés, que la production soit locale ?",
      "Question d'un lecteur du texte d'origine, dans nos mots.",
      AGORAVOX_REACTION,
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

/** Networks of which no cited page gives a field that each should have. */
interface Missing {
  readonly website: ReadonlySet<string>;
  /** A number of members with its date. */
  readonly members: ReadonlySet<string>;
}

/** What is said in place of a field that no cited page gives, and where other claims have a doubtful or an earlier value. */
const MISSING: Readonly<
  Record<keyof Missing, { readonly value: string; readonly note: string; readonly beside: string }>
> = {
  website: {
    value: 'adresse non relevée',
    note: "Aucune des pages citées ne donne l'adresse du site.",
    beside: "Aucune page sûre ne donne l'adresse du site d'aujourd'hui.",
  },
  members: {
    value: 'nombre daté non relevé',
    note: "Aucune des pages citées ne donne un nombre d'adhérents avec sa date.",
    beside: "Aucune des pages citées ne donne un nombre d'adhérents avec sa date.",
  },
};

/** The remarks of the first list, what its rows were inferred from, and what the gathered pages say beside them. */
function ownClaims(inputs: NetworkInputs, missing: Missing): Claim[] {
  const { raw, sources, book, lifespanOf } = inputs;
  const idOf = networkIds(raw);
  const notes = new Map(raw.notes.map(({ slug, note }) => [slug, note]));
  const gathered = networkClaims(inputs);
  const { statements, apart } = memberships(raw, sources);
  const ofMembers = membershipClaims(statements, apart);
  for (const slug of Object.keys(NOTES)) idOf(slug);
  return [...raw.poles, ...raw.clusters].flatMap((network) => {
    const { slug } = network;
    const id = idOf(slug);
    const own = sources.cite(network.source_url);
    const written = notes.get(slug) ?? '';
    const claims = [...(NOTES[slug] ?? []), ...recurring(written, network)];
    if (written !== '' && claims.length === 0) throw new Error(`The note on ${slug} is not read: see notes.ts.`);
    const { inherited } = lifespanOf(network);
    if (inherited !== '') {
      claims.push({
        field: 'since',
        value: inherited,
        note: "Année du label d'un prédécesseur, dont le réseau hérite.",
      });
    }
    const { inference, regions = [] } = EARLIER_COVERS[slug] ?? {};
    const named = regionsNamed(book.facts(id, 'covers_region'));
    if (inference && !regions.every((region) => named.has(region))) {
      const value = regions.filter((region) => !named.has(region)).join(', ');
      claims.push({ field: 'covers', value, preferred: true, inferred: true, note: inference, from: [EDITORIAL] });
    }
    claims.push(...(gathered.get(id) ?? []), ...countsOf(id, book).claims, ...(ofMembers.get(id) ?? []));
    for (const field of Object.keys(MISSING) as (keyof Missing)[]) {
      if (!missing[field].has(id)) continue;
      const { value, note: alone, beside } = MISSING[field];
      const note = claims.some((claim) => claim.field === field) ? beside : alone;
      claims.push({ field, value, inferred: true, note, from: [EDITORIAL] });
    }
    return claims.map((claim) => claimOf(id, claim, claim.from ? claim.from.map(sources.find) : own));
  });
}

/** Statements of pages on networks and on the policy, in our words. */
function statements({ raw, sources }: NetworkInputs): Claim[] {
  const idOf = factNetwork(raw);
  return raw.gathered.claims.map((row) => {
    const about = row.about === 'France' ? FRANCE : idOf(row.about);
    return claimOf(about, { field: subjectOf(row), value: row.claim_fr }, sources.cite(row.source_url));
  });
}

/** In which year a page saw that a network had labelled a project, no beginning of it; or that it only supports it. */
function labelledIn({ raw, sources }: NetworkInputs): Claim[] {
  const idOf = factNetwork(raw);
  const names = new Map([...raw.poles, ...raw.clusters].map(({ slug, name }) => [networkIds(raw)(slug), name]));
  return raw.gathered.labelled.flatMap((row) => {
    const { network, year, source_url } = row;
    const { backing, remark } = readingOf(row);
    const says = (field: string, value: string, note?: string): Claim =>
      claimOf(labelledId(row), { field, value, ...(note ? { note } : {}) }, sources.cite(source_url));
    const when = year === '' ? '' : `, ${year}`;
    const value = `${names.get(idOf(network))}${when}`;
    const labelled = "Année où la page dit le projet labellisé : ce n'est pas celle de son début.";
    return [
      ...(backing === 'labelled' && year !== '' ? [says('labelledBy', value, labelled)] : []),
      ...(backing === 'supported' ? [says('soutien', value, 'La page dit le projet soutenu, et non labellisé.')] : []),
      ...(remark ? [says('remarque', remark)] : []),
    ];
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

/** Claims that say the same of one field, with the sources of all. */
function joined(claims: readonly Claim[]): Claim[] {
  const groups = Map.groupBy(claims, ({ about, field, value }) => [about, field, value].join('\0'));
  return [...groups.values()].map((same) => {
    const [first] = same.sort((a, b) => (String(a.preferred) < String(b.preferred) ? 1 : -1));
    const notes = new Set(same.flatMap(({ note }) => (note ? [String(note)] : [])));
    return {
      ...first!,
      note: [...notes][0],
      sources: [...new Set(same.flatMap(({ sources }) => sources as readonly string[]))],
    };
  });
}

/** Where sources disagree, or a value was only inferred; and what pages say of the whole. */
export function claimRows(inputs: NetworkInputs, missing: Missing): Claim[] {
  const { raw, sources } = inputs;
  return joined([
    ...originText(),
    ...ownClaims(inputs, missing),
    ...transfers(raw, sources),
    ...projectClaims(raw, sources),
    ...placesOfEstablishments(raw, sources),
    ...statements(inputs),
    ...labelledIn(inputs),
  ]);
}
