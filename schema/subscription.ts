import { MAX_TOUCHING } from '../src/editing/follow.ts';
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
        description: `Only changes that touch one of these nodes or relationships. Maximum: ${MAX_TOUCHING}.`,
      }),
      after: t.arg.int({
        description:
          'Last sequence received: changes since then come first, without loss or repetition. Omitted: only changes from now on.',
      }),
    },
    subscribe: (_, { touching, after }, { follow }) => follow({ touching, after }),
    resolve: (entry, _, { loaders, budget }) => {
      // What was fetched for an earlier event may have changed since.
      loaders.forget();
      budget?.renew();
      return entry;
    },
  }),
);
