import { createReadStream } from 'node:fs';
import { CsvFileError, checkEncoding } from '../csv.ts';
import { formOf } from './published-file.ts';

/** Characters of one object of an array at the most: the longest record of ROR has some 100,000. */
const MAX_OBJECT = 10_000_000;

/**
 * The objects of a file that is one JSON array, one after the other, however long the file is. Throws a CsvFileError for a
 * file that is none.
 */
export async function* objectsOfArray(path: string): AsyncGenerator<Record<string, unknown>, void, void> {
  const broken = (why: string): CsvFileError => new CsvFileError(`${path} is not a JSON array of objects: ${why}.`);
  if ((await formOf(path)) === 'zip') throw new CsvFileError(`${path} is a ZIP: unpack it, and name the file in it.`);
  await checkEncoding(path, path);
  let text = '';
  let depth = 0;
  let isInText = false;
  let isEscaped = false;
  let hasBegun = false;
  for await (const chunk of createReadStream(path, { encoding: 'utf8' }) as AsyncIterable<string>) {
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const character = chunk[at];
      if (isInText) {
        if (isEscaped) isEscaped = false;
        else if (character === '\\') isEscaped = true;
        else if (character === '"') isInText = false;
      } else if (character === '"') isInText = true;
      else if (character === '{' && depth++ === 0) {
        if (!hasBegun) throw broken('it begins with an object');
        start = at;
      } else if (character === '}' && --depth === 0) {
        const object = text + chunk.slice(start, at + 1);
        text = '';
        try {
          yield JSON.parse(object);
        } catch (error) {
          throw broken((error as Error).message);
        }
      } else if (character === '[' && depth === 0) hasBegun = true;
    }
    if (depth > 0) text += chunk.slice(start);
    if (text.length > MAX_OBJECT) throw broken('one of its objects is longer than 10 million characters');
  }
  if (!hasBegun || depth > 0) throw broken(hasBegun ? 'it ends within an object' : 'it has no [');
}
