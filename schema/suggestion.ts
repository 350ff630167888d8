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
import { asOfArgument } from './as-of.ts';
import { builder } from './builder.ts';
import { badInput } from './errors.ts';
import { nodesOf } from './node.ts';
import { standing } from './path.ts';
import { Actor, Topic } from './refs.ts';

const PartnerSuggestionType = builder.objectRef<PartnerSuggestion>('PartnerSuggestion').implement({
  description: 'An actor that is not a partner yet, and why it might become one.',
  fields: (t) => ({
    actor: t.field({
      type: Actor,
      description: 'Who is suggested.',
      resolve: ({ actor }, _, context) => standing(actor, context),
    }),
    score: t.exposeFloat('score', {
      description: `The higher the better: for each common partner 1 / ln(n), n being how many partners that one has as of the date (Adamic and Adar 2003), ${PROJECT_WEIGHT} times as much again when both work with it in projects, ${TOPIC_WEIGHT} for each shared topic and ${TERRITORY_WEIGHT} for the same territory.`,
    }),
    commonPartners: t.field({
      type: [Actor],
      description: 'The common partners that were counted, those with the fewest partners first: they tell most.',
      args: {
        first: t.arg.int({
          required: true,
          defaultValue: 5,
          description: `How many, ${MAX_PARTNERS_EXPANDED} at most.`,
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
      description: 'How many common partners were counted.',
      resolve: ({ commonPartners }) => commonPartners.length,
    }),
    commonProjectNeighbours: t.exposeInt('commonProjectNeighbours', {
      description: 'With how many of these both work in projects.',
    }),
    sharedTopics: t.field({
      type: [Topic],
      description: 'The topics that both are about, by identifier; an actor has few, and all are listed.',
      resolve: ({ sharedTopics }, _, context) => nodesOf(sharedTopics, context),
    }),
    sameTerritory: t.exposeBoolean('sameTerritory', {
      description: 'Whether both have their seat in the same territory.',
    }),
  }),
});

builder.interfaceField(Actor, 'suggestedPartners', (t) =>
  t.field({
    type: [PartnerSuggestionType],
    description: `Actors that are not its partners as of the date, but partners of its partners: best first, then by identifier, each with its reasons. Partners of more than ${MAX_PARTNER_BREADTH.toLocaleString('en')} actors are hubs that say too little and are not looked behind; of the others the ${MAX_PARTNERS_EXPANDED} with the fewest partners are. Topics and territories are compared for the ${MAX_CANDIDATES} strongest by partners.`,
    extensions: { cost: { weight: 200 } },
    args: {
      asOf: t.arg({ type: 'PartialDate', description: asOfArgument }),
      first: t.arg.int({ required: true, defaultValue: 10, description: `How many, ${MAX_SUGGESTIONS} at most.` }),
    },
    resolve: async ({ id }, { asOf, first }, { loaders }) => {
      if (first < 0 || first > MAX_SUGGESTIONS)
        throw badInput(`first: ${first} is not between 0 and ${MAX_SUGGESTIONS}.`);
      const suggestions = loaders.together(`suggestedPartners ${asOf ?? ''}`, (ids, ask) =>
        suggestedPartners(ask, ids, asOf ?? null),
      );
      return (await suggestions.load(id)).slice(0, first);
    },
  }),
);
