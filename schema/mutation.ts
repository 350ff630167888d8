import type { FieldMap, ObjectRef } from '@pothos/core';
import type { Problem as ProblemValue } from '../src/domain/problem.ts';
import { shortened, withArticle } from '../src/domain/text.ts';
import type { EditAction, EditArguments } from '../src/editing/editor.ts';
import type { Outcome } from '../src/editing/outcome.ts';
import { builder, type SchemaTypes } from './builder.ts';
import type { RequestContext } from './context.ts';

type Types = PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>;

builder.mutationType({
  description:
    'Changes of the graph. Each mutation is one transaction. What the caller can correct is returned as problems, and nothing is written.',
});

/** Problems of one input in one answer: who has put right these asks again. */
const MAX_PROBLEMS = 100;
/** Names in the path of an input field. */
const MAX_PATH = 10;

const ProblemCode = builder.enumType('ProblemCode', {
  description: 'Codes of problems, for programs.',
  values: {
    INVALID: { description: 'The input is not well formed, or contradicts itself or the graph.' },
    NOT_FOUND: { description: 'It refers to something that does not exist.' },
    TAKEN: { description: 'It already exists, or belongs to another record.' },
    IN_USE: { description: 'Other records refer to what would be deleted.' },
    CONFLICT: { description: 'The record changed since it was read, or two records contradict each other.' },
  } as const,
});

const Problem = builder.objectRef<ProblemValue>('Problem').implement({
  description: 'Something in an input that the caller can correct.',
  fields: (t) => ({
    code: t.expose('code', { type: ProblemCode, description: 'What is wrong, for programs.' }),
    message: t.string({
      description: 'What is wrong and how to correct it, for people.',
      resolve: ({ message }) => shortened(message),
    }),
    path: t.stringList({
      maximum: MAX_PATH,
      description: 'Path of the input field or argument.',
      resolve: ({ path }) => [...path],
    }),
  }),
});

/** The field that every payload ends with. */
export const problemsField = (t: PothosSchemaTypes.ObjectFieldBuilder<Types, Outcome>) =>
  t.field({
    type: [Problem],
    maximum: MAX_PROBLEMS,
    description: 'Problems to correct first. Empty when the change was made. With any problem, nothing was written.',
    resolve: ({ problems }) => [...problems],
  });

type PayloadFields = (t: PothosSchemaTypes.ObjectFieldBuilder<Types, Outcome>) => FieldMap;

/** The payload of the mutations of an entity type: the record under the type's name, further fields, and the problems. */
export function payloadOf<Shape>(
  typeName: string,
  type: Parameters<typeof loadedField<Shape>>[1],
  load: (id: string, context: RequestContext) => Promise<Shape | null>,
  more: PayloadFields = () => ({}),
): ObjectRef<Types, Outcome> {
  const name = `${typeName[0]!.toUpperCase()}${typeName.slice(1)}Payload`;
  return builder.objectRef<Outcome>(name).implement({
    description: `Result of a mutation of ${withArticle(typeName)}.`,
    fields: (t) => ({ [typeName]: loadedField(t, type, typeName, load), ...more(t), problems: problemsField(t) }),
  });
}

export function loadedField<Shape>(
  t: PothosSchemaTypes.ObjectFieldBuilder<Types, Outcome>,
  type: ObjectRef<Types, Shape> | PothosSchemaTypes.InterfaceRef<Types, Shape>,
  typeName: string,
  load: (id: string, context: RequestContext) => Promise<Shape | null>,
) {
  return t.field({
    type: type as ObjectRef<Types, Shape>,
    nullable: true,
    description: `The ${typeName} after the mutation. Null when a problem prevented its creation. With a CONFLICT: the version that is stored now.`,
    resolve: (({ id }: Outcome, _: unknown, context: RequestContext) =>
      id === null ? null : load(id, context)) as never,
  });
}

/** The payload of what takes something away. */
export const DeletePayload = builder.objectRef<Outcome>('DeletePayload').implement({
  description: 'Result of a deletion.',
  fields: (t) => ({
    deleted: t.id({
      nullable: true,
      description: 'Identifier of the deleted record or relationship. Null when a problem prevented the deletion.',
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
