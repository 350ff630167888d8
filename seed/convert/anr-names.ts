import { fold } from '../../src/domain/fold.ts';

/** Gives a name the apostrophes back that the dump lost: all straight ones are gone from it. */
export type Repair = (name: string) => string;

/** A word of letters that no letter, digit or apostrophe precedes. */
const WORD = /(?<![\p{L}\p{N}'])\p{L}+/gu;
const VOWEL_OR_H = '[aeiouyhàâäéèêëîïôöùûüœæ]';
/** `dinformatique`, `LENVIRONNEMENT`, `dellAbruzzo`; the longest particle first. */
const GLUED = new RegExp(`^(?:dell|nell|sull|all|[dl])(?=${VOWEL_OR_H})`, 'iu');
/** `dEtudes`, `lADN`, `dellAbruzzo`: a capital where no word has one. Not `LAboratoire`, which begins with one. */
const INNER_CAPITAL = /^(?:[Dd]ell|[Nn]ell|[Ss]ull|[Aa]ll|[dl])(?=\p{Lu})/u;
/** `D ETUDES`: a space in the apostrophe's place. Not the end of `R&D`. */
const SPACED = new RegExp(`(?<![\\p{L}\\p{N}&'.])([dl]) (?=${VOWEL_OR_H})(\\p{L}+)`, 'giu');

/** Behind one letter, shorter words are more often acronyms and other languages. */
const MIN_REST = 4;
/** Names that must show a word by itself before `Lunité` is not taken for a proper name, as `Langevin` is. */
const MIN_SHOWN_BEHIND_CAPITAL = 30;

/** Whole words and names behind whose first letter the dump shows another word: nothing was lost. All were read. */
const WHOLE_WORDS: ReadonlySet<string> = new Set(
  'dangers debre denis durban ladis lallemand lamour landes langevin lions locean lorient lunited'.split(' '),
);

/** Glued words that the rules cannot tell, too short or shown nowhere else; each was read in the names that have it. */
const READ_BY_HAND: ReadonlySet<string> = new Set(
  `dannecy dannunzio daerotechnique daffinage dalgerie danimation dart delaboration dellambiente dellaquila
  delleconomia dessuyage dexploitations dhematopoiese dile dimmunoanalyse dimmunophenomique dimpresa dinfectioloige dun
  dutilisation
  lactualite lactuel lair laquifere lart laube laxe leau lere lexpansion lhematopoiese lhemophilie lhepatite
  lheteroepitaxie lheuristiq limmunodepression linflamamtion linformarion linfromation linteligence linterculturel
  lintermedialite linvention lobtention loceanie loratoire lufr lulcere`.split(/\s+/),
);

/** Words that are whole in one name and glued in another: the phrase decides. */
const PHRASES: readonly [RegExp, string][] = [
  [/\bDE LENS(?= DE LYON| Paris-Saclay)/, "DE L'ENS"],
  [/\bDE LORIENT(?= ANCIEN)/, "DE L'ORIENT"],
  [/\bDE LOCEAN(?= INDIEN)/, "DE L'OCEAN"],
  [/\bDE L(?=EST$)/, "DE L'"],
  [/\bDE LARC$/, "DE L'ARC"],
  [/\bUNIVERSITE DAIX\b/, "UNIVERSITE D'AIX"],
  [/(?<=\bQUANTITATIVE |\bTECHNOLOGIE )DAIX\b/, "D'AIX"],
  [/(?<=\b(?:UNIVERSITES?|UNIVERSITÉS?|UNIVERSITAIRE|PHOTONIQUE) )DANGERS\b/, "D'ANGERS"],
  [/(?<=\bSupérieur )Darts\b/, "d'Arts"],
];

function wordsOf(name: string): string[] {
  return [...name.matchAll(/\p{L}+/gu)].map(([word]) => word);
}

function insert(word: string, particle: string): string {
  return `${particle}'${word.slice(particle.length)}`;
}

/**
 * Learns from all names which words stand by themselves; then splits `dinformatique` where `informatique` is one of
 * them and the whole is no word of its own.
 */
export function learnRepair(names: readonly string[]): Repair {
  const shown = new Map<string, number>();
  for (const word of names.flatMap(wordsOf)) {
    const [particle = ''] = INNER_CAPITAL.exec(word) ?? [];
    const alone = fold(GLUED.test(word) ? word.slice(particle.length) : word);
    shown.set(alone, (shown.get(alone) ?? 0) + 1);
  }

  const repairWord = (word: string): string => {
    const [particle] = GLUED.exec(word) ?? [];
    if (!particle) return word;
    const whole = fold(word);
    if (INNER_CAPITAL.test(word) || READ_BY_HAND.has(whole)) return insert(word, particle);
    const rest = whole.slice(particle.length);
    if (particle.length > 1 || rest.length < MIN_REST || WHOLE_WORDS.has(whole)) return word;
    const needed = /^\p{Lu}\p{Ll}+$/u.test(word) ? MIN_SHOWN_BEHIND_CAPITAL : 1;
    return (shown.get(rest) ?? 0) >= needed ? insert(word, particle) : word;
  };

  /** Words seen behind a particle: only these may follow a `D` that stands alone. */
  const elided = new Set<string>();
  for (const word of names.flatMap(wordsOf)) {
    const [, rest] = repairWord(word).split("'");
    if (rest !== undefined) elided.add(fold(rest));
  }

  return (name) =>
    PHRASES.reduce((text, [phrase, repaired]) => text.replace(phrase, repaired), name)
      .replace(WORD, repairWord)
      .replace(SPACED, (text, particle: string, word: string) =>
        elided.has(fold(word)) ? `${particle}'${word}` : text,
      );
}

/** Marks that stand behind their letter, letters of an older code page, and what else became of apostrophes. */
const MARKS: readonly [RegExp, string][] = [
  [/’/g, "'"],
  [/(?<=[aeiou])´(?!\p{Lu})/gu, '\u0301'],
  [/(?<=[aeiou])`/g, '\u0300'],
  [/(?<=[aeiou])\^/g, '\u0302'],
  [/(?<=[aeiou])(?:¨|&#776 ?)/g, '\u0308'],
  [/¡(?=\p{Ll})/gu, 'í'],
  [/\u0081/g, 'ü'],
  [/(?<=\p{L})[´`] ?(?=\p{L})/gu, "'"],
  [/(?<=\b[dl])\?(?=\p{L})/giu, "'"],
];

/** A name without what typing and copying left in it: odd marks, doubled spaces, commas at the end, `X / X`, `X / N/A`. */
export function tidyName(written: string): string {
  const name = MARKS.reduce((text, [mark, letter]) => text.replace(mark, letter), written)
    .normalize('NFC')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/ \/ N\/A$/, '')
    .replace(/^[\s,;:/_-]+|[\s,;:/_-]+$/g, '');
  const [first = '', second, ...more] = name.split(' / ');
  return second !== undefined && more.length === 0 && fold(first) === fold(second) ? first : name;
}
