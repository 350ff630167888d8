import { NODE_TYPES, type NodeType } from '../domain/vocabulary.ts';
import { Slices } from '../scheduling/slices.ts';
import { BestHits, type Place } from './best-hits.ts';
import { LEVEL, type Level, type MatchedField, type SearchDocument, type SearchPosition } from './document.ts';
import { GatheredWords } from './gathered-words.ts';
import { packDocument, unpackDocument } from './packed-document.ts';
import { parseQuery, type Query, type QueryWord } from './query.ts';
import {
  begunNameScore,
  matchedFields,
  mistypedNameScore,
  popularityScore,
  QUALITIES,
  someWordsScore,
  textScore,
  type Way,
} from './ranking.ts';
import { type FoundWords, postingOf, type SoughtWord, Tally } from './tally.ts';
import { gatherWhole, type WholeFound, WholeTexts } from './whole-texts.ts';
import { type PostingLists, WordPostings } from './word-postings.ts';
import { type DocumentKeys, readDocument } from './words.ts';

/** A document found, its place in the list, and the fields in which the query was found. */
export interface SearchHit extends SearchPosition {
  readonly type: NodeType;
  readonly level: Level;
  readonly matchedFields: readonly MatchedField[];
}

/** A stretch of the list of hits, and whether the list goes on behind it. */
export interface SearchPage {
  readonly hits: readonly SearchHit[];
  readonly hasMore: boolean;
}

export interface SearchOptions {
  /** Only documents of these types, as if the index held no others. */
  readonly types?: readonly NodeType[] | undefined;
  readonly limit: number;
  /** The position behind which the page begins; no document needs to stand there any more. */
  readonly after?: SearchPosition | undefined;
}

/** Slots for which there is room at first. */
const FIRST_CAPACITY = 1024;

/**
 * Finds documents by what people type of their names, acronyms, aliases and identifiers: whole, in words, unfinished, or
 * with a typing error. The rules are in ranking.ts; the list of hits is one total order, the same however it is paged.
 */
export class NameIndex {
  /** By slot, like the arrays below; a slot left by one document is taken by the next. */
  readonly #ids: string[] = [];
  readonly #packed: string[] = [];
  #popularities = new Int32Array(FIRST_CAPACITY);
  #typeBits = new Uint16Array(FIRST_CAPACITY);
  #nameLengths = new Uint16Array(FIRST_CAPACITY);
  #popularityScores = new Int32Array(FIRST_CAPACITY);
  readonly #free: number[] = [];
  readonly #slots = new Map<string, number>();
  /** By slot, while a query is answered: what is added to the score of a document whose name begins with the query. */
  #begun = new Uint16Array(FIRST_CAPACITY);
  readonly #tally = new Tally();
  #words = new WordPostings();
  #whole = new WholeTexts();

  constructor() {
    this.#tally.reserve(FIRST_CAPACITY);
  }

  /** Builds an index of many documents, sorting once, in slices between which other work gets its turn. */
  static async load(documents: AsyncIterable<SearchDocument> | Iterable<SearchDocument>): Promise<NameIndex> {
    const index = new NameIndex();
    const slices = new Slices();
    const gathered = new GatheredWords();
    const whole = new GatheredWords();
    for await (const document of documents) {
      if (slices.isOver) await slices.next();
      const keys = readDocument(document);
      const slot = index.#takeSlot(document, keys);
      for (const [word, place] of keys.words) gathered.add(word, postingOf(slot, place));
      gatherWhole(whole, keys, slot);
    }
    index.#words = new WordPostings(await gathered.inOrderBySlices(slices));
    index.#whole = new WholeTexts(await whole.inOrderBySlices(slices));
    return index;
  }

  /** What the index knows of a node; null when it holds none of this id. */
  document(id: string): SearchDocument | null {
    const slot = this.#slots.get(id);
    return slot === undefined ? null : this.#documentAt(slot);
  }

  /** Number of documents. */
  get size(): number {
    return this.#slots.size;
  }

  /** Adds a document; its id must be new. */
  add(document: SearchDocument): void {
    const keys = readDocument(document);
    const slot = this.#takeSlot(document, keys);
    for (const [word, place] of keys.words) this.#words.add(word, postingOf(slot, place));
    this.#whole.add(keys, slot);
  }

  /** Removes a document, and tells whether it was there. */
  remove(id: string): boolean {
    const slot = this.#slots.get(id);
    if (slot === undefined) return false;
    const keys = readDocument(this.#documentAt(slot));
    for (const [word, place] of keys.words) this.#words.remove(word, postingOf(slot, place));
    this.#whole.remove(keys, slot);
    this.#ids[slot] = '';
    this.#packed[slot] = '';
    this.#slots.delete(id);
    this.#free.push(slot);
    return true;
  }

  /** Adds a document in the place of the one with its id, if there is one. */
  replace(document: SearchDocument): void {
    this.remove(document.id);
    this.add(document);
  }

  /** A page of the hits for a text: levels are computed from the highest until the page is full. */
  search(text: string, { types, limit, after }: SearchOptions): SearchPage {
    const query = parseQuery(text);
    // One more than the page holds tells whether the list goes on.
    const best = new BestHits(limit + 1, after ?? null);
    this.#offerAll(query, types, best);
    const placed = best.inOrder();
    return { hits: placed.slice(0, limit).map((place) => this.#hitAt(place, query)), hasMore: placed.length > limit };
  }

  /** The exact number of hits for a text, on all pages together: computes every level. */
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
      this.#offerWhole(query, admits, hits);
      if (!hits.isFull) this.#offerByWords(query, admits, hits);
    } finally {
      this.#tally.reset();
    }
  }

  /** Levels 6 to 4. */
  #offerWhole(query: Query, admits: Admits, hits: Hits): void {
    const bearer = query.id === null ? undefined : this.#slots.get(query.id);
    const identified: WholeFound[] = bearer === undefined ? [] : [{ slot: bearer, level: LEVEL.identifier }];
    identified.push(...this.#whole.identified(query.identifiers));
    for (const { slot, level } of [...identified, ...this.#whole.named(query.text)]) {
      if (!admits(slot) || this.#tally.isPlaced(slot)) continue;
      this.#tally.place(slot);
      hits.offer(level, 0, this.#popularities[slot]!, this.#ids[slot]!);
    }
  }

  /** Levels 3 to 1. */
  #offerByWords(query: Query, admits: Admits, hits: Hits): void {
    const tally = this.#tally;
    const surely = query.words.map((word) => this.#seek(word));
    tally.all(surely, admits);
    const begun = this.#markBegun(query);
    this.#offerFound(query, LEVEL.words, hits);
    for (const { slot } of begun) this.#begun[slot] = 0;
    if (hits.isFull) return;
    this.#offerMistyped(query, admits, hits);
    if (hits.isFull) return;
    const perhaps = query.words.map((word, i) => this.#seekTypos(word, surely[i]!));
    tally.all(perhaps, admits);
    this.#offerFound(query, LEVEL.typos, hits);
    if (hits.offered > 0) return;
    tally.some(perhaps, admits);
    this.#offerFound(query, LEVEL.someWords, hits);
  }

  /** Notes what is added to the scores of documents whose name begins with the query; tells which they are. */
  #markBegun(query: Query): readonly WholeFound[] {
    const score = begunNameScore(query);
    const begun = score === 0 ? [] : this.#whole.begun(query.text);
    for (const { slot } of begun) this.#begun[slot] = score;
    return begun;
  }

  /** Whole names one typing error away, the best of level 2. */
  #offerMistyped(query: Query, admits: Admits, hits: Hits): void {
    if (!query.forgivesTypo) return;
    for (const { slot } of this.#whole.mistyped(query.text)) {
      if (!admits(slot) || this.#tally.isPlaced(slot)) continue;
      this.#tally.place(slot);
      const popularity = this.#popularities[slot]!;
      hits.offer(LEVEL.typos, mistypedNameScore(popularity), popularity, this.#ids[slot]!);
    }
  }

  #offerFound(query: Query, level: Level, hits: Hits): void {
    const { count, slots, sums, requiredFound, wordsFound } = this.#tally;
    for (let i = 0; i < count; i++) {
      const slot = slots[i]!;
      let score = textScore(query, sums[slot]!, requiredFound[slot]!, this.#nameLengths[slot]!);
      score += this.#popularityScores[slot]! + this.#begun[slot]!;
      if (level === LEVEL.someWords) score += someWordsScore(wordsFound[slot]!);
      hits.offer(level, score, this.#popularities[slot]!, this.#ids[slot]!);
    }
    this.#tally.placeFound();
  }

  /** What answers a word exactly or by its beginning. */
  #seek(word: QueryWord): SoughtWord {
    const exact = found(this.#words.exactly(word.text), 'exact');
    const beginnings = word.findsBeginnings ? this.#words.beginningWith(word.text) : [];
    return sought(word, [exact, found(beginnings, 'beginning')]);
  }

  /** The same, and what answers it with a typing error. */
  #seekTypos(word: QueryWord, surely: SoughtWord): SoughtWord {
    if (!word.forgivesTypo) return surely;
    const words = this.#words;
    const typos = word.open ? words.beginningOneTypoFrom(word.text) : words.oneTypoFrom(word.text);
    return sought(word, [...surely.found, found(typos, 'typo')]);
  }

  #takeSlot(document: SearchDocument, keys: DocumentKeys): number {
    if (this.#slots.has(document.id)) throw new Error(`The index holds ${document.id} already: replace it.`);
    const slot = this.#free.pop() ?? this.#ids.length;
    if (slot === this.#typeBits.length) this.#grow(slot * 2);
    this.#ids[slot] = document.id;
    this.#packed[slot] = packDocument(document);
    this.#popularities[slot] = document.popularity;
    this.#typeBits[slot] = bitOf(document.type);
    this.#nameLengths[slot] = keys.nameLength;
    this.#popularityScores[slot] = popularityScore(document.popularity);
    this.#slots.set(document.id, slot);
    return slot;
  }

  #documentAt(slot: number): SearchDocument {
    return { id: this.#ids[slot]!, popularity: this.#popularities[slot]!, ...unpackDocument(this.#packed[slot]!) };
  }

  #hitAt(place: Place, query: Query): SearchHit {
    const document = this.document(place.id)!;
    return { ...place, type: document.type, matchedFields: matchedFields(query, document, place.level) };
  }

  #grow(capacity: number): void {
    this.#popularities = enlarged(this.#popularities, new Int32Array(capacity));
    this.#typeBits = enlarged(this.#typeBits, new Uint16Array(capacity));
    this.#begun = new Uint16Array(capacity);
    this.#nameLengths = enlarged(this.#nameLengths, new Uint16Array(capacity));
    this.#popularityScores = enlarged(this.#popularityScores, new Int32Array(capacity));
    this.#tally.reserve(capacity);
  }
}

/** What takes the documents of one level after the other, until it is full. */
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

function found(postings: PostingLists, way: Way): FoundWords {
  return { postings, qualities: QUALITIES[way] };
}

function sought(word: QueryWord, found: readonly FoundWords[]): SoughtWord {
  let size = 0;
  for (const { postings } of found) for (const list of postings) size += list.length;
  return { weight: word.weight, required: word.required, found, size };
}

function enlarged<Numbers extends Uint16Array | Int32Array>(numbers: Numbers, larger: Numbers): Numbers {
  larger.set(numbers);
  return larger;
}
