import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { fold } from '../../src/domain/fold.ts';
import { kindByName } from '../../src/domain/school-name.ts';
import { communeName } from './anr-places.ts';
import { rorOf } from './ror.ts';
import {
  bareName,
  type Compared,
  type Read,
  type SharedRecord,
  sameByName,
  sameByRecord,
  successorsOf,
} from './same-organisation.ts';
import { itemsOf, readTable, writeTable } from './table.ts';

type Line = Record<string, string>;

/** The parts of the seed that have organisations, in the order in which they are imported. */
const PARTS = ['curated', 'anr', 'dgpie'] as const;
const FRANCE = 'territory/fr';

const readPart = async (outDir: string, part: string, file: string): Promise<Line[]> =>
  parse(await readFile(join(outDir, part, file)), { columns: true }) as Line[];

/** A line of `same-organisations.csv`: what a person read to be one. */
type Same = Record<'organisation' | 'is' | 'reason', string>;

function comparedOf(line: Line, part: number, projects: number): Compared {
  const { id = '', name = '', territory = '', city = '', rnsr = '' } = line;
  const commune = communeName(territory);
  const country = commune === '' && /^territory\/[a-z]{2}$/.test(territory) ? territory : commune && FRANCE;
  return { id, name, part, city: commune || city, country, rnsr, projects };
}

/** Kinds that say nothing: another line of the same organisation may. */
const VAGUE = ['UNKNOWN', 'OTHER', ''];

/** The name of the one in most projects, in the spelling that does not shout; a curated organisation has its own. */
function nameOf(lines: readonly Line[], compared: (line: Line) => Compared): string {
  const [first] = lines as [Line, ...Line[]];
  if (compared(first).part === 0) return first.name!;
  const names = lines
    .toSorted((a, b) => compared(b).projects - compared(a).projects)
    .map(({ name = '' }) => (lines.some((line) => fold(line.name!) === fold(bareName(name))) ? bareName(name) : name));
  const spellings = names.filter((name) => fold(name) === fold(names[0]!));
  return spellings.find((name) => name !== name.toUpperCase()) ?? names[0]!;
}

/**
 * One line of several: what the first does not say, the others do; their names become other names. A curated organisation gets
 * names alone: what else its row says is what its pages say. Sources of later parts are not there yet, and are not named.
 */
function joined(lines: readonly Line[], compared: (line: Line) => Compared): Line {
  const [first] = lines as [Line, ...Line[]];
  const filled = (field: string): string => lines.map((line) => line[field] ?? '').find((value) => value !== '') ?? '';
  const name = nameOf(lines, compared);
  const named = new Set([name, first.acronym ?? ''].map(fold));
  const aliases = lines
    .flatMap((line) => [
      ...(fold(bareName(line.name!)) === fold(bareName(name)) ? [] : [line.name!]),
      ...itemsOf(line.aliases),
    ])
    .filter((alias) => !named.has(fold(alias)) && named.add(fold(alias)));
  if (compared(first).part === 0) return { ...first, aliases: escaped(aliases) };
  const placed = lines.find((line) => line.territory !== '' || line.city !== '') ?? first;
  const kind = lines.map((line) => line.kind ?? '').find((one) => !VAGUE.includes(one)) ?? first.kind ?? '';
  return {
    ...Object.fromEntries(Object.keys(first).map((field) => [field, filled(field)])),
    ...{ id: first.id!, name, kind: kindByName(kind, name), aliases: escaped(aliases) },
    ...{ territory: placed.territory ?? '', city: placed.city ?? '' },
    sources: escaped([
      ...new Set(
        lines.filter((line) => compared(line).part <= compared(first).part).flatMap((line) => itemsOf(line.sources)),
      ),
    ]),
  };
}

const escaped = (items: readonly string[]): string => items.map((item) => item.replace(/[\\;]/g, '\\$&')).join(';');

/** A line with its lists as lists, for the writer. */
const rowOf = (line: Line) =>
  Object.fromEntries(
    Object.entries(line).map(([name, cell]) => [
      name,
      ['aliases', 'topics', 'sources'].includes(name) ? itemsOf(cell) : cell,
    ]),
  );

/** Each participant once in a project, as coordinator where one of its lines says so. */
function participationsOf(lines: readonly Line[], goesOn: ReadonlyMap<string, string>): Line[] {
  const rows = new Map<string, Line>();
  for (const line of lines) {
    const participant = goesOn.get(line.participant!) ?? line.participant!;
    const key = `${line.project} ${participant}`;
    const known = rows.get(key);
    if (known === undefined || line.role === 'COORDINATOR') rows.set(key, { ...line, participant });
  }
  return [...rows.values()];
}

/** Writes the parts again, with each organisation once. */
async function rewrite(
  outDir: string,
  goesOn: ReadonlyMap<string, string>,
  compared: ReadonlyMap<string, Compared>,
): Promise<void> {
  const parts = await Promise.all(PARTS.map((part) => readPart(outDir, part, 'organisations.csv')));
  const byId = new Map(parts.flat().map((line) => [line.id!, line]));
  const others = Map.groupBy(goesOn.keys(), (id) => goesOn.get(id)!);
  for (const [place, part] of PARTS.entries()) {
    const width = part === 'curated' ? 'all columns' : 'filled columns';
    const rows = parts[place]!.filter(({ id }) => !goesOn.has(id!)).map((line) => {
      const same = others.get(line.id!);
      if (same === undefined) return rowOf(line);
      return rowOf(joined([line, ...same.map((id) => byId.get(id)!)], ({ id }) => compared.get(id!)!));
    });
    await writeTable(join(outDir, part), 'organisations.csv', rows, width);
    const participations = participationsOf(await readPart(outDir, part, 'participations.csv'), goesOn);
    await writeTable(
      join(outDir, part),
      'participations.csv',
      participations.map((line) => ({ ...line, sources: itemsOf(line.sources) })),
      width,
    );
  }
}

/**
 * Makes one of the organisations that stand several times in the parts of the seed: those that a person read, those that
 * have one name in one place, and those that one record of ROR fits by name, place and kind. Curated organisations go on.
 */
export async function joinOrganisations(dataDir: string, outDir: string): Promise<void> {
  const parts = await Promise.all(PARTS.map((part) => readPart(outDir, part, 'organisations.csv')));
  const participations = (await Promise.all(PARTS.map((part) => readPart(outDir, part, 'participations.csv')))).flat();
  const projects = Map.groupBy(participations, ({ participant }) => participant!);
  const all = parts.flatMap((lines, part) =>
    lines.map((line) => comparedOf(line, part, projects.get(line.id!)?.length ?? 0)),
  );
  const byId = new Map(all.map((one) => [one.id, one]));
  const named = (id: string): Compared => {
    const one = byId.get(id);
    if (one === undefined) throw new Error(`No such organisation: ${id}: look at same-organisations.csv.`);
    return one;
  };
  const table = await readTable<keyof Same>(join(import.meta.dirname, 'tables', 'same-organisations.csv'));
  const read = table.map(({ organisation, is }): Read => [named(organisation), named(is)]);
  const ofName = sameByName(all);
  const { doubtful } = await rorOf(dataDir, outDir);
  const shared = doubtful.flatMap(({ number, known, why }): SharedRecord[] =>
    typeof why === 'object' && 'given' in why
      ? [{ record: number, holder: named(why.given), other: named(known.id) }]
      : [],
  );
  const ofRecord = sameByRecord(shared);
  const goesOn = successorsOf(read, [...ofName, ...ofRecord]);
  for (const id of goesOn.keys()) {
    if (byId.get(id)!.part === 0) throw new Error(`${id} is curated and cannot be joined here: use identities.csv.`);
  }
  await rewrite(outDir, goesOn, byId);
  // Links to the records that stood twice, and stores that have them, find the ones that go on.
  const merges = [...goesOn].map(([id, into]) => ({ merged: id, into, name: byId.get(id)!.name }));
  await writeTable(outDir, 'merges.csv', merges);
  console.log(
    `${goesOn.size} organisations stood more than once (${read.length} read by a person, ${ofName.length} groups of one ` +
      `name and place, ${ofRecord.length} of one record of ROR).`,
  );
}
