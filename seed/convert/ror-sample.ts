import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { digest } from '../../src/domain/global-id.ts';
import { listedOf, rorNumber } from '../../src/transfer/connectors/ror-record.ts';
import { readRor } from './ror-records.ts';

/**
 * `node seed/convert/ror-sample.ts <folder of the raw data>`: prints 100 organisations of the seed that have a record of
 * the Research Organization Registry, beside that record: those whose digest with the seed of the draw comes first, so
 * that anyone draws the same. docs/ror-sample.md checks them.
 */
const SEED_OF_DRAW = '2026-11-29';
const COUNT = 100;

const [dataDir] = process.argv.slice(2);
if (!dataDir) {
  console.error('Which folder holds the raw data? node seed/convert/ror-sample.ts <folder with ror/>');
  process.exit(1);
}
const lines = ['curated', 'anr', 'dgpie'].flatMap((part) => {
  const path = join(import.meta.dirname, '..', 'data', part, 'organisations.csv');
  return parse(readFileSync(path), { columns: true }) as Record<
    'id' | 'name' | 'aliases' | 'city' | 'kind' | 'ror',
    string
  >[];
});
const records = new Map((await readRor(dataDir)).map(({ record }) => [rorNumber(record.id), record]));
const drawn = lines
  .filter(({ ror }) => ror)
  .map((line) => [digest([SEED_OF_DRAW, line.id, line.ror]), line] as const)
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .slice(0, COUNT);
for (const [place, [, { id, name, aliases, city, kind, ror }]] of drawn.entries()) {
  const record = records.get(ror)!;
  const { names, city: itsCity } = listedOf(record);
  const theirs = [ror, names.join(' | '), itsCity, record.types?.join(' '), record.established ?? ''];
  console.log([place + 1, id, name, aliases, city, kind, ...theirs].join('\t'));
}
