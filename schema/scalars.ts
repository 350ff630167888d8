import { Kind } from 'graphql';
import { isPartialDate, notADate, type PartialDate } from '../src/domain/partial-date.ts';
import { webAddressProblem } from '../src/domain/text.ts';
import { builder } from './builder.ts';
import { badInput } from './errors.ts';

/** Any value of a variable in words: an object is named, not read, since it may hold a `toString` of its own. */
function inWords(value: unknown): string {
  return typeof value === 'object' && value !== null ? (Array.isArray(value) ? 'a list' : 'an object') : String(value);
}

function toPartialDate(value: unknown): PartialDate {
  if (typeof value === 'string' && isPartialDate(value)) return value;
  throw badInput(notADate(inWords(value)));
}

builder.scalarType('PartialDate', {
  description: 'A date of known precision, after ISO 8601: a year (2009), a month (2009-03) or a day (2009-03-14).',
  // The granularities of year, month and day, without times.
  specifiedByURL: 'https://www.w3.org/TR/NOTE-datetime',
  serialize: (value) => value,
  parseValue: toPartialDate,
  parseLiteral: (node) => toPartialDate(node.kind === Kind.STRING || node.kind === Kind.INT ? node.value : node.kind),
});

/** Without its time zone, an instant would depend on where the server runs. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/i;

builder.scalarType('DateTime', {
  description: 'An instant, after RFC 3339 with its time zone: 2026-03-14T09:26:53.589Z.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time',
  serialize: (value) => value,
  parseValue: (value) => {
    if (typeof value === 'string' && INSTANT.test(value) && !Number.isNaN(Date.parse(value))) return value;
    throw badInput(`"${inWords(value)}" is not an instant: write 2026-03-14T09:26:53Z.`);
  },
});

builder.scalarType('URL', {
  description: 'A web address that begins with https:// or http://.',
  specifiedByURL: 'https://url.spec.whatwg.org/',
  serialize: (value) => value,
  parseValue: (value) => {
    if (typeof value !== 'string') throw badInput(`${inWords(value)} is not a web address: it is written as a text.`);
    const wrong = webAddressProblem(value);
    if (wrong !== null) throw badInput(wrong);
    return value;
  },
});
