import type { FieldMap, ObjectRef } from '@pothos/core';
import type { Problem as ProblemValue } from '../src/domain/problem.ts';
import type { EditAction, EditArguments } from '../src/editing/editor.ts';
import type { Outcome } from '../src/editing/mutation.ts';
import { builder, type SchemaTypes } from './builder.ts';
import type { RequestContext } from './context.ts';

type Types = PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>;

builder.mutationType({
  description:
    'What can be changed. Each mutation is one transaction; what the caller can put right is told as problems, and then nothing is written.',
});

const ProblemCode = builder.enumType('ProblemCode', {
  description: 'What a program may ask of a problem; people read its message.',
  values: {
    INVALID: { description: 'The input is not well formed, or contradicts itself or the graph.' },
    NOT_FOUND: { description: 'It names something that there is not.' },
    TAKEN: { description: 'What it would make is there already, or belongs to another record.' },
    IN_USE: { description: 'Others refer to what it would delete.' },
    CONFLICT: { description: 'Somebody changed the record since it was read, or two records contradict each other.' },
  } as const,
});

const Problem = builder.objectRef<ProblemValue>('Problem').implement({
  description: 'Something in an input that the caller can put right.',
  fields: (t) => ({
    code: t.expose('code', { type: ProblemCode, description: 'What is wrong, for programs.' }),
    message: t.exposeString('message', { description: 'What is wrong and how to put it right, for people.' }),
    path: t.stringList({
      description: 'Where in the input, or which argument.',
      resolve: ({ path }) => [...path],
    }),
  }),
});

/** The field that every payload ends with. */
const problemsField = (t: PothosSchemaTypes.ObjectFieldBuilder<Types, Outcome>) =>
  t.field({
    type: [Problem],
    description: 'What has to be put right first; empty when it was done. With any, nothing was written.',
    resolve: ({ problems }) => [...problems],
  });

type PayloadFields = (t: PothosSchemaTypes.ObjectFieldBuilder<Types, Outcome>) => FieldMap;

/** The payload of a noun's mutations: the record under the noun's name, what more there is of it, and the problems. */
export function payloadOf<Shape>(
  noun: string,
  type: Parameters<typeof loadedField<Shape>>[1],
  load: (id: string, context: RequestContext) => Promise<Shape | null>,
  more: PayloadFields = () => ({}),
): ObjectRef<Types, Outcome> {
  const name = `${noun[0]!.toUpperCase()}${noun.slice(1)}Payload`;
  return builder.objectRef<Outcome>(name).implement({
    description: `What became of a mutation of a ${noun}.`,
    fields: (t) => ({ [noun]: loadedField(t, type, noun, load), ...more(t), problems: problemsField(t) }),
  });
}

function loadedField<Shape>(
  t: PothosSchemaTypes.ObjectFieldBuilder<Types, Outcome>,
  type: ObjectRef<Types, Shape> | PothosSchemaTypes.InterfaceRef<Types, Shape>,
  noun: string,
  load: (id: string, context: RequestContext) => Promise<Shape | null>,
) {
  return t.field({
    type: type as ObjectRef<Types, Shape>,
    nullable: true,
    description: `The ${noun} as it is now; null where a problem kept it from being made. Beside a CONFLICT, what somebody else made of it.`,
    resolve: (({ id }: Outcome, _: unknown, context: RequestContext) =>
      id === null ? null : load(id, context)) as never,
  });
}

/** The payload of what takes something away. */
export const DeletePayload = builder.objectRef<Outcome>('DeletePayload').implement({
  description: 'What became of a deletion.',
  fields: (t) => ({
    deleted: t.id({
      nullable: true,
      description: 'The identifier of what is no longer there; null where a problem kept it.',
      resolve: ({ id }) => id,
    }),
    problems: problemsField(t),
  }),
});

/** Makes a change, and lets nothing that was read before it answer for what is asked after it; what it wrote may. */
export async function edited(action: EditAction, args: object, { edit, loaders }: RequestContext): Promise<Outcome> {
  const outcome = await edit(action, args as EditArguments);
  loaders.forget();
  if (outcome.written) loaders.know(outcome.written);
  return outcome;
}
