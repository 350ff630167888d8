import {
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';

/** A value of an argument; names of enums are marked, so that they are written without quotes. */
type Value = null | boolean | number | string | { readonly enum: string } | Value[] | { [name: string]: Value };

/** A field of a document with its arguments, or the fields on one type of an abstract one. */
interface Part {
  readonly name: string;
  readonly isFragment: boolean;
  readonly args: Record<string, Value>;
  readonly parts: Part[];
}

/** A document as a tree, which can be changed. */
export type Tree = readonly Part[];

/** What documents are made of, beside the schema. */
export interface Names {
  /** Identifiers of nodes, those with most relationships first. */
  readonly ids: readonly string[];
  /** Words that many names have. */
  readonly words: readonly string[];
}

/** Numbers that are the same every time for a seed (Park and Miller's). */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = (seed * 7_919 + 1) % 2_147_483_647;
  }

  below(limit: number): number {
    this.#state = (this.#state * 48_271) % 2_147_483_647;
    return Math.floor((this.#state / 2_147_483_647) * limit);
  }

  of<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)]!;
  }

  maybe(percent: number): boolean {
    return this.below(100) < percent;
  }
}

/** Sizes by the names of arguments: mostly the largest that are allowed. */
const SIZES: Readonly<Record<string, readonly number[]>> = {
  first: [200, 200, 100, 50, 20, 5, 1],
  last: [200, 100, 20],
  count: [50, 50, 5],
  depth: [8, 8, 4, 2],
  limit: [2_000, 2_000, 200],
  maxLength: [8, 8, 6, 3],
  avoidHubsOver: [3, 30, 300],
  sequence: [0, 1, 100],
};
const DATES = ['1990', '2005', '2010-05', '2015', '2015-06-30', '2020', '2023-01-01'];
/** Of which types of nodes the identifiers are that a field or an argument takes. */
const PREFIXES: Readonly<Record<string, readonly string[]>> = {
  compareNetworks: ['pole', 'cluster'],
  network: ['pole', 'cluster'],
  networks: ['pole', 'cluster'],
  memberOf: ['pole', 'cluster'],
  locatedIn: ['territory'],
  partOf: ['territory'],
  within: ['territory'],
  topics: ['topic'],
  about: ['topic'],
  partnerOf: ['organisation'],
  sourcedBy: ['source'],
  sources: ['source'],
  actor: ['organisation', 'pole', 'cluster'],
};
const TYPES = ['pole', 'cluster', 'organisation', 'project', 'territory', 'topic', 'source', 'patent'];
/** What one page goes on from: made up, it is rejected at once. */
const CURSORS = ['after', 'before'];

/**
 * Makes documents of the schema that ask for as much as they may: the largest sizes, lists in lists, filters of many
 * conditions, several of everything.
 */
export class HostileMaker {
  readonly #schema: GraphQLSchema;
  readonly #names: Names;
  readonly #dice: Dice;

  constructor(schema: GraphQLSchema, names: Names, dice: Dice) {
    this.#schema = schema;
    this.#names = names;
    this.#dice = dice;
  }

  /** A document of its own. */
  fresh(): Tree {
    const dice = this.#dice;
    if (dice.maybe(50)) {
      // One question many times, each time a little different.
      const field = this.#field(this.#schema.getQueryType()!, 2 + dice.below(5));
      return Array.from({ length: dice.of([2, 5, 14, 20]) }, () => ({ ...field, args: this.#argsLike(field) }));
    }
    return this.#selection(this.#schema.getQueryType()!, 3 + dice.below(5), dice.of([1, 1, 2, 4, 10]));
  }

  /** A document like another: with a part made again, or more of what it has, or a part of a third one. */
  changed(tree: Tree, other: Tree): Tree {
    const dice = this.#dice;
    const roots = structuredClone([...tree]) as Part[];
    switch (dice.below(4)) {
      case 0:
        return [...roots, ...(structuredClone([...other]) as Part[])].slice(0, 20);
      case 1: {
        const one = dice.of(roots);
        return [...roots, { ...structuredClone(one), args: this.#argsLike(one) }].slice(0, 20);
      }
      case 2:
        roots[dice.below(roots.length)] = this.#field(this.#schema.getQueryType()!, 2 + dice.below(6));
        return roots;
      default: {
        const inner = [...within(roots)].filter(({ parts }) => parts.length > 0);
        if (inner.length === 0) return this.fresh();
        const { parts } = dice.of(inner);
        const place = dice.below(parts.length);
        if (dice.maybe(50)) parts.splice(place, 0, structuredClone(parts[place]!));
        else parts.splice(place, 1);
        return roots;
      }
    }
  }

  /** The same with all sizes halved: for one that is rejected as too costly. */
  smaller(tree: Tree): Tree {
    const roots = structuredClone([...tree]) as Part[];
    for (const { args } of within(roots)) {
      for (const name of ['first', 'last']) {
        const size = args[name];
        if (typeof size === 'number') args[name] = Math.max(1, size >> 1);
      }
    }
    return roots.length > 2 ? roots.slice(0, Math.ceil(roots.length * 0.8)) : roots;
  }

  /** The same without one of its parts, for each of them, the largest first. */
  *without(tree: Tree): Generator<Tree> {
    const places = [...within([...tree])].length;
    for (let place = 0; place < places; place++) {
      const roots = structuredClone([...tree]) as Part[];
      if (dropAt(roots, { left: place }) && roots.length > 0) yield roots;
    }
  }

  #selection(type: GraphQLNamedType, depth: number, width: number): Part[] {
    const dice = this.#dice;
    const parts: Part[] = [];
    for (let turn = 0; turn < width; turn++) {
      const field = 'getFields' in type ? this.#field(type, depth) : null;
      if (field) parts.push(field);
    }
    if (isAbstractType(type) && dice.maybe(40)) {
      const kind = dice.of(this.#schema.getPossibleTypes(type));
      parts.push({ name: kind.name, isFragment: true, args: {}, parts: this.#selection(kind, depth - 1, 2) });
    }
    return parts.length > 0 ? parts : [{ name: '__typename', isFragment: false, args: {}, parts: [] }];
  }

  #field(type: GraphQLNamedType, depth: number): Part {
    const dice = this.#dice;
    const fields = 'getFields' in type ? Object.values(type.getFields()) : [];
    const composite = fields.filter(({ type: own }) => !isLeafType(getNamedType(own as GraphQLInputType)));
    const leaves = fields.filter(({ type: own }) => isLeafType(getNamedType(own as GraphQLInputType)));
    const choice = depth > 0 && composite.length > 0 && (leaves.length === 0 || dice.maybe(70)) ? composite : leaves;
    const field = choice.length > 0 ? dice.of(choice) : dice.of(fields);
    const own = getNamedType(field.type as GraphQLInputType) as GraphQLNamedType;
    const args = 'args' in field ? this.#arguments(field.args as readonly GraphQLArgument[], field.name) : {};
    const parts = isLeafType(own)
      ? []
      : depth > 0
        ? this.#selection(own, depth - 1, dice.of([1, 1, 2, 3]))
        : typename();
    return { name: field.name, isFragment: false, args, parts };
  }

  /** Other arguments for a root field. */
  #argsLike({ name }: Part): Record<string, Value> {
    const field = this.#schema.getQueryType()!.getFields()[name];
    return field ? this.#arguments(field.args, name) : {};
  }

  #arguments(args: readonly GraphQLArgument[], fieldName: string): Record<string, Value> {
    const dice = this.#dice;
    const isBackward = dice.maybe(20);
    const chosen = args.filter(({ name, type, defaultValue }) => {
      if (CURSORS.includes(name) && String(type) === 'String') return false;
      if (name === 'first') return !isBackward || !args.some((other) => other.name === 'last');
      if (name === 'last') return isBackward;
      return isRequiredArgument({ name, type, defaultValue } as GraphQLArgument) || dice.maybe(60);
    });
    return Object.fromEntries(
      chosen.map(({ name, type }) => [
        name,
        this.#value(PREFIXES[name] || !TYPES.includes(fieldName) ? name : fieldName, type, 3),
      ]),
    );
  }

  #value(name: string, type: GraphQLInputType, depth: number): Value {
    const dice = this.#dice;
    if (isNonNullType(type)) return this.#value(name, type.ofType, depth);
    if (isListType(type)) {
      const isOfIds = getNamedType(type).name === 'ID';
      const length = isOfIds ? dice.of([1, 2, 10, 100]) : dice.of([1, 2, 3]);
      const items = Array.from({ length }, () => this.#value(name, type.ofType, depth - 1));
      return isEnumType(getNamedType(type)) ? unique(items) : items;
    }
    if (isEnumType(type)) return { enum: dice.of(type.getValues()).name };
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields());
      const possible = fields.filter(
        ({ type: own }) => depth > 0 || !isInputObjectType(getNamedType(own)) || getNamedType(own) !== type,
      );
      const chosen = type.isOneOf
        ? [dice.of(possible)]
        : possible.filter((field) => isRequiredInputField(field) || dice.maybe(25));
      return Object.fromEntries(chosen.map((field) => [field.name, this.#value(field.name, field.type, depth - 1)]));
    }
    switch (type.name) {
      case 'Int':
        return dice.of(SIZES[name] ?? [0, 1, 5, 100]);
      case 'Float':
        return dice.of([0, 0.5, 10]);
      case 'Boolean':
        return dice.maybe(50);
      case 'ID':
        return this.#id(name);
      case 'PartialDate':
        return dice.of(DATES);
      default:
        return this.#text(name);
    }
  }

  #id(name: string): string {
    const dice = this.#dice;
    const prefixes = PREFIXES[name] ?? (TYPES.includes(name) ? [name] : null);
    const all = prefixes ? this.#names.ids.filter((id) => prefixes.includes(id.slice(0, id.indexOf('/')))) : [];
    const ids = all.length > 0 ? all : this.#names.ids;
    // The first ones have most relationships.
    return ids[dice.below(dice.maybe(70) ? Math.min(20, ids.length) : ids.length)]!;
  }

  #text(name: string): string {
    const dice = this.#dice;
    if (name !== 'text') return dice.of(['e', 'de', 'a', 'institut', 'ANR', 'FR']);
    const words = Array.from({ length: dice.of([1, 3, 12]) }, () => {
      const word = dice.of(this.#names.words);
      return dice.maybe(50) ? word.slice(0, 1 + dice.below(6)) : word;
    });
    return words.join(' ').slice(0, 200);
  }
}

const typename = (): Part[] => [{ name: '__typename', isFragment: false, args: {}, parts: [] }];

const unique = (values: readonly Value[]): Value[] => [
  ...new Map(values.map((value) => [JSON.stringify(value), value])).values(),
];

/** Drops the part at a place in the order of `within`; false where its neighbours would be none. */
function dropAt(parts: Part[], count: { left: number }): boolean {
  for (const [place, part] of parts.entries()) {
    if (count.left-- === 0) {
      parts.splice(place, 1);
      return parts.length > 0;
    }
    if (dropAt(part.parts, count)) return true;
  }
  return false;
}

function* within(parts: readonly Part[]): Generator<Part> {
  for (const part of parts) {
    yield part;
    yield* within(part.parts);
  }
}

function written(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if ('enum' in value && typeof value.enum === 'string') return value.enum;
  return `{${Object.entries(value)
    .map(([name, item]) => `${name}: ${written(item)}`)
    .join(', ')}}`;
}

/** The fields that a document asks for, each once. */
export function fieldsOf(tree: Tree): ReadonlySet<string> {
  return new Set([...within([...tree])].filter(({ parts }) => parts.length > 0).map(({ name }) => name));
}

/** A tree as a document: what stands twice in one place has aliases. */
export function textOf(tree: Tree): string {
  let aliases = 0;
  const selection = (parts: readonly Part[]): string => {
    const seen = new Set<string>();
    const texts = parts.map(({ name, isFragment, args, parts: inner }) => {
      const given = Object.entries(args).map(([arg, value]) => `${arg}: ${written(value)}`);
      const body = inner.length > 0 ? ` { ${selection(inner)} }` : '';
      if (isFragment) return `... on ${name}${body}`;
      const alias = seen.has(name) ? `a${aliases++}: ` : '';
      seen.add(name);
      return `${alias}${name}${given.length > 0 ? `(${given.join(', ')})` : ''}${body}`;
    });
    return texts.join(' ');
  };
  return `{ ${selection(tree)} }`;
}
