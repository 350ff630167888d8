import { firstDay, isPartialDate, type PartialDate } from '../../src/domain/partial-date.ts';
import { claimed, type Fact, type FactBook } from './facts.ts';
import { FOUNDED, type Lifespan } from './lifespans.ts';
import type { Note } from './notes.ts';

/** When the structure that carries a network was founded and dissolved, and what pages say otherwise. */
export interface Structure {
  readonly foundedOn: string;
  readonly dissolvedOn: string;
  readonly claims: readonly Note[];
  readonly sources: readonly string[];
}

/** Structures of which a page tells an end that another page does not: stated as a claim. */
const LIVES_ON: ReadonlySet<string> = new Set(['nutravita', 'france-water-team', 'optitec', 'imaginove', 'matikem']);

const dateOf = ({ value }: Fact): string =>
  isPartialDate(value) ? value : (/^\d{4}(?:-\d{2}){0,2}/.exec(value)?.[0] ?? '');

/** Whether two dates may mean the same day: `2019` and `2019-06-27`. */
const agree = (a: string, b: string): boolean => a.startsWith(b) || b.startsWith(a);

/** Of dates that agree the most precise. */
function chosen(facts: readonly Fact[]): string {
  const [first] = facts;
  if (!first) return '';
  const alike = facts.map(dateOf).filter((date) => agree(date, dateOf(first)));
  return alike.sort((a, b) => b.length - a.length)[0]!;
}

function others(field: string, shown: string, facts: readonly Fact[]): Note[] {
  return facts
    .filter((fact) => shown === '' || !agree(dateOf(fact), shown))
    .map((fact) => claimed(field, fact.value, fact));
}

/** The structure of a network. A foundation that comes after the first recognition is that of a later form: a claim. */
export function structureOf(slug: string, id: string, { since, until }: Lifespan, book: FactBook): Structure {
  const founded = book.facts(id, 'founded_on');
  const dissolved = book.facts(id, 'dissolved_on');
  const known = FOUNDED[slug] ?? chosen(founded);
  const isLater = known !== '' && since !== '' && firstDay(known as PartialDate) > firstDay(since as PartialDate);
  const foundedOn = isLater && FOUNDED[slug] === undefined && !agree(known, since) ? '' : known;
  const end = LIVES_ON.has(slug) ? '' : chosen(dissolved);
  const dissolvedOn = end !== '' && until !== '' && agree(end, until) && end.length < until.length ? until : end;
  const shown = (facts: readonly Fact[], date: string) =>
    facts.filter((fact) => date !== '' && agree(dateOf(fact), date)).flatMap(({ cited }) => cited);
  return {
    foundedOn,
    dissolvedOn,
    claims: [
      ...others('foundedOn', foundedOn, [...founded, ...book.doubtful(id, 'founded_on')]),
      ...others('dissolvedOn', dissolvedOn, [...dissolved, ...book.doubtful(id, 'dissolved_on')]),
    ],
    sources: [...shown(founded, foundedOn), ...shown(dissolved, dissolvedOn)],
  };
}
