import {
  type GraphQLField,
  type GraphQLNamedType,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isListType,
  isObjectType,
  isRequiredArgument,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { schema } from '../../schema/schema.ts';
import { costOf, type FieldCost } from '../../src/server/documents/reading/cost.ts';

type Field = GraphQLField<unknown, unknown>;

const isList = ({ type }: Field): boolean => isListType('ofType' in type ? type.ofType : type) || isListType(type);

/** Every list of the schema, by the type and the field. */
const LISTS = Object.values(schema.getTypeMap())
  .filter((type) => !type.name.startsWith('__') && (isObjectType(type) || isInterfaceType(type)))
  .flatMap((type) =>
    Object.values('getFields' in type ? type.getFields() : {}).map((field) => [type, field as Field] as const),
  )
  .filter(([, field]) => isList(field))
  .map(([type, field]) => ({ place: `${type.name}.${field.name}`, type, field }));

/** Fields of connections: the connection's own arguments say how long they are. */
const PAGED = /Connection\.(?:nodes|edges)$/;

/** The longest list that a bound without pages may be: longer ones are read in pages. */
const LONGEST = 200;
/** As long as the input's own lists, which are bounded where they come in. */
const AS_GIVEN = new Set(['memberships', 'affiliations', 'partnerships'].map((name) => `OrganisationPayload.${name}`));

const inside = (type: GraphQLNamedType): string => (isLeafType(type) ? '' : ' { __typename }');

/** Ways from a root type to a value of a type, through required arguments that are known to be right. */
const VALUES: Readonly<Record<string, string>> = {
  'ID!': '"a"',
  'String!': '"a"',
  'Int!': '1',
  'PartialDate!': '"2000"',
  'TopicScheme!': 'SECTOR',
  'TerritoryLevel!': 'REGION',
  'RankingMeasure!': 'DEGREE',
  '[ProjectGrouping!]!': '[PROGRAMME]',
  '[PartnershipGrouping!]!': '[KIND]',
};

/** What the cost rule counts for one list, apart from its weight; `size` is its page where it takes an argument. */
function multiplierOf(type: GraphQLNamedType, field: Field, size: number | null): number {
  const args = field.args
    .filter((arg) => isRequiredArgument(arg) || (size !== null && arg.name === 'first'))
    .map(({ name, type: own }) => `${name}: ${name === 'first' ? size : VALUES[String(own)]}`);
  const given = args.length > 0 ? `(${args.join(', ')})` : '';
  // As if the type were the root: the rule looks at the type and its field, not at the way there.
  const text = `{ ...F } fragment F on ${type.name} { ${field.name}${given}${inside(getNamedType(field.type))} }`;
  const document = parse(text);
  const operation = document.definitions[0] as OperationDefinitionNode;
  const { weight = 1 } = (field.extensions.cost ?? {}) as FieldCost;
  const perItem = isLeafType(getNamedType(field.type)) ? 1 : 2;
  return (costOf(schema, document, operation, {}) - (weight - 1)) / perItem;
}

describe('every list of the schema', () => {
  it('is part of a connection, or says by an argument or a stated bound how long it is', () => {
    const unbounded = LISTS.filter(
      ({ place, field }) =>
        !PAGED.test(place) &&
        !field.args.some(({ name }) => name === 'first' || name === 'ids') &&
        (field.extensions.cost as FieldCost | undefined)?.items === undefined,
    );
    expect(LISTS.length).toBeGreaterThan(100);
    expect(unbounded.map(({ place }) => place)).toEqual([]);
  });

  it('is short where it has no pages, and its description says how long', () => {
    for (const { place, field } of LISTS) {
      const { items } = (field.extensions.cost ?? {}) as FieldCost;
      if (items === undefined) continue;
      if (!AS_GIVEN.has(place)) expect(items, place).toBeLessThanOrEqual(LONGEST);
      expect(field.description, place).toContain(`Maximum: ${items.toLocaleString('en')}.`);
    }
  });

  it.each(LISTS.map((list) => [list.place, list] as const))('is charged what it may hold: %s', (place, list) => {
    const { type, field } = list;
    const { items } = (field.extensions.cost ?? {}) as FieldCost;
    if (items !== undefined) expect(multiplierOf(type, field, null)).toBe(items);
    else if (!PAGED.test(place) && field.args.some(({ name }) => name === 'first')) {
      expect(multiplierOf(type, field, 7)).toBe(7);
    } else if (field.args.some(({ name }) => name === 'ids')) {
      const document = parse('{ nodes(ids: ["a", "b", "c"]) { id } }');
      expect(validate(schema, document)).toEqual([]);
      expect(costOf(schema, document, document.definitions[0] as OperationDefinitionNode, {})).toBe(6);
    }
  });

  it('of a connection is charged the requested page, or the default one', () => {
    const connections = Object.values(schema.getTypeMap())
      .filter((type) => isObjectType(type) || isInterfaceType(type))
      .flatMap((type) => Object.values(type.getFields()).map((field) => [type, field as Field] as const))
      .filter(([, { type }]) => getNamedType(type).name.endsWith('Connection'));
    expect(connections.length).toBeGreaterThan(30);
    for (const [type, field] of connections) {
      const place = `${type.name}.${field.name}`;
      const { weight = 1 } = (field.extensions.cost ?? {}) as FieldCost;
      for (const list of ['nodes', 'edges']) {
        for (const size of [null, 7]) {
          const args = field.args
            .filter((arg) => isRequiredArgument(arg))
            .map(({ name, type: own }) => `${name}: ${VALUES[String(own)] ?? '{}'}`)
            .concat(size === null ? [] : [`first: ${size}`]);
          const given = args.length > 0 ? `(${args.join(', ')})` : '';
          const document = parse(
            `{ ...F } fragment F on ${type.name} { ${field.name}${given} { ${list} { __typename } } }`,
          );
          const cost = costOf(schema, document, document.definitions[0] as OperationDefinitionNode, {});
          const usual = field.args.find(({ name }) => name === 'first')!.defaultValue ?? 20;
          expect(cost, `${place}.${list}`).toBe(weight + 2 * (size ?? Number(usual)));
        }
      }
    }
  });
});
