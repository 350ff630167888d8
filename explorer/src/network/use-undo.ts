import { useEffect, useRef, useState } from 'preact/hooks';
import { list, useAddress } from '../app/address.ts';

/** What can be undone: what was added, hidden, moved, and left out. */
const EDITS = { expand: list, hide: list, pin: list, off: list };

/** Undo and redo of what somebody did to a picture; null where there is nothing to. */
export function useUndo(): { readonly undo: (() => void) | null; readonly redo: (() => void) | null } {
  const { values, set } = useAddress(EDITS);
  const { expand, hide, pin, off } = values;
  const key = JSON.stringify({ expand, hide, pin, off });
  const stacks = useRef({ past: [] as string[], future: [] as string[], last: key, own: '' });
  const [, refresh] = useState(0);
  useEffect(() => {
    const at = stacks.current;
    if (key === at.last) return;
    if (key !== at.own) {
      at.past.push(at.last);
      at.future = [];
    }
    at.last = key;
    refresh((count) => count + 1);
  }, [key]);
  const go = (from: 'past' | 'future', to: 'past' | 'future') => (): void => {
    const at = stacks.current;
    const next = at[from].pop();
    if (next === undefined) return;
    at[to].push(at.last);
    at.own = next;
    set(JSON.parse(next) as typeof values);
  };
  const { past, future } = stacks.current;
  return {
    undo: past.length > 0 ? go('past', 'future') : null,
    redo: future.length > 0 ? go('future', 'past') : null,
  };
}
