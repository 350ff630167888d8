import { quietSince } from './ask.ts';
import { arrived, type Change } from './changes.ts';
import { graphql } from './graphql.ts';
import { subscribe } from './stream.ts';
import { token } from './token.ts';

const CHANGES = graphql(`
  subscription Changes($after: Int) {
    graphChanged(after: $after) {
      sequence
      at
      by
      touched
      touchedCount
    }
  }
`);

/** Milliseconds without a question before the connection opens: the page comes first. */
const QUIET_MS = 1_500;
/** Milliseconds that changes are collected. */
const TOGETHER_MS = 500;
/** Changes that are remembered before it is taken that anything may have changed. */
const MOST_CHANGES = 200;
/** Milliseconds before a lost connection is opened again, at first and at most: doubled each time. */
const [SOON_MS, LATE_MS] = [1_000, 30_000];
/** Codes with which asking again without more does not help. */
const FINAL = new Set(['UNAUTHENTICATED', 'FORBIDDEN', 'DOCUMENT_NOT_TRUSTED', 'GRAPHQL_VALIDATION_FAILED']);

/** The sequence up to which the page shows all changes; null while it is not known. */
let last: number | null = null;
let stop: AbortController | null = null;
let waiting: Change[] = [];
let isAll = false;
/** Whether the server did not answer: changes were missed then. */
let wasLost = false;
let isCollecting = false;

/** Collects changes for a moment, so that an import does not have everything asked again and again. */
function collect(change: Change | null): void {
  if (change && waiting.length < MOST_CHANGES) waiting.push(change);
  else isAll = true;
  if (isCollecting) return;
  isCollecting = true;
  setTimeout(() => {
    isCollecting = false;
    const changed = { changes: waiting, isAll };
    [waiting, isAll] = [[], false];
    arrived.set(changed);
  }, TOGETHER_MS);
}

/** Listens until the stream ends; the code of the error with which it ended, if it was one. */
async function listen(signal: AbortSignal, onOpen: () => void): Promise<string | null> {
  for await (const { data, code } of subscribe(CHANGES, { after: last }, { signal, onOpen })) {
    if (code !== undefined) return code;
    last = data.graphChanged.sequence;
    collect(data.graphChanged);
  }
  return null;
}

/** Listens until it is stopped, and goes on after an interruption where it was. */
async function follow(signal: AbortSignal): Promise<void> {
  let pause = SOON_MS;
  await quietSince(QUIET_MS, signal);
  while (!signal.aborted) {
    const startedAt = performance.now();
    const code = await listen(signal, () => {
      // What happened meanwhile is sent after the last change; where that is not known, all is asked again.
      if (wasLost || last === null) collect(null);
      wasLost = false;
    }).catch(() => 'OFFLINE');
    if (signal.aborted || FINAL.has(code ?? '')) return;
    if (code === 'CHANGES_FORGOTTEN') last = null;
    wasLost ||= code === 'OFFLINE';
    pause = performance.now() - startedAt > LATE_MS ? SOON_MS : Math.min(2 * pause, LATE_MS);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** Connects while the tab is looked at: one connection, which a hidden tab gives back. */
function connect(): void {
  stop?.abort();
  stop = null;
  if (document.visibilityState !== 'visible') return;
  stop = new AbortController();
  follow(stop.signal).catch(() => {});
}

/**
 * Listens to what others change for as long as the tab is looked at, with the token of each moment. `sequence`: that of the
 * last change before the page asked for anything.
 */
export async function startListening(sequence: Promise<number | null>): Promise<void> {
  last = await sequence;
  connect();
  document.addEventListener('visibilitychange', connect);
  token.watch(connect);
}
