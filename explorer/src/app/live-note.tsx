import { useEffect } from 'preact/hooks';
import { noticed, pending } from '../api/changes.ts';
import { here } from './address.ts';
import { pageAt } from './paths.ts';
import { useStore } from './store.ts';
import { useFormat } from './words/format.ts';
import { SHELL } from './words/shell.ts';
import { useWords } from './words/words.ts';

/** Says who has just changed what the page shows. It shows the new state already, or offers to. */
export function LiveNote() {
  const words = useWords(SHELL);
  const { time } = useFormat();
  const change = useStore(noticed);
  const show = useStore(pending);
  const { pathname } = useStore(here);
  // Another page shows something else; but that of a remaining record was opened because of the change.
  useEffect(() => {
    if (noticed.value?.merged?.into !== pathname.slice(1)) noticed.set(null);
  }, [pathname]);
  const close = (): void => {
    noticed.set(null);
    pending.set(null);
  };
  return (
    <div role="status" class="live-note">
      {(change || show) && (
        <p>
          <span>
            {!change
              ? words.changed
              : change.merged
                ? words.mergedBy(change.by ?? words.somebody, time(change.at), change.merged.name)
                : words.changedBy(change.by ?? words.somebody, time(change.at))}
          </span>
          {show && (
            <button type="button" onClick={show}>
              {words.showChanged}
            </button>
          )}
          {pageAt(pathname) === 'node' && <a href="#history">{words.seeHistory}</a>}
          <button type="button" class="plain" aria-label={words.close} onClick={close}>
            ×
          </button>
        </p>
      )}
    </div>
  );
}
