import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { Institutions, type Placed } from './parents-in-names.ts';
import { itemsOf, readTable, writeTable } from './table.ts';

type Line = Record<string, string>;

/** A name that a list writes for an organisation, and the years of the projects in which it does. */
export interface Mention {
  readonly organisation: string;
  readonly written: string;
  readonly years: readonly string[];
  readonly sources: readonly string[];
}

/** What a name says that an organisation is a part of. */
interface NamedAffiliation {
  readonly organisation: string;
  readonly parent: string;
  readonly written: ReadonlySet<string>;
  readonly years: ReadonlySet<string>;
  readonly sources: ReadonlySet<string>;
}

const PARTS = ['curated', 'anr', 'dgpie'] as const;

const readBack = async (outDir: string, part: string, file: string): Promise<Line[]> =>
  parse(await readFile(join(outDir, part, file)), { columns: true }) as Line[];

/** The country of an organisation's place: all that is no country is in France. */
function countryOf({ territory = '' }: Line): string {
  if (territory === '' || territory === 'territory/fr') return territory && 'FR';
  return /^territory\/[a-z]{2}$/.test(territory) ? territory : 'FR';
}

const placedOf = (line: Line): Placed => ({
  id: line.id!,
  names: [line.name!, ...itemsOf(line.aliases)],
  kind: line.kind!,
  country: countryOf(line),
});

/** The list of the Investissements d'avenir as mentions: its names are those of its own organisations, with their projects' years. */
async function mentionsOfDgpie(outDir: string): Promise<Mention[]> {
  const [lines, participations] = await Promise.all([
    readBack(outDir, 'dgpie', 'organisations.csv'),
    readBack(outDir, 'dgpie', 'participations.csv'),
  ]);
  const projects = Map.groupBy(participations, ({ participant }) => participant!);
  return lines.map(({ id, name }) => ({
    organisation: id!,
    written: name!,
    years: (projects.get(id!) ?? []).map(({ project }) => `20${/^project\/anr-(\d\d)/.exec(project!)?.[1]}`),
    sources: ['source/anr-dgpie-2022'],
  }));
}

/** Each affiliation that names say, once, with all names and years that say so. */
function gathered(mentions: readonly Mention[], placed: ReadonlyMap<string, Placed>, institutions: Institutions) {
  const found = new Map<string, NamedAffiliation>();
  for (const { organisation, written, years, sources } of mentions) {
    const one = placed.get(organisation);
    // Some records of the lists are networks.
    for (const parent of one ? institutions.parentsOf(one, written) : []) {
      const key = `${organisation} ${parent}`;
      const before = found.get(key);
      found.set(key, {
        ...{ organisation, parent },
        written: new Set([...(before?.written ?? []), written]),
        years: new Set([...(before?.years ?? []), ...years]),
        sources: new Set([...(before?.sources ?? []), ...sources]),
      });
    }
  }
  return [...found.values()];
}

/** What the names were read as, for the reader: one claim for each organisation. */
function claimsOf(affiliations: readonly NamedAffiliation[], nameOf: (id: string) => string) {
  return [...Map.groupBy(affiliations, ({ organisation }) => organisation)].map(([about, all]) => {
    const written = [...new Set(all.flatMap((one) => [...one.written]))].map((name) => `« ${name} »`);
    return {
      ...{ about, field: 'affiliations', value: all.map(({ parent }) => nameOf(parent)).join(' ; ') },
      ...{ preferred: 'true', inferred: 'true' },
      note: `Lu dans le nom que la liste écrit : ${written.join(', ')}.`,
      sources: [...new Set(all.flatMap((one) => [...one.sources]))],
    };
  });
}

/**
 * Adds the affiliations that names say to those of the registry: a laboratory that a list names with its university, its
 * research body or its hospital. The years are those of the projects in which it is so named; a claim says what was read.
 */
export async function convertNamedAffiliations(outDir: string, mentioned: readonly Mention[]): Promise<void> {
  const lines = (await Promise.all(PARTS.map((part) => readBack(outDir, part, 'organisations.csv')))).flat();
  const placed = new Map(lines.map((line) => [line.id!, placedOf(line)]));
  const merges = (await readTable<'merged' | 'into'>(join(outDir, 'merges.csv'))).map(
    ({ merged, into }) => [merged, into] as const,
  );
  const goesOn = new Map(merges);
  const nameOf = (id: string): string => placed.get(id)!.names[0]!;
  const own = (await readBack(outDir, 'curated', 'organisations.csv')).map(({ id, name, sources }): Mention => {
    const cited = itemsOf(sources).filter((source) => source !== 'source/ror-2026');
    return { organisation: id!, written: name!, years: [], sources: cited };
  });
  const mentions = [...own, ...mentioned, ...(await mentionsOfDgpie(outDir))].map((one) => ({
    ...one,
    organisation: goesOn.get(one.organisation) ?? one.organisation,
  }));
  const bodies = await readTable<'organisation' | 'written'>(join(import.meta.dirname, 'tables', 'bodies.csv'));
  const strange = bodies.filter(({ organisation }) => !placed.has(organisation));
  if (strange.length > 0) throw new Error(`No such organisation: ${strange.map(({ organisation }) => organisation)}.`);
  const institutions = new Institutions(
    [...placed.values()],
    bodies.map(({ organisation, written }) => [written, organisation]),
  );
  const registry = await readBack(outDir, 'dgpie', 'affiliations.csv');
  const known = new Set(registry.map(({ organisation, parent }) => `${organisation} ${parent}`));
  const read = gathered(mentions, placed, institutions);
  const added = read.filter(({ organisation, parent }) => !known.has(`${organisation} ${parent}`));
  await writeTable(join(outDir, 'dgpie'), 'affiliations.csv', [
    ...registry,
    ...added.map(({ organisation, parent, years, sources }) => ({
      ...{ organisation, parent },
      attestedOn: [...years].sort(),
      sources: [...sources],
    })),
  ]);
  const claims = (await readBack(outDir, 'dgpie', 'claims.csv')).map((line) => ({
    ...line,
    sources: itemsOf(line.sources),
  }));
  await writeTable(join(outDir, 'dgpie'), 'claims.csv', [...claims, ...claimsOf(added, nameOf)]);
  const affiliated = new Set([...registry, ...added].map(({ organisation }) => organisation));
  console.log(
    `${added.length} affiliations more by names, of ${new Set(added.map(({ organisation }) => organisation)).size} ` +
      `organisations (${read.length - added.length} names say what the registry says): ${affiliated.size} have one.`,
  );
}
