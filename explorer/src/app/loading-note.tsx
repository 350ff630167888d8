import { loading } from '../api/ask.ts';
import { useStore } from './store.ts';
import { useFormat } from './words/format.ts';
import { SHELL } from './words/shell.ts';
import { useWords } from './words/words.ts';

/** Says that data are being loaded, as of the last answer: what is not there yet is not shown. */
export function LoadingNote() {
  const words = useWords(SHELL);
  const { percent } = useFormat();
  const state = useStore(loading);
  return (
    <div role="status" class="loading-note">
      {state && <p>{words.loadingData(state.what, percent(Math.floor(100 * state.share) / 100))}</p>}
    </div>
  );
}
