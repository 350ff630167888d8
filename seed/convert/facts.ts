import { SAME_NETWORK } from './corrections.ts';
import { networkIds } from './network-ids.ts';
import type { Note } from './notes.ts';
import type { Raw, RawFact } from './raw.ts';
import type { SourceBook } from './sources.ts';

/** Grappes of claims.csv whose key is not ours. */
const GRAPPES: Readonly<Record<string, string>> = { 'pole-enfant': 'enfant' };

/** The identifier of the network that a file of facts/ names: `pole/x`, `cluster/x` or `grappe/x`. */
export function factNetwork(raw: Raw): (written: string) => string {
  const idOf = networkIds(raw);
  return (written) => {
    const slug = written.replace(/^\w+\//, '');
    return idOf(SAME_NETWORK[slug] ?? GRAPPES[slug] ?? slug);
  };
}

/** One gathered fact with the network that it is about and the source that it is cited by. */
export type Fact = RawFact & { readonly about: string; readonly cited: readonly string[] };

/** What was gathered about networks, by network and field. */
export interface FactBook {
  /** Statements that may stand as facts: the surest first, then the latest. */
  readonly facts: (about: string, field: string) => readonly Fact[];
  /** Statements of one weak page: claims. */
  readonly doubtful: (about: string, field: string) => readonly Fact[];
}

const WEIGHT: Readonly<Record<string, number>> = { high: 0, medium: 1, low: 2 };

/** Opens the gathered facts. */
export function openFacts(raw: Raw, sources: SourceBook): FactBook {
  const idOf = factNetwork(raw);
  const rows = raw.gathered.facts.map(
    (row): Fact => ({ ...row, about: idOf(row.network), cited: sources.cite(row.source_url) }),
  );
  const byKey = Map.groupBy(rows, ({ about, field }) => `${about} ${field}`);
  for (const group of byKey.values()) {
    group.sort((a, b) => WEIGHT[a.confidence]! - WEIGHT[b.confidence]! || (a.source_date < b.source_date ? 1 : -1));
  }
  const ofField = (about: string, field: string) => byKey.get(`${about} ${field}`) ?? [];
  return {
    facts: (about, field) => ofField(about, field).filter(({ confidence }) => confidence !== 'low'),
    doubtful: (about, field) => ofField(about, field).filter(({ confidence }) => confidence === 'low'),
  };
}

const WEAK = "D'après une seule page peu sûre.";

/** What a gathered statement says beside what the field shows, or does not, as a claim. */
export function claimed(field: string, value: string, fact: Fact, note?: string): Note {
  const when = seenIn(fact);
  const weak = when === '' ? WEAK : `${WEAK.slice(0, -1)}, ${when}.`;
  const seen = note ?? (fact.confidence === 'low' ? weak : undefined);
  return { field, value, from: fact.cited, ...(seen ? { note: seen } : {}) };
}

/** When a fact was seen to hold, where its row says: "relevé en 2019", "de 2010 à 2017". */
export function seenIn({ from, to, source_date }: RawFact): string {
  if (from !== '' && to !== '' && from !== to) return `de ${from} à ${to}`;
  if (from === '' && to !== '') return `jusqu'au ${to}`;
  const date = from || source_date;
  return date === '' ? '' : `relevé en ${date}`;
}
