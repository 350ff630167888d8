import { MAX_TOUCHING } from '../src/editing/follow.ts';
import { builder } from './builder.ts';
import { ChangeEntry } from './change.ts';

builder.subscriptionType({ description: 'What is told as it happens, over server-sent events.' });

builder.subscriptionField('graphChanged', (t) =>
  t.field({
    type: ChangeEntry,
    description:
      'Every committed change, whichever process made it, once and in order. When the stream ends, listen again with after: the sequence seen last.',
    args: {
      touching: t.arg.idList({
        description: `Only changes that touch one of these nodes or relationships, ${MAX_TOUCHING} at most; an identifier that was merged away stands for its survivor too.`,
      }),
      after: t.arg.int({
        description:
          'The sequence seen last: what came since is told first, without loss or repeat. Without it, what is committed from now on.',
      }),
    },
    subscribe: (_, { touching, after }, { follow }) => follow({ touching, after }),
    resolve: (entry, _, { loaders }) => {
      // What was fetched for an earlier event may have changed since.
      loaders.forget();
      return entry;
    },
  }),
);
