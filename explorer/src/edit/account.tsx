import { useEffect, useState } from 'preact/hooks';
import { changes } from '../api/changes.ts';
import { authorization, rememberToken } from '../api/token.ts';
import { askViewer, mayEdit, viewer } from '../api/viewer.ts';
import { Page } from '../app/parts/page.tsx';
import { useStore } from '../app/store.ts';
import { RETURN_PATH, stored } from '../app/stored.ts';
import { useWords } from '../app/words/words.ts';
import './edit.css';
import { EDIT } from './words.ts';

/** Who one is, and how to become an editor: a token, or the sign-in link of the terminal. */
export function Account() {
  const words = useWords(EDIT);
  const who = useStore(viewer);
  const [before] = useState(() => stored(RETURN_PATH));
  const [typed, setTyped] = useState('');
  const [isUnknown, setUnknown] = useState(false);
  const hasToken = 'Authorization' in authorization();
  useEffect(() => void askViewer(), []);
  const become = async (token: string | null): Promise<void> => {
    rememberToken(token);
    await askViewer();
    const isKnown = viewer.value !== null;
    setUnknown(!isKnown);
    if (!isKnown && token !== null) {
      rememberToken(null);
      await askViewer();
    }
    setTyped('');
    changes.set(changes.value + 1);
  };
  return (
    <Page title={words.account}>
      {who && <p>{words.youAre(words.roles[who.role], who.name)}</p>}
      {mayEdit(who) && (
        <p>
          {words.howToEdit}{' '}
          {before !== null && (
            <a class="button" href={before}>
              {words.backToPage}
            </a>
          )}
        </p>
      )}
      <p class="lead">{words.readOnly}</p>
      <p>{words.byLink}</p>
      <form
        class="edit-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim() !== '') void become(typed.trim());
        }}
      >
        <label class="field">
          <span>{words.token}</span>
          <input
            type="password"
            autocomplete="off"
            value={typed}
            aria-invalid={isUnknown}
            aria-describedby="token-note"
            onInput={({ currentTarget }) => setTyped(currentTarget.value)}
          />
        </label>
        <p id="token-note" class={isUnknown ? 'problem' : 'quiet small'} role={isUnknown ? 'alert' : undefined}>
          {isUnknown ? words.unknownToken : words.tokenNote}
        </p>
        <p class="buttons">
          <button type="submit" class="main">
            {words.useToken}
          </button>
          {hasToken && (
            <button type="button" onClick={() => void become(null)}>
              {words.forget}
            </button>
          )}
        </p>
      </form>
    </Page>
  );
}

export { Account as Page };
