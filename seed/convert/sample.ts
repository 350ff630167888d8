import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { digest } from '../../src/domain/global-id.ts';

type Row = Readonly<Record<string, string>>;

/** One line of a curated file that states something with a source. */
export interface SampledFact {
  readonly file: string;
  readonly says: string;
  readonly sources: readonly string[];
}

/** Anyone draws the same by it. */
export const SEED_OF_DRAW = '2026-11-28';

/** The files whose lines are facts; partnerships of an agreement of many are one fact in many lines. */
const FILES = ['networks', 'organisations', 'memberships', 'successions', 'labels', 'projects', 'participations'];
const MORE_FILES = ['partnerships', 'indicators', 'claims'];

/** What the Research Organization Registry adds to organisations, a list of its own with its own sample (docs/ror-sample.md). */
const OF_ROR: ReadonlySet<string> = new Set([
  ...['aliases', 'website', 'foundedOn', 'territory', 'city'],
  ...['ror', 'isni', 'wikidata'],
]);

/** Anyone draws the same lines of the lists by it. */
export const SEED_OF_LISTS = '2026-11-29';

/** How many lines of each file of the lists are drawn: those of the ANR, of the Investissements d'avenir, of ROR. */
const OF_LISTS: Readonly<Record<string, number>> = {
  ...{ 'anr/organisations': 4, 'anr/projects': 4, 'anr/participations': 4 },
  ...{ 'dgpie/organisations': 4, 'dgpie/projects': 4, 'dgpie/participations': 4 },
  ...{ 'dgpie/affiliations': 3, 'dgpie/claims': 3 },
};

const folder = join(import.meta.dirname, '..', 'data');

function factsOf(file: string): SampledFact[] {
  const path = join(folder, `${file.includes('/') ? file : `curated/${file}`}.csv`);
  const rows = parse(readFileSync(path), { columns: true }) as Row[];
  return rows.map(({ sources, ...fields }) => ({
    file,
    says: Object.entries(fields)
      .filter(([name, value]) => value !== '' && value !== 'false' && !(fields.ror && OF_ROR.has(name)))
      .map(([name, value]) => `${name} ${value}`)
      .join('; '),
    sources: sources!.split(';').filter((source) => source !== 'source/ror-2026'),
  }));
}

/** The facts whose digest with the seed of the draw comes first, so that anyone draws the same. */
function drawnOf(facts: readonly SampledFact[], count: number, seedOfDraw: string): SampledFact[] {
  const keyed = facts.map((fact) => [digest([seedOfDraw, fact.file, fact.says]), fact] as const);
  return keyed
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, count)
    .map(([, fact]) => fact);
}

/** Draws facts of the curated seed. */
export const drawnFacts = (count: number, seedOfDraw: string): SampledFact[] =>
  drawnOf([...FILES, ...MORE_FILES].flatMap(factsOf), count, seedOfDraw);

/** Draws thirty facts that lists give, of each of their files some. */
export const drawnOfLists = (seedOfDraw: string): SampledFact[] =>
  Object.entries(OF_LISTS).flatMap(([file, count]) => drawnOf(factsOf(file), count, seedOfDraw));

/** Characters of a fact that the page shows; what follows is left out. */
const SHOWN = 120;

/** A fact as docs/data-sample.md shows it. */
export const shownFact = ({ says }: SampledFact): string =>
  (says.length <= SHOWN ? says : `${says.slice(0, SHOWN - 1).trimEnd()}…`).replaceAll('|', '\\|').replace(/\s+/g, ' ');

/** `node seed/convert/sample.ts [lists]`: prints the samples that docs/data-sample.md checks. */
if (import.meta.main) {
  const isOfLists = process.argv[2] === 'lists';
  for (const [place, { file, says, sources }] of (isOfLists
    ? drawnOfLists(SEED_OF_LISTS)
    : drawnFacts(100, SEED_OF_DRAW)
  ).entries()) {
    console.log(`${place + 1}\t${file}\t${says}\t${sources.join(' ')}`);
  }
}
