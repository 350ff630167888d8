import type { Addition } from '../changes/addition.ts';
import { digest } from '../domain/global-id.ts';
import { problem } from '../domain/problem.ts';
import type { GraphEngine, GraphTransaction, RunOptions, WriteTransaction } from '../graph/engine.ts';
import { GraphError } from '../graph/errors.ts';
import { writeVersioned } from '../graph/write-versioned.ts';
import type { EndpointHints } from '../store/endpoint-hints.ts';
import { keepResult, takeOnce, takeTurn } from '../store/once.ts';
import type { Authorship } from './change.ts';
import { Edit } from './edit.ts';
import { type Mode, type Outcome, RolledBack, WrongAssumption } from './outcome.ts';

/** A mutation and its author. */
export interface MutationRequest extends Authorship {
  /** A mutation that an author sends again with the same key is done once. */
  readonly idempotencyKey: string | null;
  /** The input, to distinguish a repetition from another mutation with the same key. */
  readonly input: unknown;
}

/** Wraps a transaction, to observe its statements. */
export type Watch = (transaction: WriteTransaction) => WriteTransaction;

/** The requester of a mutation, its abort signal, and an observer of its statements. */
export interface MutateOptions extends Pick<RunOptions, 'signal' | 'requester'> {
  readonly watch?: Watch | undefined;
  /** Endpoints of relationships as last seen, for an engine without an index of relationships. */
  readonly hints?: EndpointHints | null | undefined;
  /** Find the problems, and write nothing. */
  readonly isDryRun?: boolean;
}

/** A mutation touches some thousands of relationships at most: if it takes longer, the database has a problem. */
const TIMEOUT_MS = 30_000;
/** Attempts of a mutation that loses a race for a unique value, or meets a deadlock. */
const MAX_TRIES = 6;

interface Key {
  readonly id: string;
  readonly input: string;
}

function keyOf({ by, action, idempotencyKey, input }: MutationRequest): Key | null {
  if (idempotencyKey === null) return null;
  return { id: digest([by, idempotencyKey]), input: digest([action, JSON.stringify(input)]) };
}

/** The outcome of an earlier mutation under the same key; null when this is the first. */
async function earlier(transaction: GraphTransaction, key: Key, now: string): Promise<Outcome | null> {
  const [once] = await transaction.run(takeOnce, { id: key.id, input: key.input, now });
  if (!once || once.result === null) return null;
  if (once.input === key.input) return { ...JSON.parse(once.result), problems: [] };
  const message = 'The idempotency key was used for another input: give every request a key of its own.';
  return { id: null, problems: [problem('CONFLICT', ['idempotencyKey'], message)] };
}

/**
 * Runs a mutation in one transaction. If there are problems, all of them are returned and nothing is written. A
 * mutation that loses a race for an identifier or a registry's number runs again, and gets the problem of one that came
 * later.
 */
export async function mutate(
  engine: GraphEngine,
  request: MutationRequest,
  { signal, requester, watch = (transaction) => transaction, hints = null, isDryRun = false }: MutateOptions,
  work: (edit: Edit) => Promise<string | null>,
): Promise<Outcome> {
  const key = keyOf(request);
  let attempts = 0;
  let mode: Mode = 'optimistic';
  const once = async (): Promise<Outcome> => {
    const committed = { addition: null as Addition | null };
    const { done: outcome, version } = await writeVersioned<Outcome>(
      engine,
      async (unwatched) => {
        const transaction = watch(unwatched);
        committed.addition = null;
        if (attempts++ > 0) await transaction.run(takeTurn);
        const edit = new Edit(transaction, new Date().toISOString(), request.by, hints, mode);
        const known = key && (await earlier(transaction, key, edit.now));
        if (known) return known;
        const id = await work(edit);
        if (key && edit.problems.length === 0)
          edit.transaction.send(keepResult, { id: key.id, result: JSON.stringify({ id, nested: edit.nested }) });
        if (isDryRun) edit.transaction.dropWrites();
        if (isDryRun) throw new RolledBack({ id, problems: edit.problems });
        await edit.finish(request);
        const { nested, written } = edit;
        committed.addition = edit.addition;
        return { id, problems: [], nested, ...(written ? { written } : {}) };
      },
      { signal, requester, timeoutMs: TIMEOUT_MS },
    );
    const { addition } = committed;
    return addition === null ? outcome : { ...outcome, addition: { ...addition, version } };
  };
  for (let tries = 1; ; tries++) {
    try {
      return await once();
    } catch (error) {
      if (error instanceof RolledBack) return error.outcome;
      const isWrongAssumption =
        error instanceof WrongAssumption || (error instanceof GraphError && error.code === 'NOT_UNIQUE');
      if (isWrongAssumption && mode === 'optimistic') {
        mode = 'pessimistic';
        // No other mutation need be involved: do not wait for a turn.
        attempts = 0;
        continue;
      }
      // Sent again, it shows whether it was committed: with its key it is done once.
      if (key && error instanceof GraphError && error.code === 'OUTCOME_UNKNOWN' && tries === 1) continue;
      const collided = error instanceof GraphError && (error.code === 'NOT_UNIQUE' || error.code === 'CONTENTION');
      if (!collided || tries === MAX_TRIES) throw error;
    }
  }
}
