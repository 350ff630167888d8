import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/**
 * Words that the project has given up, each with the plain words to use. They are found in code, comments, docs and tests,
 * also as parts of longer names: `isBereft`, `BEREFT_FACTS`. Words that stay are in docs/glossary.md.
 */
const GIVEN_UP: Readonly<Record<string, string>> = {
  anew: 'again',
  bereft: 'last source',
  card: 'NodeSummary',
  cards: 'NodeSummaries',
  companions: 'annotations',
  confirmed: 'validated',
  crowd: 'hub, high-degree node, many clients',
  crowded: 'hub, high-degree node',
  crowds: 'hubs, high-degree nodes',
  draft: 'input',
  departure: 'dispatch',
  departures: 'dispatches',
  drafts: 'inputs',
  exchange: 'RequestState',
  fault: 'problem (of an input), error',
  faults: 'problems (of an input), errors',
  flight: 'batch; "in progress" for requests',
  flights: 'batches',
  formula: 'predicate',
  held: 'in memory, locked, registered, shown; had',
  joiner: 'binder',
  joiners: 'binders',
  kept: 'cached, stored',
  lest: 'so that … not',
  manner: 'mode',
  mirror: 'view that the change feed renews',
  mirrors: 'views',
  mistake: 'error',
  mistakes: 'errors',
  noun: 'entity type',
  nouns: 'entity types',
  parted: 'separated',
  presume: 'assume',
  presumed: 'assumed',
  presumes: 'assumes',
  presuming: 'optimistic',
  refusal: 'error, problem',
  refusals: 'errors, problems',
  relived: 'lifespan',
  rivals: 'competing',
  sought: 'searched, target; the name of the strategy',
  standing: 'existing, current',
  strangers: 'unknown variables, other clients',
  submission: 'change request',
  submissions: 'change requests',
  tallies: 'accumulators, counts',
  tally: 'accumulator, count',
  tie: 'edge, relationship',
  tied: 'equal in the sort key',
  ties: 'edges, relationships',
  told: 'says, reports, shows; returned, given',
  wanted: 'projection; needed, expected, asked for',
  whereabouts: 'endpoint hints',
  whoever: 'a client that, a caller that',
  yielding: 'superseded',
};

const root = fileURLToPath(new URL('..', import.meta.url));
const files = globSync(
  [
    '{src,schema,test,scripts,bench,examples,seed/convert}/**/*.{ts,tsx,mjs,graphql,json,py,sh,md}',
    'explorer/{src/**/,}*.{ts,tsx,css,html,md}',
    'ops/**/*.{yml,yaml,json}',
    '{docs,seed}/**/*.md',
    '*.{md,ts,json,yml}',
    'Dockerfile',
  ],
  { cwd: root, exclude: ['**/node_modules/**'] },
)
  .filter((file) => !/\.gen\.ts$|package-lock\.json$|^(?:test\/words\.test\.ts|CHANGELOG\.md)$/.test(file))
  .sort();

/** What others have written, as our lines quote it. */
const QUOTED = [
  'Regional cluster label confirmed by',
  'Helsinki Institute of Life Science',
  'cacheExchange',
  'isHeldBy',
];

/** The words of a line in lower case, with those inside names in camel case, snake case and capitals. */
const wordsIn = (line: string): string[] =>
  (line.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? []).map((word) => word.toLowerCase());

/** Phrases whose single words stay, each with the plain one. */
const GIVEN_UP_PHRASES: Readonly<Record<string, { readonly pattern: RegExp; readonly say: string }>> = {
  trip: { pattern: /(?<!round[ _-]?)\btrips?\b/i, say: 'round trip' },
  'whole node': { pattern: /\bwhole[ -]?(?:node|relationship)s?\b/i, say: 'NodeRecord, RelationshipRecord' },
  'whole walk': { pattern: /\b(?:whole|engine)[ -]?walks?\b/i, say: 'traversal in the engine' },
  life: { pattern: /\bli(?:fe|ves)\b|\bli(?:fe|ves)Of\b/i, say: 'lifespan' },
  along: { pattern: /(?:sources|recorded) ?along\b|\balong: \{/i, say: 'nested' },
  'told twice': { pattern: /twice[ -]?told/i, say: 'duplicateOf' },
};

/** Each given-up word or phrase of a text, with its file, its line and what to say instead. */
function findings(file: string, text: string): string[] {
  return text.split('\n').flatMap((line, index) => {
    const at = `${file}:${index + 1}`;
    if (QUOTED.some((quoted) => line.includes(quoted))) return [];
    return [
      ...wordsIn(line)
        .filter((word) => Object.hasOwn(GIVEN_UP, word))
        .map((word) => `${at} says "${word}": write ${GIVEN_UP[word]}`),
      ...Object.entries(GIVEN_UP_PHRASES)
        .filter(([, { pattern }]) => pattern.test(line))
        .map(([phrase, { say }]) => `${at} says "${phrase}": write ${say}`),
    ];
  });
}

const read = (file: string): string => readFileSync(join(root, file), 'utf8');

describe('given-up words', () => {
  it('are in no file', () => {
    expect(files.length).toBeGreaterThan(300);
    const all = files.flatMap((file) => [...findings(file, file), ...findings(file, read(file))]);
    expect(all).toEqual([]);
  });

  it('are found in names, sentences and capitals', () => {
    const text = '// Whoever asks.\nconst TALLY_OF = entityNouns;';
    expect(findings('a.ts', text)).toEqual([
      `a.ts:1 says "whoever": write ${GIVEN_UP.whoever}`,
      `a.ts:2 says "tally": write ${GIVEN_UP.tally}`,
      `a.ts:2 says "nouns": write ${GIVEN_UP.nouns}`,
    ]);
    expect(findings('c.ts', 'one trip, two round trips')).toEqual(['c.ts:1 says "trip": write round trip']);
    expect(findings('b.ts', 'const celestial = defaults;')).toEqual([]);
  });
});
