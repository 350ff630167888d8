import fc from 'fast-check';
import {
  type GraphQLArgument,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLNamedType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { schema } from '../../schema/schema.ts';
import { type Field, hasArgument, isRequired, type SchemaList, wayTo } from './schema-lists.ts';

/** Identifiers that a graph has, by the name of their type in the schema. */
export type KnownIds = ReadonlyMap<string, readonly string[]>;

/** Arguments by name, with values as a client writes them in JSON. */
type Arguments = Readonly<Record<string, unknown>>;

/** A list with a few values of its arguments. Questions made of them differ in little: whatever a key left out would show. */
export interface Topic {
  readonly list: SchemaList;
  /** Arguments of each step on the way to the list, two sets. */
  readonly ways: readonly (readonly Arguments[])[];
  /** Two values of each argument that is no page's; of an order the same one in both directions. */
  readonly pools: readonly (readonly [name: string, values: readonly unknown[]])[];
  /** What questions give unless they say otherwise; undefined: nothing. */
  readonly base: Arguments;
  /** How large pages are. */
  readonly sizes: readonly number[];
  readonly selections: readonly string[];
}

/** A question about a list: which of the values of its topic it gives, and which page it asks for. */
export interface Question {
  readonly topic: Topic;
  readonly way: readonly Arguments[];
  readonly args: Arguments;
  readonly page: PagePlan | null;
  readonly selection: string;
}

/** A page of a list; `from` chooses the entry that it begins at, null: the end of the list. */
export interface PagePlan {
  readonly end: 'first' | 'last';
  readonly size: number;
  readonly from: number | null;
}

/** Which types of nodes an argument is likely to name; any for one that is not here. */
const LIKELY: Readonly<Record<string, readonly string[]>> = {
  locatedIn: ['Territory'],
  covers: ['Territory'],
  topic: ['Topic'],
  memberOf: ['Pole', 'Cluster'],
  networks: ['Pole', 'Cluster'],
  'compareNetworks.ids': ['Pole', 'Cluster'],
  labelledBy: ['Pole', 'Cluster'],
  partnerOf: ['Organisation', 'Pole'],
  participant: ['Organisation', 'Pole'],
  network: ['Pole', 'Cluster'],
  member: ['Organisation', 'Pole'],
  partner: ['Organisation', 'Pole'],
  between: ['Organisation', 'Pole'],
  project: ['Project'],
  sourcedBy: ['Source'],
  from: ['Organisation', 'Pole'],
  to: ['Organisation', 'Pole'],
  of: ['Organisation', 'Pole', 'Project'],
  avoid: ['Organisation'],
};
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  text: ['alpha', 'oeuvre', 'energ', 'C++', 'zzz'],
  nameContains: ['a', 'alpha 2', 'œ'],
  nameStartsWith: ['alph', 'OEU', 'c+'],
  programme: ['Carnot', 'LabCom'],
  measure: ['companies', 'members'],
  field: ['since', 'name'],
};
/** Places in France, in degrees, distances, and how fine communities are. */
const MEASURES: Readonly<Record<string, readonly number[]>> = {
  latitude: [43.6, 48.85],
  longitude: [1.44, 2.35],
  km: [0, 30, 1_000],
  resolution: [0.5, 1],
};
const NUMBERS: Readonly<Record<string, readonly number[]>> = {
  first: [0, 1, 2, 3],
  count: [1, 2, 3],
  depth: [0, 1, 2],
  limit: [1, 3, 8],
  sequence: [0, 1, 2],
  maxLength: [1, 2, 4],
  avoidHubsOver: [1, 3, 9],
  min: [0, 1],
  max: [1, 2, 4],
  seed: [1, 7],
  from: [2003, 2008],
  to: [2009, 2012],
  step: [1, 3],
};
const DATES = ['2003', '2005', '2005-06-15', '2009', '2012-02'];
/** Input objects inside one another, as filters are. */
const DEEPEST_INPUT = 2;
/** Fields inside the fields of a list. */
const DEPTH = 3;
const PAGE: readonly string[] = ['first', 'after', 'last', 'before'];

function oneOf<Item>(values: readonly Item[] | undefined, name: string): fc.Arbitrary<Item> {
  if (!values || values.length === 0) throw new Error(`${name}: add values to test/support/questions.ts.`);
  return fc.constantFrom(...values);
}

/** Whether a value of the type says in which direction a list is ordered. */
function isOrder(type: GraphQLInputType): boolean {
  const named = getNamedType(type);
  return isInputObjectType(named) && named.getFields().direction !== undefined;
}

const argumentOf = ({ field }: SchemaList, name: string): GraphQLArgument =>
  field.args.find((arg) => arg.name === name)!;

const inBothDirections = (order: unknown): object[] =>
  ['ASC', 'DESC'].map((direction) => ({ ...(order as object), direction }));

export const isPaged = ({ field }: SchemaList): boolean => hasArgument(field, 'last');

/** Makes questions about any list of the schema, for one graph. */
export class QuestionMaker {
  readonly #ids: KnownIds;

  constructor(ids: KnownIds) {
    this.#ids = ids;
  }

  #valueOf(type: GraphQLInputType, field: string, name: string, depth = 0): fc.Arbitrary<unknown> {
    if (isNonNullType(type)) return this.#valueOf(type.ofType, field, name, depth);
    if (isListType(type)) {
      const minLength = field === 'compareNetworks' ? 2 : 1;
      return fc.uniqueArray(this.#valueOf(type.ofType, field, name, depth + 1), { minLength, maxLength: 2 });
    }
    if (isEnumType(type)) return fc.constantFrom(...type.getValues().map((value) => value.name));
    if (isInputObjectType(type)) return this.#objectOf(type, field, depth);
    switch (type.name) {
      case 'ID': {
        const types = LIKELY[`${field}.${name}`] ?? LIKELY[name] ?? [...this.#ids.keys()];
        return oneOf(
          types.flatMap((its) => this.#ids.get(its) ?? []),
          name,
        );
      }
      case 'String':
        return oneOf(TEXTS[name], name);
      case 'Int':
        return oneOf(NUMBERS[name], name);
      case 'Float':
        return oneOf(MEASURES[name], name);
      case 'Boolean':
        return fc.boolean();
      case 'PartialDate':
        return fc.constantFrom(...DATES);
      default:
        throw new Error(`${name}: add ${type.name} to test/support/questions.ts.`);
    }
  }

  #objectOf(type: GraphQLInputObjectType, field: string, depth: number): fc.Arbitrary<object> {
    const all = Object.values(type.getFields());
    if (type.isOneOf) return this.#valueOf(type.getFields().id!.type, field, 'id').map((id) => ({ id }));
    const leaves = all.filter(({ type: its }) => !isInputObjectType(getNamedType(its)));
    const some = depth < DEEPEST_INPUT || leaves.length === 0 ? all : leaves;
    const needed = all.filter(isRequired);
    return fc
      .uniqueArray(fc.constantFrom(...some), { minLength: 1, maxLength: 3, selector: ({ name }) => name })
      .chain((chosen) => {
        const given = [...new Set([...needed, ...chosen])];
        const values = given.map((its) => [its.name, this.#valueOf(its.type, field, its.name, depth + 1)] as const);
        return fc.record(Object.fromEntries(values));
      });
  }

  /** A list with what questions about it are made of. */
  topicOf(list: SchemaList): fc.Arbitrary<Topic> {
    const { field } = list;
    const args = field.args.filter(({ name }) => !PAGE.includes(name) || (name === 'first' && !isPaged(list)));
    const twice = <Item>(one: fc.Arbitrary<Item>): fc.Arbitrary<Item[]> =>
      fc.array(one, { minLength: 2, maxLength: 2 });
    const steps = wayTo(list).map((step) => {
      const { name, args: its } = step.field;
      if (name === 'node') return oneOf(this.#ids.get(step.on.name), `An id of ${step.on.name}`).map((id) => ({ id }));
      const needed = its.filter(isRequired);
      return fc.record(Object.fromEntries(needed.map((arg) => [arg.name, this.#valueOf(arg.type, name, arg.name)])));
    });
    const pools = args.map(({ name, type }) => {
      const value = this.#valueOf(type, field.name, name);
      const values = isOrder(type) ? value.map(inBothDirections) : twice(value);
      return values.map((both) => [name, both] as const);
    });
    return fc.tuple(...pools).chain((made) =>
      fc.record({
        list: fc.constant(list),
        ways: twice(fc.tuple(...steps)),
        pools: fc.constant(made),
        base: fc.record(Object.fromEntries(made.map((pool) => [pool[0], this.#choiceOf(list, pool)]))),
        sizes: fc.uniqueArray(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 2 }),
        selections: twice(this.#selectionOf(getNamedType(field.type), DEPTH)),
      }),
    );
  }

  /** One of the values of an argument, or none where it may be left out. */
  #choiceOf(list: SchemaList, [name, values]: Topic['pools'][number]): fc.Arbitrary<unknown> {
    const value = fc.constantFrom(...values);
    const arg = argumentOf(list, name);
    return isRequired(arg) ? value : fc.option(value, { nil: undefined, freq: isOrder(arg.type) ? 5 : 1 });
  }

  /** A question about a topic. */
  questionOf(topic: Topic): fc.Arbitrary<Question> {
    const { list, ways, pools, base, sizes, selections } = topic;
    const isOrdering = ([name]: Topic['pools'][number]): boolean => isOrder(argumentOf(list, name).type);
    const choices = (some: Topic['pools']): fc.Arbitrary<Arguments> =>
      fc.record(Object.fromEntries(some.map((pool) => [pool[0], this.#choiceOf(list, pool)])));
    const others = pools.filter((pool) => !isOrdering(pool));
    const change = others.length === 0 ? fc.constant({}) : fc.constantFrom(...others).chain((one) => choices([one]));
    const args = fc.tuple(choices(pools.filter(isOrdering)), fc.option(change, { nil: {}, freq: 1 }));
    const from = fc.oneof({ arbitrary: fc.constant(null), weight: 3 }, { arbitrary: fc.nat(3), weight: 1 });
    const end = fc.constantFrom('first' as const, 'last' as const);
    const page = fc.record({ end, size: fc.constantFrom(...sizes), from });
    return fc.record({
      topic: fc.constant(topic),
      way: fc.constantFrom(ways[0]!, ways[0]!, ...ways),
      args: args.map(([order, changed]) => ({ ...base, ...order, ...changed })),
      page: isPaged(list) ? fc.option(page, { nil: null, freq: 6 }) : fc.constant(null),
      selection: fc.constantFrom(...selections),
    });
  }

  /** Some of the fields of a type, with what is selected inside them. */
  #selectionOf(type: GraphQLNamedType, depth: number): fc.Arbitrary<string> {
    if (isLeafType(type)) return fc.constant('');
    if (!isObjectType(type) && !isInterfaceType(type)) throw new Error(`${type.name} has no fields.`);
    const selectable = Object.values(type.getFields()).filter((field) => isSelectable(field, depth));
    const own = fc.subarray(selectable, {
      minLength: Math.min(1, selectable.length),
      maxLength: Math.min(3, selectable.length),
    });
    const fields = own.chain((chosen) => fc.tuple(...chosen.map((field) => this.#fieldOf(field, depth))));
    const text = fields.map((texts) => ['__typename', ...texts].join(' '));
    if (!isInterfaceType(type)) return text;
    const ofKind = fc
      .constantFrom(...schema.getPossibleTypes(type))
      .chain((kind) => this.#selectionOf(kind, 0).map((inside) => ` ... on ${kind.name} { ${inside} }`));
    return fc.tuple(text, fc.option(ofKind, { nil: '' })).map((texts) => texts.join(''));
  }

  #fieldOf(field: Field, depth: number): fc.Arbitrary<string> {
    const given = field.args.filter((arg) => isRequired(arg) || arg.name === 'first');
    const values = fc.tuple(...given.map((arg) => this.#valueOf(arg.type, field.name, arg.name)));
    return fc.tuple(this.#selectionOf(getNamedType(field.type), depth - 1), values).map(([inside, its]) => {
      const args = given.map((arg, place) => `${arg.name}: ${literal(its[place], arg.type)}`);
      const text = `${field.name}${inParentheses(args)}${inside && ` { ${inside} }`}`;
      // Two fields of one name with other arguments would not go together.
      return args.length === 0 ? text : `${aliasOf(text)}: ${text}`;
    });
  }
}

/** Instants differ from import to import. */
function isSelectable({ type, args }: Field, depth: number): boolean {
  const named = getNamedType(type);
  // A time, and a link that is new for each question.
  if (named.name === 'DateTime' || named.name === 'SubgraphExport') return false;
  return isLeafType(named) ? !args.some(isRequired) : depth > 0;
}

const inParentheses = (args: readonly string[]): string => (args.length === 0 ? '' : `(${args.join(', ')})`);

function aliasOf(text: string): string {
  let sum = 0;
  for (const sign of text) sum = (sum * 31 + sign.codePointAt(0)!) >>> 0;
  return `f${sum.toString(36)}`;
}

/** A value as a document writes it. */
function literal(value: unknown, type: GraphQLInputType): string {
  const its = getNullableType(type);
  if (isListType(its)) return `[${(value as unknown[]).map((item) => literal(item, its.ofType)).join(', ')}]`;
  if (isEnumType(its)) return String(value);
  if (isInputObjectType(its)) {
    const fields = Object.entries(value as object);
    return `{${fields.map(([name, one]) => `${name}: ${literal(one, its.getFields()[name]!.type)}`).join(', ')}}`;
  }
  return JSON.stringify(value);
}

/** A document with the variables that it takes. */
export interface Document {
  readonly query: string;
  readonly variables: Arguments;
}

/** What a question asks, but for the page where a cursor is to be found first. */
export interface Asked {
  readonly question: Question;
  readonly page: Arguments;
  readonly selection: string;
}

/** One document for some questions, each under an alias of its own: `q0`, `q1` …; with values as literals or as variables. */
export function documentOf(asked: readonly Asked[], values: 'literals' | 'variables', beside = ''): Document {
  const definitions: string[] = [];
  const variables: Record<string, unknown> = {};
  const written = (name: string, value: unknown, type: GraphQLInputType): string => {
    if (values === 'literals') return `${name}: ${literal(value, type)}`;
    const variable = `v${definitions.length}`;
    definitions.push(`$${variable}: ${type}`);
    variables[variable] = value;
    return `${name}: $${variable}`;
  };
  const call = ({ name, args }: Field, given: Arguments): string => {
    const said = args.filter((arg) => given[arg.name] !== undefined);
    return `${name}${inParentheses(said.map((arg) => written(arg.name, given[arg.name], arg.type)))}`;
  };
  const fields = asked.map(({ question, page, selection }, place) => {
    const { list } = question.topic;
    const opened = wayTo(list).map(
      ({ field, on }, step) => `at: ${call(field, question.way[step]!)} { __typename ... on ${on.name} { `,
    );
    const text = `list: ${call(list.field, { ...question.args, ...page })} { ${selection} }`;
    return `q${place}: ${[...opened, text].join('').replace(/^\w+: /, '')}${' } }'.repeat(opened.length)}`;
  });
  const head = definitions.length === 0 ? '' : `query ${inParentheses(definitions)} `;
  return { query: `${head}{ ${[...fields, beside].join(' ')} }`, variables };
}
