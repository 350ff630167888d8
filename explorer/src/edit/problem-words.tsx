import { useStore } from '../app/store.ts';
import { type Format, useFormat } from '../app/words/format.ts';
import { language } from '../app/words/language.ts';
import { useWords } from '../app/words/words.ts';
import { EDIT } from './words.ts';

/** A code of ProblemCode, as the schema names them. */
type Code = 'CONFLICT' | 'INVALID' | 'IN_USE' | 'NOT_FOUND' | 'TAKEN';

/** What the server finds wrong with an input, and where. */
export interface Problem {
  readonly code: Code;
  readonly message: string;
  readonly path: readonly string[];
}

type Say = (format: Format, ...values: string[]) => string;

/** The server's sentences that the forms can meet, by code, with their values: the rest is shown as the server says it. */
const FRENCH: readonly (readonly [Code, RegExp, Say])[] = [
  [
    'INVALID',
    /^Every fact needs at least one source/,
    () => 'Chaque fait a besoin d’une source : dites qui l’affirme.',
  ],
  ['INVALID', /^\w+ is empty: every/, () => 'Ce champ ne peut pas rester vide.'],
  [
    'INVALID',
    /^"(.*)" is not a date/,
    (_, given) => `« ${given} » n’est pas une date : écrivez 2009, 2009-03 ou 2009-03-14.`,
  ],
  [
    'INVALID',
    /^"(.*)" is not a web address/,
    (_, given) => `« ${given} » n’est pas une adresse web : elle commence par https:// ou http://.`,
  ],
  [
    'INVALID',
    /^The period ends \((\S+)\) before it begins \((\S+)\)/,
    ({ date }, until, since) => `La fin (${date(until!)}) précède le début (${date(since!)}).`,
  ],
  [
    'INVALID',
    /^The network would end on (\S+) before it begins on (\S+)\.$/,
    ({ date }, end, start) => `Le réseau finirait (${date(end!)}) avant de commencer (${date(start!)}).`,
  ],
  [
    'INVALID',
    /^(\d+) memberships would lie outside the lifespan of/,
    ({ count }, number) =>
      `${count(Number(number), ['adhésion serait', 'adhésions seraient'])} hors de la vie du réseau : corrigez d’abord leurs dates.`,
  ],
  ['INVALID', /^"(.*)" cannot be at both ends/, () => 'Une organisation ne peut pas être des deux côtés.'],
  [
    'INVALID',
    /is derived from common projects/,
    () => 'Ce partenariat découle de projets communs : ce sont leurs participants qui le changent.',
  ],
  [
    'CONFLICT',
    /^".*" has version \d+, not \d+/,
    () => 'Quelqu’un a modifié la fiche entre-temps : relisez ses valeurs, puis enregistrez de nouveau.',
  ],
  [
    'CONFLICT',
    /changed again since: take the later change back/,
    () => 'Une modification plus récente porte sur le même champ : annulez-la d’abord, ou corrigez la fiche.',
  ],
  ['CONFLICT', /^".*" has other links of type/, () => 'Les liens de la fiche ont changé depuis : corrigez la fiche.'],
  [
    'CONFLICT',
    /^"(.*)" was merged or deleted since/,
    (_, id) => `« ${id} » a été fusionné ou supprimé depuis : il n’y a plus rien à annuler.`,
  ],
  [
    'CONFLICT',
    /^The records have different identifiers, (\w+) (.+): take out/,
    (_, scheme, values) =>
      `Les fiches ont des identifiants différents (${scheme!.toUpperCase()} : ${values!.replaceAll(' and ', ' et ')}) : retirez celui qui est faux avant de les fusionner.`,
  ],
  [
    'TAKEN',
    /already exists \((?:since ([\d-]+)|from an unknown date)?,? ?(?:open-ended|until ([\d-]+))?;? ?id (\S+)\)/,
    ({ date }, since, until) =>
      `Ce fait est déjà enregistré${since ? ` (début : ${date(since)})` : ''}${until ? ` (fin : ${date(until)})` : ', sans fin'} : corrigez-le, ou enregistrez sa fin.`,
  ],
  ['NOT_FOUND', /^There is no (?:source )?"(.*?)"/, (_, id) => `La fiche « ${id} » n’existe pas, ou plus.`],
  ['IN_USE', /^"(.*?)" is in use/, () => 'D’autres faits s’y rapportent : supprimez-les d’abord.'],
];

/** A problem in the words of the reader: the server's sentence where there are no others, marked as English. */
export function ProblemText({ problem: { code, message } }: { readonly problem: Problem }) {
  const words = useWords(EDIT);
  const format = useFormat();
  if (useStore(language) === 'en') return <>{message}</>;
  for (const [of, pattern, say] of FRENCH) {
    const found = of === code ? pattern.exec(message) : null;
    if (found) return <>{say(format, ...found.slice(1))}</>;
  }
  return (
    <>
      {words.problems[code]} <span lang="en">{message}</span>
    </>
  );
}
