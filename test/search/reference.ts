import { fold } from '../../src/domain/fold.ts';
import { isGlobalId } from '../../src/domain/global-id.ts';
import { IDENTIFIER_SCHEMES, identifierProblem, tidyIdentifier } from '../../src/domain/identifier.ts';
import type { SearchDocument, SearchPosition } from '../../src/search/document.ts';

/** One line of the complete list of hits. */
export interface ReferenceHit extends SearchPosition {
  readonly type: string;
  readonly matchedFields: readonly string[];
}

const STOP_WORDS = [
  ...['de', 'du', 'des', 'la', 'le', 'les', 'l', 'd', 'et', 'and', 'of', 'the', 'for', 'en', 'a', 'au', 'aux', 'di'],
  ...['in', 'sur', 'pour', 'y', 'e', 'und', 'der', 'fur', 'del', 'sa', 'sas', 'sarl'],
];

/**
 * The rules of search read as plainly as they can be: every document is ranked by itself, all are sorted, nothing is
 * shared with the index but fold and the spellings of registries' identifiers.
 */
export function referenceSearch(
  documents: readonly SearchDocument[],
  typed: string,
  types?: readonly string[],
): ReferenceHit[] {
  const hits = documents
    .filter((document) => types === undefined || types.includes(document.type))
    .map((document) => referenceHit(document, typed))
    .filter((hit) => hit !== null);
  const better = hits.filter((hit) => hit.level > 1);
  return (better.length > 0 ? better : hits).sort(byPosition);
}

/** Whether a hit stands behind a position. */
export function isAfter(hit: SearchPosition, position: SearchPosition): boolean {
  return byPosition(hit, position) > 0;
}

function byPosition(a: SearchPosition, b: SearchPosition): number {
  if (a.level !== b.level) return b.level - a.level;
  if (a.score !== b.score) return b.score - a.score;
  if (a.popularity !== b.popularity) return b.popularity - a.popularity;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}

interface Asked {
  readonly word: string;
  readonly open: boolean;
  readonly required: boolean;
}

function readQuery(typed: string): { text: string; cut: string; asked: Asked[] } {
  const cut = typed.slice(0, 200);
  const [registered] = IDENTIFIER_SCHEMES.flatMap((scheme) => spellingOf(scheme, cut));
  const read = registered !== undefined && cut.includes('/') ? registered : cut;
  const text = fold(read);
  const all = text.split(' ').filter((word) => word !== '');
  const lastIsOpen = /[\p{L}\p{N}\p{M}]\+*$/u.test(read);
  const words = [...new Set(all)].slice(0, 12);
  const isOptional = (word: string) => word.length === 1 || STOP_WORDS.includes(word);
  const allOptional = words.every(isOptional);
  const asked = words.map((word) => ({
    word,
    open: lastIsOpen && word === all.at(-1),
    required: allOptional || !isOptional(word),
  }));
  return { text, cut, asked };
}

interface DocumentWord {
  readonly word: string;
  readonly field: 'name' | 'acronym' | 'aliases';
  readonly first: boolean;
}

function wordsOf(text: string, field: DocumentWord['field']): DocumentWord[] {
  const written = fold(text).split(' ');
  const opened = fold(
    text
      .replace(/(^|[^\p{L}\p{N}\p{M}])\p{Ll}(?=\p{Lu})/gu, '$1 ')
      .replace(/(\p{Ll}\p{M}*)(?=\p{Lu})/gu, '$1 ')
      .replace(/\+/g, ' plus '),
  ).split(' ');
  return [written, opened].flatMap((words) =>
    words.filter((word) => word !== '').map((word) => ({ word, field, first: field === 'name' && word === words[0] })),
  );
}

type Match = 'exact' | 'beginning' | 'typo';

function matchOf({ word: asked, open }: Asked, word: string): Match | null {
  if (word === asked) return 'exact';
  if (word.startsWith(asked) && (open || asked.length >= 3)) return 'beginning';
  const candidates = open ? Array.from({ length: word.length }, (_, i) => word.slice(0, i + 1)) : [word];
  return candidates.some((candidate) => isMistyped(candidate, asked)) ? 'typo' : null;
}

/** One error in five letters or more. */
function isMistyped(text: string, typed: string): boolean {
  const letters = [...typed].filter((sign) => /\p{L}/u.test(sign)).length;
  return letters >= 5 && isOneErrorFrom(text, typed);
}

/** A distance of one between texts whose digits are the same. */
export function isOneErrorFrom(text: string, typed: string): boolean {
  const digits = (text: string) => [...text].filter((sign) => /\p{N}/u.test(sign)).join('');
  return digits(text) === digits(typed) && editDistance(text, typed) === 1;
}

function qualityOf(match: Match, { field, first }: DocumentWord): number {
  const quality = { exact: 1000, beginning: 800, typo: 500 }[match];
  if (field !== 'name') return Math.round(quality * 0.85);
  return Math.round(first ? quality + 0.3 * quality : quality);
}

function referenceHit(document: SearchDocument, typed: string): ReferenceHit | null {
  const { text, cut, asked } = readQuery(typed);
  if (asked.length === 0) return null;
  const { id, type, name, acronym, aliases, identifiers, popularity } = document;
  const words = [
    ...wordsOf(name, 'name'),
    ...wordsOf(acronym ?? '', 'acronym'),
    ...aliases.flatMap((alias) => wordsOf(alias, 'aliases')),
  ];

  const answers = asked.map((one) =>
    words.flatMap((word) => {
      const match = matchOf(one, word.word);
      return match === null ? [] : [{ match, field: word.field, quality: qualityOf(match, word) }];
    }),
  );
  const required = answers.filter((_, i) => asked[i]!.required);
  const requiredFound = required.filter((found) => found.length > 0).length;
  const withoutSpaces = (text: string) => fold(text).replaceAll(' ', '');
  const spellings = [cut, ...IDENTIFIER_SCHEMES.flatMap((scheme) => spellingOf(scheme, cut))].map(withoutSpaces);
  const byIdentifier =
    (isGlobalId(id) && id === cut.trim()) ||
    identifiers.some((identifier) => spellings.includes(withoutSpaces(identifier)));
  const names = [name, ...(acronym === null ? [] : [acronym]), ...aliases].map(fold).filter((name) => name !== '');
  const isMistypedName = (name: string) => isMistyped(name, text);

  let level: number;
  if (byIdentifier) level = 6;
  else if ((acronym !== null && fold(acronym) === text) || fold(name) === text) level = 5;
  else if (aliases.some((alias) => fold(alias) === text)) level = 4;
  else if (required.every((found) => found.some(({ match }) => match !== 'typo'))) level = 3;
  else if (names.some(isMistypedName) || required.every((found) => found.length > 0)) level = 2;
  else if (requiredFound > 0) level = 1;
  else return null;

  let score = 0;
  if (level <= 3) {
    const weights = asked.map((one) => (one.required ? 5 : 1));
    const best = answers.map((found) => Math.max(0, ...found.map(({ quality }) => quality)));
    const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
    const mean = sum(best.map((quality, i) => quality * weights[i]!)) / sum(weights);
    const coverage = Math.min(1, requiredFound / new Set(fold(name).split(' ')).size);
    score = Math.round(mean + 400 * coverage) + Math.round(60 * Math.log2(1 + popularity));
    if (level === 1) score += 2000 * answers.filter((found) => found.length > 0).length;
    if (level === 3 && text.includes(' ') && names.some((name) => name.startsWith(text))) score += 1000;
    if (level === 2 && names.some(isMistypedName)) score = 5000 + Math.round(60 * Math.log2(1 + popularity));
  }

  const counted = required.flat().filter(({ match }) => level <= 2 || match !== 'typo');
  const texts = { name: [name], acronym: acronym === null ? [] : [acronym], aliases };
  const matchedFields: string[] = (['name', 'acronym', 'aliases'] as const).filter(
    (field) =>
      counted.some((answer) => answer.field === field) ||
      (level === 2 && texts[field].some((text) => isMistypedName(fold(text)))),
  );
  if (byIdentifier) matchedFields.push('identifiers');
  return { id, type, level, score, popularity, matchedFields };
}

function spellingOf(scheme: (typeof IDENTIFIER_SCHEMES)[number], written: string): string[] {
  const value = tidyIdentifier(scheme, written);
  return identifierProblem(scheme, value) === null ? [value] : [];
}

/** Letters to insert, remove, replace or swap with their neighbour, each letter once: optimal string alignment. */
export function editDistance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = 0; i <= a.length; i++) {
    for (let j = 0; j <= b.length; j++) {
      if (i === 0 || j === 0) {
        rows[i]![j] = i + j;
        continue;
      }
      const replaced = rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let distance = Math.min(rows[i - 1]![j]! + 1, rows[i]![j - 1]! + 1, replaced);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        distance = Math.min(distance, rows[i - 2]![j - 2]! + 1);
      }
      rows[i]![j] = distance;
    }
  }
  return rows[a.length]![b.length]!;
}
