import { LEVEL, type WholeLevel } from './document.ts';
import { type DocumentKeys, identifierKey } from './words.ts';

/** Levels fit in the low bits of a posting, above them the slot. */
const LEVELS = 8;

/** A document, by its slot, that may bear a whole text, and the level at which it would then stand. */
export interface WholeFound {
  readonly slot: number;
  readonly level: WholeLevel;
}

/**
 * Which documents may bear a whole text as their identifier, name, acronym or alias. Texts are told apart by a number
 * alone: to hold them too would take as much as all documents do. So whoever asks looks again at those found.
 */
export class WholeKeys {
  /** One posting or a list: most keys belong to one document, and a list for each would double the memory. */
  readonly #postings = new Map<number, number | number[]>();

  /** Makes a document findable by its whole texts. */
  add(keys: DocumentKeys['whole'], slot: number): void {
    for (const [text, level] of keys) {
      const key = numberOf(text);
      const posting = slot * LEVELS + level;
      const known = this.#postings.get(key);
      if (known === undefined) this.#postings.set(key, posting);
      else if (typeof known === 'number') this.#postings.set(key, [known, posting]);
      else known.push(posting);
    }
  }

  /** Takes back what `add` did for the same texts of the same slot. */
  remove(keys: DocumentKeys['whole'], slot: number): void {
    for (const [text, level] of keys) {
      const key = numberOf(text);
      const others = this.#listOf(key).filter((posting) => posting !== slot * LEVELS + level);
      const [first] = others;
      if (first === undefined) this.#postings.delete(key);
      else this.#postings.set(key, others.length === 1 ? first : others);
    }
  }

  /** Who may bear the text, highest level first; a document may stand at two. */
  find(text: string): WholeFound[] {
    const key = identifierKey(text);
    const found = this.#listOf(numberOf(text)).map(readPosting);
    if (key !== text) {
      found.push(
        ...this.#listOf(numberOf(key))
          .map(readPosting)
          .filter(({ level }) => level === LEVEL.identifier),
      );
    }
    return found.sort((a, b) => b.level - a.level);
  }

  #listOf(key: number): readonly number[] {
    const known = this.#postings.get(key);
    return known === undefined ? [] : typeof known === 'number' ? [known] : known;
  }
}

function readPosting(posting: number): WholeFound {
  return { slot: Math.floor(posting / LEVELS), level: (posting % LEVELS) as WholeLevel };
}

/** Small enough for V8 to keep it in the table itself; a few texts of a hundred thousand share one. */
function numberOf(text: string): number {
  let number = 0;
  for (let i = 0; i < text.length; i++) number = (Math.imul(number, 31) + text.charCodeAt(i)) | 0;
  return number & 0x3fff_ffff;
}
