import { firstDay, lastDay, type PartialDate } from '../domain/partial-date.ts';
import { type Parameters, type Statement, statement } from '../graph/statement.ts';
import { isValidOn, LIST_DAYS } from './in-memory.ts';

/** A statement for a date, or for all times, with the parameters that the date takes. */
export interface Timed<Row> {
  readonly statement: Statement<Row>;
  readonly parameters: Parameters;
}

const HOLDS = isValidOn('r', LIST_DAYS);

/**
 * One question in two constant texts: of all times, and as of a date. `text` puts the condition that a relationship `r`
 * holds where it belongs, after the word that it is given.
 */
export function timed<Row>(
  name: string,
  text: (holds: (word: 'WHERE' | 'AND') => string) => string,
): (asOf: PartialDate | null) => Timed<Row> {
  const always = statement<Row>(
    name,
    text(() => ''),
  );
  const dated = statement<Row>(
    `${name} as of`,
    text((word) => `${word} ${HOLDS}`),
  );
  return (asOf) =>
    asOf === null
      ? { statement: always, parameters: {} }
      : { statement: dated, parameters: { asOfFirst: firstDay(asOf), asOfLast: lastDay(asOf) } };
}
