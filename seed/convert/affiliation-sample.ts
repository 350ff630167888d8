import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { digest } from '../../src/domain/global-id.ts';

type Row = Readonly<Record<string, string>>;

/** An affiliation that a name says, with that name: what docs/affiliation-sample.md checks. */
export interface SampledAffiliation {
  readonly organisation: string;
  readonly name: string;
  readonly parent: string;
  readonly years: string;
}

const SEED_OF_DRAW = '2026-11-30, second draw';
const COUNT = 100;

const read = (file: string): Row[] =>
  parse(readFileSync(join(import.meta.dirname, '..', 'data', `${file}.csv`)), { columns: true }) as Row[];

/** The affiliations by names whose digest with the seed of the draw comes first, so that anyone draws the same. */
export function drawnAffiliations(): SampledAffiliation[] {
  const organisations = ['curated', 'anr', 'dgpie'].flatMap((part) => read(`${part}/organisations`));
  const nameOf = new Map(organisations.map(({ id, name }) => [id, name!]));
  return read('dgpie/affiliations')
    .filter(({ sources }) => !sources!.includes('source/ror-2026'))
    .map((row) => [digest([SEED_OF_DRAW, row.organisation!, row.parent!]), row] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, COUNT)
    .map(([, { organisation = '', parent = '', attestedOn = '' }]) => ({
      organisation,
      name: nameOf.get(organisation)!,
      parent: nameOf.get(parent)!,
      years: attestedOn.replaceAll(';', ', '),
    }));
}

/** `node seed/convert/affiliation-sample.ts`: prints the sample. */
if (import.meta.main) {
  for (const [place, { organisation, name, parent, years }] of drawnAffiliations().entries()) {
    console.log([place + 1, organisation, name, parent, years].join('\t'));
  }
}
