import { createRequire } from 'node:module';
import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import type { CompiledQuery } from 'graphql-jit';
import type { Plugin } from 'graphql-yoga';
import { requestStateIn } from '../http/request-state.ts';
import { type Check, checkOfAnswer } from './reading/answer-check.ts';
import { isCompilable } from './reading/compilable.ts';
import { coercedVariables } from './variables.ts';

/** Uses of a document after which it is compiled, which takes as long as some executions. */
const USES_BEFORE = 2;

/** The compiler, loaded at the first call: a start does without it and the hundred modules that it brings. */
export const compiler: () => typeof import('graphql-jit') = () => require('graphql-jit');
const require = createRequire(import.meta.url);

/** Runs an operation of a document. */
export type Run = (args: ExecutionArgs & { readonly signal?: AbortSignal }) => Promise<ExecutionResult>;

/** One operation of a document. */
interface Operation {
  readonly definition: OperationDefinitionNode;
  uses: number;
  /** Null if it cannot be compiled. */
  compiled?: Compiled | null;
}

/** A compiled operation, and a check that its answer is that of graphql-js. */
interface Compiled {
  readonly query: CompiledQuery['query'];
  readonly isRight: Check;
}

/** Waits for an execution. Rejects with the reason of the signal if that is aborted. */
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
    // The reference implementation decides on errors and their messages. The loaders still have what was read.
    return answer.errors || !isRight(answer.data) ? interpret(args) : answer;
  };
}

/**
 * Compiles an operation; null if that is not possible. Values that serialize to themselves are checked at the end
 * instead of serialized one by one, which creates half of the objects of compiled code.
 */
function compile(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): Compiled | null {
  if (!isCompilable(schema, document, operation)) return null;
  const check = checkOfAnswer(schema, document, operation);
  try {
    const { compileQuery, isCompiledQuery } = compiler();
    const options = { disableLeafSerialization: check !== null };
    const compiled = compileQuery(schema, document, operation.name?.value ?? '', options);
    return isCompiledQuery(compiled) ? { query: compiled.query, isRight: check ?? (() => true) } : null;
  } catch {
    return null;
  }
}

/** Compiles repeated queries: they take a third of the processor time of interpreted ones. */
export class CompiledQueries {
  readonly #known = new WeakMap<DocumentNode, Map<string | null, Operation>>();
  readonly #usesBefore: number;

  constructor(usesBefore = USES_BEFORE) {
    this.#usesBefore = usesBefore;
  }

  /**
   * A function that runs a query; null for a first use, another operation, invalid variables, or a query that cannot be
   * compiled: the interpreter runs these. It also answers if there are errors.
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

  #operation(document: DocumentNode, operationName: string | null | undefined): Operation | null {
    // No operation has an empty name; a missing one means the only operation.
    const name = operationName ?? null;
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
 * Compiles repeated queries. Documents are identified by object: Yoga caches those that it has parsed.
 *
 * @example createYoga({ schema, plugins: [useCompiledQueries()] })
 */
export function useCompiledQueries(): Plugin {
  const queries = new CompiledQueries();
  return {
    onExecute({ args, executeFn, setExecuteFn }) {
      const run = queries.runOf(args, async (given) => {
        // What the compiled run has counted is not part of the answer.
        requestStateIn(given.contextValue).budget?.recount();
        return executeFn(given) as Promise<ExecutionResult>;
      });
      if (run) setExecuteFn(run);
    },
  };
}
