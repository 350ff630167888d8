import {
  DIFFERENT_IDENTIFIER_WEIGHT,
  type DuplicateCandidate,
  duplicateCandidates,
  MAX_DUPLICATES,
  MAX_NAMESAKES,
  REASONS,
} from '../src/analytics/duplicates.ts';
import { keyOf } from '../src/domain/key.ts';
import { builder } from './builder.ts';
import { badInput } from './errors.ts';
import { existingNode } from './path.ts';
import { Actor } from './refs.ts';

const weights = Object.values(REASONS)
  .map(([reason, weight]) => `${reason} ${weight}`)
  .join(', ');

const DuplicateCandidateType = builder.objectRef<DuplicateCandidate>('DuplicateCandidate').implement({
  description: 'Two records that probably describe the same organisation or network.',
  fields: (t) => ({
    a: t.field({
      type: Actor,
      description: 'The record with the smaller identifier.',
      resolve: ({ a }, _, context) => existingNode(a, context),
    }),
    b: t.field({
      type: Actor,
      description: 'The other record.',
      resolve: ({ b }, _, context) => existingNode(b, context),
    }),
    score: t.exposeFloat('score', {
      description: `From 0 to 1: the sum of the weights of its reasons (${weights}), minus ${DIFFERENT_IDENTIFIER_WEIGHT} for each registry in which the two have different identifiers.`,
    }),
    reasons: t.stringList({
      maximum: 3,
      description: 'What the two records share, in words.',
      resolve: ({ reasons }) => [...reasons],
    }),
  }),
});

builder.queryField('duplicateCandidates', (t) =>
  t.field({
    type: [DuplicateCandidateType],
    description: `Pairs of records that probably describe the same organisation or network, or an organisation and a network that are one. Most certain first, then by identifier. Two records are compared when they have the same name, the same words in another order, or one typing error in a word of five letters or more; the same city and common projects raise the score. Accents, case and small words such as de and la do not matter. Of more than ${MAX_NAMESAKES} records with the same words, the first ${MAX_NAMESAKES} by identifier are compared.`,
    extensions: { cost: { weight: 20_000 } },
    args: {
      first: t.arg.int({
        required: true,
        defaultValue: 20,
        description: `Number of pairs. Maximum: ${MAX_DUPLICATES}.`,
      }),
    },
    resolve: async (_, { first }, { loaders }) => {
      if (first < 0 || first > MAX_DUPLICATES)
        throw badInput(`first: ${first} is not between 0 and ${MAX_DUPLICATES}.`);
      const candidates = loaders.together(keyOf('duplicate candidates'), async (_, ask, slices) => [
        await duplicateCandidates({ ask, slices }),
      ]);
      return (await candidates.load('')).slice(0, first);
    },
  }),
);
