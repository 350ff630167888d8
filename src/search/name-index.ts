import { NODE_TYPES, type NodeType } from '../domain/vocabulary.ts';
import { NumbersById } from '../packed/numbers-by-id.ts';
import { Texts } from '../packed/texts.ts';
import { Slices } from '../scheduling/slices.ts';
import { postingOf, ScoreAccumulator, type SearchedWord, type WordMatches } from './accumulator.ts';
import { BestHits, type RankedHit } from './best-hits.ts';
import { type CompleteMatch, CompleteTexts, gatherComplete } from './complete-texts.ts';
import { LEVEL, type Level, type MatchedField, type SearchDocument, type SearchPosition } from './document.ts';
import { GatheredWords } from './gathered-words.ts';
import { packDocument, unpackDocument } from './packed-document.ts';
import { parseQuery, type Query, type QueryWord } from './query.ts';
import {
  begunNameScore,
  type MatchKind,
  matchedFields,
  mistypedNameScore,
  popularityScore,
  QUALITIES,
  someWordsScore,
  textScore,
} from './ranking.ts';
import { type PostingLists, WordPostings } from './word-postings.ts';
import { type DocumentKeys, readDocument } from './words.ts';

/** A document found, its position in the list, and the fields that match the query. */
export interface SearchHit extends SearchPosition {
  readonly type: NodeType;
  readonly level: Level;
  readonly matchedFields: readonly MatchedField[];
}

/** A part of the list of hits, and whether more hits follow. */
export interface SearchPage {
  readonly hits: readonly SearchHit[];
  readonly hasMore: boolean;
}

export interface SearchOptions {
  /** Only documents of these types. */
  readonly types?: readonly NodeType[] | undefined;
  readonly limit: number;
  /** The position after which the page begins. No document need be there any more. */
  readonly after?: SearchPosition | undefined;
}

/** Slots for which memory is allocated at first. */
const FIRST_CAPACITY = 1024;

/**
 * Finds documents by names, acronyms, aliases and identifiers as people type them: complete, in words, unfinished, or
 * with a typing error. The rules are in ranking.ts; hits have one total order, the same however they are paged.
 */
export class NameIndex {
  /** By slot, like the arrays below. The slot of a removed document is used again. */
  readonly #ids: string[] = [];
  /** What `packDocument` makes of each document; missing for a slot without one. */
  readonly #packed = new Texts();
  #popularities = new Int32Array(FIRST_CAPACITY);
  #typeBits = new Uint16Array(FIRST_CAPACITY);
  #nameLengths = new Uint16Array(FIRST_CAPACITY);
  #popularityScores = new Int32Array(FIRST_CAPACITY);
  readonly #free: number[] = [];
  readonly #slots = new NumbersById((slot) => this.#ids[slot]!);
  /** By slot, during a query: the addition to the score of a document whose name begins with the query. */
  #begun = new Uint16Array(FIRST_CAPACITY);
  readonly #accumulator = new ScoreAccumulator();
  #words = new WordPostings();
  #completeTexts = new CompleteTexts();

  constructor() {
    this.#accumulator.reserve(FIRST_CAPACITY);
  }

  /** Builds an index of many documents: sorts once, in slices of processor time. */
  static async load(documents: AsyncIterable<SearchDocument> | Iterable<SearchDocument>): Promise<NameIndex> {
    const index = new NameIndex();
    const slices = Slices.inBackground();
    const gathered = new GatheredWords();
    const complete = new GatheredWords();
    for await (const document of documents) {
      if (slices.isOver) await slices.next();
      const keys = readDocument(document);
      const slot = index.#takeSlot(document, keys);
      for (const [word, position] of keys.words) gathered.add(word, postingOf(slot, position));
      gatherComplete(complete, keys, slot);
    }
    index.#words = new WordPostings(await gathered.packedBySlices(slices));
    index.#completeTexts = new CompleteTexts(await complete.packedBySlices(slices));
    return index;
  }

  /** The document of a node; null if the index has none with this id. */
  document(id: string): SearchDocument | null {
    const slot = this.#slots.find(id);
    return slot < 0 ? null : this.#documentAt(slot);
  }

  /** Number of documents. */
  get size(): number {
    return this.#slots.size;
  }

  /** Adds a document. Its id must be new. */
  add(document: SearchDocument): void {
    const keys = readDocument(document);
    const slot = this.#takeSlot(document, keys);
    for (const [word, position] of keys.words) this.#words.add(word, postingOf(slot, position));
    this.#completeTexts.add(keys, slot);
  }

  /** Removes a document. Returns whether it was there. */
  remove(id: string): boolean {
    const slot = this.#slots.find(id);
    if (slot < 0) return false;
    const keys = readDocument(this.#documentAt(slot));
    for (const [word, position] of keys.words) this.#words.remove(word, postingOf(slot, position));
    this.#completeTexts.remove(keys, slot);
    this.#slots.remove(id);
    this.#ids[slot] = '';
    this.#packed.set(slot, null);
    this.#free.push(slot);
    return true;
  }

  /** Adds a document, and removes the one with the same id, if there is one. */
  replace(document: SearchDocument): void {
    this.remove(document.id);
    this.add(document);
  }

  /** A page of the hits for a text: levels are computed from the highest until the page is full. */
  search(text: string, { types, limit, after }: SearchOptions): SearchPage {
    const query = parseQuery(text);
    // One more than the page, to know whether more hits follow.
    const best = new BestHits(limit + 1, after ?? null);
    this.#offerAll(query, types, best);
    const ranked = best.inOrder();
    return { hits: ranked.slice(0, limit).map((hit) => this.#hitOf(hit, query)), hasMore: ranked.length > limit };
  }

  /** The exact number of hits for a text: computes every level. */
  count(text: string, types?: readonly NodeType[]): number {
    const counter = new HitCounter();
    this.#offerAll(parseQuery(text), types, counter);
    return counter.offered;
  }

  #offerAll(query: Query, types: readonly NodeType[] | undefined, hits: Hits): void {
    if (query.words.length === 0) return;
    const bits = types === undefined ? ALL_TYPES : types.reduce((bits, type) => bits | bitOf(type), 0);
    const admits = (slot: number) => (this.#typeBits[slot]! & bits) !== 0;
    try {
      this.#offerComplete(query, admits, hits);
      if (!hits.isFull) this.#offerByWords(query, admits, hits);
    } finally {
      this.#accumulator.reset();
    }
  }

  /** Levels 6 to 4. */
  #offerComplete(query: Query, admits: Admits, hits: Hits): void {
    const withThisId = query.id === null ? -1 : this.#slots.find(query.id);
    const identified: CompleteMatch[] = withThisId < 0 ? [] : [{ slot: withThisId, level: LEVEL.identifier }];
    identified.push(...this.#completeTexts.identified(query.identifiers));
    for (const { slot, level } of [...identified, ...this.#completeTexts.named(query.text)]) {
      if (!admits(slot) || this.#accumulator.isRanked(slot)) continue;
      this.#accumulator.markRanked(slot);
      hits.offer(level, 0, this.#popularities[slot]!, this.#ids[slot]!);
    }
  }

  /** Levels 3 to 1. */
  #offerByWords(query: Query, admits: Admits, hits: Hits): void {
    const accumulator = this.#accumulator;
    const withoutTypos = query.words.map((word) => this.#search(word));
    accumulator.all(withoutTypos, admits);
    const begun = this.#markBegun(query);
    this.#offerFound(query, LEVEL.words, hits);
    for (const { slot } of begun) this.#begun[slot] = 0;
    if (hits.isFull) return;
    this.#offerMistyped(query, admits, hits);
    if (hits.isFull) return;
    const withTypos = query.words.map((word, i) => this.#searchTypos(word, withoutTypos[i]!));
    accumulator.all(withTypos, admits);
    this.#offerFound(query, LEVEL.typos, hits);
    if (hits.offered > 0) return;
    accumulator.some(withTypos, admits);
    this.#offerFound(query, LEVEL.someWords, hits);
  }

  /** Notes the addition to the scores of documents whose name begins with the query. Returns these documents. */
  #markBegun(query: Query): readonly CompleteMatch[] {
    const score = begunNameScore(query);
    const begun = score === 0 ? [] : this.#completeTexts.begun(query.text);
    for (const { slot } of begun) this.#begun[slot] = score;
    return begun;
  }

  /** Complete names one typing error away, the best of level 2. */
  #offerMistyped(query: Query, admits: Admits, hits: Hits): void {
    if (!query.forgivesTypo) return;
    for (const { slot } of this.#completeTexts.mistyped(query.text)) {
      if (!admits(slot) || this.#accumulator.isRanked(slot)) continue;
      this.#accumulator.markRanked(slot);
      const popularity = this.#popularities[slot]!;
      hits.offer(LEVEL.typos, mistypedNameScore(popularity), popularity, this.#ids[slot]!);
    }
  }

  #offerFound(query: Query, level: Level, hits: Hits): void {
    const { count, slots, sums, requiredFound, wordsFound } = this.#accumulator;
    for (let i = 0; i < count; i++) {
      const slot = slots[i]!;
      let score = textScore(query, sums[slot]!, requiredFound[slot]!, this.#nameLengths[slot]!);
      score += this.#popularityScores[slot]! + this.#begun[slot]!;
      if (level === LEVEL.someWords) score += someWordsScore(wordsFound[slot]!);
      hits.offer(level, score, this.#popularities[slot]!, this.#ids[slot]!);
    }
    this.#accumulator.markFoundRanked();
  }

  /** The exact matches of a word, and those of its beginning. */
  #search(word: QueryWord): SearchedWord {
    const exact = matchesOf(this.#words.exactly(word.text), 'exact');
    const beginnings = word.findsBeginnings ? this.#words.beginningWith(word.text) : [];
    return searchedWord(word, [exact, matchesOf(beginnings, 'beginning')]);
  }

  /** Adds the matches with a typing error to those without. */
  #searchTypos(word: QueryWord, withoutTypos: SearchedWord): SearchedWord {
    if (!word.forgivesTypo) return withoutTypos;
    const words = this.#words;
    const typos = word.open ? words.beginningOneTypoFrom(word.text) : words.oneTypoFrom(word.text);
    return searchedWord(word, [...withoutTypos.matches, matchesOf(typos, 'typo')]);
  }

  #takeSlot(document: SearchDocument, keys: DocumentKeys): number {
    if (this.#slots.find(document.id) >= 0) throw new Error(`The index has ${document.id} already: replace it.`);
    const slot = this.#free.pop() ?? this.#ids.length;
    if (slot === this.#typeBits.length) this.#grow(slot * 2);
    this.#ids[slot] = document.id;
    if (slot === this.#packed.size) this.#packed.push(null);
    this.#packed.set(slot, packDocument(document));
    this.#popularities[slot] = document.popularity;
    this.#typeBits[slot] = bitOf(document.type);
    this.#nameLengths[slot] = keys.nameLength;
    this.#popularityScores[slot] = popularityScore(document.popularity);
    this.#slots.add(document.id, slot);
    return slot;
  }

  #documentAt(slot: number): SearchDocument {
    return { id: this.#ids[slot]!, popularity: this.#popularities[slot]!, ...unpackDocument(this.#packed.get(slot)!) };
  }

  #hitOf(ranked: RankedHit, query: Query): SearchHit {
    const document = this.document(ranked.id)!;
    return { ...ranked, type: document.type, matchedFields: matchedFields(query, document, ranked.level) };
  }

  #grow(capacity: number): void {
    this.#popularities = enlarged(this.#popularities, new Int32Array(capacity));
    this.#typeBits = enlarged(this.#typeBits, new Uint16Array(capacity));
    this.#begun = new Uint16Array(capacity);
    this.#nameLengths = enlarged(this.#nameLengths, new Uint16Array(capacity));
    this.#popularityScores = enlarged(this.#popularityScores, new Int32Array(capacity));
    this.#accumulator.reserve(capacity);
  }
}

/** Receives the documents of one level after the other, until it is full. */
interface Hits {
  readonly offered: number;
  readonly isFull: boolean;
  offer(level: Level, score: number, popularity: number, id: string): void;
}

class HitCounter implements Hits {
  readonly isFull: boolean = false;
  offered = 0;

  offer(): void {
    this.offered++;
  }
}

type Admits = (slot: number) => boolean;

const TYPE_BITS = new Map<NodeType, number>(NODE_TYPES.map((type, i) => [type, 1 << i]));
const ALL_TYPES = (1 << NODE_TYPES.length) - 1;

function bitOf(type: NodeType): number {
  return TYPE_BITS.get(type)!;
}

function matchesOf(postings: PostingLists, kind: MatchKind): WordMatches {
  return { postings, qualities: QUALITIES[kind] };
}

function searchedWord(word: QueryWord, matches: readonly WordMatches[]): SearchedWord {
  let size = 0;
  for (const { postings } of matches) for (const list of postings) size += list.length;
  return { weight: word.weight, required: word.required, matches, size };
}

function enlarged<Numbers extends Uint16Array | Int32Array>(numbers: Numbers, larger: Numbers): Numbers {
  larger.set(numbers);
  return larger;
}
