import { readFileSync } from 'node:fs';
import {
  type GraphQLArgument,
  type GraphQLEnumValue,
  type GraphQLField,
  type GraphQLInputField,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  parse,
  visit,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { PRINTED_SCHEMA_FILE, printedSchema } from '../../schema/print.ts';
import { schema } from '../../schema/schema.ts';
import { promised } from './contract-names.ts';

const types = Object.values(schema.getTypeMap()).filter(
  (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
);

type Member = GraphQLField<unknown, unknown> | GraphQLInputField | GraphQLEnumValue;

/** The fields or values of a type. */
function membersOf(type: (typeof types)[number]): Member[] {
  if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) return Object.values(type.getFields());
  return isEnumType(type) ? [...type.getValues()] : [];
}

const argumentsOf = (member: Member): readonly GraphQLArgument[] => ('args' in member ? member.args : []);

describe('the schema', () => {
  it('is printed beside its source as it is', () => {
    expect(readFileSync(PRINTED_SCHEMA_FILE, 'utf8'), 'run npm run schema').toBe(printedSchema());
  });

  it('marks the fields that are null only with an error, and says what each scalar is', () => {
    const marked = new Set<string>();
    const links = new Map<string, unknown>();
    visit(parse(printedSchema()), {
      FieldDefinition: ({ name, directives }) => {
        if (directives?.some((directive) => directive.name.value === 'semanticNonNull')) marked.add(name.value);
      },
      ScalarTypeDefinition: ({ name, directives }) => void links.set(name.value, directives?.[0]?.name.value),
    });
    const nullable = Object.values(schema.getQueryType()!.getFields()).filter(({ type }) => !isNonNullType(type));
    const byDescription = nullable.filter(({ description }) => description?.includes('Null only with an error.'));
    expect([...marked].sort()).toEqual(byDescription.map(({ name }) => name).sort());
    expect(marked.size).toBeGreaterThan(15);
    expect([...new Set(links.values())]).toEqual(['specifiedBy']);
  });

  it('describes every type, field, argument and value in full sentences', () => {
    const described = types.flatMap((type) => [
      [type.name, type.description],
      ...membersOf(type).flatMap((member) => [
        [`${type.name}.${member.name}`, member.description],
        ...argumentsOf(member).map((arg) => [`${type.name}.${member.name}(${arg.name})`, arg.description]),
      ]),
    ]);
    expect(described.length).toBeGreaterThan(500);
    expect(described.filter(([, text]) => !/^[A-Z0-9<].*\S\.$/su.test(text?.trim() ?? ''))).toEqual([]);
  });

  it('names everything as clients know it', () => {
    const missing = promised().flatMap(({ type, members }) => {
      const known = types.find(({ name }) => name === type);
      if (!known) return [type];
      const fields = new Map(membersOf(known).map((member) => [member.name, member]));
      return members.flatMap(({ name, args }) => {
        const member = fields.get(name);
        if (!member) return [`${type}.${name}`];
        const has = new Set(argumentsOf(member).map((arg) => arg.name));
        return args.filter((arg) => !has.has(arg)).map((arg) => `${type}.${name}(${arg})`);
      });
    });
    expect(promised().length).toBeGreaterThan(80);
    expect(missing).toEqual([]);
  });

  it('gives an identifier to nodes only, or says what else it identifies', () => {
    const others = types
      .filter((type) => isObjectType(type))
      .filter((type) => 'id' in type.getFields() && !type.getInterfaces().some(({ name }) => name === 'Node'))
      .filter((type) => !type.getFields().id!.description?.includes('node(id:)'));
    expect(others.map(({ name }) => name)).toEqual([]);
  });

  it('gives every connection the fields of the Relay specification, none of them null', () => {
    const connections = types.filter(({ name }) => name.endsWith('Connection')).filter((type) => isObjectType(type));
    expect(connections.length).toBeGreaterThan(12);
    for (const connection of connections) {
      const name = connection.name.replace(/Connection$/, '');
      const fields = connection.getFields();
      expect(String(fields.edges?.type), name).toBe(`[${name}Edge!]!`);
      expect(String(fields.nodes?.type), name).toMatch(/^\[\w+!\]!$/);
      expect(String(fields.pageInfo?.type), name).toBe('PageInfo!');
      expect(String(fields.totalCount?.type), name).toBe('Int!');
      const edge = schema.getType(`${name}Edge`);
      if (!isObjectType(edge)) throw new Error(`${name}Edge is no type.`);
      expect(String(edge.getFields().cursor?.type), name).toBe('String!');
      expect(`[${edge.getFields().node?.type}]!`, name).toBe(String(fields.nodes?.type));
    }
  });

  it('lets every connection be read forward and backward, or say why not', () => {
    const forwardOnly: string[] = [];
    for (const type of types.filter((one) => isObjectType(one))) {
      for (const field of Object.values(type.getFields())) {
        if (!String(field.type).endsWith('Connection!')) continue;
        const args = field.args.map(({ name }) => name);
        expect(args, `${type.name}.${field.name}`).toEqual(expect.arrayContaining(['first', 'after']));
        if (!args.includes('last') || !args.includes('before')) forwardOnly.push(field.name);
      }
    }
    // A ranking and a log have a beginning and no end to begin from.
    expect(forwardOnly.filter((name) => name !== 'search' && name !== 'history')).toEqual([]);
  });
});
