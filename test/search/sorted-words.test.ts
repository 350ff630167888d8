import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GatheredWords } from '../../src/search/gathered-words.ts';
import { type Ranges, SortedWords } from '../../src/search/sorted-words.ts';
import { beginsOneTypoAway, isOneTypoAway } from '../../src/search/typos.ts';
import { type PostingLists, WordPostings } from '../../src/search/word-postings.ts';
import { isOneErrorFrom } from './reference.ts';

/** Few letters, so that random words lie close to each other, and digits, which are never the error. */
const word = fc.string({ unit: fc.constantFrom('a', 'b', 'a', 'b', '1', '2'), minLength: 1, maxLength: 7 });
const someWords = fc.uniqueArray(word, { maxLength: 80, size: 'max' });

/** Each word's posting is its place in the list given. */
function sortedWords(words: readonly string[]): SortedWords {
  const sorted = new SortedWords();
  for (const [posting, word] of words.entries()) sorted.add(word, posting);
  return sorted;
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
  it('is a distance of one, a swap counted as one, and never in a digit', () => {
    fc.assert(
      fc.property(word, word, (one, other) => {
        expect(isOneTypoAway(one, other)).toBe(isOneErrorFrom(one, other));
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
          const close = beginningsOf(one).some((beginning) => isOneErrorFrom(beginning, typed));
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
          expect(found(sorted.oneTypoFrom(typed))).toEqual(those((word) => isOneErrorFrom(word, typed)));
          const close = (word: string) => beginningsOf(word).some((beginning) => isOneErrorFrom(beginning, typed));
          const begun = found(sorted.beginningWith(typed));
          expect(found(sorted.beginningOneTypoFrom(typed)).union(begun)).toEqual(those(close).union(begun));
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
        const expected = new Map<string, Set<number>>();
        for (const { word, posting, kind } of changes) {
          const postings = expected.get(word) ?? new Set();
          if (kind === 'add' && !postings.has(posting)) {
            sorted.add(word, posting);
            expected.set(word, postings.add(posting));
          } else if (kind === 'remove') {
            sorted.remove(word, posting);
            if (postings.delete(posting) && postings.size === 0) expected.delete(word);
          }
        }
        const inOrder = [...expected].sort(([a], [b]) => (a < b ? -1 : 1));
        expect(sorted.size).toBe(inOrder.length);
        expect(inOrder.map((_, place) => new Set(sorted.postingsAt(place)))).toEqual(inOrder.map(([, set]) => set));
        for (const [place, [word]] of inOrder.entries()) expect(sorted.exactly(word)).toEqual([place, place + 1]);
      }),
    );
  });
});

describe('the postings of words', () => {
  it('are found alike whatever came and went, in the long list or in that of new words', () => {
    const change = fc.record({ word, posting: fc.nat(3), kind: fc.constantFrom('add', 'add', 'remove') });
    const asked = word.filter(({ length }) => length > 1);
    fc.assert(
      fc.property(someWords, fc.array(change, { maxLength: 60, size: 'max' }), asked, (first, changes, typed) => {
        const gathered = new GatheredWords();
        const present = new Set(first.map((word) => `${word} 9`));
        for (const word of first) gathered.add(word, 9);
        const postings = new WordPostings(gathered.packed(), 4);
        for (const { word, posting, kind } of changes) {
          if (kind === 'remove') {
            postings.remove(word, posting);
            present.delete(`${word} ${posting}`);
          } else if (!present.has(`${word} ${posting}`)) {
            postings.add(word, posting);
            present.add(`${word} ${posting}`);
          }
        }
        const those = (test: (word: string) => boolean) =>
          [...present]
            .map((entry) => entry.split(' '))
            .flatMap(([word, posting]) => (test(word!) ? [Number(posting)] : []));
        const sorted = (lists: PostingLists | readonly number[]) =>
          lists.flatMap((list) => (typeof list === 'number' ? [list] : Array.from(list))).toSorted();
        expect(sorted(postings.exactly(typed))).toEqual(sorted(those((word) => word === typed)));
        expect(sorted(postings.beginningWith(typed))).toEqual(sorted(those((word) => word.startsWith(typed))));
        const mistyped = sorted(postings.oneTypoFrom(typed));
        expect(mistyped).toEqual(sorted(those((word) => isOneErrorFrom(word, typed))));
      }),
      { numRuns: 1_000 },
    );
  });
});
