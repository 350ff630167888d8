import { changesSince, type History, type HistoryPage, MAX_CHANGES } from '../src/loaders/changes.ts';
import type { ChangeEntry as ChangeEntryRow } from '../src/store/change.ts';
import { builder } from './builder.ts';
import { PageInfo } from './connection.ts';

export const ChangeEntry = builder.objectRef<ChangeEntryRow>('ChangeEntry').implement({
  description: 'One committed change of the graph: a mutation, or a batch of rows of an import.',
  fields: (t) => ({
    sequence: t.exposeInt('sequence', { description: 'Its place in the order of all changes.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When it was made.' }),
    by: t.string({
      nullable: true,
      description: 'Who made it; null where nobody is known.',
      resolve: ({ by }) => by ?? null,
    }),
    action: t.exposeString('action', {
      description: 'What was done: the name of a mutation, or the file and the lines of an import.',
    }),
    touched: t.idList({
      description:
        'Every node whose fields, names or relationships it touched, and of a mutation the relationships too.',
      resolve: ({ touched }) => [...(touched ?? [])],
    }),
    before: t.string({
      nullable: true,
      description:
        'JSON text of the fields that it changed, as they were, by identifier; null for imports and where nothing was.',
      resolve: ({ before }) => before ?? null,
    }),
    after: t.string({
      nullable: true,
      description: 'JSON text of the same fields as they became; null for imports and where nothing is left.',
      resolve: ({ after }) => after ?? null,
    }),
  }),
});

const ChangeEntriesEdge = builder.objectRef<HistoryPage['edges'][number]>('ChangeEntriesEdge').implement({
  description: 'One entry in a list of changes.',
  fields: (t) => ({
    cursor: t.exposeString('cursor', { description: 'Marks this entry: give it as after to read on from here.' }),
    node: t.expose('node', { type: ChangeEntry, description: 'The change.' }),
  }),
});

/** Changes that touch a node. */
export const ChangeEntriesConnection = builder.objectRef<History>('ChangeEntriesConnection').implement({
  description: 'A list of changes, the latest first, in pages.',
  fields: (t) => ({
    edges: t.field({
      type: [ChangeEntriesEdge],
      description: 'The entries of the page.',
      resolve: async (history) => [...(await history.page()).edges],
    }),
    nodes: t.field({
      type: [ChangeEntry],
      description: 'The same entries without their cursors.',
      resolve: async (history) => (await history.page()).edges.map(({ node }) => node),
    }),
    pageInfo: t.field({
      type: PageInfo,
      description: 'Where the page stands in the list.',
      resolve: async (history) => (await history.page()) as never,
    }),
    totalCount: t.int({
      description: 'How many entries the whole list has. Counted only when asked.',
      resolve: (history) => history.total(),
    }),
  }),
});

builder.queryField('changesSince', (t) =>
  t.field({
    type: [ChangeEntry],
    description: `Entries of the change log after a sequence number, in order; ${MAX_CHANGES} at most, fewer where they touch very many nodes. Ask again after the last one until none comes.`,
    args: {
      sequence: t.arg.int({ required: true, description: 'The sequence seen last; 0 for the beginning.' }),
      first: t.arg.int({ required: true, defaultValue: 100, description: `How many, ${MAX_CHANGES} at most.` }),
    },
    resolve: (_, { sequence, first }, { loaders }) => changesSince(loaders, sequence, first),
  }),
);
