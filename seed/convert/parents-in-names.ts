import { fold } from '../../src/domain/fold.ts';
import { isSchool } from '../../src/domain/school-name.ts';

/** An organisation whose name may name what it belongs to, or that another's name names. */
export interface Placed {
  readonly id: string;
  readonly names: readonly string[];
  readonly kind: string;
  /** `FR`, another country's territory, or '' where none is known. */
  readonly country: string;
}

/** What separates the parts of a name: a laboratory, and what it belongs to. */
const BETWEEN = /\s*[/;|–—_]\s*|\s+-+\s*|\s*-+\s+|,\s+|\s*[()]\s*|:\s+|\.\s+/;
/** Parts that may make up one name together: `University of California, Berkeley`. */
const MOST_TOGETHER = 3;

/** Whole institutions besides universities and schools: what is named before or behind one of them is a part of it. */
const HOSPITAL = /^(?:chr?u |centre hospitalier (?:regional )?universitaire )/;
/** A university of several, which isSchool takes for a part for its comma. */
const CAMPUS = /^University of \p{L}+, [\p{L} ]+$/u;
/** Institutes that others bear the name of, as Institut Pasteur de Lille does: only the whole name is theirs. */
const INSTITUTES: ReadonlySet<string> = new Set(['organisation/institut-pasteur', 'organisation/institut-curie']);

/** What a part of a university or of a hospital is called. */
const UNIT =
  /\b(?:lab|labs|labo|laborat\w*|umr\w*|upr|usr|ums|ur \d+|ea \d+|u \d+|jru|dep|dept|dpt|depart\w*|dipart\w*|facult\w*|facolt\w*|fakult\w*|equipe|teams?|group|groupe|chair|chaire|lehrstuhl|service|unite|unit|division|section|observatoire|ecole doctorale|school of|college of|institute (?:of|for)|institut (?:de|des|d|du|fur|for|pour)|instituto de|istituto di|cent(?:er|re) (?:of|for|de recherches?|d etudes?)|research (?:cent(?:er|re)|unit|institute|group)|centre de recherche|plateforme|platform|seminar|zentrum|cic \d+)\b/;
/** What stands beside an institution, not within it, or is none of its parts. */
const BESIDE =
  /\b(?:fondation|foundation|association|amicale|transferts?|valorisation|innovation|editions|press|presses|satt|sa|sas|sarl|gie|gip|gmbh|ltd|inc|spa|bv|societe|filiale|incubateur|academy|academie|alumni|max planck|helmholtz|fraunhofer|leibniz institut\w*)\b/;
/** A hospital beside a university is none of its parts, unless a unit of research is named. */
const CARE = /\b(?:chr?u|hop\w*|hospital\w*|ospedal\w*|klinik\w*|clinic\w*|ap hp|aphp|ap hm|medical cent(?:er|re))\b/;
const OF_RESEARCH = /\b(?:lab|labo|laborat\w*|umr\w*|ea \d+|u \d+|upr|usr|faculte|faculty)\b/;
/** What tells that a part is French where no place is known: numbers and parts of French bodies. */
const FRENCH =
  /\b(?:umr\w* ?s? ?\d+|upr \d+|usr \d+|ums \d+|u \d{2,4}|ea \d{4}|delegation|dr \d+|centre de recherche|laboratoire|hopital)\b/;
/** Categories of the list, which some lines write behind a name; and countries. */
const NO_PART = /^(?:laboratoire public|divers (?:public|prive)|autre|france)$/;
/** Institutions that the seed knows by longer names: beside another they are no part of it. */
const SHORTENED =
  /^(?:univ(?: \w+)?|agroparistech|amu|commissariat energie atomique|ecp|efs|ehess|ens|ensam|enva|ephe|espci|esrf|georgia ?tech(?: lorraine)?|insa(?: \w+)?|supagro|ubo|ucbl|uga|ujf|upmc|ups|uvsq|vetagro ?sup)$/;
/** The number that a laboratory has beside the name of a whole institution. */
const NUMBER = / \(RNSR \w+\)$/;

/** What a school may be called in another language, besides a part of a university. */
const SCHOOL_OF = /\b(?:school|college|institute) of\b/g;

/** Whether what a name says besides a school or a hospital is a part of it. */
function isUnitOf({ names }: Placed, rest: string): boolean {
  const left = names.some((name) => /\buniv/.test(fold(name))) ? rest : rest.replace(SCHOOL_OF, '');
  return UNIT.test(left) && (!CARE.test(left) || OF_RESEARCH.test(left));
}

/** The institutions of which a name can say that its organisation is a part. */
export class Institutions {
  readonly #byName = new Map<string, Placed>();
  readonly #ids: ReadonlySet<string>;
  /** All their names, also those that several have. */
  readonly #names: ReadonlySet<string>;
  /** Names of research bodies, the longest first. */
  readonly #bodies: readonly (readonly [name: string, id: string])[];

  /** Universities, schools and hospitals of the seed, by each whole name that only one organisation has, and the bodies of a table. */
  constructor(all: readonly Placed[], bodies: readonly (readonly [written: string, id: string])[]) {
    const named = Map.groupBy(
      all.flatMap((one) => [...new Set(one.names.map(fold))].map((name) => ({ name, one }))),
      ({ name }) => name,
    );
    const isWhole = ({ names: [name = ''], kind, id }: Placed): boolean =>
      INSTITUTES.has(id) ||
      (kind !== 'COMPANY' && (isSchool(name) || CAMPUS.test(name))) ||
      (kind !== 'COMPANY' && HOSPITAL.test(fold(name)) && !BETWEEN.test(name));
    const whole = all.filter(isWhole);
    const isOne = new Set(whole);
    for (const [name, found] of named) {
      const [first] = found;
      if (found.length === 1 && isOne.has(first!.one) && name.includes(' ')) this.#byName.set(name, first!.one);
    }
    this.#bodies = bodies.map(([written, id]) => [fold(written), id] as const).sort(([a], [b]) => b.length - a.length);
    this.#names = new Set(whole.flatMap(({ names }) => names.map(fold)));
    this.#ids = new Set([...whole.map(({ id }) => id), ...bodies.map(([, id]) => id)]);
  }

  /** A part of a name without the bodies that it begins or ends with, and these. */
  #withoutBodies(part: string): { readonly rest: string; readonly bodies: readonly string[] } {
    const bodies: string[] = [];
    for (let rest = part; ; ) {
      const found = this.#bodies.find(
        ([name]) => ` ${rest} `.startsWith(` ${name} `) || ` ${rest} `.endsWith(` ${name} `),
      );
      if (found === undefined) return { rest, bodies };
      const [name, id] = found;
      bodies.push(id);
      rest = ` ${rest} `.startsWith(` ${name} `) ? rest.slice(name.length).trim() : rest.slice(0, -name.length).trim();
    }
  }

  #isNoPart(part: string): boolean {
    return NO_PART.test(part) || SHORTENED.test(part) || this.#names.has(part);
  }

  /** The institutions that the parts of a name are, and what is left of it. */
  #read(name: string): { readonly schools: Placed[]; readonly bodies: string[]; readonly rest: string[] } {
    const parts = name
      .split(BETWEEN)
      .map(fold)
      .filter((part) => part !== '');
    const read = { schools: [] as Placed[], bodies: [] as string[], rest: [] as string[] };
    for (let at = 0; at < parts.length; ) {
      const lengths = Array.from({ length: MOST_TOGETHER }, (_, less) => MOST_TOGETHER - less);
      const length = lengths.find((count) => this.#byName.has(parts.slice(at, at + count).join(' '))) ?? 0;
      if (length > 0) read.schools.push(this.#byName.get(parts.slice(at, at + length).join(' '))!);
      else {
        const { rest, bodies } = this.#withoutBodies(parts[at]!);
        read.bodies.push(...bodies);
        const school = this.#byName.get(rest);
        if (school) read.schools.push(school);
        else if (rest !== '' && !this.#isNoPart(rest)) read.rest.push(rest);
      }
      at += Math.max(length, 1);
    }
    return read;
  }

  /**
   * What an organisation is a part of, by one of its names: `Laboratoire de chimie / Université d'Angers`, `CNRS UMR 5561`.
   * Nothing, where the name is that of an institution, names institutions alone, or could mean what stands beside one.
   */
  parentsOf({ id, names: [own = ''], kind, country }: Placed, name: string): string[] {
    const isNumbered = NUMBER.test(own) && fold(own.replace(NUMBER, '')) === fold(name);
    if (this.#ids.has(id) || kind === 'COMPANY' || (kind === 'TRAINING' && !isNumbered)) return [];
    if (BESIDE.test(fold(name))) return [];
    const { schools, bodies, rest } = this.#read(name);
    const isFrench = country === 'FR' || (country === '' && (isNumbered || FRENCH.test(fold(name))));
    const left = rest.join(' ');
    const isUnit = isNumbered && left === '';
    const ofBodies = isFrench && (isUnit || left !== '') ? bodies : [];
    const ofSchools = schools.filter((school) => {
      const its = school.country;
      const isNear = its === '' || country === '' || its === country;
      const isBody = INSTITUTES.has(school.id);
      return isNear && (isUnit || (isBody ? left !== '' && isFrench : isUnitOf(school, left)));
    });
    return [...new Set([...ofSchools.map((school) => school.id), ...ofBodies])];
  }
}
