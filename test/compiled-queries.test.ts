import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  getNamedType,
  getOperationAST,
  getVariableValues,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  parse,
  validate,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createContext } from '../schema/context.ts';
import { schema } from '../schema/schema.ts';
import { statement } from '../src/graph/statement.ts';
import { CompiledQueries, type Run } from '../src/server/documents/compiled-queries.ts';
import { costOf } from '../src/server/documents/reading/cost.ts';
import { embeddedGraph, type TestGraph } from './support/graph.ts';
import { amount } from './support/tier.ts';
import { World } from './support/world.ts';
import { richWorld } from './support/world-of-plan.ts';

let graph: TestGraph;
let ids: readonly string[];

const allIds = statement<{ id: string }>('all ids of the test', 'MATCH (n:Entity) RETURN n.id AS id ORDER BY id');

beforeAll(async () => {
  graph = await embeddedGraph();
  // Rows that cannot be are left out.
  await graph.import(richWorld());
  ids = (await graph.engine.read(allIds)).map(({ id }) => id);
});

afterAll(async () => graph[Symbol.asyncDispose]());

/** A generator of numbers that gives the same ones every time (Park and Miller's). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return Math.floor((state / 2_147_483_647) * below);
  };
}

interface Question {
  readonly text: string;
  readonly variables: Record<string, unknown>;
}

/** Fields whose values differ from one moment to the next: links have the time at which they expire. */
const OF_THE_MOMENT: ReadonlySet<string> = new Set([
  'SubgraphExport.url',
  'SubgraphExport.expiresAt',
  'Subgraph.progress',
]);

/** Makes one document out of the schema: aliases, fragments, directives, variables, and arguments right and wrong. */
class Maker {
  readonly #below: (below: number) => number;
  readonly #definitions: string[] = [];
  readonly #variables: Record<string, unknown> = {};
  readonly #fragments: string[] = [];
  #count = 0;

  constructor(seed: number) {
    this.#below = numbers(seed * 7_919 + 1);
  }

  #of<Item>(items: readonly Item[]): Item {
    return items[this.#below(items.length)]!;
  }

  #maybe(percent: number): boolean {
    return this.#below(100) < percent;
  }

  /** A value as JSON; enums are marked, so that they can be written as names. */
  #value(type: GraphQLInputType): unknown {
    if (isNonNullType(type)) return this.#value(type.ofType);
    if (this.#maybe(5)) return null;
    if (isListType(type))
      return Array.from({ length: this.#below(3) }, () => this.#value(type.ofType) ?? this.#value(type.ofType));
    if (isEnumType(type)) return { enum: this.#of(type.getValues()).name };
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter((field) => isRequiredInputField(field) || this.#maybe(15));
      const chosen = type.isOneOf ? [this.#of(Object.values(type.getFields()))] : fields;
      return Object.fromEntries(chosen.map(({ name, type: own }) => [name, this.#value(own) ?? 'none']));
    }
    switch (type.name) {
      case 'Int':
        return this.#of([-1, 0, 1, 2, 3, 5, 500]);
      case 'Float':
        return this.#of([0.5, 2]);
      case 'Boolean':
        return this.#maybe(50);
      case 'ID':
        return this.#maybe(85) ? this.#of(ids) : 'organisation/nobody';
      case 'PartialDate':
        return this.#of(['2005', '2010-05', '2015-06-30']);
      default:
        return this.#of(['a', 'énergie', 'no cursor', '']);
    }
  }

  #written(value: unknown): string {
    if (Array.isArray(value)) return `[${value.map((item) => this.#written(item)).join(', ')}]`;
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    if ('enum' in value) return String(value.enum);
    return `{ ${Object.entries(value)
      .map(([name, item]) => `${name}: ${this.#written(item)}`)
      .join(', ')} }`;
  }

  #plain(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#plain(item));
    if (typeof value !== 'object' || value === null) return value;
    if ('enum' in value) return value.enum;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, this.#plain(item)]));
  }

  #variable(type: string, value: unknown): string {
    const name = `v${this.#count++}`;
    this.#definitions.push(`$${name}: ${type}`);
    this.#variables[name] = value;
    return `$${name}`;
  }

  #argument({ name, type }: GraphQLArgument): string {
    const value = this.#value(type);
    const written = this.#maybe(40) ? this.#variable(String(type), this.#plain(value)) : this.#written(value);
    return `${name}: ${written}`;
  }

  #directive(): string {
    if (!this.#maybe(15)) return '';
    const condition = this.#maybe(60) ? this.#variable('Boolean!', this.#maybe(50)) : String(this.#maybe(50));
    return ` @${this.#of(['skip', 'include'])}(if: ${condition})`;
  }

  #selection(type: GraphQLNamedType, depth: number): string {
    const parts: string[] = this.#maybe(20) ? ['__typename'] : [];
    const fields = isObjectType(type) || 'getFields' in type ? Object.values(type.getFields()) : [];
    for (let turn = this.#below(4) + 1; turn > 0; turn--) {
      const field = this.#of(
        fields.filter(
          ({ name, type: own }) =>
            (depth > 0 || isLeafType(getNamedType(own))) && !OF_THE_MOMENT.has(`${type.name}.${name}`),
        ),
      );
      if (!field) continue;
      const own = getNamedType(field.type as GraphQLOutputType);
      const chosen = (field.args as readonly GraphQLArgument[]).filter(
        (arg) => isRequiredArgument(arg) || this.#maybe(20),
      );
      const args = chosen.length > 0 ? `(${chosen.map((arg) => this.#argument(arg)).join(', ')})` : '';
      const inner = isLeafType(own) ? '' : ` { ${this.#selection(own, depth - 1)} }`;
      parts.push(`f${this.#count++}: ${field.name}${args}${this.#directive()}${inner}`);
    }
    if (isAbstractType(type)) {
      for (const kind of schema.getPossibleTypes(type)) {
        if (depth < 0 || this.#maybe(60)) continue;
        const inner = this.#selection(kind, Math.min(depth - 1, 1));
        if (this.#maybe(70)) parts.push(`... on ${kind.name}${this.#directive()} { ${inner} }`);
        else {
          const name = `F${this.#count++}`;
          this.#fragments.push(`fragment ${name} on ${kind.name} { ${inner} }`);
          parts.push(`...${name}`);
        }
      }
    }
    return parts.length === 0 ? '__typename' : parts.join(' ');
  }

  make(): Question {
    const selection = this.#selection(schema.getQueryType()!, 4);
    const definitions = this.#definitions.length > 0 ? `(${this.#definitions.join(', ')})` : '';
    const text = [`query made${definitions} { ${selection} }`, ...this.#fragments].join('\n');
    return { text, variables: this.#variables };
  }
}

const fresh = (asked = graph) => createContext(asked.graph, new AbortController().signal);

/** Large answers take their time, and show nothing that smaller ones do not. */
function isLarge(document: DocumentNode, variables: Record<string, unknown>): boolean {
  const operation = getOperationAST(document)!;
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  return coerced !== undefined && costOf(schema, document, operation, coerced) > 2_000;
}

const interpret: Run = async (args) => execute(args);

/** An answer as it goes over the wire; errors of fields that are resolved side by side come in any order. */
function shown({ data, errors = [] }: ExecutionResult): { readonly data: unknown; readonly errors: unknown[] } {
  const sortedErrors = errors
    .map((error) => error.toJSON())
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return JSON.parse(JSON.stringify({ data, errors: sortedErrors }));
}

/**
 * Whether two answers say the same. Where nothing is in the data, the execution has ended with the first error that made
 * it so: of errors elsewhere each answer has those that came before.
 */
function expectSame(answer: ExecutionResult, expected: ExecutionResult, question: string): void {
  const [one, other] = [shown(answer), shown(expected)];
  if (one.data !== null || other.data !== null) {
    expect(one, question).toEqual(other);
    return;
  }
  const [fewer, more] = [one.errors, other.errors].sort((a, b) => a.length - b.length);
  expect(fewer, question).not.toEqual([]);
  expect(more, question).toEqual(expect.arrayContaining(fewer!));
}

function compiled(document: DocumentNode, variableValues: Record<string, unknown>, of = graph) {
  const queries = new CompiledQueries();
  const args = { schema, document, variableValues, contextValue: fresh(of) };
  expect(queries.runOf(args, interpret)).toBeNull();
  const run = queries.runOf(args, interpret);
  return run && (() => run(args));
}

/** Documents that are made at random. */
const DOCUMENTS = amount({ usual: 400, long: 5_000 });

describe('a compiled query', () => {
  it(`answers ${DOCUMENTS} made documents as graphql-js does, errors included`, async () => {
    const counts = { compiled: 0, left: 0, withErrors: 0, withData: 0 };
    for (let seed = 1; counts.compiled + counts.left < DOCUMENTS; seed++) {
      const { text, variables: variableValues } = new Maker(seed).make();
      const document = parse(text);
      if (validate(schema, document).length > 0 || isLarge(document, variableValues)) continue;
      const run = compiled(document, variableValues);
      if (!run) {
        counts.left++;
        continue;
      }
      counts.compiled++;
      const expected = await execute({ schema, document, variableValues, contextValue: fresh() });
      expectSame(await run(), expected, `${text}\n${JSON.stringify(variableValues)}`);
      if (expected.errors) counts.withErrors++;
      if (expected.data) counts.withData++;
    }
    // Most are for the compiler, and all kinds of answers are among them.
    expect(counts.compiled).toBeGreaterThan(0.7 * DOCUMENTS);
    expect(counts.withErrors).toBeGreaterThan(0.1 * DOCUMENTS);
    expect(counts.withData).toBeGreaterThan(0.5 * DOCUMENTS);
  });

  it.each([
    '{ ...F @include(if: $no) ...F }',
    '{ ...F ...F @include(if: $no) }',
    '{ ...F @include(if: $no) ...G @include(if: $yes) }',
    '{ ... @include(if: $no) { ...F } ... @include(if: $yes) { ...F } }',
    '{ name @include(if: $no) id name }',
    '{ ... @skip(if: $yes) { ...F } memberships { nodes { ...F } } }',
    '{ ... @skip(if: $yes) { memberships { totalCount } } memberships { nodes { id } } }',
    '{ memberships { nodes { ...F @skip(if: $yes) id } } ...F }',
  ])('answers as graphql-js does where conditions stand at what is selected twice: %s', async (selection) => {
    const declared = ['yes', 'no'].filter((name) => selection.includes(`$${name}`)).map((name) => `$${name}: Boolean!`);
    const fragments = ['fragment F on Actor { name }', 'fragment G on Actor { ...F id }'];
    const used = fragments.filter((_, place) => selection.includes(place === 0 ? '...F' : '...G'));
    const document = parse([`query (${declared}) { poles { nodes ${selection} } }`, ...used].join(' '));
    expect(validate(schema, document)).toEqual([]);
    const variableValues = { yes: true, no: false };
    const args = { schema, document, variableValues, contextValue: fresh() };
    // In the order in which fields are selected, too.
    const expected = JSON.stringify(await execute(args));
    const run = compiled(document, variableValues);
    expect(JSON.stringify(run ? await run() : await execute({ ...args, contextValue: fresh() }))).toBe(expected);
  });

  it.each([
    ['a kind that there is not', "n.kind = 'NONSENSE'", 'nodes { id kind }', 'cannot represent value: "NONSENSE"'],
    ['a number for a text', 'n.acronym = 42', 'nodes { acronym }', '"acronym":"42"'],
    ['a truth for a text', 'n.acronym = true', 'edges { node { short: acronym } }', '"short":"true"'],
    ['a list for a text', "n.acronym = ['A']", 'nodes { ...F }', 'String cannot represent value'],
    ['no name', 'n.name = null', 'nodes { id name }', 'Cannot return null for non-nullable field'],
  ])('reports as graphql-js does for a graph that has %s', async (_, wrong, selection, expectedText) => {
    await using graphOfIts = await embeddedGraph();
    await graphOfIts.import(new World().organisation('A', { id: 'organisation/a' }).organisation('B'));
    const spoil = statement<never>('spoil', `MATCH (n:Entity {id: 'organisation/a'}) SET ${wrong}`);
    await graphOfIts.engine.write((transaction) => transaction.run(spoil));
    const document = parse(
      `{ organisations { ${selection} } } ${
        selection.includes('...F') ? 'fragment F on Organisation { acronym }' : ''
      }`,
    );
    const run = compiled(document, {}, graphOfIts)!;
    const expected = shown(await execute({ schema, document, contextValue: fresh(graphOfIts) }));
    expect(JSON.stringify(expected).replaceAll('\\', '')).toContain(expectedText);
    expect(shown(await run())).toEqual(expected);
  });

  it('is left to graphql-js where it is none, or has variables that are rejected', () => {
    const queries = new CompiledQueries();
    const ofText = (text: string, variableValues = {}) => {
      const args = { schema, document: parse(text), variableValues, contextValue: fresh() };
      queries.runOf(args, interpret);
      return queries.runOf(args, interpret);
    };
    expect(ofText('mutation { organisationDelete(id: "organisation/none") { id } }')).toBeNull();
    expect(ofText('query ($id: ID!) { node(id: $id) { id } }', {})).toBeNull();
    expect(ofText('query ($id: ID!) { node(id: $id) { id } }', { id: 'pole/none' })).not.toBeNull();
    expect(ofText('query ($filter: NetworkFilter) { poles(filter: $filter) { totalCount } }')).toBeNull();
    // Fields of every kind of actor are compiled for each kind: that grows with the depth.
    const nested = (depth: number): string => (depth === 0 ? 'name' : `partners { nodes { ${nested(depth - 1)} } }`);
    expect(ofText(`{ pole(id: "pole/none") { ${nested(3)} } }`)).not.toBeNull();
    expect(ofText(`{ pole(id: "pole/none") { ${nested(8)} } }`)).toBeNull();
  });

  it('ends with the reason when it is called off', async () => {
    const calledOff = new AbortController();
    const queries = new CompiledQueries();
    const args = {
      schema,
      document: parse('{ poles { nodes { name } } }'),
      contextValue: fresh(),
      signal: calledOff.signal,
    };
    queries.runOf(args, interpret);
    const answer = queries.runOf(args, interpret)!(args);
    calledOff.abort(new Error('The reader left.'));
    await expect(answer).rejects.toThrow('The reader left.');
  });
});
