import type { Field } from '../domain/field.ts';
import { fieldsOf, type RecordType } from '../domain/record-fields.ts';

/** A file of the import: the type of its records, its columns, and the required ones. */
export interface FileFormat {
  readonly file: string;
  readonly recordType: RecordType;
  readonly columns: Readonly<Record<string, Field>>;
  readonly required: readonly string[];
}

const format = (file: string, recordType: RecordType): FileFormat => ({
  file,
  recordType,
  columns: Object.fromEntries(fieldsOf(recordType)),
  required: fieldsOf(recordType).flatMap(([name, { isRequired }]) => (isRequired ? [name] : [])),
});

/** Every file of the import, in reading order: a file comes after those that it refers to. */
export const FILES: readonly FileFormat[] = [
  format('sources.csv', 'source'),
  format('territories.csv', 'territory'),
  format('topics.csv', 'topic'),
  format('networks.csv', 'network'),
  format('organisations.csv', 'organisation'),
  format('memberships.csv', 'membership'),
  format('affiliations.csv', 'affiliation'),
  format('partnerships.csv', 'partnership'),
  format('successions.csv', 'succession'),
  format('labels.csv', 'label'),
  format('projects.csv', 'project'),
  format('participations.csv', 'participation'),
  format('patents.csv', 'patent'),
  format('productions.csv', 'production'),
  format('indicators.csv', 'indicator'),
  format('claims.csv', 'claim'),
  // Late: a question about the département of a commune comes later than one about a network.
  format('territory_parts.csv', 'territoryPart'),
  format('merges.csv', 'merge'),
  format('deletions.csv', 'deletion'),
];
