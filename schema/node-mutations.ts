import { builder } from './builder.ts';
import { DeletePayload, edited } from './mutation.ts';

builder.mutationField('nodeDelete', (t) =>
  t.field({
    type: DeletePayload,
    requires: 'ADMIN',
    description:
      'Deletes a record, or a relationship recorded in error. A record that others refer to is deleted only with cascade.',
    args: {
      id: t.arg.id({ required: true, description: 'What to delete.' }),
      cascade: t.arg.boolean({
        required: true,
        defaultValue: false,
        description:
          'Also delete what refers to it: its relationships, claims and figures. A source is removed from the facts that name it, but not where it is their only source.',
      }),
    },
    resolve: (_, args, context) => edited('nodeDelete', args, context),
  }),
);
