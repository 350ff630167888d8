import {
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { expect, it } from 'vitest';
import { schema } from '../../schema/schema.ts';
import type { Author } from '../../src/domain/role.ts';
import { emptyGraph } from '../support/graph.ts';
import { ADMIN, EDITOR, requested } from './editors.ts';

const AUTHORS: readonly (readonly [who: string, author: Author | null])[] = [
  ['anonymous', null],
  ['READER', { name: 'Rose', role: 'READER' }],
  ['EDITOR', EDITOR],
  ['ADMIN', ADMIN],
];

/** The least that an argument takes: enough for the mutation to begin, and to find that there is no such record. */
function least(type: GraphQLInputType): unknown {
  if (!isNonNullType(type)) return undefined;
  const inner = type.ofType;
  if (isListType(inner)) return [];
  if (isEnumType(inner)) return inner.getValues()[0]!.name;
  if (isInputObjectType(inner)) {
    return Object.fromEntries(Object.values(inner.getFields()).map(({ name, type: own }) => [name, least(own)]));
  }
  return { Float: 1, Int: 1, Boolean: false, PartialDate: '2012' }[inner.toString()] ?? 'nobody/nothing';
}

function document({ name, args, type }: GraphQLField<unknown, unknown>): string {
  const variables = args.map((argument) => `$${argument.name}: ${argument.type}`).join(', ');
  const given = args.map((argument) => `${argument.name}: $${argument.name}`).join(', ');
  const payload = getNamedType(type);
  expect(isObjectType(payload) && Object.keys(payload.getFields())).toContain('problems');
  return `mutation(${variables}) { ${name}(${given}) { problems { code } } }`;
}

it('every mutation answers to those whose role it declares, and to nobody else', async () => {
  await using graph = await emptyGraph();
  const matrix: Record<string, Record<string, string>> = {};
  for (const field of Object.values(schema.getMutationType()!.getFields())) {
    const variables = Object.fromEntries(field.args.map((argument) => [argument.name, least(argument.type)]));
    const answers: Record<string, string> = {};
    for (const [who, author] of AUTHORS) {
      const { data, errors } = await requested(graph, author, document(field), variables);
      answers[who] = errors.length > 0 ? String(errors[0]!.extensions.code ?? errors[0]!.message) : 'may';
      if (errors.length === 0) expect(data[field.name].problems.length + 1).toBeGreaterThan(0);
    }
    matrix[field.name] = answers;
    const { requires } = field.extensions as { requires?: string };
    expect(field.description).toMatch(new RegExp(` ${requires} only\\.$`));
  }
  expect(matrix).toMatchSnapshot();
});

it('says who one is, and what one may do', async () => {
  await using graph = await emptyGraph();
  const ask = async (author: Author | null) => (await requested(graph, author, '{ viewer { name role } }')).data.viewer;
  expect(await ask(null)).toEqual({ name: null, role: 'READER' });
  expect(await ask(EDITOR)).toEqual({ name: 'Édith', role: 'EDITOR' });
});

it('rejects before it looks at anything', async () => {
  await using graph = await emptyGraph();
  const forbidden = 'mutation { nodeDelete(id: "pole/a") { deleted } }';
  const { errors, statements } = await graph.plain.answer(forbidden, {}, EDITOR);
  expect(errors[0]?.message).toBe('Your role does not allow this.');
  expect(statements).toEqual([]);
});

it('runs no field of a mutation of which one is not allowed, wherever it stands', async () => {
  await using graph = await emptyGraph();
  const record = (alias: string) => `${alias}: sourceCreate(input: { title: "${alias}" }) { problems { message } }`;
  const forbidden = 'nodeDelete(id: "source/none") { deleted }';
  const documents = [
    `mutation { ${record('first')} ${forbidden} }`,
    `mutation { ${forbidden} ${record('last')} }`,
    `mutation { ${record('beside')} ...F } fragment F on Mutation { ... on Mutation { ${forbidden} } }`,
    `mutation($no: Boolean = false) { ${record('skipped')} ...F @skip(if: true) ...F @skip(if: $no) } fragment F on Mutation { ${forbidden} }`,
  ];
  for (const source of documents) {
    const { data, errors, statements } = await graph.plain.answer(source, {}, EDITOR);
    expect(data).toBe(null);
    expect(statements).toEqual([]);
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
  }
  const { errors } = await requested(graph, EDITOR, documents[0]!);
  expect(errors[0]?.message).toBe(
    'Nothing was done: your role does not allow nodeDelete, which is in the same document.',
  );
  // Left out fields are not selected.
  const { data } = await requested(
    graph,
    EDITOR,
    `mutation($no: Boolean = false) { ${record('done')} ...F @include(if: $no) } fragment F on Mutation { ${forbidden} }`,
  );
  expect(data).toEqual({ done: { problems: [] } });
});
