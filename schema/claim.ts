import type { Card } from '../src/store/card.ts';
import { Node, whole, wholeOf } from './node.ts';
import { Claim } from './refs.ts';
import { Source, sourcesOf } from './source.ts';

Claim.implement({
  description: 'What one source says of one field, where sources disagree or a value was only inferred.',
  interfaces: [Node],
  fields: (t) => ({
    field: t.exposeString('name', {
      description: 'The field that it is about, as named in this schema, or what is told.',
    }),
    value: t.string({
      description: 'What the source says.',
      resolve: async (card, _, context) => String((await wholeOf(card, context)).value),
    }),
    preferred: t.boolean({
      description: 'Whether the field itself shows this value.',
      resolve: async (card, _, context) => (await wholeOf(card, context)).preferred === true,
    }),
    inferred: t.boolean({
      description: 'Whether no source says so and it was inferred; the note tells how.',
      resolve: async (card, _, context) => (await wholeOf(card, context)).inferred === true,
    }),
    note: t.string({ nullable: true, description: 'What should be known about it.', resolve: whole('note') }),
    sources: t.field({
      type: [Source],
      description: 'Who says so.',
      resolve: sourcesOf(async (card: Card, context) => (await wholeOf(card, context)).sources),
    }),
  }),
});
