import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { fold } from '../../src/domain/fold.ts';
import { slug } from '../../src/domain/global-id.ts';
import type { Fact, FactBook } from './facts.ts';
import type { Raw, RawNetwork } from './raw.ts';
import type { Row } from './table.ts';

type Topic = Row<'topics.csv'> & { readonly id: string };

/** The sectors that our grouping writes as two in one. */
const DOUBLE_SECTORS: Readonly<Record<string, readonly string[]>> = {
  'Agroalimentaire / santé': ['Agroalimentaire', 'Santé et biotechnologies'],
};

const SCHEMES = { market: 'MARKET', technology: 'TECHNOLOGY' } as const;
type Field = keyof typeof SCHEMES;

const sectorsOf = (written: string): readonly string[] => DOUBLE_SECTORS[written] ?? (written === '' ? [] : [written]);
const sectorId = (name: string): string => `topic/sector-${slug(name)}`;

/** The sectors of a network or of the institute: our own grouping. */
export function sectorTopics({ sector }: Pick<RawNetwork, 'sector'>): string[] {
  return sectorsOf(sector).map(sectorId);
}

/** Words that two pages write differently: the first is the second. */
const SAME: Readonly<Record<string, string>> = {
  bioénergies: 'bioénergie',
  caoutchoucs: 'caoutchouc',
  'céramiques techniques': 'céramique technique',
  'efficacité énergétique du bâtiment': 'efficacité énergétique des bâtiments',
  'fibre et chimie verte': 'fibres et chimie verte',
  'jeux vidéo': 'jeu vidéo',
  'logiciels libres': 'logiciel libre',
  médicaments: 'médicament',
  mobilités: 'mobilité',
  plastiques: 'plastique',
  'ports, infrastructures et transports maritimes': 'ports, infrastructures et transport maritimes',
  'santé numérique': 'e-santé',
  transports: 'transport',
  'usine du futur (industrie 4.0)': 'usine du futur',
  'véhicule connecté et autonome': 'véhicule autonome et connecté',
  'véhicules autonomes': 'véhicule autonome et connecté',
  'éco-conception': 'écoconception',
  'édition logicielle': 'édition de logiciels',
};

/** The names of a gathered market or technology; some rows hold two. */
function namesOf({ value }: Fact): string[] {
  return value
    .replaceAll('’', "'")
    .split(';')
    .map((name) => name.trim())
    .map((name) => SAME[name] ?? name);
}

/** The English names of sectors, markets and technologies, in our words. */
const ENGLISH = new Map(
  (
    parse(readFileSync(join(import.meta.dirname, 'tables', 'topics-en.csv')), { columns: true }) as Record<
      'name' | 'nameEn',
      string
    >[]
  ).map(({ name, nameEn }) => [name, nameEn]),
);

function inEnglish(topic: Topic): Topic {
  const nameEn = ENGLISH.get(String(topic.name));
  if (!nameEn) throw new Error(`No English name of "${topic.name}": add it to tables/topics-en.csv.`);
  return { ...topic, nameEn, aliases: fold(nameEn) === fold(String(topic.name)) ? [] : [nameEn] };
}

const titled = (name: string): string => name[0]!.toUpperCase() + name.slice(1);

/** The topics of one scheme that pages give a network: the markets it works for, the technologies it develops. */
function gatheredTopics(field: Field, facts: readonly Fact[]): Topic[] {
  const scheme = SCHEMES[field];
  const names = [...new Map(facts.flatMap(namesOf).map((name) => [fold(name), name])).values()];
  return names.map((name) => ({ id: `topic/${field}-${slug(name)}`, name: titled(name), scheme }));
}

/** The markets and technologies of a network, and the pages that name them. */
export function topicsOfNetwork(id: string, book: FactBook): { topics: Topic[]; sources: string[] } {
  const fields = (Object.keys(SCHEMES) as Field[]).map((field) => [field, book.facts(id, field)] as const);
  return {
    topics: fields.flatMap(([field, facts]) => gatheredTopics(field, facts)),
    sources: fields.flatMap(([, facts]) => facts.flatMap(({ cited }) => cited)),
  };
}

/** Topics whose name begins with another's words, though they are no part of it. */
const NOT_NARROWER: ReadonlySet<string> = new Set(['santé du végétal', 'sports et loisirs']);

/** "Eau potable" is part of "eau": of the topics of a scheme the longest whose words another begins with. */
function broaderOf({ name, scheme }: Topic, all: readonly Topic[]): string | undefined {
  const words = fold(String(name));
  if (NOT_NARROWER.has(String(name).toLowerCase())) return undefined;
  return all
    .filter((other) => other.scheme === scheme && words.startsWith(`${fold(String(other.name))} `))
    .sort((a, b) => String(b.name).length - String(a.name).length)[0]?.id;
}

/** One topic for each sector in use, and for each market and technology that a page names. */
export function topicRows(raw: Raw, book: FactBook, networks: readonly string[]): Topic[] {
  const sectors = new Set([...raw.poles, ...raw.clusters, raw.institute].flatMap(({ sector }) => sectorsOf(sector)));
  const gathered = new Map(
    networks.flatMap((id) => topicsOfNetwork(id, book).topics).map((topic) => [topic.id, topic]),
  );
  const topics = [...gathered.values()];
  return [
    ...[...sectors].map((name) => ({ id: sectorId(name), name, scheme: 'SECTOR' })),
    ...topics.map((topic) => ({ ...topic, broader: broaderOf(topic, topics) })),
  ].map(inEnglish);
}
