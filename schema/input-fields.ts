import type { InputFieldBuilder } from '@pothos/core';
import { builder, type SchemaTypes } from './builder.ts';

type Types = PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>;
export type InputBuilder = InputFieldBuilder<Types, 'InputObject'>;

/** Who says so, of every input that states a new fact. */
export const newFactSources = (t: InputBuilder) =>
  t.idList({ required: true, description: 'Identifiers of the sources of this fact. At least one.' });

/** Who says so, of a fact that is recorded with its record. */
export const sourcesAlong = (t: InputBuilder) =>
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

/** When a fact holds, of inputs that tell a new one or change one. */
export const periodFields = (t: InputBuilder) => ({
  since: t.field({ type: 'PartialDate', description: 'Beginning, as precisely as the source gives it.' }),
  until: t.field({ type: 'PartialDate', description: 'End. Omit it while no end is known.' }),
  attestedOn: t.field({
    type: ['PartialDate'],
    description: 'Dates on which a source reports it as valid, when no source gives its beginning or end.',
  }),
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

/** What every actor may be told of itself; an update that gives null empties the field. */
export const actorFields = (t: InputBuilder) => ({
  acronym: t.string({ description: 'Its acronym.' }),
  aliases: t.stringList({ description: 'Former names, translations and spellings. Replaces the whole list.' }),
  website: t.field({ type: 'URL', description: 'Its website.' }),
  territory: t.id({ description: 'Identifier of the territory of its seat, when it never moved.' }),
  seats: t.field({
    type: [PlaceInput],
    description: 'Its seats with their periods, when it moved. Replaces the whole list.',
  }),
  city: t.string({ description: 'City of its seat, as the source writes it.' }),
  topics: t.idList({ description: 'Identifiers of its sectors, markets and technologies. Replaces the whole list.' }),
  siren: t.string({ description: 'Its SIREN number; spaces do not matter, the check digit does.' }),
  rnsr: t.string({ description: 'Its RNSR number.' }),
  ror: t.string({ description: 'Its ROR identifier, with or without https://ror.org/.' }),
  wikidata: t.string({ description: 'Its Wikidata identifier.' }),
  cordisPic: t.string({ description: 'Its CORDIS participant code.' }),
});
