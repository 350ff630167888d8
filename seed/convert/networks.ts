import { fold } from '../../src/domain/fold.ts';
import { DELOCALISATION, networksOnDelocalisation } from './concepts.ts';
import { type Cover, coverOf } from './covers.ts';
import { claimed, type Fact, type FactBook } from './facts.ts';
import type { Lifespan } from './lifespans.ts';
import { ACRONYMS, ALIASES, DESCRIPTIONS, DESCRIPTIONS_EN, ORIGIN_TEXT_NAMES } from './network-facts.ts';
import { networkIds } from './network-ids.ts';
import type { Note } from './notes.ts';
import { listOf, type Raw, type RawDescription, type RawNetwork } from './raw.ts';
import { type Seat, seatOf } from './seats.ts';
import { EDITORIAL, type SourceBook } from './sources.ts';
import { type Structure, structureOf } from './structures.ts';
import type { Row } from './table.ts';
import { sectorTopics, topicsOfNetwork } from './topics.ts';

const RANKS: Readonly<Record<string, string>> = {
  mondial: 'WORLD',
  'à vocation mondiale': 'WORLD_VOCATION',
  national: 'NATIONAL',
};

/** What the conversion of networks reads. */
export interface NetworkInputs {
  readonly raw: Raw;
  readonly sources: SourceBook;
  readonly book: FactBook;
  readonly lifespanOf: (network: RawNetwork) => Lifespan;
}

/** An address with its scheme; the raw data write most without. */
export function websiteOf(written: string): string | undefined {
  if (written === '') return undefined;
  const address = written.replace(/ \(.*\)$/, '');
  return /^https?:\/\//.test(address) ? address : `https://${address}`;
}

/** Names without what the page remarks between brackets. */
const bare = (name: string): string => name.replaceAll('’', "'").replace(/ \([^)]*\)$/, '');

/** Other names: those of before, unless another network of ours carries the name and the succession tells it. */
function aliasesOf(network: RawNetwork, id: string, otherNames: ReadonlySet<string>, book: FactBook): string[] {
  const acronym = ACRONYMS[network.slug];
  const written = listOf(network.former_names).flatMap((name) => ALIASES[name] ?? [name]);
  const gathered = book.facts(id, 'alias').map(({ value }) => bare(value));
  const own = new Set([network.name, acronym ?? network.name].map(fold));
  const former = [...written, ...gathered].filter((name) => !own.has(fold(name)) && !otherNames.has(name));
  const all = [...former, ...(ORIGIN_TEXT_NAMES[network.slug] ?? [])];
  return [...new Map(all.map((name) => [fold(name), name])).values()];
}

function descriptionOf(network: RawNetwork, gathered: RawDescription | undefined): string | undefined {
  const own = DESCRIPTIONS[network.slug];
  if (own) return own;
  if (gathered) return gathered.description_fr;
  if (network.domain === '') return undefined;
  return `${network.kind === 'pole_competitivite' ? 'Pôle de compétitivité' : "Grappe d'entreprises"}. Domaine : ${network.domain}.`;
}

/** What a page remarks of an address that is not, or no longer, the network's own. */
function remarkOf({ to, value }: Fact): string | undefined {
  return to === '' ? / \((.*)\)$/.exec(value)?.[1] : `Adresse jusqu'en ${to}.`;
}

/** The website as the raw list or the surest page has it, and what other pages say. */
function websiteFacts(network: RawNetwork, id: string, book: FactBook) {
  // What stands between brackets says that it is the address of something else.
  const isOwn = ({ to, value }: Fact): boolean => to === '' && !value.includes('(');
  const said = book.facts(id, 'website').filter(isOwn);
  const shown = websiteOf(network.website) ?? websiteOf(said[0]?.value ?? '');
  const claims: Note[] = [
    ...book.facts(id, 'website').filter((fact) => !isOwn(fact)),
    ...book.doubtful(id, 'website'),
  ].map((fact) => claimed('website', websiteOf(fact.value)!, fact, remarkOf(fact)));
  return { shown, claims, sources: network.website === '' ? (said[0]?.cited ?? []) : [] };
}

interface Parts {
  readonly id: string;
  readonly structure: Structure;
  readonly seat: Seat;
  readonly cover: Cover;
  readonly website: ReturnType<typeof websiteFacts>;
}

function partsOf(network: RawNetwork, { raw, sources, book, lifespanOf }: NetworkInputs): Parts {
  const id = networkIds(raw)(network.slug);
  const seat = seatOf(network, id, book);
  return {
    id,
    seat,
    structure: structureOf(network.slug, id, lifespanOf(network), book),
    cover: coverOf(network, id, lifespanOf(network), seat, book, sources),
    website: websiteFacts(network, id, book),
  };
}

/** What the pages say of networks beside what their rows show. */
export function networkClaims(inputs: NetworkInputs): Map<string, Note[]> {
  const { raw } = inputs;
  return new Map(
    [...raw.poles, ...raw.clusters].map((network) => {
      const { id, structure, seat, cover, website } = partsOf(network, inputs);
      return [id, [...structure.claims, ...seat.claims, ...cover.claims, ...website.claims]];
    }),
  );
}

/** All poles and clusters. */
export function networkRows(inputs: NetworkInputs): Row<'networks.csv'>[] {
  const { raw, sources, book, lifespanOf } = inputs;
  const all = [...raw.poles, ...raw.clusters];
  const pics = new Map(raw.pics.map(({ slug, cordis_pic }) => [slug, cordis_pic]));
  const descriptions = new Map(raw.gathered.descriptions.map((row) => [row.network.replace(/^\w+\//, ''), row]));
  const onDelocalisation = networksOnDelocalisation(raw);
  const namesOf = ({ slug, name }: RawNetwork) => [name, ACRONYMS[slug] ?? name];
  return all.map((network) => {
    const { since, until } = lifespanOf(network);
    const { id, structure, seat, cover, website } = partsOf(network, inputs);
    const others = new Set(all.filter((other) => other !== network).flatMap(namesOf));
    const topics = topicsOfNetwork(id, book);
    const description = descriptions.get(network.slug);
    const siren = book.facts(id, 'siren')[0];
    return {
      id,
      type: id.startsWith('pole/') ? 'POLE' : 'CLUSTER',
      name: network.name,
      acronym: ACRONYMS[network.slug],
      aliases: aliasesOf(network, id, others, book),
      description: descriptionOf(network, description),
      descriptionEn: DESCRIPTIONS_EN[network.slug] ?? description?.description_en,
      website: website.shown,
      territory: seat.territory,
      city: seat.city,
      covers: cover.covers,
      topics: [
        ...sectorTopics(network),
        ...topics.topics.map((topic) => topic.id),
        ...(onDelocalisation.has(id) ? [DELOCALISATION] : []),
      ],
      since,
      until,
      foundedOn: structure.foundedOn,
      dissolvedOn: structure.dissolvedOn,
      rank: RANKS[network.class],
      siren: siren?.value,
      cordisPic: pics.get(network.slug),
      sources: [
        ...new Set([
          ...sources.cite(network.source_url),
          ...cover.sources,
          ...structure.sources,
          ...seat.sources,
          ...website.sources,
          ...topics.sources,
          ...(description ? sources.cite(description.source_url) : []),
          ...(siren?.cited ?? []),
          ...(network.sector === '' ? [] : [EDITORIAL]),
        ]),
      ],
    };
  });
}
