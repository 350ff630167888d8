import { GraphQLError } from 'graphql';
import { MAX_PAGE_SIZE } from '../src/loaders/window.ts';
import type { MatchedField } from '../src/search/document.ts';
import { IndexNotReadyError } from '../src/search/name-search.ts';
import { type FoundEdge, type FoundPage, searchPage } from '../src/search/page.ts';
import { builder } from './builder.ts';
import { PageInfo } from './connection.ts';
import { badInput } from './errors.ts';
import { Node } from './node.ts';

/** Characters of a search: longer than any name that is typed. */
const MAX_TEXT = 200;

const SearchType = builder.enumType('SearchType', {
  description: 'The types of nodes that are found by name.',
  values: {
    ORGANISATION: { value: 'Organisation', description: 'Organisations.' },
    POLE: { value: 'Pole', description: 'Poles.' },
    CLUSTER: { value: 'Cluster', description: 'Clusters.' },
    PROJECT: { value: 'Project', description: 'Projects.' },
    TOPIC: { value: 'Topic', description: 'Topics.' },
    TERRITORY: { value: 'Territory', description: 'Territories.' },
  } as const,
});

const SearchEdge = builder.objectRef<FoundEdge>('SearchEdge').implement({
  description: 'One node that was found, with how well it answers.',
  fields: (t) => ({
    cursor: t.exposeString('cursor', { description: 'Marks this entry: give it as after to read on from here.' }),
    node: t.expose('node', { type: Node, description: 'The node that was found.' }),
    score: t.float({
      description:
        'How well it answers; entries come by level first (identifier, name, alias, words, typing errors), then by this.',
      resolve: ({ level, score }) => level * 10_000 + score,
    }),
    matchedFields: t.stringList({
      description: 'The fields in which the text was found: name, acronym, aliases, identifiers.',
      resolve: ({ matchedFields }): MatchedField[] => [...matchedFields],
    }),
  }),
});

const SearchConnection = builder.objectRef<FoundPage>('SearchConnection').implement({
  description: 'Nodes found by name, the best first, in pages.',
  fields: (t) => ({
    edges: t.field({ type: [SearchEdge], description: 'The entries of the page.', resolve: ({ edges }) => [...edges] }),
    nodes: t.field({
      type: [Node],
      description: 'The same nodes without how well they answer.',
      resolve: ({ edges }) => edges.map(({ node }) => node),
    }),
    pageInfo: t.field({ type: PageInfo, description: 'Where the page stands in the list.', resolve: (found) => found }),
    totalCount: t.int({
      description: 'How many were found in all. Counted only when asked.',
      resolve: ({ total }) => total(),
    }),
  }),
});

/** Passes an error on, one of an index that is still being built with its code. */
function refuseNotReady(error: unknown): never {
  if (!(error instanceof IndexNotReadyError)) throw error;
  throw new GraphQLError(error.message, { extensions: { code: 'SEARCH_NOT_READY' } });
}

builder.queryField('search', (t) =>
  t.field({
    type: SearchConnection,
    description:
      'Finds nodes by name, acronym, alias or identifier, the best first. Accents, case, hyphens, elisions, word order and an unfinished last word do not matter; one typing error in a word of five letters or more is forgiven.',
    args: {
      text: t.arg.string({ required: true, description: `What to look for; ${MAX_TEXT} characters at most.` }),
      types: t.arg({ type: [SearchType], description: 'Only nodes of these types; all of them unless told.' }),
      first: t.arg.int({ required: true, defaultValue: 10, description: `How many, ${MAX_PAGE_SIZE} at most.` }),
      after: t.arg.string({ description: 'A cursor of this search: the page begins after it.' }),
    },
    resolve: async (_, { text, types, first, after }, { loaders, search, signal }) => {
      if (text.length > MAX_TEXT) throw badInput(`text: ${text.length} characters; ${MAX_TEXT} is the most.`);
      if (first < 0 || first > MAX_PAGE_SIZE) {
        throw badInput(`first: ${first} is not between 0 and ${MAX_PAGE_SIZE}: ask for fewer, and go on with after.`);
      }
      // The index knows the graph by the change log, not by its version.
      loaders.readElsewhere();
      const index = await search.current(signal).catch(refuseNotReady);
      return searchPage(index, { text, types: types ?? undefined, first, after: after ?? null });
    },
  }),
);
