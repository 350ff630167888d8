import type { InputFieldBuilder, InputFieldRef, InputType } from '@pothos/core';
import type { Field } from '../src/domain/field.ts';
import { fieldsOf, type RecordType } from '../src/domain/record-fields.ts';
import {
  MEMBERSHIP_ROLES,
  ORGANISATION_KINDS,
  ORGANISATION_SIZES,
  PARTICIPATION_ROLES,
  PARTNERSHIP_KINDS,
  POLE_RANKS,
  SUCCESSION_KINDS,
} from '../src/domain/vocabulary.ts';
import { builder, type SchemaTypes } from './builder.ts';
import {
  MembershipRole,
  OrganisationKind,
  OrganisationSize,
  ParticipationRole,
  PartnershipKind,
  PoleRank,
  SuccessionKind,
} from './enums.ts';

type Types = PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>;
export type InputBuilder = InputFieldBuilder<Types, 'InputObject'>;

/** Who says so, of every input that states a new fact. */
export const newFactSources = (t: InputBuilder) =>
  t.idList({ required: true, description: 'Identifiers of the sources of this fact. At least one.' });

/** Who says so, of a fact that is recorded with its record. */
export const nestedSources = (t: InputBuilder) =>
  t.idList({ description: 'Identifiers of the sources of this fact. Default: those of the organisation.' });

/** Who says so, of every input that changes a fact. */
export const addedSources = (t: InputBuilder) =>
  t.idList({ description: 'Identifiers of the sources of the change. They are added to those it has.' });

export const idempotencyKey = (t: InputBuilder) =>
  t.string({
    description:
      'A text of your choice, new for each operation. Sent again, also after a lost connection, the operation runs once and gives the same answer.',
  });

export const expectedVersion = (t: InputBuilder) =>
  t.int({
    description:
      'The version you have read. When the record has changed since, the answer is a CONFLICT and nothing is written.',
  });

/** A place with the time in which it was the place. */
export const PlaceInput = builder.inputType('PlaceInput', {
  description: 'A territory with a period: for a seat that moved, or a network that covered other territories before.',
  fields: (t) => ({
    territory: t.id({ required: true, description: 'Identifier of the territory.' }),
    since: t.field({ type: 'PartialDate', description: 'Beginning, when a source gives it.' }),
    until: t.field({ type: 'PartialDate', description: 'End, when it has ended.' }),
  }),
});

/** Where an actor has its seat, of inputs of organisations and networks. */
export const seatFields = (t: InputBuilder) => ({
  territory: t.id({ description: 'Identifier of the territory of its seat, when it never moved.' }),
  seats: t.field({
    type: [PlaceInput],
    description: 'Its seats with their periods, when it moved. Replaces the whole list.',
  }),
});

const ENUMS = new Map<readonly string[], InputType<Types>>([
  [ORGANISATION_KINDS, OrganisationKind],
  [ORGANISATION_SIZES, OrganisationSize],
  [POLE_RANKS, PoleRank],
  [MEMBERSHIP_ROLES, MembershipRole],
  [PARTNERSHIP_KINDS, PartnershipKind],
  [PARTICIPATION_ROLES, ParticipationRole],
  [SUCCESSION_KINDS, SuccessionKind],
]);

/** The input type of a field's values; null for a field that the schema takes in a form of its own. */
function inputTypeOf(field: Field): InputType<Types> | [InputType<Types>] | null {
  switch (field.kind) {
    case 'line':
    case 'text':
    case 'identifier':
      return 'String';
    case 'lines':
      return ['String'];
    case 'date':
      return 'PartialDate';
    case 'dates':
      return ['PartialDate'];
    case 'url':
      return 'URL';
    case 'count':
      return 'Int';
    case 'number':
      return 'Float';
    case 'flag':
      return 'Boolean';
    case 'choice':
      return ENUMS.get(field.values) ?? null;
    case 'reference':
      return 'ID';
    case 'references':
      return ['ID'];
    default:
      return null;
  }
}

/**
 * The input fields of a type of records, from the table of its fields. `isNew` makes those not null that no record is
 * without, and gives those a default that have one. Left out are sources, and what the schema takes in another form.
 */
export function recordInputFields(
  t: InputBuilder,
  type: RecordType,
  { isNew, without = [] }: { readonly isNew: boolean; readonly without?: readonly string[] },
): Record<string, InputFieldRef<Types, unknown>> {
  return Object.fromEntries(
    fieldsOf(type).flatMap(([name, field]) => {
      const inputType = inputTypeOf(field);
      if (inputType === null || name === 'sources' || without.includes(name)) return [];
      const { description, isRequired } = field;
      const standard = field.kind === 'choice' ? field.default : undefined;
      const isNeeded = isNew && (isRequired === true || standard !== undefined);
      const options = {
        type: inputType,
        description,
        required: isNeeded,
        ...(isNew && standard !== undefined ? { defaultValue: standard } : {}),
      };
      return [[name, t.field(options as never) as InputFieldRef<Types, unknown>]];
    }),
  );
}
