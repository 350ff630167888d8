import { fold } from '../domain/fold.ts';
import type { SearchDocument } from './document.ts';
import { LEVEL, type Level } from './ranking.ts';
import { identifierKey } from './words.ts';

/** Levels fit in the low bits of a posting, above them the slot. */
const LEVELS = 8;

/** A document, by its slot, that bears a whole text, and the level at which it therefore stands. */
export interface WholeFound {
  readonly slot: number;
  readonly level: Level;
}

/** Which documents bear a whole text as their identifier, name, acronym or alias. */
export class WholeKeys {
  /** One posting or a list: most keys belong to one document, and a list for each would double the memory. */
  readonly #postings = new Map<string, number | number[]>();

  /** Makes a document findable by its whole texts. */
  add(document: SearchDocument, slot: number): void {
    for (const [key, level] of keysOf(document)) {
      const posting = slot * LEVELS + level;
      const known = this.#postings.get(key);
      if (known === undefined) this.#postings.set(key, posting);
      else if (typeof known === 'number') this.#postings.set(key, [known, posting]);
      else known.push(posting);
    }
  }

  /** Takes back what `add` did for the same document in the same slot. */
  remove(document: SearchDocument, slot: number): void {
    for (const [key, level] of keysOf(document)) {
      const others = this.#listOf(key).filter((posting) => posting !== slot * LEVELS + level);
      const [first] = others;
      if (first === undefined) this.#postings.delete(key);
      else this.#postings.set(key, others.length === 1 ? first : others);
    }
  }

  /** Who bears the text, highest level first; a document may stand at two. */
  find(text: string): WholeFound[] {
    const key = identifierKey(text);
    const found = this.#listOf(text).map(readPosting);
    if (key !== text) {
      found.push(
        ...this.#listOf(key)
          .map(readPosting)
          .filter(({ level }) => level === LEVEL.identifier),
      );
    }
    return found.sort((a, b) => b.level - a.level);
  }

  #listOf(key: string): readonly number[] {
    const known = this.#postings.get(key);
    return known === undefined ? [] : typeof known === 'number' ? [known] : known;
  }
}

function readPosting(posting: number): WholeFound {
  return { slot: Math.floor(posting / LEVELS), level: (posting % LEVELS) as Level };
}

/** The whole texts of a document, each once, with its highest level. */
function keysOf(document: SearchDocument): Map<string, Level> {
  const keys = new Map<string, Level>();
  for (const alias of document.aliases) keys.set(fold(alias), LEVEL.alias);
  if (document.acronym !== null) keys.set(fold(document.acronym), LEVEL.name);
  keys.set(fold(document.name), LEVEL.name);
  for (const identifier of document.identifiers) keys.set(identifierKey(identifier), LEVEL.identifier);
  keys.delete('');
  return keys;
}
