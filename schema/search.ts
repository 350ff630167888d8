import { MAX_PAGE_SIZE, pageSize } from '../src/paging/arguments.ts';
import type { MatchedField } from '../src/search/document.ts';
import type { NameIndex } from '../src/search/name-index.ts';
import { type FoundEdge, searchPage } from '../src/search/page.ts';
import { builder } from './builder.ts';
import { type ConnectionSource, connectionType } from './connection-type.ts';
import { badInput } from './errors.ts';
import { Node } from './node.ts';

/** Characters of a search: longer than any name that is typed. */
const MAX_TEXT = 200;

const SearchType = builder.enumType('SearchType', {
  description: 'Types of nodes that search finds.',
  values: {
    ORGANISATION: { value: 'Organisation', description: 'Organisations.' },
    POLE: { value: 'Pole', description: 'Poles.' },
    CLUSTER: { value: 'Cluster', description: 'Clusters.' },
    PROJECT: { value: 'Project', description: 'Projects.' },
    TOPIC: { value: 'Topic', description: 'Topics.' },
    TERRITORY: { value: 'Territory', description: 'Territories.' },
  } as const,
});

/** A page of a search, and how many were found in all. */
const SearchConnection = connectionType<FoundEdge, ConnectionSource<FoundEdge>>('Search', {
  describe: 'search hits, best first',
  node: Node as never,
  isOneWay: true,
  edgeFields: (t) => ({
    score: t.float({
      description:
        'Relevance. Hits are ordered by level (identifier, name, alias, words, typing errors), then by score.',
      resolve: ({ level, score }) => level * 10_000 + score,
    }),
    matchedFields: t.stringList({
      maximum: 4,
      description: 'Fields that matched: name, acronym, aliases (for a project, its title too), identifiers.',
      resolve: ({ matchedFields }): MatchedField[] => [...matchedFields],
    }),
  }),
});

builder.queryField('search', (t) =>
  t.field({
    type: SearchConnection,
    description:
      'Finds nodes by name, acronym, alias or identifier (a global one, or one of a registry in any spelling that by takes). Best hit first. Accents, case, hyphens, elisions, word order and an unfinished last word do not matter; one typing error is forgiven in a word or a whole name of five letters or more, except in its digits.',
    args: {
      text: t.arg.string({ required: true, description: `Text to find. Maximum: ${MAX_TEXT} characters.` }),
      types: t.arg({ type: [SearchType], description: 'Only nodes of these types. Default: all types.' }),
      first: t.arg.int({
        required: true,
        defaultValue: 10,
        description: `Number of entries. Maximum: ${MAX_PAGE_SIZE}.`,
      }),
      after: t.arg.string({ description: 'Cursor of this search. The page starts after this entry.' }),
    },
    resolve: async (
      _,
      { text, types, first, after },
      { loaders, search, signal },
    ): Promise<ConnectionSource<FoundEdge>> => {
      if (text.length > MAX_TEXT)
        throw badInput(`text: ${text.length} characters were given; the maximum is ${MAX_TEXT}.`);
      const readPage = searchPage({
        text,
        types: types ?? undefined,
        first: pageSize('first', first),
        after: after ?? null,
      });
      const searched = async <Found>(find: (index: NameIndex) => Found): Promise<Found> => {
        const { startedAt: since, slices } = loaders;
        const { found, version } = await search.find(find, { since, signal, slices });
        loaders.readElsewhere(version);
        return found;
      };
      const page = await searched(readPage);
      return {
        page: async () => page,
        total: () => searched((index) => index.count(text, types ?? undefined)),
      };
    },
  }),
);
