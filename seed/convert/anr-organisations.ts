import { fold } from '../../src/domain/fold.ts';
import { digest, readableId, slug } from '../../src/domain/global-id.ts';
import { identifierProblem, tidyIdentifier } from '../../src/domain/identifier.ts';
import { kindByName } from '../../src/domain/school-name.ts';
import { type Category, categoryOf } from '../../src/transfer/connectors/anr-categories.ts';
import { learnRepair, tidyName } from './anr-names.ts';
import { NOT_ORGANISATIONS, WITHOUT_PERSON } from './anr-people.ts';
import { type Place, readPlace, territoryAbroad } from './anr-places.ts';

/** A line of anr_orgs.csv. */
export type RawOrganisation = Record<
  'org_id' | 'name' | 'org_type' | 'anr_category' | 'rnsr' | 'city' | 'region' | 'country' | 'n_projects',
  string
>;

/** A line of equivalences.csv; without an organisation it says that a record is none of the curated ones. */
export type Equivalence = Record<'anr' | 'organisation' | 'reason', string>;

/** A curated organisation and the names by which the dump may know it. */
export interface Curated {
  readonly id: string;
  readonly names: readonly string[];
}

/** An organisation of the dump, of one record or of several. */
export interface Organisation {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly public: boolean | undefined;
  readonly size: string | undefined;
  readonly aliases: readonly string[];
  readonly territory: string | undefined;
  readonly city: string;
  readonly siren: string | undefined;
  readonly rnsr: string | undefined;
}

/** What the conversion did, for the person who runs it. */
export interface Summary {
  readonly records: number;
  readonly repaired: number;
  readonly leftOut: number;
  readonly merged: number;
  readonly equivalent: number;
  readonly located: number;
}

export interface Organisations {
  /** Those that the curated data do not have. */
  readonly rows: readonly Organisation[];
  /** The organisation, curated or not, that a record of the dump became; none for a person. */
  readonly idOf: ReadonlyMap<string, string>;
  /** The names of the records, tidied, with their apostrophes. */
  readonly nameOf: ReadonlyMap<string, string>;
  readonly summary: Summary;
}

/** A line of the dump, cleaned. */
interface Entry {
  readonly raw: RawOrganisation;
  readonly name: string;
  /** The name before its apostrophes came back. */
  readonly written: string;
  readonly rnsr: string | undefined;
  readonly siren: string | undefined;
  readonly place: Place;
  readonly projects: number;
}

/** Names of whole institutions: a laboratory's number that stands beside one is that of some unit within it. */
export const INSTITUTION =
  /^(?:aix marseille|assistance publique|cea|centre (?:de cooperation|hospitalier|national)|cerema|chu|cirad|cnrs|comm?issariat|delegation|direction|ecole|ens|fondation|hopita|ifp|ifremer|inra|inria|inserm|institut (?:curie|de recherche pour le developpement|francais de recherche|mines|national|pasteur|polytechnique)|ird|isae|museum|office|onera|pres|sorbonne|telecom|univ)/;

/** Named before nameless, then those of more projects, then in the order of their identifiers. */
function byWeight(a: Entry, b: Entry): number {
  const named = Number(b.name !== '') - Number(a.name !== '');
  return named || b.projects - a.projects || (a.raw.org_id < b.raw.org_id ? -1 : 1);
}

/** Repairs names and numbers; a record that only names a person goes, or stays without a name if it has a number. */
function clean(lines: readonly RawOrganisation[]): Entry[] {
  const organisations = lines.filter(({ org_id, rnsr }) => rnsr !== '' || !NOT_ORGANISATIONS.has(digest([org_id])));
  const names = organisations.map(({ org_id, name }) => {
    const key = digest([org_id]);
    return NOT_ORGANISATIONS.has(key) ? '' : tidyName(WITHOUT_PERSON.get(key) ?? name);
  });
  const repair = learnRepair(names);
  return organisations.map((raw, index) => {
    const number = tidyIdentifier('RNSR', raw.rnsr);
    return {
      raw,
      name: repair(names[index]!),
      written: names[index]!,
      rnsr: identifierProblem('RNSR', number) === null ? number : undefined,
      // Two records give the number of their legal entity instead.
      siren: identifierProblem('SIREN', number) === null ? number : undefined,
      place: readPlace(raw),
      projects: Number(raw.n_projects),
    };
  });
}

/** Records of one RNSR number, and records that share name, city and country, are one organisation. */
function group(records: readonly Entry[]): Entry[][] {
  const units = [...Map.groupBy(records, ({ rnsr, raw }) => rnsr ?? raw.org_id).values()];
  for (const unit of units) unit.sort(byWeight);
  const alike = Map.groupBy(units, ([first]) => {
    const { name, place } = first!;
    return [fold(name), place.territory ?? fold(place.city), place.city === '' ? place.abroad : ''].join('\0');
  });
  return [...alike.values()].flatMap(mergeAlike);
}

/** Units of one name in one city: all one, unless countries or RNSR numbers tell them apart. */
function mergeAlike(units: Entry[][]): Entry[][] {
  const countries = new Set(units.flat().map(({ place }) => place.abroad));
  countries.delete('');
  if (units.length === 1 || countries.size > 1) return units;
  const numbered = units.filter(([first]) => first!.rnsr !== undefined);
  const unnumbered = units.filter(([first]) => first!.rnsr === undefined).flat();
  if (numbered.length === 1 && !INSTITUTION.test(fold(numbered[0]![0]!.name))) return [units.flat().sort(byWeight)];
  return unnumbered.length === 0 ? numbered : [...numbered, unnumbered.sort(byWeight)];
}

/** The name with most projects; of its spellings the one that does not shout. */
function nameOf(records: readonly Entry[]): string {
  const numbered = records.filter(({ rnsr }) => rnsr !== undefined);
  const [first] = numbered.length > 0 ? numbered : records;
  const spellings = records.filter(({ name }) => fold(name) === fold(first!.name));
  const { name, rnsr } = spellings.find((entry) => entry.name !== entry.name.toUpperCase()) ?? first!;
  return name || `Structure de recherche RNSR ${rnsr}`;
}

/** Which groups are curated organisations: those of the table, and those whose name only one group and one record have. */
function equivalents(
  groups: readonly Entry[][],
  curated: readonly Curated[],
  table: readonly Equivalence[],
): Map<Entry[], string> {
  const equivalentOf = new Map(table.map(({ anr, organisation }) => [anr, organisation]));
  const named = Map.groupBy(
    curated.flatMap(({ id, names }) => [...new Set(names.map(fold))].map((name) => ({ id, name }))),
    ({ name }) => name,
  );
  const sharing = Map.groupBy(groups, (records) => fold(nameOf(records)));
  const found = new Map<Entry[], string>();
  for (const records of groups) {
    const ids = new Set(records.map(({ raw }) => equivalentOf.get(raw.org_id)).filter((id) => id !== undefined));
    const name = fold(nameOf(records));
    const candidates = named.get(name) ?? [];
    if (ids.size === 0 && candidates.length === 1 && sharing.get(name)?.length === 1) ids.add(candidates[0]!.id);
    if (ids.size > 1) throw new Error(`${records[0]!.raw.org_id} is several organisations: ${[...ids].join(', ')}.`);
    const [id] = ids;
    if (id) found.set(records, id);
  }
  return found;
}

/** A readable key that no other organisation has: with the city, else the country, else a digest. */
function uniqueId(records: readonly Entry[], name: string, taken: Set<string>): string {
  const { rnsr, place, raw } = records.find((entry) => entry.rnsr !== undefined) ?? records[0]!;
  const plain = readableId('organisation', name, rnsr === undefined ? [] : [['RNSR', rnsr]]);
  const more = [place.city, place.abroad].filter((part) => part !== '').map((part) => `${plain}-${slug(part)}`);
  const id = [plain, ...more, `${plain}-${digest([raw.org_id]).slice(0, 6)}`].find(
    (candidate) => !taken.has(candidate),
  );
  if (!id) throw new Error(`No identifier is left for ${raw.org_id}.`);
  taken.add(id);
  return id;
}

/** What the category of the heaviest record says that has one. */
function categoryOfAll(members: readonly Entry[]): Category {
  const categories = members.map(({ raw }) => categoryOf(raw.anr_category));
  return categories.find(({ kind }) => kind !== 'UNKNOWN') ?? categories[0]!;
}

/** All other spellings, but for names that an organisation bears: a laboratory is not called INSERM. */
function aliasesOf(members: readonly Entry[], name: string, borne: ReadonlySet<string>): string[] {
  const spellings = new Set(members.flatMap((entry) => [entry.name, entry.written]));
  spellings.delete(name);
  spellings.delete('');
  return [...spellings]
    .filter((alias) => fold(alias) === fold(name) || !borne.has(fold(alias)))
    .map((alias) => alias.replaceAll(';', ','))
    .sort();
}

/** Cleans the organisations of the dump and finds those that the curated data have already. */
export function readOrganisations(
  lines: readonly RawOrganisation[],
  curated: readonly Curated[],
  table: readonly Equivalence[],
): Organisations {
  const known = new Set(lines.map(({ org_id }) => org_id));
  const strange = table.filter(({ anr }) => !known.has(anr));
  if (strange.length > 0) throw new Error(`Not in the dump: ${strange.map(({ anr }) => anr).join(', ')}.`);

  const records = clean(lines);
  const groups = group(records).sort((a, b) => byWeight(a[0]!, b[0]!));
  const same = equivalents(groups, curated, table);
  const own = groups.filter((members) => !same.has(members));

  const taken = new Set(curated.map(({ id }) => id));
  /** Names in use, first those of curated organisations: a unit that comes later shows its number. */
  const used = new Set([...curated.flatMap(({ names }) => names), ...[...same.keys()].map(nameOf)].map(fold));
  const borne = new Set([...used, ...own.map((members) => fold(nameOf(members)))]);
  const idOf = new Map<string, string>();
  const remember = (members: readonly Entry[], id: string) => {
    for (const { raw } of members) idOf.set(raw.org_id, id);
  };
  for (const [members, id] of same) remember(members, id);
  const rows = own.map((members): Organisation => {
    const { place } = members.find((entry) => entry.place.city !== '') ?? members[0]!;
    const { kind, public: isPublic, size } = categoryOfAll(members);
    const rnsr = members.find((entry) => entry.rnsr !== undefined)?.rnsr;
    const name = nameOf(members);
    const isUnitOfNamesake = rnsr !== undefined && used.has(fold(name));
    used.add(fold(name));
    const id = uniqueId(members, name, taken);
    remember(members, id);
    return {
      id,
      name: isUnitOfNamesake ? `${name} (RNSR ${rnsr})` : name,
      kind: kindByName(kind, name),
      public: isPublic,
      size,
      aliases: aliasesOf(members, name, borne),
      territory: place.territory ?? territoryAbroad(place.abroad),
      city: place.city,
      siren: members.find((entry) => entry.siren !== undefined)?.siren,
      rnsr,
    };
  });
  return {
    rows,
    idOf,
    nameOf: new Map(records.map(({ raw, name }) => [raw.org_id, name])),
    summary: {
      records: lines.length,
      repaired: records.filter(({ name, written }) => name !== written).length,
      leftOut: lines.length - records.length,
      merged: records.length - groups.length,
      equivalent: same.size,
      located: rows.filter(({ territory }) => territory !== undefined).length,
    },
  };
}
