import { type DocumentNode, Lexer, Source, TokenKind } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { DEFAULT_LIMITS, type Limits } from '../../config/limits.ts';
import { beyondLimit } from '../http/client-error.ts';
import { numbersOf, shapesOf } from './reading/shape.ts';
import { parseWith } from './reading/source-text.ts';

type DocumentLimits = Pick<
  Limits,
  'tokens' | 'depth' | 'aliases' | 'directives' | 'rootFields' | 'listItems' | 'repeats'
>;

const OPENING: ReadonlySet<TokenKind> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING: ReadonlySet<TokenKind> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/** Brackets per level of fields, with those of arguments. */
const BRACKETS_PER_LEVEL = 2;

const count = (number: number): string => number.toLocaleString('en');

/**
 * Rejects a document with too many tokens or nested brackets: the parser recurses at each, and would exhaust the stack.
 */
function checkTokens(text: string, limits: DocumentLimits): void {
  const maxBrackets = limits.depth * BRACKETS_PER_LEVEL;
  const lexer = new Lexer(new Source(text));
  let open = 0;
  for (let tokens = 1; ; tokens++) {
    let kind: TokenKind;
    try {
      ({ kind } = lexer.advance());
    } catch {
      return; // An invalid character: the parser reports it.
    }
    if (kind === TokenKind.EOF) return;
    if (tokens > limits.tokens) {
      throw beyondLimit(
        'TOO_MANY_TOKENS',
        `The document has more than ${count(limits.tokens)} tokens (words and signs), the most that one may have: ask in several requests.`,
        tokens,
        limits.tokens,
      );
    }
    if (OPENING.has(kind)) open++;
    else if (CLOSING.has(kind)) open--;
    if (open > maxBrackets) {
      throw beyondLimit(
        'TOO_DEEP',
        `The document has more than ${maxBrackets} brackets inside one another, the most that are allowed: ask for less at once.`,
        open,
        maxBrackets,
      );
    }
  }
}

function checkShape(document: DocumentNode, limits: DocumentLimits): void {
  for (const { depth, rootFields } of shapesOf(document)) {
    if (depth > limits.depth) {
      const message = `The document has fields ${count(depth)} levels deep, at most ${limits.depth} are allowed: ask from there on in a second request.`;
      throw beyondLimit('TOO_DEEP', message, depth, limits.depth);
    }
    if (rootFields > limits.rootFields) {
      const message = `The operation asks ${count(rootFields)} questions (fields of its own), at most ${limits.rootFields} are allowed: ask in several requests.`;
      throw beyondLimit('TOO_MANY_ROOT_FIELDS', message, rootFields, limits.rootFields);
    }
  }
}

function checkNumbers(document: DocumentNode, limits: DocumentLimits): void {
  const { aliases, directives, longestList, mostRepeated } = numbersOf(document);
  if (aliases > limits.aliases) {
    const message = `The document has ${count(aliases)} aliases, at most ${limits.aliases} are allowed: ask in several requests.`;
    throw beyondLimit('TOO_MANY_ALIASES', message, aliases, limits.aliases);
  }
  if (directives > limits.directives) {
    const message = `The document has ${count(directives)} directives, at most ${limits.directives} are allowed.`;
    throw beyondLimit('TOO_MANY_DIRECTIVES', message, directives, limits.directives);
  }
  if (longestList > limits.listItems) {
    const message = `A list in the document has ${count(longestList)} values, at most ${limits.listItems} are allowed: ask for them in several requests.`;
    throw beyondLimit('TOO_MANY_ITEMS', message, longestList, limits.listItems);
  }
  if (mostRepeated.times > limits.repeats) {
    const message = `The document selects "${mostRepeated.name}" ${count(mostRepeated.times)} times in one place, at most ${limits.repeats} are allowed: select it once.`;
    throw beyondLimit('TOO_MANY_REPEATS', message, mostRepeated.times, limits.repeats);
  }
}

/**
 * Rejects documents that are too long, too deep or too repetitive before validation, whose work grows with them.
 *
 * @example createYoga({ schema, plugins: [useDocumentLimits({ ...DEFAULT_LIMITS, depth: 8 })] })
 */
export function useDocumentLimits(limits: DocumentLimits = DEFAULT_LIMITS): Plugin {
  return {
    onParse({ parseFn, setParseFn }) {
      setParseFn((source: string | Source, options?: object) => {
        const text = typeof source === 'string' ? source : source.body;
        checkTokens(text, limits);
        const document = parseWith((given) => parseFn(given, options), text);
        checkShape(document, limits);
        checkNumbers(document, limits);
        return document;
      });
    },
  };
}
