/** The registries whose identifiers an actor can have. */
export const IDENTIFIER_SCHEMES = ['SIREN', 'RNSR', 'ROR', 'ISNI', 'WIKIDATA', 'CORDIS_PIC'] as const;
export type IdentifierScheme = (typeof IDENTIFIER_SCHEMES)[number];

/** The property and CSV column of each scheme. */
export const IDENTIFIER_FIELDS = {
  SIREN: 'siren',
  RNSR: 'rnsr',
  ROR: 'ror',
  ISNI: 'isni',
  WIKIDATA: 'wikidata',
  CORDIS_PIC: 'cordisPic',
} as const satisfies Record<IdentifierScheme, string>;
export type IdentifierField = (typeof IDENTIFIER_FIELDS)[IdentifierScheme];

/** A registry's name for an actor. */
export interface Identifier {
  readonly scheme: IdentifierScheme;
  readonly value: string;
}

/** Luhn's check: from the right, every second digit doubled, the sum of all digits divisible by ten. */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index]);
    const weighed = index % 2 === 0 ? digit : digit * 2;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}

/** The check of ISO 7064 (mod 11-2): the last of sixteen characters is a digit or X. */
function passesMod11(written: string): boolean {
  let total = 0;
  for (const digit of written.slice(0, -1)) total = ((total + Number(digit)) * 2) % 11;
  const check = (12 - total) % 11;
  return written.at(-1) === (check === 10 ? 'X' : String(check));
}

interface Rule {
  /** Converts the spellings in use to that of the registry. */
  readonly tidy: (written: string) => string;
  readonly isValid: (value: string) => boolean;
  readonly shape: string;
}

/** Without spaces and invisible characters, which pasting can add. */
const withoutSpaces = (written: string): string => written.replace(/[\s\p{Cf}]+/gu, '');

const ROR_ADDRESS = /^(?:(?:https?:\/\/)?(?:www\.)?ror\.org\/)+/;
const ISNI_ADDRESS = /^(?:(?:HTTPS?:\/\/)?(?:WWW\.)?ISNI\.ORG\/(?:ISNI\/)?)+/;
const WIKIDATA_ADDRESS = /^(?:(?:HTTPS?:\/\/)?(?:WWW\.|M\.)?WIKIDATA\.ORG\/(?:WIKI|ENTITY)\/)+/;

const RULES: Record<IdentifierScheme, Rule> = {
  SIREN: {
    tidy: withoutSpaces,
    isValid: (value) => /^\d{9}$/.test(value) && passesLuhn(value),
    shape: 'nine digits whose last is the check digit, as in 552 032 534',
  },
  RNSR: {
    tidy: (written) => withoutSpaces(written).toUpperCase(),
    isValid: (value) => /^\d{9}[A-Z]$/.test(value),
    shape: 'nine digits and a letter, as in 200611689J',
  },
  ROR: {
    tidy: (written) => withoutSpaces(written).toLowerCase().replace(ROR_ADDRESS, ''),
    isValid: (value) => /^0[a-hj-km-np-tv-z0-9]{6}\d{2}$/.test(value),
    shape: 'nine characters that begin with 0, as in 02feahw73',
  },
  ISNI: {
    tidy: (written) => withoutSpaces(written).toUpperCase().replace(ISNI_ADDRESS, ''),
    isValid: (value) => /^\d{15}[\dX]$/.test(value) && passesMod11(value),
    shape: 'sixteen digits whose last is the check digit or X, as in 0000 0001 2112 9282',
  },
  WIKIDATA: {
    tidy: (written) => withoutSpaces(written).toUpperCase().replace(WIKIDATA_ADDRESS, ''),
    isValid: (value) => /^Q[1-9]\d*$/.test(value),
    shape: 'Q and a number, as in Q280413',
  },
  CORDIS_PIC: {
    tidy: withoutSpaces,
    isValid: (value) => /^\d{9}$/.test(value),
    shape: 'nine digits, as in 999997930',
  },
};

/**
 * An identifier in its registry's own spelling (RNSR in capitals, ROR and Wikidata without their address), checked or
 * not.
 */
export function tidyIdentifier(scheme: IdentifierScheme, written: string): string {
  return RULES[scheme].tidy(written);
}

/** The problem of an identifier, as a sentence that shows the right form; null if it has none. */
export function identifierProblem(scheme: IdentifierScheme, value: string): string | null {
  const rule = RULES[scheme];
  // People fill forms with nine times the same digit if they do not know the number.
  if (/^(\d)\1{8}[A-Z]?$/.test(value)) {
    return `"${value}" stands for a ${scheme} identifier that is not known: leave it out.`;
  }
  return rule.isValid(value) ? null : `"${value}" is not a ${scheme} identifier: it has ${rule.shape}.`;
}
