import type { Field, PropertiesOf } from './field.ts';
import { NODE_FIELDS } from './node-fields.ts';
import { RELATIONSHIP_FIELDS } from './relationship-fields.ts';
import { type Fields, NAMED_TYPES, nodeId } from './shared-fields.ts';
import type { NodeType } from './vocabulary.ts';

/**
 * Every field of every type of records, in the order of an export's columns: what a file of an import may hold, what
 * mutations accept and how both are checked, what is stored, merged and exported. A new field is added to node-fields.ts or
 * relationship-fields.ts, and to the schema.
 */
export const RECORD_FIELDS = {
  source: NODE_FIELDS.source,
  territory: NODE_FIELDS.territory,
  topic: NODE_FIELDS.topic,
  network: NODE_FIELDS.network,
  organisation: NODE_FIELDS.organisation,
  membership: RELATIONSHIP_FIELDS.membership,
  affiliation: RELATIONSHIP_FIELDS.affiliation,
  partnership: RELATIONSHIP_FIELDS.partnership,
  succession: RELATIONSHIP_FIELDS.succession,
  label: RELATIONSHIP_FIELDS.label,
  project: NODE_FIELDS.project,
  participation: RELATIONSHIP_FIELDS.participation,
  patent: NODE_FIELDS.patent,
  production: RELATIONSHIP_FIELDS.production,
  indicator: NODE_FIELDS.indicator,
  claim: NODE_FIELDS.claim,
  territoryPart: RELATIONSHIP_FIELDS.territoryPart,
  merge: {
    merged: { ...nodeId(['Organisation'], 'The identifier of the record that was merged away.'), isRequired: true },
    into: {
      kind: 'reference',
      types: ['Organisation'],
      isRequired: true,
      description: 'The organisation that it was merged into.',
    },
    name: { kind: 'line', description: 'What the record that was merged away was called.' },
    at: { kind: 'instant', description: 'When it was merged.' },
    by: { kind: 'line', description: 'Who merged it.' },
  },
  deletion: {
    deleted: { ...nodeId(NAMED_TYPES, 'The identifier of the record that was deleted.'), isRequired: true },
    at: { kind: 'instant', description: 'When it was deleted.' },
    by: { kind: 'line', description: 'Who deleted it.' },
  },
} as const satisfies Readonly<Record<string, Fields>>;

/** A type of records: each has a file of the import, and most have mutations. */
export type RecordType = keyof typeof RECORD_FIELDS;

const ENTRIES = Object.fromEntries(
  Object.entries(RECORD_FIELDS).map(([type, fields]) => [type, Object.entries(fields)]),
) as unknown as Readonly<Record<RecordType, readonly (readonly [name: string, field: Field])[]>>;

/** The fields of a type of records, by name. */
export function fieldsOf(type: RecordType): readonly (readonly [name: string, field: Field])[] {
  return ENTRIES[type];
}

/** One field of a type of records; null where it has none of that name. */
export function fieldOf(type: RecordType, name: string): Field | null {
  return (RECORD_FIELDS[type] as Fields)[name] ?? null;
}

/** The type of records that each type of nodes is. */
export const RECORD_TYPE_OF = {
  Organisation: 'organisation',
  Pole: 'network',
  Cluster: 'network',
  Project: 'project',
  Patent: 'patent',
  Topic: 'topic',
  Territory: 'territory',
  Source: 'source',
  Indicator: 'indicator',
  Claim: 'claim',
} as const satisfies Record<NodeType, RecordType>;

type Keys<Union> = Union extends unknown ? keyof Union : never;
type At<Union, Key extends PropertyKey> = Union extends { readonly [K in Key]: infer Value } ? Value : never;
type Tables<Type extends RecordType> = Type extends RecordType ? PropertiesOf<(typeof RECORD_FIELDS)[Type]> : never;

/** The properties of records of several types, in one: those that only some types have are null on the others. */
export type NodeProperties<Type extends RecordType> = {
  readonly [Key in Keys<Tables<Type>>]: At<Tables<Type>, Key>;
};
