import { builder } from './builder.ts';
import { DeletePayload, edited } from './mutation.ts';

builder.mutationField('nodeDelete', (t) =>
  t.field({
    type: DeletePayload,
    requires: 'ADMIN',
    description:
      'Deletes a record, or a relationship that was recorded by mistake. Refused while anything refers to a record, unless cascade says otherwise.',
    args: {
      id: t.arg.id({ required: true, description: 'What to delete.' }),
      cascade: t.arg.boolean({
        required: true,
        defaultValue: false,
        description:
          'Delete what refers to it too: its relationships, the claims and figures about it. A source is taken out of what names it, and stays where it is all that a fact rests on.',
      }),
    },
    resolve: (_, args, context) => edited('nodeDelete', args, context),
  }),
);
