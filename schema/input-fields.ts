import type { InputFieldBuilder } from '@pothos/core';
import { builder, type SchemaTypes } from './builder.ts';

type Types = PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>;
export type InputBuilder = InputFieldBuilder<Types, 'InputObject'>;

/** Who says so, of every input that states a new fact. */
export const newFactSources = (t: InputBuilder) =>
  t.idList({ required: true, description: 'Identifiers of the sources that say so, at least one.' });

/** Who says so, of a fact that is recorded with its record. */
export const sourcesAlong = (t: InputBuilder) =>
  t.idList({ description: 'Identifiers of the sources that say so; those of the organisation unless told.' });

/** Who says so, of every input that changes a fact. */
export const addedSources = (t: InputBuilder) =>
  t.idList({ description: 'Identifiers of the sources of the change: they join those that it has.' });

export const idempotencyKey = (t: InputBuilder) =>
  t.string({
    description:
      'Any text of your own, new for each thing to do: sent again, also after a lost connection, it is done once and answered alike.',
  });

export const expectedVersion = (t: InputBuilder) =>
  t.int({
    description:
      'The version that you have seen: when somebody changed it since, the answer is a CONFLICT and nothing is written.',
  });

/** When a fact holds, of inputs that tell a new one or change one. */
export const periodFields = (t: InputBuilder) => ({
  since: t.field({ type: 'PartialDate', description: 'Since when, as precisely as the source says.' }),
  until: t.field({ type: 'PartialDate', description: 'Until when; left out or null while no end is known.' }),
  attestedOn: t.field({
    type: ['PartialDate'],
    description: 'Dates on which a source saw it hold, when it says neither beginning nor end.',
  }),
});

/** A place with the time in which it was the place. */
export const PlaceInput = builder.inputType('PlaceInput', {
  description: 'A territory, and when: of a seat that moved, or of a network that came to work elsewhere.',
  fields: (t) => ({
    territory: t.id({ required: true, description: 'The territory, by its identifier.' }),
    since: t.field({ type: 'PartialDate', description: 'Since when, if a source says.' }),
    until: t.field({ type: 'PartialDate', description: 'Until when, if it has ended.' }),
  }),
});

/** What every actor may be told of itself; an update that gives null empties the field. */
export const actorFields = (t: InputBuilder) => ({
  acronym: t.string({ description: 'Its acronym.' }),
  aliases: t.stringList({ description: 'Former names, translations and spellings: the whole list.' }),
  website: t.field({ type: 'URL', description: 'Its website.' }),
  territory: t.id({ description: 'Its seat, by the identifier of the territory, when it has always been there.' }),
  seats: t.field({
    type: [PlaceInput],
    description: 'Its seats with their periods, when it has moved: the whole list.',
  }),
  city: t.string({ description: 'The city of its seat as the source writes it.' }),
  topics: t.idList({ description: 'Its sectors, markets and technologies, by identifier: the whole list.' }),
  siren: t.string({ description: 'Its SIREN number; spaces do not matter, the check digit does.' }),
  rnsr: t.string({ description: 'Its RNSR number.' }),
  ror: t.string({ description: 'Its ROR identifier, with or without https://ror.org/.' }),
  wikidata: t.string({ description: 'Its Wikidata identifier.' }),
  cordisPic: t.string({ description: 'Its CORDIS participant code.' }),
});
