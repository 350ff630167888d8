import { fold } from '../../src/domain/fold.ts';
import type { Organisation, Organisations } from './organisations.ts';

/** Ends each organisation's words; no word has it. */
const END = '\n';

/**
 * The words of all organisations in one text, which is searched from its beginning: a million lists of words would take half a
 * gigabyte.
 */
export class NamesText {
  readonly #text: string;
  /** Where each organisation's words begin, and where the last one's end. */
  readonly #starts: Uint32Array;

  constructor(organisations: Organisations, textOf: (organisation: Organisation) => string) {
    const starts = new Uint32Array(organisations.length + 1);
    const parts: string[] = [];
    let at = 0;
    let place = 0;
    for (const organisation of organisations) {
      const words = ` ${fold(textOf(organisation))} ${END}`;
      parts.push(words);
      at += words.length;
      starts[++place] = at;
    }
    this.#text = parts.join('');
    this.#starts = starts;
  }

  /** The places of the organisations of which every word but the last is a word, and the last one begins a word. */
  matches(words: readonly string[]): number[] {
    const needles = words.map((word, turn) => (turn === words.length - 1 ? ` ${word}` : ` ${word} `));
    // The longest is the rarest, most likely.
    const [longest = ''] = needles.toSorted((a, b) => b.length - a.length);
    const found: number[] = [];
    for (let at = this.#text.indexOf(longest); at >= 0; ) {
      const place = this.#placeAt(at);
      const end = this.#starts[place + 1]!;
      const own = this.#text.slice(this.#starts[place], end);
      if (needles.every((needle) => own.includes(needle))) found.push(place);
      at = this.#text.indexOf(longest, end);
    }
    return found;
  }

  #placeAt(index: number): number {
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#starts[middle + 1]! > index) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
