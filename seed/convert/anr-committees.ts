import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { fold } from '../../src/domain/fold.ts';
import type { Row } from './table.ts';

/** A line of anr_committees.csv: the scientific evaluation committees of the call of 2022. */
export type RawCommittee = Record<'CES' | "Comité d'évaluation scientifique", string>;

const ENGLISH = new Map(
  (
    parse(readFileSync(join(import.meta.dirname, 'tables', 'anr-committees-en.csv')), { columns: true }) as Record<
      'code' | 'nameEn',
      string
    >[]
  ).map(({ code, nameEn }) => [code, nameEn]),
);

const topicId = (code: string): string => `topic/technology-anr-${code.toLowerCase()}`;

/** The list writes dashes and commas as they came, and one word in two. */
const tidy = (name: string): string =>
  name
    .replaceAll('infra-structures', 'infrastructures')
    .replace(/\s*–\s*| -(?=\p{L})/gu, ' – ')
    .replace(/\s+/g, ' ')
    .replace(/ ,/g, ',')
    .trim();

/** A topic for each committee. Its code has shifted a little from year to year: the names are those of 2022. */
export function committeeTopics(committees: readonly RawCommittee[], source: string): Row<'topics.csv'>[] {
  return committees.map((committee) => {
    const name = tidy(committee["Comité d'évaluation scientifique"]);
    const nameEn = ENGLISH.get(committee.CES);
    if (!nameEn) throw new Error(`No English name of ${committee.CES}: add it to tables/anr-committees-en.csv.`);
    return {
      id: topicId(committee.CES),
      name,
      nameEn,
      scheme: 'TECHNOLOGY',
      aliases: [committee.CES, ...(fold(nameEn) === fold(name) ? [] : [nameEn])],
      definition: `Ce dont traite le comité d'évaluation scientifique ${committee.CES} de l'ANR, d'après sa liste de 2022. Les codes ont un peu changé d'une année à l'autre.`,
      definitionEn: `What the scientific evaluation committee ${committee.CES} of the ANR is about, after its list of 2022. The codes have shifted a little from year to year.`,
      sources: source,
    };
  });
}

/** The topic of a programme's code; none where it is no committee of the list. */
export function committeeOf(committees: readonly RawCommittee[]): (code: string) => string | undefined {
  const known = new Set(committees.map(({ CES }) => CES));
  return (code) => (known.has(code) ? topicId(code) : undefined);
}
