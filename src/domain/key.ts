import { hash } from 'node:crypto';

declare const KEY: unique symbol;

/**
 * The key under which a value is stored: in a loader, a cache, a stored answer, an ETag. Only this file makes keys,
 * from a description: everything that determines the value, part by part. Two keys are equal only if all their parts
 * are equal.
 */
export type Key = string & { readonly [KEY]: true };

/** The kind of a value. Keys of different kinds are never equal. */
export type KeyKind =
  // Within a request and across requests.
  | 'page'
  | 'total'
  | 'facet'
  | 'ids'
  | 'node'
  | 'summary'
  | 'survivor'
  | 'identifier'
  | 'relationship'
  | 'projects in common'
  | 'is active'
  | 'hops'
  | 'links'
  | 'history'
  | 'history begins'
  | 'history total'
  | 'touched'
  | 'merged from'
  | 'suggested partners'
  | 'production locality'
  | 'duplicate candidates'
  | 'rows'
  | 'subgraph'
  | 'measure'
  | 'answer'
  // Within a request.
  | 'pair'
  | 'page readers'
  | 'walk'
  // For the lifetime of the process.
  | 'statement';

/** A constant part of keys, serialised once. */
class Constant {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

const constants = new WeakMap<object, Constant>();
const functions = new WeakMap<object, number>();
let functionCount = 0;

/**
 * Serialises a plain value, so that different values give different texts. Properties are sorted; undefined ones count
 * as absent. Throws a TypeError for a value that is not plain, such as a Date or a Map.
 */
function textOf(part: unknown, ofFunction: (part: object) => string): string {
  switch (typeof part) {
    case 'string':
      return JSON.stringify(part);
    case 'number':
      // JSON writes NaN and the infinities as null, and -0 as 0.
      return Object.is(part, -0) ? '-0' : String(part);
    case 'boolean':
      return String(part);
    case 'function':
      return ofFunction(part);
    case 'object':
      return part === null ? 'null' : textOfObject(part, ofFunction);
    default:
      throw new TypeError(`A key cannot hold a value of type ${typeof part}.`);
  }
}

function textOfObject(part: object, ofFunction: (part: object) => string): string {
  if (part instanceof Constant) return part.text;
  if (Array.isArray(part)) return `[${part.map((item) => textOf(item, ofFunction)).join()}]`;
  if (part instanceof Set) return `set[${[...part].map((item) => textOf(item, ofFunction)).sort()}]`;
  const prototype = Object.getPrototypeOf(part);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError(`A key cannot hold a ${part.constructor?.name}.`);
  }
  const values = part as Readonly<Record<string, unknown>>;
  let text = '';
  for (const name of inOrder(Object.keys(part))) {
    const value = values[name];
    if (value !== undefined) text += `${text && ','}${JSON.stringify(name)}:${textOf(value, ofFunction)}`;
  }
  return `{${text}}`;
}

/** Names that are sorted by insertion: the language's own sort makes half a kilobyte of garbage each time. */
const FEW_NAMES = 16;

/** The same names in the order of their code units. */
function inOrder(names: string[]): string[] {
  if (names.length > FEW_NAMES) return names.sort();
  for (let end = 1; end < names.length; end++) {
    const name = names[end]!;
    let at = end;
    for (; at > 0 && names[at - 1]! > name; at--) names[at] = names[at - 1]!;
    names[at] = name;
  }
  return names;
}

/** A number for a function by its identity, valid in this process only. */
function numbered(part: object): string {
  const number = functions.get(part) ?? functionCount++;
  functions.set(part, number);
  return `function ${number}`;
}

function rejectFunction(): never {
  throw new TypeError('A function has no name outside of this process.');
}

/** Marks a plain value as a constant part of keys: it is serialised once, and must not change. */
export function constantPart(part: object): object {
  const known = constants.get(part) ?? new Constant(textOf(part, rejectFunction));
  constants.set(part, known);
  return known;
}

/** The key of the value that a description determines. Valid in this process; functions count by their identity. */
export function keyOf(kind: KeyKind, description: object = {}): Key {
  return (kind + textOf(description, numbered)) as Key;
}

/** The key of one item of the list that a key names. No key contains a line break. */
export function keyWithin(key: Key, item: string): Key {
  return `${key}\n${item}` as Key;
}

/** Keys of up to this many characters are not compactKey. */
const SHORT = 48;

/** A shorter key for long storage: the hash (SHA-256) of a long one. */
export function compactKey(key: Key): Key {
  return (key.length <= SHORT ? key : `#${hash('sha256', key, 'base64url')}`) as Key;
}

/** A hash (SHA-256, base64url) of a description without functions, the same in every process and after every start. */
export function fingerprintOf(description: unknown): string {
  return hash('sha256', textOf(description, rejectFunction), 'base64url');
}
