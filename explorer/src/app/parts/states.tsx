import type { ComponentChildren } from 'preact';
import type { Failure } from '../../api/ask.ts';
import { SHELL } from '../words/shell.ts';
import { useWords } from '../words/words.ts';

/** There is nothing, and why. */
export function Empty({ children }: { readonly children?: ComponentChildren }) {
  const words = useWords(SHELL);
  return <p class="state empty">{children ?? words.empty}</p>;
}

/** An answer is awaited. Nothing is shown for the first moment, so that quick answers do not flicker. */
export function Loading() {
  const words = useWords(SHELL);
  return (
    <p class="state loading" role="status">
      {words.loading}
    </p>
  );
}

/** There is no answer: why, and what to do. */
export function Failed({ failure, again }: { readonly failure: Failure; readonly again?: () => void }) {
  const words = useWords(SHELL);
  const isOffline = failure.code === 'OFFLINE';
  return (
    <div class="state failed" role="alert">
      <p>
        <strong>{words.failed}.</strong> {isOffline ? words.offline : `${words.saidByServer} ${failure.message}`}
      </p>
      {again && (
        <button type="button" onClick={again}>
          {words.again}
        </button>
      )}
    </div>
  );
}
