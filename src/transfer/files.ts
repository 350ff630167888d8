import type { Field } from '../domain/field.ts';
import { fieldsOf, type RecordType } from '../domain/record-fields.ts';

/** One of the files that an import reads: the type of records in its rows, its columns, and which must be there. */
export interface FileFormat {
  readonly file: string;
  readonly noun: RecordType;
  readonly columns: Readonly<Record<string, Field>>;
  readonly required: readonly string[];
}

const format = (file: string, noun: RecordType): FileFormat => ({
  file,
  noun,
  columns: Object.fromEntries(fieldsOf(noun)),
  required: fieldsOf(noun).flatMap(([name, { isRequired }]) => (isRequired ? [name] : [])),
});

/** Every file of the format, in the order in which they must be read: what others refer to comes first. */
export const FILES: readonly FileFormat[] = [
  format('sources.csv', 'source'),
  format('territories.csv', 'territory'),
  format('topics.csv', 'topic'),
  format('networks.csv', 'network'),
  format('organisations.csv', 'organisation'),
  format('memberships.csv', 'membership'),
  format('partnerships.csv', 'partnership'),
  format('successions.csv', 'succession'),
  format('labels.csv', 'label'),
  format('projects.csv', 'project'),
  format('participations.csv', 'participation'),
  format('patents.csv', 'patent'),
  format('productions.csv', 'production'),
  format('indicators.csv', 'indicator'),
  format('claims.csv', 'claim'),
  // Late: a commune's département is asked for later than anything about a network.
  format('territory_parts.csv', 'territoryPart'),
  format('merges.csv', 'merge'),
  format('deletions.csv', 'deletion'),
];
