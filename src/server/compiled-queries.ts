import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import type { Plugin } from 'graphql-yoga';
import { type Check, checkOfAnswer } from './documents/answer-check.ts';
import { isCompilable } from './documents/compilable.ts';
import { requestStateIn } from './request-state.ts';
import { coercedVariables } from './variables.ts';

/** Times that a document is asked before it is compiled, which takes as long as some executions. */
const USES_BEFORE = 2;

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

/**
 * Values that are written as they are need not be serialized one by one, which takes half of the objects that the compiled
 * code makes: they are checked when all are there.
 */
function compile(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): Compiled | null {
  if (!isCompilable(schema, document, operation)) return null;
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
  readonly #known = new WeakMap<DocumentNode, Map<string | null, Operation>>();
  readonly #usesBefore: number;

  constructor(usesBefore = USES_BEFORE) {
    this.#usesBefore = usesBefore;
  }

  /**
   * What runs a query; null for one that is seen for the first time, that is no query, that has variables which are
   * refused, or that the compiler cannot do: these are for the interpreter. So are answers with errors.
   */
  runOf(args: ExecutionArgs, interpret: Run): Run | null {
    const { schema, document, operationName } = args;
    const operation = this.#operation(document, operationName);
    if (operation?.definition.operation !== OperationTypeNode.QUERY) return null;
    operation.uses++;
    if (operation.uses < this.#usesBefore) return null;
    const { compiled = compile(schema, document, operation.definition) } = operation;
    operation.compiled = compiled;
    if (!compiled) return null;
    return coercedVariables(args).errors ? null : called(compiled, interpret);
  }

  #operation(document: DocumentNode, asked: string | null | undefined): Operation | null {
    // An empty name is one that no operation has; none at all means the only operation.
    const name = asked ?? null;
    const operations = this.#known.get(document) ?? new Map<string | null, Operation>();
    this.#known.set(document, operations);
    const known = operations.get(name);
    if (known) return known;
    const definition = getOperationAST(document, name);
    if (!definition) return null;
    const operation = { definition, uses: 0 };
    operations.set(name, operation);
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
      const run = queries.runOf(args, async (asked) => {
        // What the compiled run has counted is not a part of the answer.
        requestStateIn(asked.contextValue).budget?.recount();
        return executeFn(asked) as Promise<ExecutionResult>;
      });
      if (run) setExecuteFn(run);
    },
  };
}
