import { claimed, type Fact, type FactBook, seenIn } from './facts.ts';
import { SEATS } from './network-facts.ts';
import type { Note } from './notes.ts';
import { listOf, type RawNetwork } from './raw.ts';
import { EDITORIAL } from './sources.ts';
import { communeNamed, departmentOf, regionId } from './territories.ts';

/** Where a network has its seat, and what pages say otherwise. */
export interface Seat {
  /** Territories with their periods, as networks.csv writes them. */
  readonly territory: string;
  readonly city: string;
  readonly claims: readonly Note[];
  readonly sources: readonly string[];
}

/** Communes that have namesakes. */
const COMMUNES: Readonly<Record<string, string>> = {
  'Saint-Beauzire': '63322',
  Chappes: '63089',
};

/** Networks whose seat no page tells, and why we take it to be where it is said to be. */
const INFERRED: Readonly<Record<string, { readonly territory: string; readonly city: string; readonly note: string }>> =
  {
    astech: {
      territory: regionId('Île-de-France'),
      city: '',
      note: "Aucune page citée ne dit la commune du siège : la région seule, d'après le nom du pôle.",
    },
    capenergies: {
      territory: regionId("Provence-Alpes-Côte d'Azur"),
      city: '',
      note: 'Aucune page citée ne dit la commune du siège : la région seule, que le pôle couvre depuis 2005.',
    },
    'infra-2050': {
      territory: 'territory/commune-69266',
      city: 'Villeurbanne',
      note: "Siège du cluster Indura, qui porte le pôle ; celui de l'association du pôle n'est pas dit.",
    },
    medicen: {
      territory: regionId('Île-de-France'),
      city: '',
      note: "Aucune page citée ne dit la commune du siège : la région seule, d'après le nom du pôle.",
    },
    nextmove: {
      territory: 'territory/commune-76575',
      city: 'Saint-Étienne-du-Rouvray',
      note: "Siège de Mov'eo, dont NextMove est le nouveau nom.",
    },
    'pole-mer-mediterranee': {
      territory: regionId("Provence-Alpes-Côte d'Azur"),
      city: '',
      note: 'Aucune page citée ne dit la commune du siège : la région seule, que le pôle couvre depuis 2005.',
    },
    s2e2: { territory: 'territory/commune-37261', city: 'Tours', note: "D'après une seule page, peu sûre (2015)." },
  };

function communeOf(city: string, departments: readonly string[]): string | undefined {
  const code = COMMUNES[city];
  return code ? `territory/commune-${code}` : communeNamed(city, departments);
}

/** "Valence (Alixan, parc de Rovaltain)" → "Valence". */
const cityIn = ({ value }: Fact): string => value.replace(/ \(.*\)$/, '');

function otherSeats(shown: string, facts: readonly Fact[]): Note[] {
  const others = Map.groupBy(
    facts.filter((fact) => cityIn(fact) !== shown),
    cityIn,
  );
  return [...others].map(([city, [fact]]) => claimed('territory', city, fact!, seenIn(fact!) || undefined));
}

/** The seat as the raw list has it, else as the surest page says, else inferred. */
export function seatOf(network: RawNetwork, id: string, book: FactBook): Seat {
  const departments = listOf(network.departments);
  const said = book.facts(id, 'seat_city');
  const all = [...said, ...book.doubtful(id, 'seat_city')];
  const fact = said.find((each) => communeOf(cityIn(each), departments)) ?? said[0];
  const city = network.seat_city || (fact ? cityIn(fact) : '');
  if (city !== '') {
    return {
      territory: SEATS[network.slug] ?? communeOf(city, network.seat_city ? departments : []) ?? '',
      city,
      claims: otherSeats(city, all),
      sources: network.seat_city ? [] : (fact?.cited ?? []),
    };
  }
  const inferred = INFERRED[network.slug];
  if (!inferred) return { territory: '', city: '', claims: otherSeats('', all), sources: [] };
  const { territory, note } = inferred;
  const value = inferred.city || 'région du siège';
  const claim: Note = { field: 'territory', value, preferred: true, inferred: true, note, from: [EDITORIAL] };
  return { territory, city: inferred.city, claims: [claim, ...otherSeats(inferred.city, all)], sources: [] };
}

/** The département of a seat that is one commune for all times; undefined otherwise. */
export function departmentOfSeat({ territory }: Pick<Seat, 'territory'>): string | undefined {
  return departmentOf(territory.split(/[;@]/)[0]!);
}
