import type { TadaDocumentNode } from 'gql.tada';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { graphql, type ResultOf } from '../api/graphql.ts';
import { subscribe } from '../api/stream.ts';
import { type Asked, useAnswer } from '../api/use-answer.ts';
import { Failed, Loading } from '../app/parts/states.tsx';
import { useFormat } from '../app/words/format.ts';
import { useWords } from '../app/words/words.ts';
import type { GraphSelection } from '../selection/selection.ts';
import { WORDS } from './words.ts';

const PROGRESS = graphql(`
  subscription MeasureProgressShown($select: GraphSelection!) {
    measureProgress(select: $select) {
      measure
      share
      isWaiting
    }
  }
`);

type Computation = ResultOf<typeof PROGRESS>['measureProgress'][number];

/** Milliseconds after which a measure is long: until then no progress is shown. */
const LONG_MS = 500;
/** How often a measure is asked for that took longer than one request may. */
const TRIES = 5;

/**
 * What is computed of a selection while an answer is awaited; null while that is not known. The stream also has the server go on
 * with a measure whose request has timed out.
 */
function useProgress(select: GraphSelection | null): readonly Computation[] | null {
  const key = select === null ? null : JSON.stringify(select);
  const [computations, setComputations] = useState<readonly Computation[] | null>(null);
  useEffect(() => {
    setComputations(null);
    if (key === null) return;
    const stop = new AbortController();
    const follow = async (): Promise<void> => {
      const variables = { select: JSON.parse(key) as GraphSelection };
      for await (const { data } of subscribe(PROGRESS, variables, { signal: stop.signal })) {
        if (data) setComputations(data.measureProgress);
      }
      setComputations(null);
    };
    const timer = setTimeout(() => void follow().catch(() => setComputations(null)), LONG_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [key]);
  return computations;
}

/** A measure that is asked for. */
export interface Measured<Data> extends Omit<Asked<Data>, 'isOf'> {
  /** Whether the reader has stopped it. */
  readonly isStopped: boolean;
  /** What is computed meanwhile; null where that is not known. */
  readonly progress: readonly Computation[] | null;
  stop(): void;
}

/**
 * Asks for measures of a selection. One that takes longer than a request may goes on meanwhile, and is asked for again when it
 * is computed; one that is stopped is given up by the server too.
 */
export function useMeasured<Data, Variables extends { readonly select: GraphSelection }>(
  document: TadaDocumentNode<Data, Variables>,
  variables: Variables,
): Measured<Data> {
  const key = JSON.stringify(variables);
  const [stopped, setStopped] = useState<string | null>(null);
  const isStopped = stopped === key;
  const asked = useAnswer(document, isStopped ? null : variables);
  const isTimedOut = !asked.isLoading && asked.failure?.code === 'TIMEOUT';
  const progress = useProgress(!isStopped && (asked.isLoading || isTimedOut) ? variables.select : null);
  const tries = useRef({ key, count: 0 });
  if (tries.current.key !== key) tries.current = { key, count: 0 };
  const goesOn = isTimedOut && progress !== null && tries.current.count < TRIES;
  const isComputed = goesOn && progress.length === 0;
  useEffect(() => {
    if (!isComputed) return;
    tries.current.count++;
    asked.again();
  }, [isComputed]);
  return {
    data: asked.data,
    failure: goesOn || asked.isLoading ? null : asked.failure,
    isLoading: asked.isLoading || goesOn,
    isStopped,
    progress,
    stop: () => setStopped(key),
    again: () => {
      tries.current.count = 0;
      setStopped(null);
      if (!isStopped) asked.again();
    },
  };
}

/** How far a measure is. */
function Progress({ measure, share, isWaiting }: Computation) {
  const words = useWords(WORDS);
  const { percent } = useFormat();
  const id = useId();
  return (
    <li>
      <label for={id}>{words.computations[measure]}</label>
      <progress id={id} {...(share === null ? {} : { value: share, max: 1 })} />
      <span class="quiet">{isWaiting ? words.waits : share === null ? words.unknownShare : percent(share)}</span>
    </li>
  );
}

/** Whether a measure is awaited, how far it is, and why there is none: nothing where there is an answer. */
export function Awaited({ measured }: { readonly measured: Measured<unknown> }) {
  const words = useWords(WORDS);
  const { failure, isLoading, isStopped, progress, stop, again } = measured;
  if (isStopped) {
    return (
      <div class="state" role="status">
        <p>{words.stopped}</p>
        <button type="button" onClick={again}>
          {words.compute}
        </button>
      </div>
    );
  }
  if (failure) return <Failed failure={failure} again={again} />;
  if (!isLoading) return null;
  if (progress === null || progress.length === 0) return <Loading />;
  return (
    <div class="state computing">
      <p role="status">{words.computing}</p>
      <ul>
        {progress.map((computation) => (
          <Progress key={computation.measure} {...computation} />
        ))}
      </ul>
      <button type="button" onClick={stop}>
        {words.stop}
      </button>
    </div>
  );
}
