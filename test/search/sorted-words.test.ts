import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GatheredWords } from '../../src/search/gathered-words.ts';
import { type Ranges, SortedWords } from '../../src/search/sorted-words.ts';
import { beginsOneTypoAway, isOneTypoAway } from '../../src/search/typos.ts';
import { editDistance } from './reference.ts';

/** Few letters, so that random words lie close to each other. */
const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 7 });
const someWords = fc.uniqueArray(word, { maxLength: 80, size: 'max' });

/** Each word's posting is its place in the list given. */
function sortedWords(words: readonly string[]): SortedWords {
  const gathered = new GatheredWords();
  for (const [posting, word] of words.entries()) gathered.add(word, posting);
  return new SortedWords(gathered);
}

function wordsIn(ranges: Ranges, sorted: SortedWords, words: readonly string[]): Set<string> {
  const found = new Set<string>();
  for (let i = 0; i < ranges.length; i += 2) {
    for (let place = ranges[i]!; place < ranges[i + 1]!; place++) {
      for (const posting of sorted.postingsAt(place)) found.add(words[posting]!);
    }
  }
  return found;
}

function beginningsOf(word: string): string[] {
  return Array.from(word, (_, i) => word.slice(0, i + 1));
}

describe('one typing error', () => {
  it('is a distance of one, a swap counted as one', () => {
    fc.assert(
      fc.property(word, word, (one, other) => {
        expect(isOneTypoAway(one, other)).toBe(editDistance(one, other) === 1);
      }),
      { numRuns: 5_000 },
    );
  });

  it('in an unfinished word is one against some beginning, unless that is what was typed', () => {
    fc.assert(
      fc.property(
        word,
        word.filter(({ length }) => length > 1),
        (one, typed) => {
          const close = beginningsOf(one).some((beginning) => editDistance(beginning, typed) <= 1);
          expect(beginsOneTypoAway(one, typed)).toBe(close && !one.startsWith(typed));
        },
      ),
      { numRuns: 5_000 },
    );
  });
});

describe('sorted words', () => {
  it('find exactly a word, those that begin with it, and those a typing error away', () => {
    fc.assert(
      fc.property(
        someWords,
        word.filter(({ length }) => length > 1),
        (words, typed) => {
          const sorted = sortedWords(words);
          const found = (ranges: Ranges) => wordsIn(ranges, sorted, words);
          const those = (test: (word: string) => boolean) => new Set(words.filter(test));
          expect(found(sorted.exactly(typed))).toEqual(those((word) => word === typed));
          expect(found(sorted.beginningWith(typed))).toEqual(those((word) => word.startsWith(typed)));
          expect(found(sorted.oneTypoFrom(typed))).toEqual(those((word) => editDistance(word, typed) === 1));
          const close = (word: string) => beginningsOf(word).some((beginning) => editDistance(beginning, typed) <= 1);
          const byBeginning = found(sorted.beginningOneTypoFrom(typed));
          expect(byBeginning.union(found(sorted.beginningWith(typed)))).toEqual(those(close));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('hold after additions and removals what was added and not removed', () => {
    const short = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 3 });
    const change = fc.record({ word: short, posting: fc.nat(3), kind: fc.constantFrom('add', 'add', 'remove') });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 200, size: 'max' }), (changes) => {
        const sorted = new SortedWords();
        const held = new Map<string, Set<number>>();
        for (const { word, posting, kind } of changes) {
          const postings = held.get(word) ?? new Set();
          if (kind === 'add' && !postings.has(posting)) {
            sorted.add(word, posting);
            held.set(word, postings.add(posting));
          } else if (kind === 'remove') {
            sorted.remove(word, posting);
            if (postings.delete(posting) && postings.size === 0) held.delete(word);
          }
        }
        const inOrder = [...held].sort(([a], [b]) => (a < b ? -1 : 1));
        expect(sorted.size).toBe(inOrder.length);
        expect(inOrder.map((_, place) => new Set(sorted.postingsAt(place)))).toEqual(inOrder.map(([, set]) => set));
        for (const [place, [word]] of inOrder.entries()) expect(sorted.exactly(word)).toEqual([place, place + 1]);
      }),
    );
  });
});
