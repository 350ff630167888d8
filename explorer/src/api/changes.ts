import { Store } from '../app/store.ts';

/** Increased when everything that is shown is asked again: after a change of one's own, or another token. */
export const changes = new Store(0);

/** A change of the graph, as the server sends it to all who listen. */
export interface Change {
  readonly sequence: number;
  readonly at: string;
  /** Null when unknown. */
  readonly by: string | null;
  readonly touched: readonly string[];
  /** Of all that it touched, of which `touched` may be a part. */
  readonly touchedCount: number;
}

/** Changes of one moment: an import makes many. `isAll` where anything may have changed. */
export interface Arrived {
  readonly changes: readonly Change[];
  readonly isAll: boolean;
}

/** The changes that arrived last; null before the first. */
export const arrived = new Store<Arrived | null>(null);

/** A change that is announced; `merged` where it took the record of the page away: its name, and the one that remains. */
interface Noticed extends Change {
  readonly merged?: { readonly name: string; readonly into: string };
}

/** The change by somebody else that concerns what is shown, and is not looked past yet. */
export const noticed = new Store<Noticed | null>(null);

/** Milliseconds in which a change of one's own comes back from the server. */
const ECHO_MS = 15_000;
let own: { readonly text: string; readonly at: number }[] = [];

/** Remembers what this page writes, so that it is not announced to its own author. */
export function rememberOwn(variables: object): void {
  const now = performance.now();
  own = [...own.filter(({ at }) => now - at < ECHO_MS), { text: JSON.stringify(variables), at: now }];
}

const isOwn = ({ touched }: Change): boolean =>
  own.some(({ text, at }) => performance.now() - at < ECHO_MS && touched.some((id) => text.includes(`"${id}"`)));

/** The identifiers in a text of JSON. */
const identifiersIn = (json: string): ReadonlySet<string> =>
  new Set(Array.from(json.matchAll(/"([a-z]+\/[^"\\]+)"/g), ([, id]) => id!));

/**
 * Shows what has changed where a page goes on showing what was there before, so that nothing moves under the hand of the reader;
 * null where the page shows all.
 */
export const pending = new Store<(() => void) | null>(null);

/** Whether changes concern some records; announces those of others. */
export function concernRecords({ changes: made, isAll }: Arrived, ids: ReadonlySet<string>): boolean {
  const found = made.filter(
    ({ touched, touchedCount }) => touchedCount > touched.length || touched.some((id) => ids.has(id)),
  );
  const others = found.filter((change) => !isOwn(change));
  if (others.length > 0) noticed.set(others.at(-1)!);
  return isAll || found.length > 0;
}

/** Whether changes concern an answer or the variables that it was asked with; notes who made them. */
export function concerns(made: Arrived, shown: object): boolean {
  return concernRecords(made, identifiersIn(JSON.stringify(shown)));
}
