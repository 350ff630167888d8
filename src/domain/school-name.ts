import { fold } from './fold.ts';

/** How names of universities and schools begin, in the languages of the dumps. */
const BEGINS =
  /^(?:the )?(?:universit|university|univ |univers|univerz|uniwers|comue |ecole|insa |ens |iut |inp |institut (?:national )?polytechnique|grenoble inp|institut national des sciences appliquees|institut d etudes politiques|institut catholique|politecn|polytechn|technische univ|technical univ|hochschule|fachhochschule|hautes? ecoles?|eth |epfl\b|college|lycee|instituto superior|instituto politecnico|business school|sciences po )/;
/** How they end, or what a name of a city stands before. */
const ENDS =
  /\b(?:university|universitaet|universitat|universiteit|universitet|universidad|universidade|universita|universite|business school|institute of technology|college london)$|^[a-z ]+ (?:university|universitaet|universitat|universiteit|universitet)\b/;
/** What only a part of a university is called, or what belongs to one. */
const PART =
  /\b(?:lab\w*|umr\w*|cnrs|inserm|inra\w*|inria|unit[e]?|ea ?\d+|u\d{2,4}|upr|usr|ums|dep\w*|dpt|institut de|institute of (?!technology)|institute for|institut fur|cent(?:er|re|ro)|equipe|team|group\w*|service|hospital\w*|hopital|hopitaux|klinik\w*|clinic|chu|chru|facult\w+|research|recherche|observatoire|plateforme|platform|fondation|foundation|fundacio\w*|sas|sarl|musee|museum|library|bibliotheque|valorisation|press\w*|association|amicale|rnsr)\b/;

/** Whether a name is that of a university or a school as a whole: it trains, whatever else it does. */
export function isSchool(name: string): boolean {
  const words = fold(name);
  return (BEGINS.test(words) || ENDS.test(words)) && !PART.test(words) && !/ \/ | - |[;,] /.test(name);
}

/** Kinds that a dump gives to schools as it gives them to others: by what the project does, or who pays. */
const VAGUE: ReadonlySet<string> = new Set(['RESEARCH', 'PUBLIC_BODY', 'OTHER', 'UNKNOWN']);

/** How names of public hospitals begin. */
const HOSPITAL = /^(?:chr?u|centre hospitalier|assistance publique|hopitaux universitaires) /;

/** The kind of an organisation: TRAINING for a university or a school; a hospital is a PUBLIC_BODY where nothing is known. */
export function kindByName(kind: string, name: string): string {
  if (VAGUE.has(kind) && isSchool(name)) return 'TRAINING';
  return kind === 'UNKNOWN' && HOSPITAL.test(fold(name)) ? 'PUBLIC_BODY' : kind;
}
