import fc from 'fast-check';
import type { SearchDocument } from '../../src/search/document.ts';

/** Words that share beginnings, lie an error apart, are common, short, joined or written in ways that folding opens. */
const WORDS = [
  ...['Université', 'Universités', 'univers', 'Universal', 'Institut', 'institute', 'Institution', 'École', 'Écoles'],
  ...['écologie', 'Recherche', 'recherches', 'Aéro', 'Aérospace', 'Espace', 'Lyon', 'Lyonnais', 'Paris', 'Parois'],
  ...[
    'de',
    'du',
    'la',
    'et',
    'des',
    'un',
    'u',
    'Un',
    'SA',
    "d'informatique",
    "l'informatique",
    "l'",
    'C.N.R.S',
    'CNRS',
  ],
  ...['H.A.I.', 'hai', 'C++', 'Canal+', 'canal plus', 'DigitalPlace', 'lUniversité', 'dEtudes', 'détudes', 'études'],
  ...['ID4Mobility', 'id4mobile', 'i-Trans', 'i-Tyans', 'itrans', 'ENTER', 'Etner', 'enterprise', 'MEDEE', 'medfe'],
  ...['la\u00ADbo', 'labo', 'ΟΔΟΣ', 'οδοσα'],
  ...['UMR5505', 'UMR 5506', '3il', '113', '1130', 'Midi-Pyrénées', 'Œuvre', 'marin', 'martin', 'matrin', 'matin', '&'],
];
const LETTERS = 'aeiulnrst';

const word = fc.constantFrom(...WORDS);

function wordsJoined(minLength: number, maxLength: number): fc.Arbitrary<string> {
  return fc.array(word, { minLength, maxLength }).map((words) => words.join(' '));
}

const identifier = fc.constantFrom(
  'UMR5505',
  'umr 5505',
  '775 671 464',
  '775671464',
  '199712',
  '3il',
  '200611689J',
  '02feahw73',
  'Q280413',
  'u',
);

/** Identifiers as people paste them. */
const pasted = fc.constantFrom(
  'https://ror.org/02FEAHW73',
  'ror.org/02feahw73',
  'https://www.wikidata.org/wiki/Q280413',
  '200 611 689 j',
  ' 775\u00a0671\u202f464 ',
  'pole/3',
  'é/1',
);

/** Small worlds, so that names, scores and popularities are often equal and only the last key decides. */
export const anyDocument: fc.Arbitrary<SearchDocument> = fc.record({
  id: fc.tuple(fc.constantFrom('pole/', 'Pole/', 'é/'), fc.nat(30)).map(([prefix, n]) => prefix + n),
  type: fc.constantFrom('Organisation', 'Pole', 'Project'),
  name: wordsJoined(0, 4),
  acronym: fc.option(word),
  aliases: fc.array(wordsJoined(1, 3), { maxLength: 2 }),
  identifiers: fc.array(identifier, { maxLength: 2 }),
  popularity: fc.oneof(fc.nat(2), fc.nat(5_000)),
  kind: fc.constant(null),
  since: fc.constant(null),
  until: fc.constant(null),
});

/** One typing error: a letter too many, missing, wrong, or two swapped. */
export function mistyped(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(text, fc.nat(40), fc.constantFrom(...LETTERS), fc.constantFrom('more', 'missing', 'wrong', 'swapped'))
    .map(([text, place, letter, error]) => {
      const at = place % Math.max(1, text.length);
      const [before, after] = [text.slice(0, at), text.slice(at)];
      if (error === 'more') return before + letter + after;
      if (error === 'missing') return before + after.slice(1);
      if (error === 'wrong') return before + letter + after.slice(1);
      return before + after.slice(1, 2) + after.slice(0, 1) + after.slice(2);
    });
}

function begunOf(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(text, fc.integer({ min: 1, max: 12 })).map(([text, length]) => text.slice(0, length));
}

const begun = begunOf(word);
const typedWord = fc.oneof(word, word, begun, mistyped(word), fc.constantFrom('xyzzy', 'de', 'la', 'u'));

/** What people type: words, begun or mistyped, complete names, identifiers; finished or not. */
export const anyTyped: fc.Arbitrary<string> = fc
  .tuple(
    fc.oneof(
      { weight: 6, arbitrary: fc.array(typedWord, { minLength: 1, maxLength: 4 }).map((words) => words.join(' ')) },
      { weight: 1, arbitrary: wordsJoined(1, 20) },
      { weight: 1, arbitrary: fc.oneof(identifier, pasted) },
      { weight: 2, arbitrary: fc.oneof(mistyped(wordsJoined(1, 3)), begunOf(wordsJoined(1, 3))) },
      { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 8 }) },
    ),
    fc.constantFrom('', '', '', ' ', ',', '+', '.'),
  )
  .map(([text, end]) => text + end);
