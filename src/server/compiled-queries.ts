import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  getVariableValues,
  isAbstractType,
  isInputObjectType,
  isInputType,
  isObjectType,
  Kind,
  type NamedTypeNode,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
  typeFromAST,
} from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import type { Plugin } from 'graphql-yoga';
import { type Check, checkOfAnswer } from './documents/answer-check.ts';
import { fragmentsOf } from './documents/fragments.ts';

/** Times that a document is asked before it is compiled, which takes as long as some executions. */
const USES_BEFORE = 2;
/** Fields of an operation that is compiled, at the most: 500 take about 50 ms, in which nobody else is served. */
const MOST_FIELDS = 500;

/** Runs an operation of a document. */
export type Run = (args: ExecutionArgs & { readonly signal?: AbortSignal }) => Promise<ExecutionResult>;

/** What is known of one operation of a document. */
interface Operation {
  readonly definition: OperationDefinitionNode;
  uses: number;
  /** Null when the compiler could not do it. */
  compiled?: Compiled | null;
}

/** An operation that was compiled, and whether an answer of it is one that graphql-js would give. */
interface Compiled {
  readonly query: CompiledQuery['query'];
  readonly isRight: Check;
}

/** Waits for an execution until it is called off, which rejects with the signal's reason. */
async function untilAborted<Result>(running: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (!signal) return running;
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([running, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function called({ query, isRight }: Compiled, interpret: Run): Run {
  return async (args) => {
    const { rootValue, contextValue, variableValues, signal } = args;
    signal?.throwIfAborted();
    const running = Promise.resolve(query(rootValue, contextValue, variableValues));
    const answer = await untilAborted(running, signal);
    // Which errors are told, and in what words, is for the reference to say; what was read is still with the loaders.
    return answer.errors || !isRight(answer.data) ? interpret(args) : answer;
  };
}

/** Whether an input type holds itself, in some depth, as filters do: the compiler unfolds it without end. */
function isRecursive(type: GraphQLInputType, outer: readonly GraphQLInputType[] = []): boolean {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return false;
  const inner = [...outer, named];
  return outer.includes(named) || Object.values(named.getFields()).some((field) => isRecursive(field.type, inner));
}

function hasRecursiveVariables(schema: GraphQLSchema, { variableDefinitions = [] }: OperationDefinitionNode): boolean {
  return variableDefinitions.some(({ type }) => {
    const known = typeFromAST(schema, type as NamedTypeNode);
    return known !== undefined && isInputType(known) && isRecursive(known);
  });
}

/**
 * Whether an operation has more fields than a compiler should be given, those on an abstract type counted once for each
 * of its kinds: all of them are compiled.
 */
function isLarge(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): boolean {
  const fragments = fragmentsOf(document);
  let fields = 0;
  const count = ({ selections }: SelectionSetNode, type: GraphQLNamedType): void => {
    for (const selection of selections) {
      if (fields > MOST_FIELDS) return;
      if (selection.kind === Kind.FIELD) {
        fields++;
        const field = isObjectType(type) ? type.getFields()[selection.name.value] : undefined;
        if (selection.selectionSet && field) countAll(selection.selectionSet, getNamedType(field.type));
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)!;
      const condition = fragment.typeCondition && schema.getType(fragment.typeCondition.name.value);
      const isOfIt =
        !condition || condition === type || (isAbstractType(condition) && schema.isSubType(condition, type as never));
      if (isOfIt) count(fragment.selectionSet, type);
    }
  };
  const countAll = (selections: SelectionSetNode, type: GraphQLNamedType): void => {
    for (const kind of isAbstractType(type) ? schema.getPossibleTypes(type) : [type]) count(selections, kind);
  };
  countAll(operation.selectionSet, schema.getQueryType()!);
  return fields > MOST_FIELDS;
}

/**
 * Values that are written as they are need not be serialized one by one, which takes half of the objects that the compiled
 * code makes: they are checked when all are there.
 */
function compile(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): Compiled | null {
  if (hasRecursiveVariables(schema, operation) || isLarge(schema, document, operation)) return null;
  const check = checkOfAnswer(schema, document, operation);
  try {
    const options = { disableLeafSerialization: check !== null };
    const compiled = compileQuery(schema, document, operation.name?.value ?? '', options);
    return isCompiledQuery(compiled) ? { query: compiled.query, isRight: check ?? (() => true) } : null;
  } catch {
    return null;
  }
}

/** Queries that are asked more than once, compiled: they take a third of the processor time of interpreted ones. */
export class CompiledQueries {
  readonly #known = new WeakMap<DocumentNode, Map<string, Operation>>();
  readonly #usesBefore: number;

  constructor(usesBefore = USES_BEFORE) {
    this.#usesBefore = usesBefore;
  }

  /**
   * What runs a query; null for one that is seen for the first time, that is no query, that has variables which are
   * refused, or that the compiler cannot do: these are for the interpreter. So are answers with errors.
   */
  runOf({ schema, document, operationName, variableValues }: ExecutionArgs, interpret: Run): Run | null {
    const operation = this.#operation(document, operationName);
    if (operation?.definition.operation !== OperationTypeNode.QUERY) return null;
    operation.uses++;
    if (operation.uses < this.#usesBefore) return null;
    const { compiled = compile(schema, document, operation.definition) } = operation;
    operation.compiled = compiled;
    if (!compiled) return null;
    const { variableDefinitions = [] } = operation.definition;
    const isRefused =
      variableDefinitions.length > 0 &&
      getVariableValues(schema, variableDefinitions, variableValues ?? {}).errors !== undefined;
    return isRefused ? null : called(compiled, interpret);
  }

  #operation(document: DocumentNode, name: string | null | undefined): Operation | null {
    const operations = this.#known.get(document) ?? new Map<string, Operation>();
    this.#known.set(document, operations);
    const known = operations.get(name ?? '');
    if (known) return known;
    const definition = getOperationAST(document, name);
    if (!definition) return null;
    const operation = { definition, uses: 0 };
    operations.set(name ?? '', operation);
    return operation;
  }
}

/**
 * Compiles the queries that come again. Documents are known by their identity: Yoga keeps those that it has parsed.
 *
 * @example createYoga({ schema, plugins: [useCompiledQueries()] })
 */
export function useCompiledQueries(): Plugin {
  const queries = new CompiledQueries();
  return {
    onExecute({ args, executeFn, setExecuteFn }) {
      const run = queries.runOf(args, async (asked) => executeFn(asked) as Promise<ExecutionResult>);
      if (run) setExecuteFn(run);
    },
  };
}
