import { quoted } from '../src/domain/field-value.ts';
import {
  changesSince,
  type History,
  type HistoryPage,
  history,
  MAX_CHANGES,
  touchedBy,
} from '../src/loaders/changes.ts';
import { MAX_PAGE_SIZE } from '../src/paging/arguments.ts';
import type { ChangeEntry as ChangeEntryRow, HistoryEntry } from '../src/store/changelog.ts';
import { builder } from './builder.ts';
import { connectionType } from './connection-type.ts';
import { badInput } from './errors.ts';
import { Node } from './node.ts';

/** Identifiers of one entry in one answer, unless the reader names a number, and at the most. */
const DEFAULT_TOUCHED = 1_000;
const MAX_TOUCHED = 10_000;

function touchedAfter(touched: readonly string[], first: number, after: string | null | undefined): string[] {
  if (first < 0 || first > MAX_TOUCHED) throw badInput(`first: ${first} is not between 0 and ${MAX_TOUCHED}.`);
  const start = after == null ? 0 : touched.indexOf(after) + 1;
  if (start === 0 && after != null) throw badInput(`after: ${quoted(after)} is not among what this entry touched.`);
  return touched.slice(start, start + first);
}

export const ChangeEntry = builder.objectRef<ChangeEntryRow | HistoryEntry>('ChangeEntry').implement({
  description: 'One committed change of the graph: a mutation, or a batch of rows of an import.',
  fields: (t) => ({
    sequence: t.exposeInt('sequence', { description: 'Position in the order of all changes.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When it was made.' }),
    by: t.string({
      nullable: true,
      description: 'Who made it. Null when unknown.',
      resolve: ({ by }) => by ?? null,
    }),
    action: t.exposeString('action', {
      description: 'The name of the mutation, or the file and lines of an import.',
    }),
    touched: t.idList({
      description:
        'Identifiers of the nodes whose fields, names or relationships changed. A mutation lists the relationships too. touchedCount is their full number.',
      args: {
        first: t.arg.int({
          required: true,
          defaultValue: DEFAULT_TOUCHED,
          description: `Number of identifiers. Maximum: ${MAX_TOUCHED.toLocaleString('en')}.`,
        }),
        after: t.arg.id({ description: 'The last identifier already received. The list continues after it.' }),
      },
      resolve: async (entry, { first, after }, { loaders }) =>
        touchedAfter('touchedCount' in entry ? await touchedBy(loaders, entry) : (entry.touched ?? []), first, after),
    }),
    touchedCount: t.int({
      description: 'Number of all identifiers in touched.',
      resolve: (entry) => ('touchedCount' in entry ? entry.touchedCount : entry.touched?.length) ?? 0,
    }),
    before: t.string({
      nullable: true,
      description:
        'JSON text of the changed fields before the change, by identifier. Null for imports and for what did not exist before.',
      resolve: ({ before }) => before ?? null,
    }),
    after: t.string({
      nullable: true,
      description: 'JSON text of the same fields after the change. Null for imports and for what was deleted.',
      resolve: ({ after }) => after ?? null,
    }),
  }),
});

/** Changes that touch a record. */
const ChangeEntriesConnection = connectionType<HistoryPage['edges'][number], History>('ChangeEntries', {
  describe: 'changes, latest first',
  node: ChangeEntry as never,
  isOneWay: true,
  fields: (t) => ({
    completeSince: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'From when on the change log is complete: earlier entries were deleted, as the settings of the server say. Null when none were.',
      resolve: (history) => history.completeSince(),
    }),
  }),
});

builder.interfaceField(Node, 'history', (t) =>
  t.field({
    type: ChangeEntriesConnection,
    description:
      'Changes of this record, latest first, as far back as the change log reaches. Of a relationship: the mutations of it; imports are in the histories of its two ends.',
    args: {
      first: t.arg.int({
        required: true,
        defaultValue: 20,
        description: `Number of entries. Maximum: ${MAX_PAGE_SIZE}.`,
      }),
      after: t.arg.string({ description: 'Cursor of this list. The page starts after this entry.' }),
    },
    resolve: ({ id }, page, { loaders }) => history(loaders, id, page),
  }),
);

builder.queryField('changesSince', (t) =>
  t.field({
    type: [ChangeEntry],
    description: `Entries of the change log after a sequence number, in order. Maximum: ${MAX_CHANGES}, fewer when they touch very many nodes. Repeat with the last sequence until the list is empty.`,
    args: {
      sequence: t.arg.int({ required: true, description: 'Last sequence already received. 0: from the beginning.' }),
      first: t.arg.int({
        required: true,
        defaultValue: 50,
        description: `Number of entries. Maximum: ${MAX_CHANGES}.`,
      }),
    },
    resolve: (_, { sequence, first }, { loaders }) => changesSince(loaders, sequence, first),
  }),
);
