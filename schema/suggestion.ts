import {
  MAX_CANDIDATES,
  MAX_PARTNER_BREADTH,
  MAX_PARTNERS_EXPANDED,
  MAX_SUGGESTIONS,
  type PartnerSuggestion,
  PROJECT_WEIGHT,
  suggestedPartners,
  TERRITORY_WEIGHT,
  TOPIC_WEIGHT,
} from '../src/analytics/suggestions.ts';
import { keyOf } from '../src/domain/key.ts';
import { MOST } from '../src/domain/list-bounds.ts';
import { asOfArgument } from './as-of.ts';
import { builder } from './builder.ts';
import { badInput } from './errors.ts';
import { nodesOf } from './node.ts';
import { existingNode } from './path.ts';
import { Actor, Topic } from './refs.ts';

const PartnerSuggestionType = builder.objectRef<PartnerSuggestion>('PartnerSuggestion').implement({
  description: 'An actor that is not a partner yet, with reasons why it might become one.',
  fields: (t) => ({
    actor: t.field({
      type: Actor,
      description: 'The suggested actor.',
      resolve: ({ actor }, _, context) => existingNode(actor, context),
    }),
    score: t.exposeFloat('score', {
      description: `Higher is better. For each common partner 1 / ln(n), where n is the number of its partners at the date (Adamic and Adar 2003), plus ${PROJECT_WEIGHT} times as much when both work with it in projects; ${TOPIC_WEIGHT} for each shared topic; ${TERRITORY_WEIGHT} for the same territory.`,
    }),
    commonPartners: t.field({
      type: [Actor],
      description: 'Common partners that were counted, those with the fewest partners first.',
      args: {
        first: t.arg.int({
          required: true,
          defaultValue: 5,
          description: `Number of partners. Maximum: ${MAX_PARTNERS_EXPANDED}.`,
        }),
      },
      resolve: ({ commonPartners }, { first }, context) => {
        if (first < 0 || first > MAX_PARTNERS_EXPANDED) {
          throw badInput(`first: ${first} is not between 0 and ${MAX_PARTNERS_EXPANDED}.`);
        }
        return nodesOf(commonPartners.slice(0, first), context);
      },
    }),
    commonPartnerCount: t.int({
      description: 'Number of common partners that were counted.',
      resolve: ({ commonPartners }) => commonPartners.length,
    }),
    commonProjectNeighbours: t.exposeInt('commonProjectNeighbours', {
      description: 'Number of common partners with which both work in projects.',
    }),
    sharedTopics: t.field({
      type: [Topic],
      maximum: MOST.topics,
      description: 'Shared topics, by identifier.',
      resolve: ({ sharedTopics }, _, context) => nodesOf(sharedTopics, context),
    }),
    sameTerritory: t.exposeBoolean('sameTerritory', {
      description: 'Whether both seats are in the same territory.',
    }),
  }),
});

builder.interfaceField(Actor, 'suggestedPartners', (t) =>
  t.field({
    type: [PartnerSuggestionType],
    description: `Partners of its partners that are not its own partners at the date, with reasons. Best first, then by identifier. Partners with more than ${MAX_PARTNER_BREADTH.toLocaleString('en')} partners at the date (hubs) are not expanded; of the others, the ${MAX_PARTNERS_EXPANDED} with the fewest partners are. Topics and territories are compared for the ${MAX_CANDIDATES} best candidates.`,
    extensions: { summary: 'id', cost: { weight: 200 } },
    args: {
      asOf: t.arg({ type: 'PartialDate', description: asOfArgument }),
      first: t.arg.int({
        required: true,
        defaultValue: 10,
        description: `Number of suggestions. Maximum: ${MAX_SUGGESTIONS}.`,
      }),
    },
    resolve: async ({ id }, { asOf, first }, { loaders }) => {
      if (first < 0 || first > MAX_SUGGESTIONS)
        throw badInput(`first: ${first} is not between 0 and ${MAX_SUGGESTIONS}.`);
      const suggestions = loaders.together(keyOf('suggested partners', { asOf: asOf ?? null }), (ids, ask, slices) =>
        suggestedPartners({ ask, slices }, ids, asOf ?? null),
      );
      return (await suggestions.load(id)).slice(0, first);
    },
  }),
);
