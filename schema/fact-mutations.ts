import type { ObjectRef } from '@pothos/core';
import { withArticle } from '../src/domain/text.ts';
import type { RelationshipRecord } from '../src/store/relationship.ts';
import { builder, type SchemaTypes } from './builder.ts';
import {
  addedSources,
  expectedVersion,
  idempotencyKey,
  nestedSources,
  newFactSources,
  recordInputFields,
} from './input-fields.ts';
import { edited, payloadOf } from './mutation.ts';

type Types = PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>;
type InputFields = Parameters<NonNullable<Parameters<typeof builder.inputType>[1]['fields']>>[0];

/** What is said of a type of dated facts where they are started, corrected and ended. */
export interface FactType {
  readonly name: 'membership' | 'affiliation' | 'partnership' | 'label';
  readonly type: ObjectRef<Types, RelationshipRecord>;
  /** The fields of both ends, which no correction changes. */
  readonly ends: readonly [string, string];
  /** Descriptions: of a new fact, of an identifier, and of the mutations. */
  readonly added?: string;
  readonly identifier?: string;
  readonly starts: string;
  readonly corrects: string;
}

/** How a fact is recorded together with an organisation: without the fields that name this one. */
export interface NestedFact {
  readonly description?: string;
  readonly without: readonly string[];
  readonly fields?: (t: InputFields) => object;
}

const titleOf = (name: string): string => `${name[0]!.toUpperCase()}${name.slice(1)}`;

/**
 * Defines the mutations of a type of dated facts (`membershipStart`, `membershipUpdate`, `membershipEnd`) with their inputs.
 * Returns their payload.
 */
export function factMutations({ name, type, ends, starts, corrects, ...described }: FactType) {
  const title = titleOf(name);
  const Payload = payloadOf(name, type, (id, { loaders }) => loaders.relationship.load(id));

  const StartInput = builder.inputType(`${title}StartInput`, {
    description: described.added ?? `A new ${name}.`,
    fields: (t) => ({
      ...recordInputFields(t, name, { isNew: true }),
      sources: newFactSources(t),
      idempotencyKey: idempotencyKey(t),
    }),
  });

  const UpdateInput = builder.inputType(`${title}UpdateInput`, {
    description: `Changes of ${withArticle(name)}. An omitted field stays as it is; null empties it.`,
    fields: (t) => ({
      ...recordInputFields(t, name, { isNew: false, without: ends }),
      sources: addedSources(t),
      expectedVersion: expectedVersion(t),
    }),
  });

  const { identifier = `Its identifier, as ${name}s of an edge show it.` } = described;
  builder.mutationFields((t) => ({
    [`${name}Start`]: t.field({
      type: Payload,
      requires: 'EDITOR',
      description: starts,
      args: { input: t.arg({ type: StartInput, required: true, description: `The ${name}.` }) },
      resolve: (_, args, context) => edited(`${name}Start`, args, context),
    }),
    [`${name}Update`]: t.field({
      type: Payload,
      requires: 'EDITOR',
      description: corrects,
      args: {
        id: t.arg.id({ required: true, description: identifier }),
        input: t.arg({ type: UpdateInput, required: true, description: 'The changes.' }),
      },
      resolve: (_, args, context) => edited(`${name}Update`, args, context),
    }),
    [`${name}End`]: t.field({
      type: Payload,
      requires: 'EDITOR',
      description: `Records the end of ${withArticle(name)}.`,
      args: {
        id: t.arg.id({ required: true, description: identifier }),
        on: t.arg({ type: 'PartialDate', required: true, description: 'Last date, as precisely as known.' }),
        sources: t.arg.idList({ required: true, description: 'Identifiers of the sources. At least one.' }),
      },
      resolve: (_, args, context) => edited(`${name}End`, args, context),
    }),
  }));
  return Payload;
}

/** Defines the input that records a fact together with its organisation. */
export function nestedInput(name: FactType['name'], { description, without, fields }: NestedFact) {
  return builder.inputType(`New${titleOf(name)}Input`, {
    description: description ?? `${titleOf(withArticle(name))} recorded together with its organisation.`,
    fields: (t) => ({
      ...fields?.(t),
      ...recordInputFields(t, name, { isNew: true, without }),
      sources: nestedSources(t),
    }),
  });
}
