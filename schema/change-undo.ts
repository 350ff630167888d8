import type { Outcome } from '../src/editing/outcome.ts';
import { builder } from './builder.ts';
import { edited, loadedField, problemsField } from './mutation.ts';
import { identified, Node } from './node.ts';

const ChangeUndoPayload = builder.objectRef<Outcome>('ChangeUndoPayload').implement({
  description: 'Result of taking a change back.',
  fields: (t) => ({
    node: loadedField(t, Node, 'node', identified),
    problems: problemsField(t),
  }),
});

builder.mutationField('changeUndo', (t) =>
  t.field({
    type: ChangeUndoPayload,
    requires: 'EDITOR',
    description:
      'Takes back the corrections of one change: every field that it replaced is again what it was, sources too. A field that changed again since is a CONFLICT. What a change recorded is deleted with nodeDelete; what it deleted is recorded again; an import is corrected by an import.',
    args: { sequence: t.arg.int({ required: true, description: 'The sequence of the change, as in history.' }) },
    resolve: (_, args, context) => edited('changeUndo', args, context),
  }),
);
