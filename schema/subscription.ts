import { MAX_TOUCHING } from '../src/changes/following.ts';
import { unknownToChanges } from '../src/loaders/changes.ts';
import { unknownRecords } from '../src/store/named.ts';
import { builder } from './builder.ts';
import { ChangeEntry } from './change.ts';

builder.subscriptionType({ description: 'Events, over server-sent events.' });

builder.subscriptionField('graphChanged', (t) =>
  t.field({
    type: ChangeEntry,
    description:
      'Every committed change, made by any process, once and in order. When the stream ends, subscribe again with after: the last sequence received.',
    args: {
      touching: t.arg.idList({
        description: `Only changes that touch one of these nodes or relationships. An identifier that no record has is an error that names it; with after, a record that was deleted since then has one. Maximum: ${MAX_TOUCHING}.`,
      }),
      after: t.arg.int({
        description:
          'Last sequence received: changes since then come first, without loss or repetition. Omitted: only changes from now on.',
      }),
    },
    subscribe: async (_, { touching, after }, { follow, loaders }) => {
      const unknown =
        touching && touching.length <= MAX_TOUCHING ? await unknownToChanges(loaders, touching, after ?? null) : [];
      if (unknown.length > 0) throw unknownRecords('touching', 'record', unknown);
      return follow({ touching, after });
    },
    resolve: (entry, _, { loaders, budget }) => {
      // What was fetched for an earlier event may have changed since.
      loaders.forget();
      budget?.renew();
      return entry;
    },
  }),
);
